/* SPDX-License-Identifier: MPL-2.0
 * Which page stands where; what stands above it. */
import { useEffect, useState } from 'preact/hooks';
import { ask, greet } from '../lib/api.js';
import { forgetAll } from '../lib/drafts.js';
import { listen, shown } from '../lib/keys.js';
import { start } from '../lib/live.js';
import { go, inside, to } from '../lib/route.js';
import { get, hush, put, use } from '../lib/store.js';
import { keepTasks, loadTasks } from '../lib/tasks.js';
import { say } from '../lib/words.js';
import { Empty, Refusal, Wait } from '../parts/bits.jsx';
import { Dialog } from '../parts/dialog.jsx';
import { Icon } from '../parts/icon.jsx';
import { Account } from './account.jsx';
import { Gates } from './gate.jsx';
import { List } from './list.jsx';
import { Report } from './report.jsx';
import { Bar, Line, Rail } from './shell.jsx';
import { SignIn } from './sign.jsx';
import { Tasks } from './tasks.jsx';
import { Thing } from './thing.jsx';

/* What every page needs, once somebody is in. */
async function furnish() {
  const [views, templates, saved] = await Promise.all([
    ask('views'),
    ask('templates').catch(() => ({ templates: [] })),
    ask('saved').catch(() => ({ saved: [] })),
    loadTasks(),
  ]);
  put({ views: views.views, templates: templates.templates, saved: saved.saved });
  start();
}

function Lost() {
  return (
    <Empty title={say('lost.title')}>
      <p>{say('lost.help')}</p>
      <a class="button" href="#/tasks">
        {say('tasks.title')}
      </a>
    </Empty>
  );
}

function Page({ route, view }) {
  if (route.page === 'tasks') return <Tasks />;
  if (route.page === 'account') return <Account />;
  if (!view) return <Lost />;
  if (route.page === 'report') return <Report view={view} query={route.query} />;
  if (route.page === 'thing') return <Thing key={route.id} view={view} id={route.id} />;
  return <List key={view.plugin + view.id} view={view} query={route.query} />;
}

function heading(route, view, title) {
  if (route.page === 'tasks') return { title: say('tasks.title') };
  if (route.page === 'account') return { title: say('account.title') };
  if (!view) return { title: say('lost.title') };
  if (route.page === 'thing') return { title: title || '…', crumb: { href: to([view.plugin, view.id]), title: view.title } };
  return { title: view.title };
}

function Help({ onClose }) {
  return (
    <Dialog title={say('keys.title')} onClose={onClose}>
      <dl class="keys">
        {shown.map((key) => [
          <dt key={key}>
            <kbd>{key}</kbd>
          </dt>,
          <dd key={key + '-words'}>{say('keys.' + key)}</dd>,
        ])}
      </dl>
      <p class="quiet small">{say('keys.help')}</p>
    </Dialog>
  );
}

/* The session ended in the middle of work: sign in above the page; whatever waited goes on as it was. */
function Asking({ asking }) {
  const { me } = get();
  const onIn = (answer) => {
    if (me.clerk && answer.clerk.id !== me.clerk.id) {
      forgetAll(); // somebody else: what the first one typed is not theirs
      location.reload();
      return;
    }
    greet(answer);
    put({ asking: null });
    asking.done();
  };
  useEffect(() => {
    // signed in again in another tab: this one goes on by itself
    const look = () => ask('me').then((answer) => answer.state === 'in' && onIn(answer), () => {});
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, []);
  return (
    <Dialog title={say('sign.again')}>
      <p class="quiet">{say('sign.again-help')}</p>
      <div class="gate-form">
        <SignIn me={{ ...me, state: 'out' }} onIn={onIn} onEnrol={() => location.reload()} />
      </div>
    </Dialog>
  );
}

function Toasts() {
  const toasts = use((state) => state.toasts);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, words, kind, action }) => (
        <p key={id} class={kind}>
          <span class="grow">{words}</span>
          {action && (
            <a class="link" href={inside(action.opens)} onClick={() => hush(id)}>
              {say('open')}
            </a>
          )}
          <button type="button" class="sign" aria-label={say('close')} onClick={() => hush(id)}>
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}

function Inside() {
  const { route, views, title, me } = use((state) => state);
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const view = views.find((one) => one.plugin === route.plugin && one.id === route.view);
  const { title: words, crumb } = heading(route, view, title);
  const where = [route.page, route.plugin, route.view, route.id].join('/');
  useEffect(() => {
    document.title = `${words} – ${me.town.name}`;
  }, [words]);
  useEffect(() => {
    const active = document.activeElement;
    if (active && active !== document.body && !document.getElementById('menu')) return;
    scrollTo(0, 0);
    document.getElementById('title').focus({ preventScroll: true });
  }, [where]);
  useEffect(keepTasks, []);
  useEffect(
    () =>
      listen({
        help: () => setHelp(true),
        tasks: () => go('#/tasks'),
        up: () => (get().route.page === 'thing' ? go(to([get().route.plugin, get().route.view])) : false),
      }),
    [],
  );
  const closeMenu = (back) => {
    setMenu(false);
    if (back) document.getElementById('menu').focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main').focus())}>
        {say('skip')}
      </a>
      <div class="shell">
        <Rail open={menu} onClose={closeMenu} />
        {menu && <button class="veil" aria-label={say('close')} onClick={() => closeMenu(true)} />}
        <div class="body">
          <Bar title={words} crumb={crumb} onMenu={() => setMenu(true)} onHelp={() => setHelp(true)} />
          <Line />
          <main id="main" tabindex="-1">
            <Page route={route} view={view} />
          </main>
        </div>
      </div>
      <Toasts />
      {help && <Help onClose={() => setHelp(false)} />}
    </>
  );
}

export function App() {
  const me = use((state) => state.me);
  const asking = use((state) => state.asking);
  const recovery = use((state) => state.recovery);
  const [ready, setReady] = useState(false);
  const [refused, setRefused] = useState(null);
  const enter = () => {
    setRefused(null);
    furnish().then(() => setReady(true), setRefused);
  };
  const begin = () => {
    setRefused(null);
    ask('me').then((answer) => {
      greet(answer);
      if (answer.state === 'in') enter();
    }, setRefused);
  };
  useEffect(begin, []);
  if (refused && !ready)
    return (
      <main class="gate">
        <Refusal refused={refused} again={me ? enter : begin} />
      </main>
    );
  if (!me) return <Wait />;
  if (!ready && (me.state !== 'in' || recovery)) return <Gates onIn={enter} />;
  return (
    <>
      {ready ? <Inside /> : <Wait />}
      {asking && <Asking asking={asking} />}
    </>
  );
}
