/* SPDX-License-Identifier: MPL-2.0
 * What is known of a thing: its state and deadline first, then its fields by sections. Personal data stands masked until asked for. */
import { useId, useState } from 'preact/hooks';
import { lines } from '../lib/plain.js';
import { say } from '../lib/words.js';
import { Files } from '../parts/files.jsx';
import { Icon } from '../parts/icon.jsx';
import { Value } from '../parts/value.jsx';

const WHY = '-why'; // "due-why" holds the reckoning of "due"
const isWhy = (field, fields) => field.name.endsWith(WHY) && fields.some((other) => other.name === field.name.slice(0, -WHY.length));
const isHead = (field) => ['state', 'due'].includes(field.kind) && !field.masked;

function Reckoning({ why }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button class="link small" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {say('due.why')}
      </button>
      <p id={id} class="words why" hidden={!open}>
        {why}
      </p>
    </>
  );
}

export function Head({ view, fields }) {
  const heads = fields.filter((field) => isHead(field) && field.value);
  if (heads.length === 0) return null;
  return (
    <section class="card head" aria-label={view.title}>
      <dl class="row">
        {heads.map((field) => {
          const why = fields.find((other) => other.name === field.name + WHY);
          return (
            <div key={field.name} class="row">
              <dt class="quiet small">{field.label}</dt>
              <dd class="row">
                <Value field={field} value={field.value} words={field.words} />
                {why && why.value && <Reckoning why={why.value} />}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Fact({ field, shown, reveal, files }) {
  const [busy, setBusy] = useState(false);
  const known = shown[field.name];
  const value = known ? known.value : field.value;
  const words = known ? known.words : field.words;
  const masked = field.masked && !known;
  const uncover = () => {
    setBusy(true);
    reveal([field.name]).catch(() => {}).finally(() => setBusy(false));
  };
  const wide = ['long', 'files', 'place'].includes(field.kind) || (value || '').length > 90;
  return (
    <div class={wide ? 'fact wide' : 'fact'}>
      <dt>{field.label}</dt>
      <dd role={known ? 'status' : undefined}>
        {field.kind === 'files' && value && !masked ? (
          <Files ids={lines(value)} hidden={field.private && !known} {...files} />
        ) : (
          <Value field={field} value={value} words={words} masked={masked} />
        )}
        {masked && value && (
          <button type="button" class="link small" disabled={busy} onClick={uncover}>
            <Icon name="eye" mini />
            {say('reveal')}
            <span class="unseen">: {field.label}</span>
          </button>
        )}
      </dd>
    </div>
  );
}

function Section({ section, fields, shown, reveal, files }) {
  const id = useId();
  const masked = fields.filter((field) => field.masked && field.value && !shown[field.name]);
  return (
    <section class="card facts" aria-labelledby={section.title ? id : undefined}>
      {section.title && (
        <div class="row">
          <h2 id={id} class="grow">
            {section.title}
          </h2>
          {masked.length > 1 && (
            <button class="link small" onClick={() => reveal(masked.map((field) => field.name)).catch(() => {})}>
              <Icon name="eye" mini />
              {say('reveal.all')}
            </button>
          )}
        </div>
      )}
      {masked.length > 0 && <p class="quiet small">{say('reveal.help')}</p>}
      <dl>
        {fields.map((field) => (
          <Fact key={field.name} field={field} shown={shown} reveal={reveal} files={files} />
        ))}
      </dl>
    </section>
  );
}

export function Sections({ view, sections, shown, reveal, files }) {
  const all = sections.flatMap((section) => section.fields);
  const name = view.fields[0] && view.fields[0].name;
  return sections.map((section, i) => {
    const fields = section.fields.filter((field) => !isHead(field) && !isWhy(field, all) && field.name !== name && (field.value || field.required));
    return fields.length > 0 && <Section key={section.title || i} section={section} fields={fields} shown={shown} reveal={reveal} files={files} />;
  });
}
