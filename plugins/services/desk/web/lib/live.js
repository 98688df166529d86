/* SPDX-License-Identifier: MPL-2.0
 * What happens while the desk is open: rows that change, notices, the end of the session. After a break nothing is resumed: what is
 * shown is asked for anew. */
import { ask, signInAgain } from './api.js';
import { get, put, tell } from './store.js';

const WAIT_MIN_MS = 1000;
const WAIT_MAX_MS = 30000;
const watchers = new Set();
let source = null;
let timer = 0;
let wait = WAIT_MIN_MS;
let broken = false;

/* watch((view, id) => …): told of each row that changed, and with (null, null) after a break. Returns how to stop. */
export function watch(told) {
  watchers.add(told);
  return () => watchers.delete(told);
}

export function announce(view, id) {
  for (const told of [...watchers]) told(view, id);
}

const data = (event) => JSON.parse(event.data);

function hello() {
  wait = WAIT_MIN_MS;
  put({ live: 'online' });
  if (broken) announce(null, null);
  broken = false;
}

/* Whoever has the thing before them sees there what changed. */
function isOpen({ view, thing }) {
  const { page, plugin, view: name, id } = get().route;
  return page === 'thing' && view === `${plugin}/${name}` && thing === id;
}

function notice(event) {
  const { unread, ...one } = data(event);
  put(({ notices }) => ({ unread, notices: notices && { ...notices, notices: [one, ...notices.notices] } }));
  if (!isOpen(one)) tell(one.words, { kind: 'notice', action: { opens: `${one.view}/${one.thing}` } });
}

function end() {
  stop();
  broken = true;
  signInAgain().then(start);
}

export function start() {
  stop();
  source = new EventSource('api/live');
  source.addEventListener('hello', hello);
  source.addEventListener('changed', (event) => announce(data(event).view, data(event).id));
  source.addEventListener('notice', notice);
  source.addEventListener('end', end);
  source.onerror = lost;
}

export function stop() {
  clearTimeout(timer);
  if (source) source.close();
  source = null;
}

/* The browser would come back by itself, but each at the same moment, and never after a refusal. */
function lost() {
  stop();
  broken = true;
  put({ live: navigator.onLine === false ? 'offline' : 'waiting' });
  timer = setTimeout(again, wait * (0.5 + Math.random() / 2));
  wait = Math.min(wait * 2, WAIT_MAX_MS);
}

async function again() {
  try {
    const me = await ask('me');
    if (me.state !== 'in') await signInAgain();
    start();
  } catch {
    lost();
  }
}

addEventListener('online', () => get().me && get().me.state === 'in' && again());
addEventListener('offline', () => put({ live: 'offline' }));
