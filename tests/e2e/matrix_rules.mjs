// SPDX-License-Identifier: MPL-2.0
// What the matrix must have a row for, whether anybody was offered it or not: each action and request of a regulation, each action that a
// view declares in its source. And what is wrong with the rows there are.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = new URL('../..', import.meta.url).pathname;
const words = (text = '') => text.split(/\s+/).filter(Boolean);

/* [{kind, id, key: value …}] of an INI; a line that begins with a space goes on. */
function sectionsOf(text) {
  const sections = [];
  let key = '';
  for (const line of text.split('\n')) {
    const [, kind, id] = /^\[(\S+) ?(.*)\]$/.exec(line) ?? [];
    const entry = /^([\w.-]+) = (.*)$/.exec(line);
    if (kind) sections.push({ kind, id });
    else if (entry) sections.at(-1)[(key = entry[1])] = entry[2];
    else if (/^ +\S/.test(line)) sections.at(-1)[key] += ` ${line.trim()}`;
  }
  return sections;
}

/* A request is three actions. */
function threeOf(request) {
  const { id, role, decides, from } = request;
  return [{ id: `ask-${id}`, role, from }, ...['grant', 'reject'].map((does) => ({ id: `${does}-${id}`, role: decides, from }))];
}

/* Where a role of the regulation stands in the matrix; an applicant holds no role at the desk. */
const columnOf = (role) => (role.seat === 'co-executor' ? 'co-executor' : role.staff);

/* {states: name → id, actions: [{id, columns, from}]} */
export function readRegulation(name) {
  const sections = sectionsOf(readFileSync(join(SOURCE, 'conf/regulations', name), 'utf8'));
  const of = (kind) => sections.filter((section) => section.kind === kind);
  const roles = Object.fromEntries(of('role').map((role) => [role.id, columnOf(role)]));
  const open = of('state').filter((state) => !state.end).map((state) => state.id);
  const actions = [...of('action'), ...of('request').flatMap(threeOf)].map(({ id, role, from }) => ({
    id,
    columns: words(role).map((one) => roles[one]).filter(Boolean),
    from: words(from).length > 0 ? words(from) : open,
  }));
  return { name, states: Object.fromEntries(of('state').map((state) => [state['name.uk'], state.id])), actions };
}

/* What is wrong with the rows "state,action" of a grid. Each state an action begins in must have been walked through, each role that the
 * regulation names must have been able to take it somewhere, nobody else anywhere; and somebody really has. */
export function faultsOf({ name, actions }, grid, done) {
  const wrong = [];
  const known = new Map(actions.map((action) => [action.id, action]));
  for (const { id, columns, from } of actions) {
    const rows = from.map((state) => `${state},${id}`);
    if (!done.has(id)) wrong.push(`${name}: nobody has done ${id}`);
    for (const column of columns)
      if (!rows.some((row) => grid.letters(row, column))) wrong.push(`${name}: no ${column} may ${id}, whose role it is`);
    for (const row of columns.length > 0 ? rows : [])
      if (!columns.some((column) => grid.letters(row, column))) wrong.push(`${name}: no row for ${row}`);
  }
  for (const row of grid.rows()) {
    const [state, id] = row.split(',');
    if (['see', 'changed', 'notice'].includes(id)) continue;
    const action = known.get(id);
    if (!action?.from.includes(state)) wrong.push(`${name}: ${id} is offered in ${state}, which the regulation does not say`);
    for (const column of grid.columns)
      if (grid.letters(row, column) && !action?.columns.includes(column)) wrong.push(`${name}: ${column} may ${id}, which is another role's`);
  }
  return wrong;
}

/* "plugin,action" of everything that views declare as {.id = "…", .label = …}. */
export function declaredActions() {
  const found = new Set();
  for (const kind of ['services', 'features', 'channels'])
    for (const plugin of readdirSync(join(SOURCE, 'plugins', kind), { withFileTypes: true }).filter((entry) => entry.isDirectory()))
      for (const file of readdirSync(join(SOURCE, 'plugins', kind, plugin.name)).filter((one) => one.endsWith('.c'))) {
        const text = readFileSync(join(SOURCE, 'plugins', kind, plugin.name, file), 'utf8');
        for (const [, id] of text.matchAll(/\.id = "([\w-]+)",\s*\.label/g)) found.add(`${plugin.name},${id}`);
      }
  return [...found].sort();
}
