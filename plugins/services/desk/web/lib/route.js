/* SPDX-License-Identifier: MPL-2.0
 * Where the official is: the address behind #. "#/cases/cards?f.state=new" a list, "#/cases/cards/124" a thing,
 * "#/cases/cards/new/file" filing, "#/report/cases/cards" charts, "#/tasks", "#/account", "#/welcome/<code>". */
import { put } from './store.js';

export function read(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const steps = path.split('/').filter(Boolean).map(safeDecode);
  const query = Object.fromEntries(new URLSearchParams(search));
  if (steps.length === 0) return { page: 'tasks', query };
  if (steps.length === 1 || steps[0] === 'welcome') return { page: steps[0], code: steps[1] || '', query };
  if (steps[0] === 'report') return { page: 'report', plugin: steps[1], view: steps[2] || '', query };
  const [plugin, view, id] = steps;
  return { page: id === undefined ? 'list' : 'thing', plugin, view, id, query };
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/* to(['cases', 'cards'], {search: 'яма'}) → "#/cases/cards?search=…" */
export function to(steps, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value != null)).toString();
  return '#/' + steps.map(encodeURIComponent).join('/') + (search ? '?' + search : '');
}

/* What a view names: "cases/cards/124" or "cases/cards?f.state=overdue". Only ever a place in the desk. */
export const inside = (opens) => '#/' + String(opens).replace(/^[#/]+/, '');

export function go(hash, { instead = false } = {}) {
  if (instead) {
    history.replaceState(null, '', hash);
    follow();
  } else location.hash = hash.slice(1);
}

export function follow() {
  put({ route: read(location.hash) });
}
