/* SPDX-License-Identifier: MPL-2.0
 * A value of a field, drawn by its kind. Whatever a citizen wrote becomes a text node here and nothing else. */
import { labelOf, lines, seconds } from '../lib/plain.js';
import { inside } from '../lib/route.js';
import { date, dayOf, due, full } from '../lib/when.js';
import { number, say } from '../lib/words.js';
import { Time } from './bits.jsx';
import { Icon } from './icon.jsx';
import { Place } from './place.jsx';

/* A deadline: words and a shape, in which the colour only agrees. */
export function Due({ at, done }) {
  const { kind, words } = done ? { kind: 'done', words: date(dayOf(at)) } : due(at);
  return (
    <time class={`due ${kind}`} datetime={new Date(at * 1000).toISOString()} title={full(at)}>
      <Icon name={kind} mini />
      {words}
    </time>
  );
}

function Link({ value }) {
  const [address, ...label] = value.split(' ');
  return <a href={inside(address)}>{label.join(' ') || address}</a>;
}

const DRAW = {
  long: ({ value }) => <span class="words">{value}</span>,
  number: ({ value }) => <span class="digits">{/^-?\d{1,15}$/.test(value) ? number(value) : value}</span>,
  flag: ({ value }) => say(value === 'yes' ? 'yes' : 'no'),
  date: ({ value }) => <time datetime={value}>{date(value)}</time>,
  moment: ({ value, compact }) => (seconds(value) ? <Time at={seconds(value)} short={compact} /> : value),
  due: ({ value, done }) => (seconds(value) ? <Due at={seconds(value)} done={done} /> : value),
  choice: ({ field, value }) => labelOf(field, value),
  state: ({ field, value, words }) => <span class="badge">{words || labelOf(field, value)}</span>,
  choices: ({ field, value }) => lines(value).map((one) => labelOf(field, one)).join(', '),
  place: ({ value, compact }) => (compact ? value : <Place value={value} />),
  phone: ({ value, masked }) => (masked ? value : <a href={`tel:${value.replace(/[^+\d]/g, '')}`}>{value}</a>),
  link: ({ value }) => lines(value).map((one, i) => [i > 0 && ', ', <Link key={one} value={one} />]),
};
DRAW.staff = ({ field, value, words }) => words || labelOf(field, value);
DRAW.staffs = ({ field, value, words }) => words || lines(value).map((one) => labelOf(field, one)).join(', ');
DRAW.organisation = DRAW.staff;

export function Value({ field, value, words, masked, compact, done }) {
  if (value === undefined || value === null || value === '') return <span class="quiet">–</span>;
  if (masked)
    return (
      <span class="digits masked">
        {value}
        <span class="unseen"> {say('masked')}</span>
      </span>
    );
  const draw = DRAW[field.kind];
  return draw ? draw({ field, value: String(value), words, masked, compact, done }) : <span class="words">{words || String(value)}</span>;
}
