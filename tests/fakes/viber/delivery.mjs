// SPDX-License-Identifier: MPL-2.0
// Callbacks to the webhook: signed in a header and as ?sig=, given five seconds, repeated for an hour until 200.
import http from 'node:http';

import { sign, write } from './wire.mjs';

const TIMEOUT_MS = 5000;
const TRIES_MAX = 12;
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 }); // fewer than a host takes from one address

export class Delivery {
  constructor(account) {
    Object.assign(this, { account, stopped: false, waiting: 0 });
  }

  /* how: {twice, late: ms to wait first, change: body => body after signing, signature: instead of the right one, once: no
   * repetition, url: instead of the webhook}. Resolves to {status, body} of the last answer. */
  async send(callback, how = {}) {
    const body = Buffer.from(write(callback));
    const signature = how.signature ?? sign(body, this.account.token);
    const sent = how.change ? Buffer.from(how.change(body.toString())) : body;
    this.waiting++;
    try {
      if (how.late) await this.sleep(how.late);
      const first = this.repeat(sent, signature, how);
      if (how.twice) await this.repeat(sent, signature, how);
      return await first;
    } finally {
      this.waiting--;
    }
  }

  async repeat(body, signature, how) {
    let answer = null;
    for (let tries = 0; tries < (how.once ? 1 : TRIES_MAX) && !this.stopped; tries++) {
      if (tries > 0) await this.sleep(Math.min(2 ** tries, 600) * 1000 * this.account.server.options.tick);
      answer = await this.post(how.url ?? this.account.webhook, body, signature);
      this.account.server.calls.push({ at: Date.now(), account: this.account.uri, body: body.toString(), status: answer.status });
      if (answer.status === 200) break;
    }
    return answer;
  }

  sleep(ms) {
    return new Promise((resolve) => {
      setTimeout(resolve, ms).unref();
    });
  }

  post(address, body, signature) {
    const url = new URL(address);
    if (signature) url.searchParams.set('sig', signature);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, 'User-Agent': 'Viber' };
    if (signature) headers['X-Viber-Content-Signature'] = signature;
    return new Promise((resolve) => {
      const request = http.request(url, { method: 'POST', headers, agent, timeout: TIMEOUT_MS }, async (response) => {
        const parts = [];
        for await (const part of response) parts.push(part);
        resolve({ status: response.statusCode, body: Buffer.concat(parts).toString() });
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', (error) => resolve({ status: 0, body: '', error: error.message }));
      request.end(body);
    });
  }
}
