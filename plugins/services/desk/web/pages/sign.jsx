/* SPDX-License-Identifier: MPL-2.0
 * Signing in: name and password, then the code of the telephone. The same form stands on a page of its own, and above the page when a
 * session ended in the middle of work. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, greet, post } from '../lib/api.js';
import { say } from '../lib/words.js';
import { Note } from '../parts/bits.jsx';

/* run(f): does it, shows the refusal; wrong: its words. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(null);
  const run = async (work) => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await work();
    } catch (error) {
      if (!('status' in error)) throw error;
      setRefused(error);
    }
    setBusy(false);
  };
  return { busy, refused, run };
}

/* focus: the cursor stands here at first, also in a dialog that is just being opened. */
export function Field({ id, label, help, wrong, focus, ...input }) {
  const root = useRef();
  useEffect(() => {
    if (focus) requestAnimationFrame(() => root.current && root.current.focus());
  }, []);
  const described = [help && id + '-help', wrong && id + '-wrong'].filter(Boolean).join(' ') || undefined;
  return (
    <div class={wrong ? 'field bad' : 'field'}>
      <label class="label" for={id}>
        {label}
      </label>
      {help && (
        <small class="quiet" id={id + '-help'}>
          {help}
        </small>
      )}
      <input ref={root} id={id} aria-describedby={described} aria-invalid={wrong ? 'true' : undefined} {...input} />
      {wrong && (
        <small class="wrong" id={id + '-wrong'} role="alert">
          {wrong}
        </small>
      )}
    </div>
  );
}

export function Submit({ busy, label }) {
  return (
    <button class="button main wide" aria-disabled={busy}>
      {busy ? say('form.busy') : label}
    </button>
  );
}

function Failed({ refused }) {
  if (!refused) return null;
  const wait = refused.retryAfter ? ' ' + say('sign.wait', { count: Math.ceil(refused.retryAfter / 60) }) : '';
  return (
    <Note kind="bad" icon="over" role="alert">
      {refused.message + wait}
    </Note>
  );
}

function Password({ login, onMe }) {
  const { busy, refused, run } = useAttempt();
  const submit = (event) => {
    event.preventDefault();
    const { login: name, password } = event.target.elements;
    run(async () => onMe(await post('login', { login: name.value.trim(), password: password.value })));
  };
  return (
    <form onSubmit={submit}>
      <Field id="login" name="login" type="text" label={say('sign.login')} autocomplete="username" autocapitalize="none" spellcheck={false} required defaultValue={login} focus={!login} />
      <Field id="password" name="password" type="password" label={say('sign.password')} autocomplete="current-password" required focus={Boolean(login)} />
      <Failed refused={refused} />
      <Submit busy={busy} label={say('sign.in')} />
    </form>
  );
}

export function CodeForm({ onMe, path = 'code', help }) {
  const { busy, refused, run } = useAttempt();
  const submit = (event) => {
    event.preventDefault();
    const code = event.target.elements.code.value.trim();
    run(async () => onMe(await post(path, { code })));
  };
  return (
    <form onSubmit={submit}>
      <Field
        id="code"
        name="code"
        type="text"
        label={say('sign.code')}
        help={help || say('sign.code-help')}
        inputmode={path === 'code' ? 'text' : 'numeric'}
        autocomplete="one-time-code"
        required
        focus
      />
      <Failed refused={refused} />
      <Submit busy={busy} label={say('next')} />
    </form>
  );
}

/* Goes from state to state until somebody is in; token: taken over at once, the rest of the answer only by onIn. */
export function SignIn({ me, onIn, onEnrol }) {
  const [state, setState] = useState(me.state === 'code' ? 'code' : 'out');
  const onMe = (answer) => {
    greet({ token: answer.token, language: answer.language, town: answer.town || me.town });
    if (answer.state === 'in') onIn(answer);
    else if (answer.state === 'enrol') onEnrol(answer);
    else setState(answer.state);
  };
  const back = async () => onMe(await post('logout').catch(() => ask('me')));
  if (state === 'code')
    return (
      <>
        <CodeForm onMe={onMe} />
        <button class="link" onClick={back}>
          {say('sign.other')}
        </button>
      </>
    );
  return <Password login={me.clerk ? me.clerk.login : ''} onMe={onMe} />;
}
