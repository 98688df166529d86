/* SPDX-License-Identifier: MPL-2.0
 * Files that are being added to a form: each is sent at once and shows how far it has come; the form sends their ids. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { upload } from '../lib/api.js';
import { get } from '../lib/store.js';
import { bytes, say } from '../lib/words.js';
import { Icon } from './icon.jsx';

const ACCEPT = { photo: 'image/*', video: 'video/*', audio: 'audio/*' };

/* What the file picker shows first; a document may be anything. */
const accept = (choices) => (choices.every(({ value }) => ACCEPT[value]) ? choices.map(({ value }) => ACCEPT[value]).join(',') : '');

/* Of which kind a file is only the server knows, from its bytes. choices: the kinds that fit; none: any. */
const misfit = (said, choices) =>
  choices.length > 0 && !choices.some(({ value }) => value === said.kind)
    ? say('file.kind', { name: said.name, kinds: choices.map(({ label }) => label).join(', ') })
    : '';

const wrong = (file) => {
  const most = get().me.upload_bytes;
  if (file.size === 0) return say('file.hollow', { name: file.name });
  if (most && file.size > most) return say('file.large', { name: file.name, most: bytes(most) });
  return '';
};

function One({ one, onGone }) {
  return (
    <li class={one.refused ? 'paper bad' : 'paper'}>
      <Icon name="file" />
      <span class="grow">
        {one.name}
        {one.refused && <small role="alert">{one.refused}</small>}
        {!one.refused && one.part < 1 && (
          <progress max="1" value={one.part} aria-label={say('file.sending', { name: one.name })} />
        )}
      </span>
      <button type="button" class="sign" aria-label={say('file.remove', { name: one.name })} onClick={onGone}>
        <Icon name="close" />
      </button>
    </li>
  );
}

/* value: ids separated by '\n'; busy(true) while something is on its way. */
export function Uploads({ id, field, value, describedby, invalid, change, busy }) {
  const [files, setFiles] = useState(() => value.split('\n').filter(Boolean).map((id) => ({ key: id, id, name: say('file.kept'), part: 1 })));
  const latest = useRef(files);
  const show = (next) => {
    latest.current = next;
    setFiles(next);
    change(next.map((one) => one.id).filter(Boolean).join('\n'));
    busy(next.some((one) => !one.id && !one.refused));
  };
  const alter = (key, with_) => show(latest.current.map((one) => (one.key === key ? { ...one, ...with_ } : one)));
  useEffect(() => () => latest.current.forEach((one) => one.id || !one.cancel || one.cancel()), []);

  const add = (list) => {
    for (const file of list) {
      const key = `${Date.now()}-${Math.random()}`;
      const refused = wrong(file);
      if (refused) {
        show([...latest.current, { key, name: file.name, refused }]);
        continue;
      }
      const { done, cancel } = upload(file, (part) => alter(key, { part: Math.min(part, 0.99) }));
      show([...latest.current, { key, name: file.name, part: 0, cancel }]);
      done.then(
        (said) => {
          const refused = misfit(said, field.choices);
          alter(key, refused ? { refused } : { id: said.id, name: said.name, part: 1 });
        },
        (error) => error.name === 'AbortError' || alter(key, { refused: error.message }),
      );
    }
  };
  const remove = (one) => {
    if (one.cancel && !one.id && !one.refused) one.cancel();
    show(latest.current.filter((other) => other !== one));
  };
  const drop = (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  };
  return (
    <div class="uploads" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {files.length > 0 && (
        <ul class="files">
          {files.map((one) => (
            <One key={one.key} one={one} onGone={() => remove(one)} />
          ))}
        </ul>
      )}
      <label class="button">
        <Icon name="attach" />
        {say('file.choose')}
        <input
          id={id}
          class="unseen"
          type="file"
          multiple
          accept={accept(field.choices) || undefined}
          aria-describedby={describedby}
          aria-invalid={invalid}
          onChange={(event) => {
            add(event.target.files);
            event.target.value = '';
          }}
        />
      </label>
      <small class="quiet only-wide">{say('file.drop')}</small>
    </div>
  );
}
