/* SPDX-License-Identifier: MPL-2.0
 * Files of a thing: pictures as small pictures that open large, the rest by name. A file of personal data is a look that is
 * written down, so it is shown only when asked for. */
import { useState } from 'preact/hooks';
import { blob } from '../lib/api.js';
import { tell } from '../lib/store.js';
import { bytes, say } from '../lib/words.js';
import { Dialog } from './dialog.jsx';
import { Icon } from './icon.jsx';
import { save as keep } from './save.js';

const isPicture = (file) => /^image\/(jpeg|png|webp|gif)$/.test(file.type || '');

/* Gives the browser a file to keep. */
export async function save(path, name) {
  tell(say('file.preparing'), { kind: 'notice' });
  try {
    keep(await blob(path), name);
    tell(say('file.saved', { name }));
  } catch (refused) {
    tell(refused.message, { kind: 'bad' });
  }
}

function Large({ pictures, first, onClose }) {
  const [index, setIndex] = useState(first);
  const step = (by) => setIndex((index + by + pictures.length) % pictures.length);
  const keys = (event) => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  };
  const { file, url } = pictures[index];
  return (
    <Dialog title={file.name} cls="big" onClose={onClose}>
      <div class="large" onKeyDown={keys}>
        <img src={url} alt={file.name} />
      </div>
      <div class="row end">
        {pictures.length > 1 && (
          <div class="row grow">
            <button class="button" onClick={() => step(-1)}>
              {say('back')}
            </button>
            <button class="button" onClick={() => step(1)}>
              {say('next')}
            </button>
            <span class="quiet digits" role="status">
              {index + 1} / {pictures.length}
            </span>
          </div>
        )}
        <button class="button" onClick={() => save(url.replace(/^api\//, ''), file.name)}>
          <Icon name="down" />
          {say('file.save')}
        </button>
      </div>
    </Dialog>
  );
}

/* ids: of files; known: {id: {name, type, bytes}}; base: where they lie; hidden: not before they are asked for. */
export function Files({ ids, known, base, hidden }) {
  const [shown, setShown] = useState(!hidden);
  const [large, setLarge] = useState(-1);
  const all = ids.map((id) => ({ id, file: known[id] || { name: id }, url: `api/files/${base}/${encodeURIComponent(id)}` }));
  const pictures = all.filter(({ file }) => isPicture(file));
  if (all.length === 0) return null;
  if (!shown)
    return (
      <button type="button" class="link" onClick={() => setShown(true)}>
        <Icon name="eye" mini />
        {say('file.reveal', { count: all.length })}
      </button>
    );
  return (
    <ul class="files">
      {all.map((one) => (
        <li key={one.id}>
          {isPicture(one.file) ? (
            <button type="button" class="shot" onClick={() => setLarge(pictures.indexOf(one))}>
              <img src={one.url} alt={say('file.enlarge', { name: one.file.name })} loading="lazy" width="96" height="72" />
            </button>
          ) : (
            <button type="button" class="paper" onClick={() => save(one.url.replace(/^api\//, ''), one.file.name)}>
              <Icon name="file" />
              <span class="grow">{one.file.name}</span>
              {one.file.bytes > 0 && <small class="quiet">{bytes(one.file.bytes)}</small>}
            </button>
          )}
        </li>
      ))}
      {large >= 0 && <Large pictures={pictures} first={large} onClose={() => setLarge(-1)} />}
    </ul>
  );
}
