/* SPDX-License-Identifier: MPL-2.0
 * The frame around every page: sections at the side, the title, notices and oneself on top. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, greet, post } from '../lib/api.js';
import { forgetAll } from '../lib/drafts.js';
import { stop } from '../lib/live.js';
import { inside, to } from '../lib/route.js';
import { get, put, tell, use } from '../lib/store.js';
import { overdue, tasksOf } from '../lib/tasks.js';
import { say } from '../lib/words.js';
import { Hang, Time } from '../parts/bits.jsx';
import { Icon } from '../parts/icon.jsx';
import { Town } from './gate.jsx';

function Place({ href, icon, title, current, count, over }) {
  return (
    <a class="place" href={href} aria-current={current ? 'page' : undefined}>
      <Icon name={icon} />
      {title}
      {count > 0 && (
        <span class={over ? 'count over' : 'count'}>
          {count}
          <span class="unseen"> {say(over ? 'rail.over' : 'rail.waiting')}</span>
        </span>
      )}
    </a>
  );
}

export function Rail({ open, onClose }) {
  const { me, views, route, tasks } = use((state) => state);
  const all = tasks ? tasksOf(tasks.groups, views) : [];
  const late = overdue(all);
  const lists = views.filter((view) => view.has.includes('list'));
  const reports = views.filter((view) => view.has.includes('report'));
  const at = (page, view) => route.page === page && route.plugin === view.plugin && route.view === view.id;
  const root = useRef();
  useEffect(() => {
    if (open) root.current.querySelector('a').focus();
  }, [open]);
  return (
    <nav
      class={open ? 'rail open' : 'rail'}
      aria-label={say('rail.title')}
      ref={root}
      onKeyDown={(event) => event.key === 'Escape' && open && onClose(true)}
      onClick={(event) => event.target.closest('a') && onClose()}
    >
      <a class="town" href="#/tasks">
        <Town town={me.town}>{say('desk')}</Town>
      </a>
      <Place href="#/tasks" icon="tasks" title={say('tasks.title')} current={route.page === 'tasks'} count={late || all.length} over={late > 0} />
      {lists.length > 0 && <h2>{say('rail.lists')}</h2>}
      {lists.map((view) => (
        <Place key={view.plugin + view.id} href={to([view.plugin, view.id])} icon="list" title={view.title} current={at('list', view) || at('thing', view)} />
      ))}
      {reports.length > 0 && <h2>{say('rail.reports')}</h2>}
      {reports.map((view) => (
        <Place key={view.plugin + view.id} href={to(['report', view.plugin, view.id])} icon="chart" title={view.title} current={at('report', view)} />
      ))}
    </nav>
  );
}

async function readAll(notices) {
  if (!notices.length) return;
  try {
    const { unread } = await post('notices', { read_until: notices[0].id });
    put(({ notices: now }) => ({ unread, notices: now && { ...now, notices: now.notices.map((one) => ({ ...one, read: true })) } }));
  } catch (refused) {
    tell(refused.message, { kind: 'bad' });
  }
}

const readOne = (one) => {
  if (!one.read) post('notices', { read: one.id }).then(({ unread }) => put({ unread }), () => {});
  put(({ notices }) => ({ notices: { ...notices, notices: notices.notices.map((other) => (other.id === one.id ? { ...other, read: true } : other)) } }));
};

function Bell() {
  const unread = use((state) => state.unread);
  const notices = use((state) => state.notices);
  const load = (after = '') =>
    ask('notices?after=' + encodeURIComponent(after)).then(
      (answer) => {
        const before = after && get().notices ? get().notices.notices : [];
        put({ unread: answer.unread, notices: { ...answer, notices: [...before, ...answer.notices] } });
      },
      (refused) => tell(refused.message, { kind: 'bad' }),
    );
  const button = {
    cls: 'sign',
    inside: (
      <>
        <Icon name="bell" />
        {unread > 0 && <b aria-hidden="true">{unread > 99 ? '99+' : unread}</b>}
      </>
    ),
  };
  return (
    <span id="bell-box">
      <Hang label={unread ? say('bell.unread', { count: unread }) : say('bell')} button={button} cls="notices" onOpen={() => load()}>
        {(close) => (
          <>
            <div class="row head">
              <h2 class="grow">{say('bell')}</h2>
              {unread > 0 && notices && (
                <button class="link small" onClick={() => readAll(notices.notices)}>
                  {say('bell.read-all')}
                </button>
              )}
            </div>
            {notices && notices.notices.length === 0 && <p class="head quiet">{say('bell.empty')}</p>}
            <ul>
              {notices &&
                notices.notices.map((one) => (
                  <li key={one.id}>
                    <a class={one.read ? '' : 'new'} href={inside(`${one.view}/${one.thing}`)} onClick={() => (close(), readOne(one))}>
                      <span>
                        {!one.read && <span class="unseen">{say('bell.new')}: </span>}
                        {one.words}
                        <Time at={one.at} />
                      </span>
                    </a>
                  </li>
                ))}
            </ul>
            {notices && notices.more && <button onClick={() => load(notices.more)}>{say('list.more')}</button>}
          </>
        )}
      </Hang>
    </span>
  );
}

export async function signOut() {
  stop();
  forgetAll();
  try {
    greet(await post('logout'));
  } finally {
    location.reload();
  }
}

const letters = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] || '')
    .join('');

function Me({ onHelp }) {
  const { clerk } = use((state) => state.me);
  const button = {
    cls: 'me',
    inside: (
      <>
        <span class="face" aria-hidden="true">
          {letters(clerk.name)}
        </span>
        <span class="grow">
          {clerk.name}
          {clerk.post && (
            <>
              <br />
              <small class="quiet">{clerk.post}</small>
            </>
          )}
        </span>
      </>
    ),
  };
  return (
    <Hang label={say('account.menu', { name: clerk.name })} button={button}>
      {(close) => (
        <>
          <a href="#/account" onClick={close}>
            <Icon name="person" />
            {say('account.title')}
          </a>
          <button onClick={() => (close(), onHelp())}>
            <Icon name="help" />
            {say('keys.title')}
          </button>
          <button onClick={signOut}>
            <Icon name="out" />
            {say('sign.out')}
          </button>
        </>
      )}
    </Hang>
  );
}

export function Bar({ title, crumb, onMenu, onHelp }) {
  const heading = useRef();
  return (
    <header class="bar">
      <button class="sign only-phone" aria-label={say('rail.open')} onClick={onMenu} id="menu">
        <Icon name="menu" />
      </button>
      <h1 ref={heading} tabindex="-1" id="title">
        {crumb && (
          <a class="crumb" href={crumb.href}>
            {crumb.title}
          </a>
        )}
        <span class="number">{title}</span>
      </h1>
      <Bell />
      <Me onHelp={onHelp} />
    </header>
  );
}

export function Line() {
  const live = use((state) => state.live);
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    const timer = setTimeout(() => setLate(true), 3000);
    return () => clearTimeout(timer);
  }, [live]);
  const bad = live === 'offline' || (live === 'waiting' && late);
  return (
    <div role="status" aria-live="polite">
      {bad && (
        <p class="line">
          <Icon name="offline" mini />
          {say(live === 'offline' ? 'live.offline' : 'live.waiting')}
        </p>
      )}
    </div>
  );
}
