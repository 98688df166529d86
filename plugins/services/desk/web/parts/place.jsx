/* SPDX-License-Identifier: MPL-2.0
 * A place: words and a link; and where the host names a server of map tiles, nine of them with a mark in the middle. */
import { use } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';

const ZOOM = 16;
const TILE = 256;

/* Where the place lies in the world of tiles (Web Mercator). */
function onTiles(latitude, longitude) {
  const wide = 2 ** ZOOM;
  const angle = (latitude * Math.PI) / 180;
  return {
    x: ((longitude + 180) / 360) * wide,
    y: ((1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2) * wide,
  };
}

const address = (pattern, x, y) => pattern.replace('{z}', ZOOM).replace('{x}', x).replace('{y}', y).replace('{s}', 'a');

function Map({ pattern, latitude, longitude }) {
  const { x, y } = onTiles(latitude, longitude);
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => ({ x: Math.floor(x) + dx, y: Math.floor(y) + dy })));
  return (
    <div class="map" role="img" aria-label={say('place.map')}>
      {around.map((tile) => (
        <img
          key={`${tile.x}/${tile.y}`}
          src={address(pattern, tile.x, tile.y)}
          alt=""
          width={TILE}
          height={TILE}
          style={{ left: `calc(50% + ${Math.round((tile.x - x) * TILE)}px)`, top: `calc(50% + ${Math.round((tile.y - y) * TILE)}px)` }}
        />
      ))}
      <Icon name="place" />
    </div>
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
