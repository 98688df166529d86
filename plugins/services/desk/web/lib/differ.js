/* SPDX-License-Identifier: MPL-2.0
 * What changed in a thing since it was looked at: words a person can follow. */
import { plain } from './plain.js';

const keyOf = (field) => `${field.kind} ${field.name}`;
const fieldsOf = (thing) => thing.sections.flatMap((section) => section.fields);

/* [{label, before, after}], and how many lines of the timeline and messages came */
export function differences(before, after) {
  const old = new Map(fieldsOf(before).map((field) => [keyOf(field), field]));
  const fields = fieldsOf(after)
    .filter((field) => {
      const was = old.get(keyOf(field));
      return !was || was.value !== field.value || was.words !== field.words;
    })
    .map((field) => {
      const was = old.get(keyOf(field));
      return { label: field.label, before: was ? plain(was, was.value, was.words) : '–', after: plain(field, field.value, field.words) };
    })
    .filter((one) => one.before !== one.after);
  const events = after.events.slice(before.events.length);
  const messages = Math.max(0, after.messages.length - before.messages.length);
  return { fields, events, messages };
}
