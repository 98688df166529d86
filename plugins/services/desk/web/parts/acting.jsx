/* SPDX-License-Identifier: MPL-2.0
 * Doing an action: its form in a panel beside the thing, so that the thing stays in sight. What is typed survives a lost network,
 * an ended session, somebody else's change and a closed panel. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from '../lib/api.js';
import { check } from '../lib/check.js';
import { keep, recall } from '../lib/drafts.js';
import { tell } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Note } from './bits.jsx';
import { Dialog, Sure } from './dialog.jsx';
import { Fields, focusWrong, useFormId } from './form.jsx';

const begins = (fields) => Object.fromEntries(fields.filter((f) => f.value && !f.masked).map((f) => [f.name, f.value]));

function useDraft(name, action) {
  const [values, setValues] = useState(() => ({ ...begins(action.fields), ...recall(name) }));
  const [restored] = useState(() => Boolean(recall(name)));
  const set = (field, value) =>
    setValues((old) => {
      const next = { ...old, [field]: value };
      keep(name, next);
      return next;
    });
  return { values, set, restored, drop: () => keep(name, null), reset: () => setValues(begins(action.fields)) };
}

/* One sentence about what somebody else did meanwhile. */
export function Changes({ changes }) {
  return (
    <ul class="changes">
      {changes.fields.map((one) => (
        <li key={one.label}>
          {one.label}: <s>{one.before}</s> → <b>{one.after}</b>
        </li>
      ))}
      {changes.events.map((one, i) => (
        <li key={'e' + i}>
          {one.who}: {one.title}
        </li>
      ))}
      {changes.messages > 0 && <li>{say('thing.new-messages', { count: changes.messages })}</li>}
    </ul>
  );
}

/* send(values, stamp) does it; stamp: of the thing now; changes: what happened to it since the panel was opened, or null;
 * look(): reads the thing anew; reveal(field): its value; where: the draft's name. */
export function Acting({ title, action, where, stamp, changes, send, look, reveal, onDone, onClose, children }) {
  const form = useFormId();
  const draft = useDraft(where, action);
  const opened = useRef(stamp);
  const [wrong, setWrong] = useState({});
  const [refused, setRefused] = useState(null);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const [sending, setSending] = useState({});
  const [covered, setCovered] = useState(() => action.fields.filter((f) => f.masked && !draft.values[f.name]).map((f) => f.name));
  const latest = useRef(stamp);
  latest.current = stamp;
  useEffect(() => {
    const root = document.getElementById(form);
    const first = root && root.querySelector('input, textarea, select');
    if (first) first.focus();
  }, []);

  const fail = (found, words) => {
    setWrong(found);
    setRefused(words);
    requestAnimationFrame(() => focusWrong(form, action.fields, found));
  };
  const run = async () => {
    setSure(false);
    setBusy(true);
    setRefused(null);
    try {
      const known = action.fields.filter((field) => !covered.includes(field.name)).map((field) => field.name);
      const values = Object.fromEntries(known.map((name) => [name, (draft.values[name] || '').trim()]));
      const said = await send(values, opened.current);
      draft.drop();
      onDone(said);
    } catch (error) {
      setBusy(false);
      if (error.status === 409 && look) {
        await look().catch(() => {});
        opened.current = latest.current;
      }
      fail(error.where ? { [error.where]: error.message } : {}, error);
    }
  };
  const submit = (event) => {
    event.preventDefault();
    if (busy) return;
    const asked = action.fields.filter((field) => !covered.includes(field.name));
    const found = check(asked, draft.values);
    if (Object.values(sending).some(Boolean)) setRefused({ message: say('file.wait') });
    else if (Object.keys(found).length > 0) fail(found, { message: say('form.look', { count: Object.keys(found).length }) });
    else if (action.danger) setSure(true);
    else run();
  };
  const uncover = async (field) => {
    try {
      draft.set(field.name, await reveal(field));
      setCovered((old) => old.filter((name) => name !== field.name));
      requestAnimationFrame(() => document.getElementById(`${form}-${field.name}`).focus());
    } catch (error) {
      setRefused(error);
    }
  };
  const close = () => {
    if (recall(where)) tell(say('draft.kept'));
    onClose();
  };
  return (
    <Dialog title={title || action.label} cls="panel" onClose={close}>
      {action.help && <p class="quiet words">{action.help}</p>}
      {children}
      {draft.restored && (
        <Note icon="info">
          {say('draft.here')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              draft.drop();
              draft.reset();
            }}
          >
            {say('draft.drop')}
          </button>
        </Note>
      )}
      {changes && !busy && (!refused || refused.status === 409) && (
        <Note kind="warn" icon="over" role="status">
          <b>{say('thing.changed-meanwhile')}</b>
          <Changes changes={changes} />
          <p>{say('thing.words-kept')}</p>
        </Note>
      )}
      <form id={form} class="form" noValidate onSubmit={submit}>
        <Fields
          form={form}
          fields={action.fields}
          values={draft.values}
          wrong={wrong}
          covered={covered}
          set={(name, value) => {
            draft.set(name, value);
            setWrong(({ [name]: gone, ...rest }) => rest);
            setRefused((old) => (old && old.status === undefined ? null : old)); // our own words; the server's stay
          }}
          busy={(name, on) => setSending((old) => ({ ...old, [name]: on }))}
          reveal={uncover}
        />
        <div class="row end foot">
          {refused && (
            <Note kind="bad" icon="over" role="alert">
              {refused.message}
              {refused.status === 0 && <p>{say('form.offline')}</p>}
            </Note>
          )}
          <button type="button" class="button" onClick={close}>
            {say('cancel')}
          </button>
          <button class={`button main ${action.danger ? 'danger' : ''}`} aria-disabled={busy}>
            {busy ? say('form.busy') : action.label}
          </button>
        </div>
      </form>
      {sure && (
        <Sure title={say('sure')} words={action.help} yes={action.label} danger onYes={run} onNo={() => setSure(false)} />
      )}
    </Dialog>
  );
}

/* Does an action with many rows, each by itself: what one is refused, another may be allowed, and citizens are answered in between.
 * {done: [id], refused: [{id, message}]}. What is wrong in the form is said there, before anything is done. */
export async function actOnMany(base, action, values, ids, progress) {
  const done = [];
  const refused = [];
  for (const id of ids) {
    progress((done.length + refused.length) / ids.length);
    try {
      await post(`act/${base}/${encodeURIComponent(id)}`, { action, values });
      done.push(id);
    } catch (error) {
      if (error.code === 'form' && done.length + refused.length === 0) throw error;
      refused.push({ id, message: error.message });
    }
  }
  progress(1);
  return { done, refused };
}
