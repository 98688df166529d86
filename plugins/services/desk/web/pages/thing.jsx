/* SPDX-License-Identifier: MPL-2.0
 * The page of one thing: what it is, by when, what has been said and done, and what I may do with it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, post } from '../lib/api.js';
import { differences } from '../lib/differ.js';
import { watch } from '../lib/live.js';
import { plain } from '../lib/plain.js';
import { go, inside, to } from '../lib/route.js';
import { put, tell } from '../lib/store.js';
import { say } from '../lib/words.js';
import { Acting, Changes } from '../parts/acting.jsx';
import { Empty, Note, Refusal, useLoad, Wait } from '../parts/bits.jsx';
import { Charts } from '../parts/chart.jsx';
import { Actions, Quick } from './actions.jsx';
import { Said } from './bulk.jsx';
import { Head, Sections } from './facts.jsx';
import { Thread, Timeline } from './story.jsx';

const SOON_MS = 300;
const fieldsOf = (thing) => thing.sections.flatMap((section) => section.fields);

/* Looks again when the thing changes, and says what is different; while a form is open nothing under it moves. */
function useLive(base, id, load, writing) {
  const [changes, setChanges] = useState(null);
  const latest = useRef();
  latest.current = { load, writing };
  const look = async () => {
    const before = latest.current.load.data;
    const after = await ask(`show/${base}/${encodeURIComponent(id)}`);
    if (!before || latest.current.load.data !== before) return;
    const now = differences(before, after);
    const any = now.fields.length + now.events.length + now.messages > 0;
    if (any) setChanges((old) => (old && latest.current.writing ? { ...now, fields: [...old.fields, ...now.fields], events: [...old.events, ...now.events] } : now));
    latest.current.load.set(after);
  };
  useEffect(() => {
    setChanges(null);
    let timer = 0;
    const stop = watch((name, changed) => {
      if (name && (name !== base || changed !== id)) return;
      clearTimeout(timer);
      timer = setTimeout(() => look().catch(() => {}), SOON_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [base, id]);
  return { changes, look, seen: () => setChanges(null) };
}

/* Values that were asked for; each look is written down by the server. */
function useReveal(base, id) {
  const [shown, setShown] = useState({});
  useEffect(() => setShown({}), [base, id]);
  const reveal = async (fields) => {
    try {
      const answer = await post(`reveal/${base}/${encodeURIComponent(id)}`, { fields });
      setShown((old) => {
        const next = { ...old };
        for (const name of fields) next[name] = { value: answer.values[name] ?? '', words: (answer.words || {})[name] || null };
        return next;
      });
      return answer.values;
    } catch (error) {
      tell(error.message, { kind: 'bad' });
      throw error;
    }
  };
  return { shown, reveal };
}

function useTitle(view, thing, id, gone) {
  const first = thing && view.fields[0] && fieldsOf(thing).find((field) => field.name === view.fields[0].name);
  const title = gone ? say('thing.gone') : first && first.value && !first.masked ? plain(first, first.value, first.words) : `№ ${id}`;
  useEffect(() => {
    if (thing || gone) put({ title });
    return () => put({ title: null });
  }, [(thing || gone) && title]);
  return title;
}

function Meanwhile({ changes, onClose }) {
  return (
    <Note kind="warn" role="status">
      <b>{say('thing.changed')}</b>
      <Changes changes={changes} />
      <button class="link" onClick={onClose}>
        {say('understood')}
      </button>
    </Note>
  );
}

export function Thing({ view, id }) {
  const base = `${view.plugin}/${view.id}`;
  const load = useLoad(() => ask(`show/${base}/${encodeURIComponent(id)}`), [base, id]);
  const [action, setAction] = useState(null);
  const [said, setSaid] = useState(null);
  const live = useLive(base, id, load, Boolean(action));
  const { shown, reveal } = useReveal(base, id);
  const thing = load.data;
  useTitle(view, thing, id, load.refused && !thing);
  if (load.refused && !thing)
    return load.refused.status === 404 ? (
      <Empty title={say('thing.gone')}>
        <p>{load.refused.message}</p>
        <a class="button" href={to([view.plugin, view.id])}>
          {say('thing.to-list', { title: view.title })}
        </a>
      </Empty>
    ) : (
      <Refusal refused={load.refused} again={load.again} />
    );
  if (!thing) return <Wait />;

  const open = (one) => {
    live.seen();
    setAction(one);
  };
  /* The form goes when the page is as the deed left it: the next deed is not taken for somebody else's. */
  const done = async (answer) => {
    await load.again();
    setAction(null);
    live.seen();
    if (answer.said) setSaid(answer);
    else {
      tell(say('done.act', { label: action.label }));
      if (answer.opens) go(inside(answer.opens));
    }
  };
  const files = { known: thing.files || {}, base: `${base}/${encodeURIComponent(id)}` };
  return (
    <div class="thing">
      <div class="about">
        {live.changes && !action && <Meanwhile changes={live.changes} onClose={live.seen} />}
        <Head view={view} fields={fieldsOf(thing)} />
        <Sections view={view} sections={thing.sections} shown={shown} reveal={reveal} files={files} />
        {(thing.charts || []).length > 0 && <Charts charts={thing.charts} />}
        {thing.messages.length > 0 && <Thread messages={thing.messages} files={files} />}
      </div>
      <div class="aside">
        {thing.actions.length > 0 && <Actions actions={thing.actions} onAct={open} />}
        {thing.events.length > 0 && <Timeline events={thing.events} files={files} />}
      </div>
      <Quick actions={thing.actions} onAct={open} />
      {action && (
        <Acting
          action={action}
          where={`${base}/${id}/${action.id}`}
          stamp={thing.stamp}
          changes={live.changes}
          send={(values, stamp) => post(`act/${base}/${encodeURIComponent(id)}`, { action: action.id, stamp, values })}
          look={live.look}
          reveal={(field) => reveal([field.name]).then((values) => values[field.name] ?? '')}
          onDone={done}
          onClose={() => setAction(null)}
        />
      )}
      {said && <Said answer={said} onClose={() => setSaid(null)} />}
    </div>
  );
}
