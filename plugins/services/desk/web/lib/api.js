/* SPDX-License-Identifier: MPL-2.0
 * What the page says to the desk (docs/desk-api.md). A session that ended in the middle of something asks for the sign-in and then
 * sends the same again: whoever called notices nothing but the time it took. */
import { get, put } from './store.js';
import { choose, say } from './words.js';
import { standIn } from './when.js';

/* The desk answered, and said no; or did not answer at all (status 0). message: words for a person. */
export class Refused extends Error {
  constructor(status, error = {}, retryAfter = 0) {
    super(error.message || say(status ? 'refused.other' : 'refused.offline'));
    this.status = status;
    this.code = error.code || '';
    this.where = error.where || '';
    this.retryAfter = retryAfter;
  }
}

const SIGNED_OUT = ['signed-out', 'code-wanted', 'enrol-wanted'];
const QUIET = ['login', 'code', 'enrol', 'welcome', 'me', 'logout', 'enrol.svg'];

async function send(method, path, body, signal) {
  const { me } = get();
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['x-viche-token'] = (me && me.token) || '';
  let response;
  try {
    response = await fetch('api/' + path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    put({ live: 'offline' });
    throw new Refused(0);
  }
  if (get().live === 'offline') put({ live: 'waiting' });
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  throw new Refused(response.status, said.error, Number(response.headers.get('retry-after')) || 0);
}

/* One sign-in for all the requests that wait for it. */
export function signInAgain() {
  if (!get().asking) {
    let done;
    const signedIn = new Promise((resolve) => (done = resolve));
    put({ asking: { done, signedIn } });
  }
  return get().asking.signedIn;
}

async function call(method, path, body, signal) {
  for (let tries = 0; ; tries++) {
    try {
      return await send(method, path, body, signal);
    } catch (error) {
      const quiet = QUIET.includes(path);
      if (error.status === 401 && SIGNED_OUT.includes(error.code) && !quiet && tries < 3) await signInAgain();
      else if (error.status === 403 && error.code === 'token' && tries < 1) await refreshToken();
      else throw error;
    }
  }
}

const refreshToken = () => send('GET', 'me').then(async (response) => greet(await response.json()));

const json = (response) => response.json();
export const ask = (path, signal) => call('GET', path, undefined, signal).then(json);
export const post = (path, body = {}) => call('POST', path, body).then(json);
export const remove = (path) => call('DELETE', path).then(json);
export const blob = (path, signal) => call('GET', path, undefined, signal).then((response) => response.blob());

/* Takes over an answer of api/me, login, code, …: who signs in may speak another language. */
export function greet(me) {
  const known = get().me;
  choose(me.language || document.documentElement.lang);
  standIn(me.town && me.town.zone);
  put({ me: { ...(known || {}), ...me, clerk: me.clerk || (known && known.clerk) || null } });
  if (me.unread !== undefined) put({ unread: me.unread });
  if (me.recovery) put({ recovery: me.recovery });
  return me;
}

/* XMLHttpRequest, because fetch cannot tell how much of a body has left. Returns {done: Promise, cancel()}. */
export function upload(file, progress) {
  let request;
  const once = () =>
    new Promise((resolve, reject) => {
      request = new XMLHttpRequest();
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = () => reject(new Refused(0));
      request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
      request.onload = () => {
        const said = request.response || {};
        if (request.status < 300) resolve(said);
        else reject(new Refused(request.status, said.error));
      };
      request.open('POST', 'api/upload?name=' + encodeURIComponent(file.name));
      request.responseType = 'json';
      request.setRequestHeader('content-type', file.type || 'application/octet-stream');
      request.setRequestHeader('x-viche-token', get().me.token || '');
      request.send(file);
    });
  const done = once().catch((error) => {
    if (error.status !== 401) throw error;
    return signInAgain().then(once);
  });
  return { done, cancel: () => request.abort() };
}
