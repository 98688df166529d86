/* SPDX-License-Identifier: MPL-2.0
 * What a list offers beyond reading: something new, and the same deed on many rows. */
import { useState } from 'preact/hooks';
import { post } from '../lib/api.js';
import { nameOf } from '../lib/plain.js';
import { go, inside } from '../lib/route.js';
import { tell } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Acting, actOnMany } from '../parts/acting.jsx';
import { Note } from '../parts/bits.jsx';
import { Dialog } from '../parts/dialog.jsx';
import { Icon } from '../parts/icon.jsx';

/* The answer to an action may have words to show, which may not be lost with a press: an invitation, a number. The page that it opens comes
 * after them. */
export function Said({ answer, onClose }) {
  const close = () => {
    onClose();
    if (answer.opens) go(inside(answer.opens));
  };
  return (
    <Dialog title={say('done')} onClose={close}>
      <p class="words said" tabindex="-1">
        {answer.said}
      </p>
      <div class="row end">
        <button class="button main" onClick={close}>
          {say('understood')}
        </button>
      </div>
    </Dialog>
  );
}

export function NewActions({ view, actions, onDone }) {
  const [action, setAction] = useState(null);
  const [said, setSaid] = useState(null);
  const base = `${view.plugin}/${view.id}`;
  const done = (answer) => {
    setAction(null);
    onDone();
    if (answer.said) setSaid(answer);
    else {
      tell(say('done.new'));
      if (answer.opens) go(inside(answer.opens));
    }
  };
  return (
    <div class="news">
      {actions.map((one, i) => (
        <button
          key={one.id}
          class={`button low new ${i === 0 ? 'main' : ''}`}
          aria-disabled={Boolean(one.wait)}
          title={one.wait || undefined}
          data-new
          onClick={() => !one.wait && setAction(one)}
        >
          <Icon name="plus" mini />
          {one.label}
        </button>
      ))}
      {action && (
        <Acting
          action={action}
          where={`${base}/new/${action.id}`}
          send={(values) => post(`act/${base}`, { action: action.id, values })}
          onDone={done}
          onClose={() => setAction(null)}
        />
      )}
      {said && <Said answer={said} onClose={() => setSaid(null)} />}
    </div>
  );
}

function Outcome({ view, rows, outcome, onClose }) {
  const name = (id) => {
    const row = rows.find((one) => one.id === id);
    return row ? nameOf(view, id, row.values, row.words || {}) : id;
  };
  return (
    <Dialog title={say('bulk.outcome')} onClose={onClose}>
      <Note kind="good" icon="done">
        {say('bulk.done', { count: outcome.done.length })}
      </Note>
      <Note kind="bad" icon="over">
        {say('bulk.refused', { count: outcome.refused.length })}
      </Note>
      <ul class="changes">
        {outcome.refused.map((one) => (
          <li key={one.id}>
            <b>{name(one.id)}</b>: {one.message}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export function Bulk({ view, actions, rows, onClear, onDone }) {
  const [action, setAction] = useState(null);
  const [part, setPart] = useState(null);
  const [outcome, setOutcome] = useState(null);
  const base = `${view.plugin}/${view.id}`;
  const ids = rows.map((row) => row.id);
  const done = (result) => {
    setAction(null);
    setPart(null);
    onDone();
    if (result.refused.length > 0) setOutcome(result);
    else {
      tell(say('bulk.done', { count: result.done.length }));
      onClear();
    }
  };
  return (
    <div class="bulk" role="region" aria-label={say('bulk.title')}>
      <b role="status">{say('bulk.count', { count: ids.length })}</b>
      {actions.map((one) => (
        <button key={one.id} class="button low" aria-disabled={Boolean(one.wait)} title={one.wait || undefined} onClick={() => !one.wait && setAction(one)}>
          {one.label}
        </button>
      ))}
      <button class="button low" onClick={onClear}>
        {say('bulk.clear')}
      </button>
      {action && (
        <Acting
          title={`${action.label}: ${say('bulk.count', { count: ids.length })}`}
          action={action}
          where={`${base}/bulk/${action.id}`}
          send={(values) => actOnMany(base, action.id, values, ids, setPart)}
          onDone={done}
          onClose={() => setAction(null)}
        >
          {part !== null && <progress max="1" value={part} aria-label={say('form.busy')} />}
        </Acting>
      )}
      {outcome && (
        <Outcome
          view={view}
          rows={rows}
          outcome={outcome}
          onClose={() => {
            setOutcome(null);
            onClear();
          }}
        />
      )}
    </div>
  );
}
