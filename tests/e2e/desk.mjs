// SPDX-License-Identifier: MPL-2.0
// An official's browser without a window: keeps the cookie and the token, counts the telephone's codes, reads the live stream.
import { createHmac } from 'node:crypto';

export const PASSWORD = 'вербовий кошик на підвіконні';

/* RFC 6238, six digits. shift: steps of 30 s before or after now. */
export function codeOf(secret, shift = 0, now = Date.now()) {
  const bits = [...secret.replace(/[ =]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30000) + shift));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/* A code of the half minute before is good until this one ends: not to be begun when that is about to happen. */
export async function timeForOlderCode(now = Date.now, needs = 5000) {
  const left = 30000 - (now() % 30000);
  if (left < needs) await new Promise((resolve) => setTimeout(resolve, left + 50));
}

export class Desk {
  constructor(town, id = 'kryzhopil') {
    this.base = `${town.origin}/${id}/desk/`;
    this.origin = town.origin;
    this.cookie = '';
    this.token = '';
    this.used = -2; // the shift of the last code
    this.now = town.clock?.now ?? Date.now;
  }

  /* body: an object is sent as JSON; headers: may take the token away again by null */
  async ask(method, path, body, headers = {}) {
    const all = { 'accept-language': 'uk', cookie: this.cookie, origin: this.origin, 'x-viche-token': this.token, ...headers };
    for (const name of Object.keys(all)) if (all[name] === null || all[name] === '') delete all[name];
    if (body !== undefined && !(body instanceof Uint8Array)) all['content-type'] = 'application/json';
    const sent = body === undefined || body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(this.base + path, { method, headers: all, body: sent });
    for (const line of response.headers.getSetCookie?.() ?? [response.headers.get('set-cookie')].filter(Boolean)) {
      this.setCookie = line;
      this.cookie = line.split(';')[0];
    }
    const type = response.headers.get('content-type') ?? '';
    const json = type.startsWith('application/json') ? await response.json() : null;
    const text = json ? '' : await response.text();
    if (json?.token) this.token = json.token;
    return { status: response.status, headers: response.headers, json, text };
  }

  get(path) {
    return this.ask('GET', path);
  }

  post(path, body, headers) {
    return this.ask('POST', path, body, headers);
  }

  async me() {
    return (await this.get('api/me')).json;
  }

  /* From an invitation's address to signed in. */
  async welcome(address, password = PASSWORD) {
    await this.me();
    const code = address.split('#/welcome/')[1].trim();
    const set = await this.post('api/welcome', { code, password });
    if (set.status !== 200) throw new Error(`welcome: ${set.status} ${JSON.stringify(set.json)}`);
    this.login = set.json.login ?? (await this.post('api/welcome', { code })).json?.login;
    this.secret = (await this.get('api/enrol')).json.secret;
    await timeForOlderCode(() => this.now());
    const bound = await this.post('api/enrol', { code: codeOf(this.secret, -1, this.now()) });
    if (bound.status !== 200) throw new Error(`enrol: ${bound.status} ${JSON.stringify(bound.json)}`);
    this.recovery = bound.json.recovery;
    this.used = -1;
    return bound.json;
  }

  /* A later step than the last one used: within the ±1 that the desk allows, two log-ins in half a minute. */
  nextCode() {
    this.used += 1;
    return codeOf(this.secret, this.used, this.now());
  }

  async signIn(login, password = PASSWORD, code = this.nextCode()) {
    await this.me();
    const first = await this.post('api/login', { login, password });
    if (first.status !== 200) return first;
    return this.post('api/code', { code });
  }

  /* Events of the live stream as they come: next() waits for one, ended() for its end. */
  async live() {
    const stop = new AbortController();
    const response = await fetch(`${this.base}api/live`, { headers: { cookie: this.cookie }, signal: stop.signal });
    const reader = response.body.getReader();
    const events = [];
    let wake = () => {};
    let over = false;
    const decoder = new TextDecoder();
    const read = async () => {
      let rest = '';
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          rest += decoder.decode(value, { stream: true });
          for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
            const block = rest.slice(0, end);
            rest = rest.slice(end + 2);
            const name = /^event: (.*)$/m.exec(block)?.[1];
            if (name) events.push({ name, data: JSON.parse(/^data: (.*)$/m.exec(block)[1]) });
            wake();
          }
        }
      } catch {
        // closed by us
      }
      over = true;
      wake();
    };
    read();
    const wait = async (ready, ms) => {
      const end = Date.now() + ms;
      while (!ready()) {
        if (Date.now() > end) return false;
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, 50);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return true;
    };
    return {
      status: response.status,
      events,
      find: async (name, ms = 2000) => {
        await wait(() => events.some((event) => event.name === name), ms);
        return events.find((event) => event.name === name);
      },
      wait,
      ended: (ms = 1000) => wait(() => over, ms),
      close: () => stop.abort(),
    };
  }
}

/* The address that a console command prints. */
export const invited = (town, login, id = 'kryzhopil') => town.viche('call', id, 'desk/invite', `login=${login}`).split('\n')[0];
export const firstAdmin = (town, id = 'kryzhopil') => town.viche('call', id, 'desk/first-admin').split('\n')[0];

/* Signed in as one of the sample officials. */
export async function enter(town, login, id = 'kryzhopil') {
  const desk = new Desk(town, id);
  await desk.welcome(login === 'admin' ? firstAdmin(town, id) : invited(town, login, id));
  desk.login = login;
  return desk;
}
