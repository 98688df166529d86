// SPDX-License-Identifier: MPL-2.0
// A Telegram of our own on loopback: the Bot API as far as a town's bot needs it, faults on demand, a ledger of every call.
//
//   const telegram = await openTelegram();        const bot = telegram.bot('123:abc', 'town_bot');
//   bot.say(7, { text: '/start' });               telegram.ledger           every call: method, fields, files, status, rode (in a webhook's answer)
//   bot.press(7, 'Меню');                         telegram.faults.push({ on: 'sendMessage', status: 429, retry_after: 1 })
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { Bot } from './bot.mjs';
import { Refusal } from './html.mjs';
import { described, digest, methods } from './methods.mjs';
import { readBody, readParameters } from './request.mjs';

const UNANSWERABLE = /^(deletewebhook|setwebhook|close|logout|get.*)$/;

const WORDS = {
  429: 'Too Many Requests: retry after',
  500: 'Internal Server Error: restart',
  502: 'Bad Gateway',
  401: 'Unauthorized',
};

class Server {
  constructor(options) {
    /* tick: seconds of the server in real ones, for tests that cannot wait; anyHook: webhooks without TLS */
    this.options = { tick: 1, anyHook: true, webhookGap: 0, ...options };
    Object.assign(this, { bots: new Map(), ledger: [], faults: [], listeners: new Set() });
  }

  bot(token, username = 'town_bot') {
    if (!this.bots.has(token)) this.bots.set(token, new Bot(this, token, username));
    return this.bots.get(token);
  }

  // ---- faults ----

  /* A fault: {on: method or RegExp, times, status, retry_after, stall (ms), drop, after: only the answer of the call is lost} */
  fault(method, when) {
    const fits = ({ on }) => (on instanceof RegExp ? on.test(method) : !on || on.toLowerCase() === method);
    const found = this.faults.find((fault) => Boolean(fault.after) === when && (fault.times ?? 1) > 0 && fits(fault));
    if (found) found.times = (found.times ?? 1) - 1;
    return found;
  }

  async suffer(method, when, response) {
    const fault = this.fault(method, when);
    if (!fault) return;
    if (fault.stall) await sleep(fault.stall);
    if (fault.drop) {
      response?.destroy();
      throw new Refusal(0, 'dropped');
    }
    if (fault.status) {
      const more = fault.retry_after ? { retry_after: fault.retry_after } : undefined;
      throw new Refusal(fault.status, `${WORDS[fault.status] ?? 'Fault'}${more ? ` ${fault.retry_after}` : ''}`, more);
    }
  }

  // ---- a call ----

  async run(bot, method, call, response) {
    const entry = { at: Date.now(), bot: bot.me.id, method, fields: call.fields, files: {}, status: 0, rode: Boolean(call.rode) };
    for (const [name, file] of Object.entries(call.files))
      entry.files[name] = { name: file.name, type: file.type, size: file.data.length, sha256: digest(file.data) };
    this.ledger.push(entry);
    try {
      if (bot.revoked) throw new Refusal(401, 'Unauthorized');
      if (!methods[method]) throw new Refusal(404, 'Not Found: method not found');
      await this.suffer(method, false, response);
      const result = await methods[method](bot, call);
      entry.result = described.has(method) ? result.result : result;
      await this.suffer(method, true, response);
      entry.status = 200;
      return described.has(method) ? { ok: true, ...result } : { ok: true, result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      entry.status = error.code;
      throw error;
    } finally {
      for (const listen of this.listeners) listen(entry);
    }
  }

  answerInWebhook(bot, body) {
    if (!body?.data.length) return;
    let call;
    try {
      call = readParameters(new URL('http://x/'), body.headers, body.data);
    } catch {
      return;
    }
    const method = String(call.fields.method ?? '').toLowerCase();
    delete call.fields.method;
    if (method && !UNANSWERABLE.test(method)) this.run(bot, method, { ...call, rode: true }).catch(() => {});
  }

  // ---- HTTP ----

  botOf(token) {
    if (!/^[1-9]\d*:./.test(token) || token.length > 80)
      throw new Refusal(401, 'Unauthorized: invalid token specified');
    const bot = this.bots.get(token);
    if (!bot) throw new Refusal(401, 'Unauthorized');
    return bot;
  }

  async call(request, response, url, token, inPath) {
    const gone = new Promise((resolve) => response.on('close', resolve));
    const call = readParameters(url, request.headers, await readBody(request));
    const method = (inPath || String(call.fields.method ?? '')).toLowerCase();
    return this.run(this.botOf(token), method, { ...call, gone }, response);
  }

  sendFile(response, token, path) {
    const bot = this.bots.get(token);
    const fault = this.fault('file', false);
    if (fault) return response.writeHead(fault.status).end();
    const file = bot && !bot.revoked && [...bot.files.values()].find((one) => one.path === path);
    this.ledger.push({ at: Date.now(), method: 'file', fields: { path }, files: {}, status: file ? 200 : 404 });
    response.writeHead(file ? 200 : 404, { 'Content-Type': 'application/octet-stream' });
    response.end(file?.data);
  }

  async serve(request, response) {
    const url = new URL(request.url, 'http://127.0.0.1');
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(url.pathname);
    if (file) return this.sendFile(response, decodeURIComponent(file[1]), file[2]);
    if (url.pathname.startsWith('/control/')) return this.control(request, response, url);
    const found = /^\/bot([^/]+)\/?([^/]*)$/.exec(url.pathname);
    try {
      if (!found) throw new Refusal(404, 'Not Found');
      this.answer(response, 200, await this.call(request, response, url, decodeURIComponent(found[1]), found[2]));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, description, parameters } = error;
      this.answer(response, code, { ok: false, error_code: code, description, parameters });
    }
  }

  answer(response, status, json) {
    if (response.destroyed) return;
    const text = JSON.stringify(json);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    if (json.parameters?.retry_after) headers['Retry-After'] = json.parameters.retry_after;
    response.writeHead(status, headers);
    response.end(text);
  }

  /* For drivers in other languages: POST /control/<token>/say|press|block|revoke|restart with a JSON array of arguments,
   * GET /control/ledger, POST /control/faults. */
  async control(request, response, url) {
    const [, , token, what] = url.pathname.split('/').map(decodeURIComponent);
    const body = JSON.parse((await readBody(request)).toString() || '[]');
    const acts = { say: 'say', press: 'press', block: 'block', restart: 'restartIds', push: 'push' };
    let result = true;
    if (token === 'ledger') result = this.ledger.slice(Number(url.searchParams.get('from') ?? 0));
    else if (token === 'faults') this.faults.push(...body);
    else if (what === 'revoke') this.bot(token).revoked = body[0] ?? true;
    else if (acts[what]) result = this.bot(token)[acts[what]](...body) ?? true;
    this.answer(response, 200, { ok: true, result });
  }
}

export async function openTelegram(options = {}) {
  const telegram = new Server(options);
  const http = createServer((request, response) => {
    telegram.serve(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  http.keepAliveTimeout = 60_000;
  await new Promise((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  telegram.origin = `http://127.0.0.1:${http.address().port}`;
  telegram.close = () => {
    for (const bot of telegram.bots.values()) bot.webhook?.stop();
    http.closeAllConnections();
    return new Promise((resolve) => http.close(resolve));
  };
  return telegram;
}
