/* SPDX-License-Identifier: MPL-2.0
 * Words that are often written, put where the cursor stands. */
import { use } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Hang } from './bits.jsx';
import { Icon } from './icon.jsx';

export function Templates({ into, value, change }) {
  const templates = use((state) => state.templates);
  if (templates.length === 0) return null;
  const insert = (words) => {
    const field = document.getElementById(into);
    const at = field.selectionStart;
    const before = value.slice(0, at);
    const gap = before && !/\s$/.test(before) ? '\n' : '';
    change(before + gap + words + value.slice(field.selectionEnd));
    requestAnimationFrame(() => {
      field.focus();
      field.selectionStart = field.selectionEnd = (before + gap + words).length;
    });
  };
  const button = {
    cls: 'link small',
    inside: (
      <>
        <Icon name="words" mini />
        {say('templates')}
      </>
    ),
  };
  return (
    <Hang button={button} left>
      {(close) =>
        templates.map((one) => (
          <button
            key={one.id}
            type="button"
            onClick={() => {
              close();
              insert(one.words);
            }}
          >
            <span>
              <b>{one.title}</b>
              <br />
              <small class="quiet">{one.words.slice(0, 90)}</small>
            </span>
          </button>
        ))
      }
    </Hang>
  );
}
