/* SPDX-License-Identifier: MPL-2.0
 * Times as people say them, by the town's clock: «середа, 25 листопада, 10:40». The server's times are UTC seconds. */
import { say, spoken } from './words.js';

let zone = 'Europe/Kyiv';
let formats = {};

export function standIn(name) {
  zone = name || zone;
  formats = {};
}

function format(name, options) {
  const key = spoken() + name;
  formats[key] ||= new Intl.DateTimeFormat(spoken() === 'en' ? 'en-GB' : spoken(), { timeZone: zone, ...options });
  return formats[key];
}

const clock = (at) => format('clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at * 1000);

/* "2026-11-25" of the town's clock. */
export function dayOf(at) {
  const part = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
      .formatToParts(at * 1000)
      .map(({ type, value }) => [type, value]),
  );
  return `${part.year}-${part.month}-${part.day}`;
}

export const now = () => Date.now() / 1000;
export const today = () => dayOf(now());

/* Noon, so that no night of summer time moves the day. */
const noon = (day) => Date.parse(`${day}T12:00:00Z`) / 1000;
const daysBetween = (a, b) => Math.round((noon(b) - noon(a)) / 86400);
export const addDays = (day, count) => new Date((noon(day) + count * 86400) * 1000).toISOString().slice(0, 10);

export function date(day) {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
  const year = day.slice(0, 4) === today().slice(0, 4) ? {} : { year: 'numeric' };
  return new Intl.DateTimeFormat(spoken() === 'en' ? 'en-GB' : spoken(), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    ...year,
  }).format(noon(day) * 1000);
}

/* «сьогодні, 10:40», «25 листопада, 10:40» */
export function moment(at) {
  const day = dayOf(at);
  const far = daysBetween(day, today());
  const words = far === 0 ? say('when.today') : far === 1 ? say('when.yesterday') : far === -1 ? say('when.tomorrow') : date(day);
  return `${words}, ${clock(at)}`;
}

/* For a column of many: «сьогодні, 10:40», «19 лист.» */
export function brief(at) {
  const day = dayOf(at);
  if (Math.abs(daysBetween(day, today())) < 2) return moment(at);
  const year = day.slice(0, 4) === today().slice(0, 4) ? {} : { year: 'numeric' };
  return format('brief' + Boolean(year.year), { day: 'numeric', month: 'short', ...year }).format(at * 1000);
}

export const full = (at) =>
  format('full', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at * 1000,
  );

/* How a deadline stands: {kind: over, soon or fine, words}. Near is today and tomorrow. */
export function due(at) {
  const left = daysBetween(today(), dayOf(at));
  if (at < now())
    return { kind: 'over', words: left === 0 ? say('due.over-today', { time: clock(at) }) : say('due.over', { count: -left }) };
  if (left === 0) return { kind: 'soon', words: say('due.today', { time: clock(at) }) };
  if (left === 1) return { kind: 'soon', words: say('due.tomorrow') };
  return { kind: 'fine', words: say('due.left', { count: left }) };
}

/* Months as «листопад», «листопад 2025»; anything else as it is. */
export function period(at) {
  if (/^\d{4}-\d\d$/.test(at)) {
    const [year, month] = at.split('-');
    const name = new Intl.DateTimeFormat(spoken(), { timeZone: 'UTC', month: 'short' }).format(Date.UTC(year, month - 1, 15));
    return year === today().slice(0, 4) ? name : `${name} ${year}`;
  }
  return /^\d{4}-\d\d-\d\d$/.test(at) ? date(at) : at;
}

/* For an input of date and time, which knows no zones: the town's clock there and back. */
export function toLocal(at) {
  return `${dayOf(at)}T${clock(at)}`;
}

export function fromLocal(text) {
  if (!text) return '';
  const guess = Date.parse(text + ':00Z') / 1000;
  const shift = Date.parse(toLocal(guess) + ':00Z') / 1000 - guess;
  const once = guess - shift;
  const again = Date.parse(toLocal(once) + ':00Z') / 1000 - once;
  return String(guess - again);
}
