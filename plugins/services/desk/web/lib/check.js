/* SPDX-License-Identifier: MPL-2.0
 * What is wrong with a form before it is sent: {field: words}. The server has the last word. */
import { say } from './words.js';

const length = (text) => [...text].length;

function number(field, value) {
  if (!/^-?\d+$/.test(value)) return say('wrong.number');
  if ((field.min || field.max) && (Number(value) < field.min || Number(value) > field.max))
    return say('wrong.range', { min: field.min, max: field.max });
  return '';
}

function text(field, value) {
  const most = field.max || 2000;
  if (length(value) > most) return say('wrong.long', { most });
  if (field.min && length(value) < field.min) return say('wrong.short', { least: field.min });
  return '';
}

const KINDS = {
  number,
  text,
  long: text,
  place: (field, value) => (/^-?\d{1,2}(\.\d+)?, ?-?\d{1,3}(\.\d+)?$/.test(value) ? '' : say('wrong.place')),
  phone: (field, value) => (value.replace(/\D/g, '').length >= 9 ? '' : say('wrong.phone')),
};

function wrong(field, value) {
  const kept = (value || '').trim();
  if (field.kind === 'flag') return field.required && value !== 'yes' ? say('wrong.flag') : '';
  if (kept === '') return field.required ? say(field.kind === 'files' ? 'wrong.file' : 'wrong.empty') : '';
  return KINDS[field.kind] ? KINDS[field.kind](field, kept) : '';
}

export function check(fields, values) {
  const found = fields.map((field) => [field.name, wrong(field, values[field.name])]);
  return Object.fromEntries(found.filter(([, words]) => words));
}
