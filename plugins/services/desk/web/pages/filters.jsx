/* SPDX-License-Identifier: MPL-2.0
 * What a list is narrowed by: search, filters, order; and the views that were kept under a name. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { post, remove } from '../lib/api.js';
import { plain } from '../lib/plain.js';
import { go, to } from '../lib/route.js';
import { get, put, tell, use } from '../lib/store.js';
import { date } from '../lib/when.js';
import { say } from '../lib/words.js';
import { Hang } from '../parts/bits.jsx';
import { Dialog } from '../parts/dialog.jsx';
import { Icon } from '../parts/icon.jsx';
import { asRange, filterOf, filtersOf, isRange, range, search } from './query.js';

const PAUSE_MS = 350; // after the last letter

export function Search({ value, onSearch }) {
  const [words, setWords] = useState(value);
  const timer = useRef(0);
  useEffect(() => setWords(value), [value]);
  const later = (next) => {
    setWords(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), PAUSE_MS);
  };
  const now = (event) => {
    event.preventDefault();
    clearTimeout(timer.current);
    onSearch(words.trim());
  };
  return (
    <form class="search" role="search" onSubmit={now}>
      <Icon name="search" mini />
      <input
        id="search"
        type="search"
        value={words}
        placeholder={say('list.search')}
        aria-label={say('list.search')}
        onInput={(event) => later(event.target.value)}
      />
    </form>
  );
}

function Range({ field, value, change }) {
  const { from, until } = range(value);
  return (
    <span class="range">
      <input type="date" value={from} max={until || undefined} aria-label={`${field.label}: ${say('from')}`} onChange={(e) => change(asRange(e.target.value, until))} />
      –
      <input type="date" value={until} min={from || undefined} aria-label={`${field.label}: ${say('until')}`} onChange={(e) => change(asRange(from, e.target.value))} />
    </span>
  );
}

function Filter({ field, value, change }) {
  const id = 'filter-' + field.name;
  const choices = field.kind === 'flag' ? ['yes', 'no'].map((one) => ({ value: one, label: say(one) })) : field.choices || [];
  return (
    <div class={isRange(field) ? 'filter wide' : 'filter'}>
      {isRange(field) ? (
        <span class="name" aria-hidden="true">
          {field.label}
        </span>
      ) : (
        <label for={id}>{field.label}</label>
      )}
      {isRange(field) ? (
        <Range field={field} value={value} change={change} />
      ) : choices.length > 0 ? (
        <select id={id} value={value} onChange={(event) => change(event.target.value)}>
          <option value="">{say('filter.any')}</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} type="text" value={value} onChange={(event) => change(event.target.value.trim())} />
      )}
    </div>
  );
}

export function Filters({ view, own, query, change }) {
  return (
    <div class="filters">
      {filtersOf(view, own).map((field) => (
        <Filter key={field.name} field={field} value={filterOf(query, field.name)} change={(value) => change({ ['f.' + field.name]: value })} />
      ))}
    </div>
  );
}

function inWords(field, value) {
  if (!isRange(field)) return plain(field, value);
  const { from, until } = range(value);
  return [from && `${say('from')} ${date(from)}`, until && `${say('until')} ${date(until)}`].filter(Boolean).join(' ');
}

/* What the list is narrowed by now, each to be taken away with one press. */
export function Narrowed({ view, own, query, change }) {
  const filters = filtersOf(view, own).filter((field) => filterOf(query, field.name));
  if (filters.length === 0) return null;
  return (
    <ul class="narrowed" aria-label={say('filter.now')}>
      {filters.map((field) => (
        <li key={field.name}>
          <button type="button" class="badge" onClick={() => change({ ['f.' + field.name]: '' })}>
            <span class="unseen">{say('filter.remove')}: </span>
            {field.label}: {inWords(field, filterOf(query, field.name))}
            <Icon name="close" mini />
          </button>
        </li>
      ))}
    </ul>
  );
}

function KeepDialog({ view, query, onClose }) {
  const [name, setName] = useState('');
  const [refused, setRefused] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    if (!name.trim()) return setRefused(say('wrong.empty'));
    const one = { plugin: view.plugin, view: view.id, name: name.trim(), query: search(query) };
    try {
      const { id } = await post('saved', one);
      put({ saved: [...get().saved, { ...one, id }] });
      tell(say('saved.kept', { name: one.name }));
      return onClose();
    } catch (error) {
      return setRefused(error.message);
    }
  };
  return (
    <Dialog title={say('saved.keep')} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <div class="field">
          <label class="label" for="saved-name">
            {say('saved.name')}
          </label>
          <input id="saved-name" type="text" maxLength="60" value={name} aria-describedby="saved-wrong" onInput={(e) => setName(e.target.value)} />
          <small class="wrong" id="saved-wrong" role="alert">
            {refused}
          </small>
        </div>
        <div class="row end">
          <button class="button main">{say('saved.do')}</button>
        </div>
      </form>
    </Dialog>
  );
}

export function Saved({ view, query }) {
  const all = use((state) => state.saved);
  const [keeping, setKeeping] = useState(false);
  const mine = all.filter((one) => one.plugin === view.plugin && one.view === view.id);
  const drop = async (one) => {
    try {
      await remove('saved/' + one.id);
      put({ saved: get().saved.filter((other) => other !== one) });
    } catch (error) {
      tell(error.message, { kind: 'bad' });
    }
  };
  const open = (one) => go(to([view.plugin, view.id], Object.fromEntries(new URLSearchParams(one.query))));
  const button = {
    cls: 'button low',
    inside: (
      <>
        <Icon name="star" mini />
        {say('saved.title')}
        {mine.length > 0 && <span class="digits quiet">{mine.length}</span>}
      </>
    ),
  };
  return (
    <>
      <Hang button={button}>
        {(close) => (
          <>
            {mine.length === 0 && <p class="head quiet small">{say('saved.none')}</p>}
            {mine.map((one) => (
              <div key={one.id} class="kept">
                <button type="button" class="grow" onClick={() => (close(), open(one))}>
                  {one.name}
                </button>
                <button type="button" class="sign" aria-label={say('saved.drop', { name: one.name })} onClick={() => drop(one)}>
                  <Icon name="close" mini />
                </button>
              </div>
            ))}
            <hr />
            <button type="button" onClick={() => (close(), setKeeping(true))}>
              <Icon name="plus" mini />
              {say('saved.keep')}
            </button>
          </>
        )}
      </Hang>
      {keeping && <KeepDialog view={view} query={query} onClose={() => setKeeping(false)} />}
    </>
  );
}
