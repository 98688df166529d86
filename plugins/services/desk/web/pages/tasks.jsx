/* SPDX-License-Identifier: MPL-2.0
 * «Мої завдання»: all that waits for me, over all views, the nearest deadline first. */
import { useEffect, useState } from 'preact/hooks';
import { gistOf, nameOf } from '../lib/plain.js';
import { to } from '../lib/route.js';
import { use } from '../lib/store.js';
import { loadTasks, tasksOf } from '../lib/tasks.js';
import { say } from '../lib/words.js';
import { Empty, Refusal, Wait } from '../parts/bits.jsx';
import { Icon } from '../parts/icon.jsx';
import { Due, Value } from '../parts/value.jsx';

const BANDS = ['over', 'today', 'week', 'later', 'none'];
const SIGNS = { over: 'over', today: 'soon', week: 'fine', later: 'fine', none: 'list' };

function Task({ view, row, at, many }) {
  const gist = gistOf(view);
  const state = view.fields.find((field) => field.kind === 'state');
  const value = (field) => <Value field={field} value={row.values[field.name]} words={(row.words || {})[field.name]} masked={(row.masked || []).includes(field.name)} compact />;
  return (
    <li>
      <a class="task" href={to([view.plugin, view.id, row.id])}>
        <span class="digits name">{nameOf(view, row.id, row.values, row.words || {})}</span>
        <span class="gist">
          {gist && value(gist)}
          {many && <small class="quiet">{view.title}</small>}
        </span>
        {state && row.values[state.name] && value(state)}
        {at > 0 && <Due at={at} />}
      </a>
    </li>
  );
}

function Band({ band, tasks, many }) {
  return (
    <section class={`card band ${band}`} aria-labelledby={'band-' + band} id={'tasks-' + band}>
      <h2 id={'band-' + band}>
        <Icon name={SIGNS[band]} />
        {say('tasks.' + band)}
        <span class="quiet digits">{tasks.length}</span>
      </h2>
      <ul>
        {tasks.map((one) => (
          <Task key={`${one.view.plugin}/${one.view.id}/${one.row.id}`} {...one} many={many} />
        ))}
      </ul>
    </section>
  );
}

function Counts({ tasks }) {
  const jump = (band) => {
    const place = document.getElementById('tasks-' + band);
    place.scrollIntoView({ block: 'start' });
    place.querySelector('a').focus();
  };
  return (
    <ul class="tiles">
      {['over', 'today', 'week'].map((band) => {
        const count = tasks.filter((one) => one.band === band).length;
        return (
          <li key={band}>
            <button class={`card tile ${band}`} disabled={count === 0} onClick={() => jump(band)}>
              <b class="digits">{count}</b>
              <span>
                <Icon name={SIGNS[band]} mini /> {say('tasks.' + band)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Cut({ groups, views }) {
  const cut = groups.filter((group) => group.total > group.rows.length);
  return cut.map((group) => {
    const view = views.find((one) => one.plugin === group.plugin && one.id === group.view);
    return (
      view && (
        <p key={group.plugin + group.view}>
          <a href={to([group.plugin, group.view], { tasks: '1' })}>{say('tasks.all', { title: group.title, count: group.total })}</a>
        </p>
      )
    );
  });
}

export function Tasks() {
  const views = use((state) => state.views);
  const tasks = use((state) => state.tasks);
  const refused = use((state) => state.tasksRefused);
  const [only, setOnly] = useState('');
  useEffect(() => void loadTasks(), []);
  if (refused && !tasks) return <Refusal refused={refused} again={loadTasks} />;
  if (!tasks) return <Wait />;
  const { groups } = tasks;
  const full = groups.filter((group) => group.rows.length > 0);
  const all = tasksOf(only ? full.filter((group) => `${group.plugin}/${group.view}` === only) : full, views);
  if (all.length === 0)
    return (
      <Empty icon="done" title={say('tasks.none-yet')}>
        <p>{say('tasks.none-help')}</p>
      </Empty>
    );
  return (
    <>
      <Counts tasks={all} />
      {full.length > 1 && (
        <div class="tools" role="group" aria-label={say('tasks.of')}>
          <button class="button low" aria-pressed={only === ''} onClick={() => setOnly('')}>
            {say('tasks.everything')}
          </button>
          {full.map((group) => {
            const name = `${group.plugin}/${group.view}`;
            return (
              <button key={name} class="button low" aria-pressed={only === name} onClick={() => setOnly(name)}>
                {group.title} <span class="quiet digits">{group.total ?? group.rows.length}</span>
              </button>
            );
          })}
        </div>
      )}
      {BANDS.map((band) => {
        const some = all.filter((one) => one.band === band);
        return some.length > 0 && <Band key={band} band={band} tasks={some} many={full.length > 1 && !only} />;
      })}
      <Cut groups={groups} views={views} />
    </>
  );
}
