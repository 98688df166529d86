/* SPDX-License-Identifier: MPL-2.0
 * A form of declared fields. It only draws: values and what is wrong with them are its owner's. */
import { useId } from 'preact/hooks';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';
import { Input, isGroup } from './inputs.jsx';

function Covered({ field, id, onReveal }) {
  return (
    <div class="row covered" id={id} tabindex="-1">
      <span class="digits">{field.value}</span>
      <button type="button" class="link" onClick={onReveal}>
        <Icon name="eye" mini />
        {say('reveal')}
        <span class="unseen">: {field.label}</span>
      </button>
    </div>
  );
}

function Row({ form, field, value, wrong, covered, change, busy, reveal }) {
  const id = `${form}-${field.name}`;
  const described = [field.help && `${id}-help`, wrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined;
  const attributes = { id, 'aria-describedby': described, 'aria-invalid': wrong ? 'true' : undefined, 'aria-required': field.required || undefined };
  const group = isGroup(field);
  const Label = group ? 'span' : 'label';
  return (
    <div class={wrong ? 'field bad' : 'field'}>
      {field.kind !== 'flag' && (
        <Label class="label" id={`${id}-label`} for={group ? undefined : id}>
          {field.label}
          {!field.required && <small class="quiet"> {say('form.optional')}</small>}
        </Label>
      )}
      {field.help && (
        <small class="quiet" id={`${id}-help`}>
          {field.help}
        </small>
      )}
      {covered ? (
        <Covered field={field} id={id} onReveal={() => reveal(field)} />
      ) : (
        <Input attributes={attributes} field={field} value={value} change={change} busy={busy} />
      )}
      {wrong && (
        <small class="wrong" id={`${id}-wrong`}>
          <Icon name="over" mini />
          {wrong}
        </small>
      )}
    </div>
  );
}

/* covered: names of fields of which only a masked value is known; set(name, value); busy(name, true) while files are sent. */
export function Fields({ form, fields, values, wrong = {}, covered = [], set, busy = () => {}, reveal }) {
  return fields.map((field) => (
    <Row
      key={field.name}
      form={form}
      field={{ choices: [], ...field }}
      value={values[field.name] ?? ''}
      wrong={wrong[field.name]}
      covered={covered.includes(field.name)}
      change={(value) => set(field.name, value)}
      busy={(on) => busy(field.name, on)}
      reveal={reveal}
    />
  ));
}

/* Puts the cursor where the first thing is wrong. */
export function focusWrong(form, fields, wrong) {
  const first = fields.find((field) => wrong[field.name]);
  const row = first && document.getElementById(`${form}-${first.name}`);
  if (row) row.focus();
  return Boolean(row);
}

export const useFormId = () => 'form' + useId().replace(/\W/g, '');
