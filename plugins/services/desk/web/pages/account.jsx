/* SPDX-License-Identifier: MPL-2.0
 * What an official may set for themself: language, password, recovery codes, keys of the keyboard. */
import { useState } from 'preact/hooks';
import { greet, post } from '../lib/api.js';
import { keysOn, setKeys } from '../lib/keys.js';
import { put, tell, use } from '../lib/store.js';
import { moment } from '../lib/when.js';
import { say } from '../lib/words.js';
import { Note, Refusal } from '../parts/bits.jsx';
import { Dialog } from '../parts/dialog.jsx';
import { Recovery } from './gate.jsx';
import { Field, Submit, useAttempt } from './sign.jsx';

const NAMES = { uk: 'Українська', en: 'English' };

function Language({ me }) {
  const pick = (language) =>
    post('language', { language }).then(
      (answer) => {
        greet(answer);
        location.reload(); // labels of views come in the new language, too
      },
      (refused) => tell(refused.message, { kind: 'bad' }),
    );
  return (
    <section class="card facts" aria-labelledby="language-title">
      <h2 id="language-title">{say('account.language')}</h2>
      <div class="row" role="group" aria-labelledby="language-title">
        {Object.entries(NAMES).map(([code, name]) => (
          <button key={code} lang={code} class="button" aria-pressed={code === me.language} onClick={() => pick(code)}>
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}

function PasswordForm() {
  const { busy, refused, run } = useAttempt();
  const wrong = (name) => (refused && refused.where === name ? refused.message : '');
  const submit = (event) => {
    event.preventDefault();
    const form = event.target;
    run(async () => {
      greet(await post('password', { old: form.elements.old.value, new: form.elements.fresh.value, code: form.elements.code.value.trim() }));
      form.reset();
      tell(say('account.password-done'));
    });
  };
  return (
    <section class="card facts" aria-labelledby="password-title">
      <h2 id="password-title">{say('account.password')}</h2>
      <form class="form narrow" onSubmit={submit}>
        <Field id="old" name="old" type="password" label={say('account.old')} autocomplete="current-password" required wrong={wrong('old')} />
        <Field id="fresh" name="fresh" type="password" label={say('account.new')} help={say('welcome.password-help')} autocomplete="new-password" required wrong={wrong('new') || wrong('password')} />
        <Field id="pass-code" name="code" type="text" label={say('sign.code')} inputmode="numeric" autocomplete="one-time-code" required wrong={wrong('code')} />
        {refused && !refused.where && <Refusal refused={refused} />}
        <Submit busy={busy} label={say('account.change')} />
      </form>
    </section>
  );
}

function Codes({ me }) {
  const { busy, refused, run } = useAttempt();
  const [codes, setCodes] = useState(null);
  const submit = (event) => {
    event.preventDefault();
    const form = event.target;
    run(async () => {
      const answer = await post('recovery', { code: form.elements.code.value.trim() });
      form.reset();
      setCodes(answer.recovery);
      put(({ me: now }) => ({ me: { ...now, recovery_left: answer.recovery.length } }));
    });
  };
  return (
    <section class="card facts" aria-labelledby="codes-title">
      <h2 id="codes-title">{say('recovery.title')}</h2>
      <Note kind={me.recovery_left < 3 ? 'warn' : ''}>{say('recovery.left', { count: me.recovery_left })}</Note>
      <form class="form narrow" onSubmit={submit}>
        <Field id="codes-code" name="code" type="text" label={say('sign.code')} inputmode="numeric" autocomplete="one-time-code" required />
        {refused && <Refusal refused={refused} />}
        <Submit busy={busy} label={say('recovery.new')} />
      </form>
      {codes && (
        <Dialog title={say('recovery.title')}>
          <Recovery codes={codes} onDone={() => setCodes(null)} />
        </Dialog>
      )}
    </section>
  );
}

function Keys() {
  const [on, setOn] = useState(keysOn());
  const toggle = () => {
    setKeys(!on);
    setOn(!on);
  };
  return (
    <section class="card facts" aria-labelledby="keys-title">
      <h2 id="keys-title">{say('keys.title')}</h2>
      <label class="tick">
        <input type="checkbox" checked={on} onChange={toggle} />
        {say('keys.on')}
      </label>
    </section>
  );
}

export function Account() {
  const me = use((state) => state.me);
  const { clerk } = me;
  return (
    <div class="about narrow">
      <section class="card facts">
        <h2>{clerk.name}</h2>
        <dl>
          {clerk.post && (
            <div class="fact">
              <dt>{say('account.post')}</dt>
              <dd>{clerk.post}</dd>
            </div>
          )}
          <div class="fact">
            <dt>{say('account.organisation')}</dt>
            <dd>{clerk.organisation ? clerk.organisation.name : me.town.name}</dd>
          </div>
          <div class="fact">
            <dt>{say('sign.login')}</dt>
            <dd>{clerk.login}</dd>
          </div>
          {me.ends_at && (
            <div class="fact">
              <dt>{say('account.ends')}</dt>
              <dd>{moment(me.ends_at)}</dd>
            </div>
          )}
        </dl>
      </section>
      <Language me={me} />
      <Keys />
      <PasswordForm />
      <Codes me={me} />
    </div>
  );
}
