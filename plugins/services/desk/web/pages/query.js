/* SPDX-License-Identifier: MPL-2.0
 * A list's question: the same words in the page's address and in what the server is asked. */

export const filterOf = (query, name) => query['f.' + name] || '';

/* The query with one thing changed; '' takes it away. */
export function changed(query, change) {
  const next = { ...query, ...change };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '' && value != null));
}

export const search = (query, more = {}) => new URLSearchParams({ ...query, ...more }).toString();

/* own: fields of the list itself, with the choices that there are here. */
export const filtersOf = (view, own = []) => view.fields.filter((field) => field.filter).map((field) => own.find((one) => one.name === field.name) || field);

export const isNarrowed = (query) => Object.keys(query).some((key) => key.startsWith('f.') || key === 'search' || key === 'tasks');

export const isRange = (field) => ['date', 'moment', 'due'].includes(field.kind);

export function range(value) {
  const [from = '', until = ''] = value.split('..');
  return { from, until };
}

export const asRange = (from, until) => (from || until ? `${from}..${until}` : '');
