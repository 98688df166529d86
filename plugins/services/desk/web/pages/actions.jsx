/* SPDX-License-Identifier: MPL-2.0
 * What this official may do with a thing now; and what not, with the reason said. */
import { useId } from 'preact/hooks';
import { say } from '../lib/words.js';
import { Icon } from '../parts/icon.jsx';

const MANY = 6; // so many stand open

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

function Now({ actions, lead, onAct }) {
  return (
    <ul>
      {actions.map((action, i) => (
        <li key={action.id}>
          <button
            class={`button wide ${lead && i === 0 && !action.danger ? 'main' : ''} ${action.danger ? 'danger' : ''}`}
            data-action={action.id}
            onClick={() => onAct(action)}
          >
            {action.label}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Actions({ actions, onAct }) {
  const now = actions.filter((action) => !action.wait);
  const later = actions.filter((action) => action.wait);
  const most = now.length > MANY + 1 ? MANY : now.length;
  return (
    <section class="card actions" aria-labelledby="actions-title" id="actions" tabindex="-1">
      <h2 id="actions-title">{say('actions.title')}</h2>
      {now.length === 0 && <p class="quiet">{say('actions.none')}</p>}
      <Now actions={now.slice(0, most)} lead onAct={onAct} />
      {now.length > most && (
        <details>
          <summary>{say('actions.more', { count: now.length - most })}</summary>
          <Now actions={now.slice(most)} onAct={onAct} />
        </details>
      )}
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
