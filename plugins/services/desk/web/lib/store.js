/* SPDX-License-Identifier: MPL-2.0
 * The state of the whole page, in one place. Parts read it by use(), change it only by put(): data goes one way. */
import { useEffect, useState } from 'preact/hooks';

let state = {
  me: null, // answer of api/me
  views: [], // what this official may open
  saved: [], // filters that were kept under a name
  templates: [], // words for replies
  route: { page: 'tasks', query: {} },
  tasks: null, // {groups}
  tasksRefused: null,
  notices: null, // {notices, more}
  unread: 0,
  live: 'connecting', // connecting, online, waiting, offline
  asking: null, // {done}: the session ended in the middle of work, its sign-in stands above the page
  recovery: null, // codes that are shown this once
  toasts: [], // {id, words, kind, action}
};

const listeners = new Set();

export const get = () => state;

export function put(change) {
  state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
  for (const listener of [...listeners]) listener();
}

/* use((state) => state.unread): draws the part anew when that changes. */
export function use(pick) {
  const [value, setValue] = useState(() => pick(state));
  useEffect(() => {
    const look = () => setValue(() => pick(state));
    look();
    listeners.add(look);
    return () => listeners.delete(look);
  }, []);
  return value;
}

let toast = 0;

/* A sentence that passes by, read aloud; action: {label, run}. */
export function tell(words, { kind = 'good', action = null, stays = 5000 } = {}) {
  const id = ++toast;
  put(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id, words, kind, action }] }));
  setTimeout(() => hush(id), action ? stays + 3000 : stays);
}

export function hush(id) {
  put(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));
}
