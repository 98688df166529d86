/* SPDX-License-Identifier: MPL-2.0
 * A place: words and a link; and where the town names a server of map tiles, some of them around a mark, closer or farther. */
import { useState } from 'preact/hooks';
import { use } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';

const ZOOM = { first: 16, least: 10, most: 19 };
const TILE = 256;

/* Where the place lies in the world of tiles (Web Mercator). */
function onTiles(latitude, longitude, zoom) {
  const wide = 2 ** zoom;
  const angle = (latitude * Math.PI) / 180;
  return {
    x: ((longitude + 180) / 360) * wide,
    y: ((1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2) * wide,
  };
}

const address = (pattern, zoom, x, y) => pattern.replace('{z}', zoom).replace('{x}', x).replace('{y}', y);

function Tile({ pattern, zoom, at, tile }) {
  const style = { left: `calc(50% + ${Math.round((tile.x - at.x) * TILE)}px)`, top: `calc(50% + ${Math.round((tile.y - at.y) * TILE)}px)` };
  /* The order matters: how to ask comes before what to ask for. */
  return <img referrerpolicy="origin" src={address(pattern, zoom, tile.x, tile.y)} alt="" width={TILE} height={TILE} style={style} />;
}

function Zoom({ name, sign, disabled, onClick }) {
  return (
    <button type="button" class="button low" aria-label={say(name)} title={say(name)} aria-disabled={disabled} onClick={() => !disabled && onClick()}>
      {sign}
    </button>
  );
}

function Map({ pattern, latitude, longitude }) {
  const [zoom, setZoom] = useState(ZOOM.first);
  const credit = use((state) => state.me.tiles_credit);
  const at = onTiles(latitude, longitude, zoom);
  const around = [-1, 0, 1].flatMap((dy) => [-2, -1, 0, 1, 2].map((dx) => ({ x: Math.floor(at.x) + dx, y: Math.floor(at.y) + dy })));
  return (
    <span class="map">
      <span class="ground" role="img" aria-label={say('place.map')}>
        {around.map((tile) => (
          <Tile key={`${zoom}/${tile.x}/${tile.y}`} pattern={pattern} zoom={zoom} at={at} tile={tile} />
        ))}
        <Icon name="place" />
      </span>
      <span class="zoom">
        <Zoom name="place.closer" sign="+" disabled={zoom === ZOOM.most} onClick={() => setZoom(zoom + 1)} />
        <Zoom name="place.farther" sign="−" disabled={zoom === ZOOM.least} onClick={() => setZoom(zoom - 1)} />
      </span>
      {credit && <small class="credit">{credit}</small>}
    </span>
  );
}

export function Place({ value }) {
  const tiles = use((state) => state.me.tiles);
  const [latitude, longitude] = value.split(',').map(Number);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return value;
  const there = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`;
  return (
    <span class="where">
      <a href={there} target="_blank" rel="noopener noreferrer">
        <Icon name="place" mini />
        {say('place.open')}
        <span class="unseen"> {say('new-tab')}</span>
      </a>{' '}
      <span class="quiet digits">
        {latitude.toFixed(5)}, {longitude.toFixed(5)}
      </span>
      {tiles && <Map pattern={tiles} latitude={latitude} longitude={longitude} />}
    </span>
  );
}
