/* SPDX-License-Identifier: MPL-2.0
 * A list of a view: filters, order, saved views, many rows at once, files of it; and what changes while one looks. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../lib/api.js';
import { watch } from '../lib/live.js';
import { go, to } from '../lib/route.js';
import { say } from '../lib/words.js';
import { Empty, Hang, Note, Refusal, useLoad, Wait } from '../parts/bits.jsx';
import { save } from '../parts/files.jsx';
import { Icon } from '../parts/icon.jsx';
import { Bulk, NewActions } from './bulk.jsx';
import { Filters, Narrowed, Saved, Search } from './filters.jsx';
import { changed, filtersOf, isNarrowed, search } from './query.js';
import { Rows } from './rows.jsx';

const MOST = 200; // rows that one answer may have
const SOON_MS = 400;

/* Keeps the list true: rows in sight are replaced where they stand; what would move them waits for a press. */
function useFresh(view, query, load) {
  const [fresh, setFresh] = useState(new Set());
  const [waiting, setWaiting] = useState(null);
  const latest = useRef();
  latest.current = load;
  const base = `${view.plugin}/${view.id}`;
  useEffect(() => {
    let timer = 0;
    const seen = new Set();
    const look = async () => {
      const shown = latest.current.data;
      if (!shown) return;
      const limit = Math.min(Math.max(shown.rows.length, 50), MOST);
      const now = await ask(`list/${base}?${search(query, { limit })}`).catch(() => null);
      if (!now || latest.current.data !== shown) return;
      const byId = new Map(now.rows.map((row) => [row.id, row]));
      const rows = shown.rows.map((row) => byId.get(row.id) || row);
      const same = now.rows.length <= rows.length && now.rows.every((row, i) => row.id === rows[i].id);
      setFresh(new Set([...seen].filter((id) => byId.has(id))));
      setWaiting(same ? null : now);
      latest.current.set({ ...shown, rows });
    };
    const stop = watch((name, id) => {
      if (name && name !== base) return;
      if (id) seen.add(id);
      clearTimeout(timer);
      timer = setTimeout(look, SOON_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [base, search(query)]);
  const take = () => {
    load.set(waiting);
    setWaiting(null);
    setFresh(new Set());
  };
  return { fresh, waiting, take };
}

function More({ load, base, query }) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(null);
  const button = useRef();
  const more = async () => {
    setBusy(true);
    setRefused(null);
    try {
      const next = await ask(`list/${base}?${search(query, { after: load.data.more })}`);
      const known = new Set(load.data.rows.map((row) => row.id));
      load.set({ ...next, rows: [...load.data.rows, ...next.rows.filter((row) => !known.has(row.id))], actions: load.data.actions });
    } catch (error) {
      setRefused(error);
    }
    setBusy(false);
  };
  useEffect(() => {
    const near = new IntersectionObserver(([entry]) => entry.isIntersecting && button.current && button.current.click(), { rootMargin: '200px' });
    if (button.current && !refused) near.observe(button.current);
    return () => near.disconnect();
  }, [load.data.more, refused]);
  if (!load.data.more) return null;
  return (
    <div class="more">
      {refused && <Refusal refused={refused} />}
      <button type="button" class="button" ref={button} disabled={busy} onClick={more}>
        {busy ? say('wait') : say('list.more')}
      </button>
    </div>
  );
}

function Exports({ view, query }) {
  const kinds = ['csv', 'xlsx'].filter((kind) => view.has.includes(kind));
  if (kinds.length === 0) return null;
  const take = (kind, more) => save(`file/${view.plugin}/${view.id}?${search(query, { format: kind, ...more })}`, `${view.title}.${kind}`);
  const named = view.fields.some((field) => field.private);
  const button = {
    cls: 'button low',
    inside: (
      <>
        <Icon name="down" mini />
        {say('list.file')}
      </>
    ),
  };
  return (
    <Hang button={button}>
      {(close) => (
        <>
          {kinds.map((kind) => (
            <button key={kind} type="button" onClick={() => (close(), take(kind))}>
              {say('list.file-' + kind)}
            </button>
          ))}
          {named && <p class="head quiet small">{say('list.file-private')}</p>}
          {named &&
            kinds.map((kind) => (
              <button key={kind} type="button" onClick={() => (close(), take(kind, { private: 'yes' }))}>
                {say(`list.file-${kind}-private`)}
              </button>
            ))}
        </>
      )}
    </Hang>
  );
}

/* On a telephone the table has no heads to press. */
function Order({ view, order, onOrder }) {
  const sorted = view.fields.filter((field) => field.sorted);
  if (sorted.length === 0) return null;
  return (
    <select class="only-phone order" aria-label={say('list.order')} value={order} onChange={(event) => onOrder(event.target.value)}>
      <option value="">{say('list.order-usual')}</option>
      {sorted.flatMap((field) => [
        <option key={field.name} value={field.name}>
          {field.label} ↑
        </option>,
        <option key={'-' + field.name} value={'-' + field.name}>
          {field.label} ↓
        </option>,
      ])}
    </select>
  );
}

function Nothing({ query, clear, first }) {
  if (!isNarrowed(query))
    return (
      <Empty title={say('list.empty')}>
        <p>{first ? say('list.empty-new', { label: first.label }) : say('list.empty-help')}</p>
      </Empty>
    );
  return (
    <Empty icon="search" title={say('list.nothing')}>
      <p>{say('list.nothing-help')}</p>
      <button class="button" onClick={clear}>
        {say('filter.clear')}
      </button>
    </Empty>
  );
}

export function List({ view, query }) {
  const base = `${view.plugin}/${view.id}`;
  const load = useLoad(() => ask(`list/${base}?${search(query)}`), [base, search(query)]);
  const { fresh, waiting, take } = useFresh(view, query, load);
  const [open, setOpen] = useState(Object.keys(query).some((key) => key.startsWith('f.')) && innerWidth > 860);
  const [ticked, setTicked] = useState(new Set());
  useEffect(() => setTicked(new Set()), [base, search(query)]);
  const change = (what) => go(to([view.plugin, view.id], changed(query, what)), { instead: true });
  const clear = () => go(to([view.plugin, view.id], changed({ order: query.order }, {})));
  const actions = (load.data && load.data.actions) || [];
  const own = (load.data && load.data.fields) || [];
  const bulk = actions.filter((action) => action.bulk);
  const tick = (id) => setTicked((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]));
  const rows = (load.data && load.data.rows) || [];
  return (
    <>
      <div class="tools">
        <Search value={query.search || ''} onSearch={(words) => change({ search: words })} />
        {filtersOf(view).length > 0 && (
          <button type="button" class="button low" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name="filter" mini />
            {say('filter.title')}
          </button>
        )}
        {view.fields.some((field) => field.kind === 'due') && (
          <label class="tick pill">
            <input type="checkbox" checked={query.tasks === '1'} onChange={(e) => change({ tasks: e.target.checked ? '1' : '' })} />
            {say('list.mine')}
          </label>
        )}
        <Order view={view} order={query.order || ''} onOrder={(order) => change({ order })} />
        <Saved view={view} query={query} />
        <Exports view={view} query={query} />
        <NewActions view={view} actions={actions.filter((action) => action.new)} onDone={load.again} />
      </div>
      {open && <Filters view={view} own={own} query={query} change={change} />}
      <Narrowed view={view} own={own} query={query} change={change} />
      <p class="count quiet small" role="status">
        {load.data && load.data.total != null && say('list.total', { count: load.data.total })}
      </p>
      {waiting && (
        <Note kind="warn" role="status">
          {say('list.moved')}{' '}
          <button class="link" onClick={take}>
            {say('list.show')}
          </button>
        </Note>
      )}
      {load.refused && <Refusal refused={load.refused} again={load.again} />}
      {load.busy && !load.data && <Wait />}
      {load.data && rows.length === 0 && <Nothing query={query} clear={clear} first={actions.find((action) => action.new && !action.wait)} />}
      {rows.length > 0 && (
        <div class="card sheet" aria-busy={load.busy}>
          <Rows
            view={view}
            rows={rows}
            order={query.order || ''}
            onOrder={(order) => change({ order })}
            ticked={ticked}
            tick={bulk.length > 0 ? tick : null}
            tickAll={(on) => setTicked(new Set(on ? rows.map((row) => row.id) : []))}
            fresh={fresh}
            caption={view.title}
          />
          <More load={load} base={base} query={query} />
        </div>
      )}
      {ticked.size > 0 && (
        <Bulk view={view} actions={bulk} rows={rows.filter((row) => ticked.has(row.id))} onClear={() => setTicked(new Set())} onDone={load.again} />
      )}
    </>
  );
}
