/* SPDX-License-Identifier: MPL-2.0
 * What this official may do with a thing now; and what not, with the reason said. */
import { useId } from 'preact/hooks';
import { say } from '../lib/words.js';
import { Icon } from '../parts/icon.jsx';

function Later({ action }) {
  const id = useId();
  return (
    <li>
      <button class="button wide low" aria-disabled="true" aria-describedby={id}>
        {action.label}
      </button>
      <small id={id} class="quiet">
        {action.wait}
      </small>
    </li>
  );
}

/* On a telephone: what matters most stays under the thumb, the rest is one press away. */
export function Quick({ actions, onAct }) {
  const now = actions.filter((action) => !action.wait);
  if (now.length === 0) return null;
  const all = () => {
    const card = document.getElementById('actions');
    card.scrollIntoView({ block: 'start' });
    card.focus({ preventScroll: true });
  };
  return (
    <div class="quick">
      <button class={`button main ${now[0].danger ? 'danger' : ''}`} onClick={() => onAct(now[0])}>
        {now[0].label}
      </button>
      {actions.length > 1 && (
        <button class="button" onClick={all}>
          {say('actions.all')}
        </button>
      )}
    </div>
  );
}

export function Actions({ actions, onAct }) {
  const now = actions.filter((action) => !action.wait);
  const later = actions.filter((action) => action.wait);
  return (
    <section class="card actions" aria-labelledby="actions-title" id="actions" tabindex="-1">
      <h2 id="actions-title">{say('actions.title')}</h2>
      {now.length === 0 && <p class="quiet">{say('actions.none')}</p>}
      <ul>
        {now.map((action, i) => (
          <li key={action.id}>
            <button class={`button wide ${i === 0 && !action.danger ? 'main' : ''} ${action.danger ? 'danger' : ''}`} data-action={action.id} onClick={() => onAct(action)}>
              {action.label}
            </button>
          </li>
        ))}
      </ul>
      {later.length > 0 && (
        <details open={now.length === 0 && later.length < 4}>
          <summary>
            <Icon name="info" mini />
            {say('actions.later', { count: later.length })}
          </summary>
          <ul>
            {later.map((action) => (
              <Later key={action.id} action={action} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
