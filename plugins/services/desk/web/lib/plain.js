/* SPDX-License-Identifier: MPL-2.0
 * Values of fields in words only: for names that are read aloud, and for what changed. */
import { date, due, full } from './when.js';
import { say } from './words.js';

export const lines = (value) => String(value).split('\n').filter(Boolean);
export const seconds = (value) => (/^\d{1,12}$/.test(value) ? Number(value) : 0);

export function labelOf(field, value) {
  const choice = (field.choices || []).find((one) => one.value === value);
  return choice ? choice.label : value;
}

export function plain(field, value, words) {
  if (value === undefined || value === null || value === '') return '–';
  if (words) return words;
  if (field.kind === 'due') return seconds(value) ? due(seconds(value)).words : value;
  if (field.kind === 'moment') return seconds(value) ? full(seconds(value)) : value;
  if (field.kind === 'date') return date(value);
  if (field.kind === 'flag') return say(value === 'yes' ? 'yes' : 'no');
  return lines(value)
    .map((one) => labelOf(field, one))
    .join(', ');
}

/* What a row or a thing is called: its first field. */
export function nameOf(view, id, values, words = {}) {
  const first = view.fields[0];
  return first && values[first.name] ? plain(first, values[first.name], words[first.name]) : `№ ${id}`;
}

/* The field that says most about a row: the first long one of a list, else the second of any kind. */
export function gistOf(view) {
  const listed = view.fields.filter((field) => field.listed);
  return listed.find((field) => field.kind === 'long') || listed.find((field, i) => i > 0 && field.kind === 'text') || listed[1];
}
