/* SPDX-License-Identifier: MPL-2.0
 * What waits for me, kept fresh for the whole page: the list of tasks and the count beside its name. */
import { ask } from './api.js';
import { watch } from './live.js';
import { seconds } from './plain.js';
import { put } from './store.js';
import { addDays, dayOf, now, today } from './when.js';

const SOON_MS = 800;

export const loadTasks = () =>
  ask('tasks').then(
    (tasks) => put({ tasks, tasksRefused: null }),
    (tasksRefused) => put({ tasksRefused }),
  );

/* Looks again after whatever happens. Returns how to stop. */
export function keepTasks() {
  let timer = 0;
  const stop = watch(() => {
    clearTimeout(timer);
    timer = setTimeout(loadTasks, SOON_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

const dueOf = (view, row) => {
  const field = view.fields.find((one) => one.kind === 'due');
  return field ? seconds(row.values[field.name] || '') : 0;
};

function bandOf(at) {
  if (!at) return 'none';
  if (at < now()) return 'over';
  const day = dayOf(at);
  return day === today() ? 'today' : day <= addDays(today(), 7) ? 'week' : 'later';
}

/* Rows of all groups as [{view, row, at, band}], by deadline. */
export function tasksOf(groups, views) {
  return groups
    .flatMap((group) => {
      const view = views.find((one) => one.plugin === group.plugin && one.id === group.view);
      return view ? group.rows.map((row) => ({ view, row, at: dueOf(view, row) })) : [];
    })
    .map((one) => ({ ...one, band: bandOf(one.at) }))
    .sort((a, b) => (a.at || Infinity) - (b.at || Infinity));
}

export const overdue = (tasks) => tasks.filter((one) => one.band === 'over').length;
