// SPDX-License-Identifier: MPL-2.0
// A Viber of our own on loopback: the REST bot API as far as a town's bot needs it, faults on demand, and a ledger of every call.
//
//   const viber = await openViber();               const account = viber.account('token', 'kryzhopil');
//   await account.open('anna', 'queue');           viber.ledger   every call of the bot: method, fields, status
//   await account.press('anna', 'Розпочати');      viber.calls    every callback: body, status
//   viber.faults.push({ on: 'send_message', times: 2, status: 12 })
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { Account } from './account.mjs';
import { methods } from './methods.mjs';
import { CODES, Refusal, readAll, write } from './wire.mjs';

const BODY_MAX = 30 * 1000;

class Server {
  constructor(options) {
    /* tick: seconds of the server in real ones, for tests that cannot wait; anyHook: webhooks without TLS */
    this.options = { tick: 1, anyHook: true, ...options };
    Object.assign(this, { accounts: new Map(), media: new Map(), ledger: [], calls: [], faults: [], listeners: new Set() });
  }

  account(token, uri = 'town') {
    if (!this.accounts.has(token)) this.accounts.set(token, new Account(this, token, uri));
    return this.accounts.get(token);
  }

  /* A file that a user sent: its address. */
  host(name, type, data) {
    this.media.set(`/media/${this.media.size}/${name}`, { type, data });
    return `${this.origin}${[...this.media.keys()].at(-1)}`;
  }

  // ---- faults: {on, times, status: Viber's code, http: status, stall: ms, drop, after: the call is done, its answer is lost} ----

  fault(method, after) {
    const found = this.faults.find(
      (fault) => Boolean(fault.after) === after && (fault.times ?? 1) > 0 && (!fault.on || fault.on === method),
    );
    if (found) found.times = (found.times ?? 1) - 1;
    return found;
  }

  async suffer(method, after, response) {
    const fault = this.fault(method, after);
    if (!fault) return;
    if (fault.stall) await sleep(fault.stall);
    if (fault.drop) response.destroy();
    if (fault.drop || fault.http) throw Object.assign(new Error('fault'), { http: fault.http ?? 0 });
    if (fault.status) throw new Refusal(CODES[fault.status]);
  }

  // ---- a call ----

  parse(raw, headers) {
    if (raw.length > BODY_MAX) throw new Refusal('badData', 'more than 30 kB');
    let body;
    try {
      body = JSON.parse(raw.toString() || '{}');
    } catch {
      throw new Refusal('badData', 'no JSON');
    }
    const account = this.accounts.get(headers['x-viber-auth-token'] ?? body.auth_token);
    if (!account || account.revoked) throw new Refusal('invalidAuthToken');
    return { account, body };
  }

  async run(method, raw, request, response) {
    const entry = { at: Date.now(), method, fields: {}, status: -1 };
    this.ledger.push(entry);
    try {
      const { account, body } = this.parse(raw, request.headers);
      delete body.auth_token;
      Object.assign(entry, { account: account.uri, fields: body, receiver: body.receiver });
      if (!methods[method]) throw new Refusal('badData', `method ${method}`);
      await this.suffer(method, false, response);
      const { media, ...result } = await methods[method](account, body);
      Object.assign(entry, { result, media });
      await this.suffer(method, true, response);
      entry.status = 0;
      return { status: 0, status_message: 'ok', ...result };
    } catch (error) {
      if (error.http !== undefined) throw error;
      if (!(error instanceof Refusal)) throw error;
      entry.status = error.status;
      return { status: error.status, status_message: error.message };
    } finally {
      for (const listener of this.listeners) listener(entry);
    }
  }

  // ---- HTTP ----

  async handle(request, response) {
    const url = new URL(request.url, this.origin);
    const raw = await readAll(request);
    const file = this.media.get(decodeURIComponent(url.pathname));
    if (file) return void response.writeHead(200, { 'Content-Type': file.type }).end(file.data);
    if (url.pathname.startsWith('/control/')) return this.control(url.pathname.slice(9), raw, response);
    if (!url.pathname.startsWith('/pa/')) return void response.writeHead(404).end();
    try {
      const answer = await this.run(url.pathname.slice(4), raw, request, response);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(write(answer));
    } catch (error) {
      if (!response.destroyed) response.writeHead(error.http || 500, { 'Retry-After': '1' }).end('<html>fault</html>');
    }
  }

  /* GET ledger, GET calls, POST faults {…}, POST <verb of an account> {token, args: […]} */
  async control(verb, raw, response) {
    const asked = raw.length ? JSON.parse(raw.toString()) : {};
    let answer = null;
    if (verb === 'ledger' || verb === 'calls') answer = this[verb];
    else if (verb === 'faults') this.faults.push(asked);
    else if (/^(open|subscribe|unsubscribe|say|press|seen|failed)$/.test(verb)) answer = await this.account(asked.token)[verb](...asked.args);
    else return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(write(answer ?? null));
  }
}

export async function openViber(options = {}) {
  const viber = new Server(options);
  const http = createServer((request, response) => viber.handle(request, response));
  await new Promise((resolve) => {
    http.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  viber.origin = `http://127.0.0.1:${http.address().port}`;
  viber.api = `${viber.origin}/pa`;
  viber.close = () => {
    for (const account of viber.accounts.values()) account.delivery.stopped = true;
    http.closeAllConnections();
    return new Promise((resolve) => {
      http.close(resolve);
    });
  };
  return viber;
}
