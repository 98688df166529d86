/* SPDX-License-Identifier: MPL-2.0
 * One field of a form, by its kind. Values are text, as desk.h says. */
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../lib/api.js';
import { date, fromLocal, toLocal } from '../lib/when.js';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';
import { Templates } from './templates.jsx';
import { Uploads } from './uploads.jsx';

const FEW = 4; // so many choices are shown at once

const typed = (change) => (event) => change(event.target.value);

function Line({ attributes, value, change, type = 'text', ...more }) {
  return <input {...attributes} {...more} type={type} value={value} onInput={typed(change)} />;
}

function Long({ attributes, field, value, change }) {
  const most = field.max || 2000;
  const left = most - [...value].length;
  return (
    <>
      <textarea {...attributes} rows={value.length > 300 ? 10 : 5} value={value} onInput={typed(change)} />
      <div class="row under">
        <Templates into={attributes.id} value={value} change={change} />
        {left < 200 && (
          <small class={left < 0 ? 'wrong grow' : 'quiet grow'} role="status">
            {left < 0 ? say('form.over', { count: -left }) : say('form.left', { count: left })}
          </small>
        )}
      </div>
    </>
  );
}

function Select({ attributes, field, value, change }) {
  return (
    <select {...attributes} value={value} onChange={typed(change)}>
      <option value="">{field.required ? say('form.choose') : say('form.none')}</option>
      {field.choices.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

function Radios({ attributes, field, value, change }) {
  return (
    <div class="choices" role="radiogroup" aria-labelledby={attributes.id + '-label'} aria-describedby={attributes['aria-describedby']}>
      {field.choices.map((one, i) => (
        <label key={one.value} class="tick">
          <input
            id={i === 0 ? attributes.id : undefined}
            type="radio"
            name={attributes.id}
            checked={one.value === value}
            onChange={() => change(one.value)}
          />
          {one.label}
        </label>
      ))}
    </div>
  );
}

/* Several, ticked; where order matters the first is the leading one. */
function Ticks({ attributes, field, value, change, leads }) {
  const [search, setSearch] = useState('');
  const chosen = value.split('\n').filter(Boolean);
  const shown = field.choices.filter((one) => one.label.toLocaleLowerCase().includes(search.toLocaleLowerCase()));
  const toggle = (one) => change((chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join('\n'));
  const lead = (one) => change([one, ...chosen.filter((other) => other !== one)].join('\n'));
  return (
    <div class="ticks" role="group" aria-labelledby={attributes.id + '-label'} aria-describedby={attributes['aria-describedby']}>
      {field.choices.length > 8 && (
        <input id={attributes.id} type="search" value={search} placeholder={say('form.find')} aria-label={say('form.find')} onInput={typed(setSearch)} />
      )}
      <div class="choices">
        {shown.map((one, i) => (
          <div key={one.value} class="row">
            <label class="tick grow">
              <input
                id={i === 0 && field.choices.length <= 8 ? attributes.id : undefined}
                type="checkbox"
                checked={chosen.includes(one.value)}
                onChange={() => toggle(one.value)}
              />
              {one.label}
            </label>
            {leads && chosen[0] === one.value && chosen.length > 1 && <span class="badge">{say('form.leading')}</span>}
            {leads && chosen.includes(one.value) && chosen[0] !== one.value && (
              <button type="button" class="link small" onClick={() => lead(one.value)}>
                {say('form.lead')}
                <span class="unseen">: {one.label}</span>
              </button>
            )}
          </div>
        ))}
        {shown.length === 0 && <p class="quiet">{say('form.nobody')}</p>}
      </div>
    </div>
  );
}

function Flag({ attributes, field, value, change }) {
  return (
    <label class="tick">
      <input {...attributes} type="checkbox" checked={value === 'yes'} onChange={(event) => change(event.target.checked ? 'yes' : 'no')} />
      {field.label}
    </label>
  );
}

function Moment({ attributes, value, change }) {
  return (
    <input {...attributes} type="datetime-local" value={value && toLocal(Number(value))} onInput={(event) => change(fromLocal(event.target.value))} />
  );
}

/* A day on which nobody works is said to be one; it may be meant so. */
function Day({ attributes, value, change }) {
  const [words, setWords] = useState('');
  useEffect(() => {
    let late = false;
    setWords('');
    if (/^20\d\d-\d\d-\d\d$/.test(value))
      ask('day?date=' + value).then(
        ({ works, before }) => late || works || setWords(before ? say('form.day-off', { day: date(before) }) : say('form.day-closed')),
        () => {},
      );
    return () => (late = true);
  }, [value]);
  return (
    <>
      <Line attributes={attributes} value={value} change={change} type="date" />
      <small class="quiet" role="status">
        {words}
      </small>
    </>
  );
}

function PlaceInput({ attributes, value, change }) {
  const [words, setWords] = useState('');
  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        change(`${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`);
        setWords('');
      },
      () => setWords(say('place.unknown')),
      { timeout: 15000 },
    );
  return (
    <>
      <input {...attributes} type="text" inputmode="decimal" placeholder="48.379400,28.864500" value={value} onInput={typed(change)} />
      {navigator.geolocation && (
        <div class="row under">
          <button type="button" class="link small" onClick={here}>
            <Icon name="place" mini />
            {say('place.here')}
          </button>
          <small role="status">{words}</small>
        </div>
      )}
    </>
  );
}

const choiceOf = (props) => (props.field.choices.length <= FEW && props.field.required ? <Radios {...props} /> : <Select {...props} />);

const INPUTS = {
  text: Line,
  link: Line,
  long: Long,
  number: (props) => <Line {...props} inputmode="numeric" />,
  phone: (props) => <Line {...props} type="tel" />,
  date: Day,
  moment: Moment,
  due: Moment,
  flag: Flag,
  choice: choiceOf,
  state: choiceOf,
  staff: Select,
  organisation: Select,
  choices: Ticks,
  staffs: (props) => <Ticks {...props} leads />,
  files: ({ attributes, ...props }) => (
    <Uploads id={attributes.id} describedby={attributes['aria-describedby']} invalid={attributes['aria-invalid']} {...props} />
  ),
  place: PlaceInput,
};

export const isGroup = (field) =>
  ['choices', 'staffs'].includes(field.kind) || (['choice', 'state'].includes(field.kind) && field.choices.length <= FEW && field.required);

export function Input(props) {
  const Kind = INPUTS[props.field.kind] || Line;
  return <Kind {...props} />;
}
