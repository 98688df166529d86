/* SPDX-License-Identifier: MPL-2.0
 * Before anybody is in: the sign-in, a first visit by invitation, binding the telephone, the recovery codes. */
import { useEffect, useState } from 'preact/hooks';
import { ask, greet, post } from '../lib/api.js';
import { go } from '../lib/route.js';
import { put, use } from '../lib/store.js';
import { choose, say } from '../lib/words.js';
import { Refusal, useLoad, Wait } from '../parts/bits.jsx';
import { save as keepFile } from '../parts/save.js';
import { CodeForm, Field, SignIn, Submit, useAttempt } from './sign.jsx';

const NAMES = { uk: 'Українська', en: 'English' };

function Languages() {
  const language = use((state) => state.me.language);
  const [, draw] = useState(0);
  const pick = (code) => {
    choose(code);
    put(({ me }) => ({ me: { ...me, language: code } }));
    draw((n) => n + 1);
  };
  return (
    <div class="languages">
      {Object.entries(NAMES).map(([code, name]) => (
        <button key={code} lang={code} class="link" aria-pressed={code === language} onClick={() => pick(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}

export function Town({ town, children }) {
  return (
    <>
      <span class="emblem" aria-hidden="true">
        {[...(town.name || 'В')][0]}
      </span>
      <span>
        {town.name}
        <small>{children}</small>
      </span>
    </>
  );
}

function Gate({ title, children }) {
  const town = use((state) => state.me.town);
  useEffect(() => {
    document.title = `${title} – ${town.name}`;
  }, [title]);
  return (
    <main class="gate">
      <p class="town">
        <Town town={town}>{say('desk')}</Town>
      </p>
      <div class="card">
        <h1>{title}</h1>
        {children}
      </div>
      <Languages />
    </main>
  );
}

function Welcome({ code, onMe }) {
  const { busy, refused, run } = useAttempt();
  const load = useLoad(() => post('welcome', { code }), [code]);
  const submit = (event) => {
    event.preventDefault();
    const { login, password } = event.target.elements;
    run(async () => onMe(await post('welcome', { code, login: login.value.trim(), password: password.value })));
  };
  if (load.refused)
    return (
      <Gate title={say('welcome.title')}>
        <div class="stack">
          <Refusal refused={load.refused} />
          <a class="button" href="#/">
            {say('sign.in')}
          </a>
        </div>
      </Gate>
    );
  if (!load.data) return <Wait />;
  const wrong = (name) => (refused && refused.where === name ? refused.message : '');
  return (
    <Gate title={load.data.name ? say('welcome.name', { name: load.data.name }) : say('welcome.title')}>
      <p class="quiet">{say('welcome.help')}</p>
      <form onSubmit={submit}>
        <Field id="login" name="login" type="text" label={say('sign.login')} autocomplete="username" autocapitalize="none" spellcheck={false} required defaultValue={load.data.login} wrong={wrong('login')} />
        <Field id="password" name="password" type="password" label={say('welcome.password')} help={say('welcome.password-help')} autocomplete="new-password" minLength="12" required wrong={wrong('password')} />
        {refused && !refused.where && <Refusal refused={refused} />}
        <Submit busy={busy} label={say('next')} />
      </form>
    </Gate>
  );
}

function Enrol({ onMe }) {
  const load = useLoad(() => ask('enrol'), []);
  if (load.refused)
    return (
      <Gate title={say('enrol.title')}>
        <Refusal refused={load.refused} again={load.again} />
      </Gate>
    );
  if (!load.data) return <Wait />;
  return (
    <Gate title={say('enrol.title')}>
      <div class="stack">
        <p class="quiet">{say('enrol.help')}</p>
        <img class="qr" src={load.data.picture} alt={say('enrol.picture')} width="208" height="208" />
        <details>
          <summary>{say('enrol.by-hand')}</summary>
          <p>
            <code>{load.data.secret}</code>
          </p>
        </details>
      </div>
      <CodeForm path="enrol" help={say('enrol.code-help')} onMe={onMe} />
    </Gate>
  );
}

/* Ten codes, shown this once. */
export function Recovery({ codes, onDone }) {
  const [kept, setKept] = useState(false);
  return (
    <>
      <p class="quiet">{say('recovery.help')}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="row">
        <button class="button" onClick={() => keepFile(codes.join('\n') + '\n', 'viche-codes.txt')}>
          {say('recovery.save')}
        </button>
        <button class="button" onClick={() => print()}>
          {say('recovery.print')}
        </button>
      </div>
      <label class="tick">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        {say('recovery.kept')}
      </label>
      <button class="button main" disabled={!kept} onClick={onDone}>
        {say('done')}
      </button>
    </>
  );
}

export function Gates({ onIn }) {
  const me = use((state) => state.me);
  const route = use((state) => state.route);
  const codes = use((state) => state.recovery);
  const take = (answer) => {
    greet(answer);
    if (route.page === 'welcome') go('#/', { instead: true });
    if (answer.state === 'in' && !answer.recovery) onIn();
  };
  if (codes)
    return (
      <Gate title={say('recovery.title')}>
        <div class="stack">
          <Recovery codes={codes} onDone={() => (put({ recovery: null }), onIn())} />
        </div>
      </Gate>
    );
  if (route.page === 'welcome' && me.state !== 'enrol') return <Welcome code={route.code} onMe={take} />;
  if (me.state === 'enrol') return <Enrol onMe={take} />;
  return (
    <Gate title={say('sign.title')}>
      <SignIn key={me.state} me={me} onIn={take} onEnrol={take} />
    </Gate>
  );
}
