// SPDX-License-Identifier: MPL-2.0
// Delivers updates to a webhook as Telegram does: one after another in each chat, several chats at once, until 2xx.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, timeout: 60_000 });

/* Which updates must not overtake each other. One that is late is overtaken all the same: networks and proxies do that. */
function lane({ id, update, late }) {
  if (late) return `late${id}`;
  const [kind, content] = Object.entries(update)[0];
  return kind === 'callback_query' ? `u${content.from.id}` : `c${content.chat?.id}`;
}

export class Delivery {
  constructor(bot, { url, secret, max }) {
    Object.assign(this, { bot, url, secret, max, busy: new Set(), trouble: {}, stopped: false, timers: new Set() });
  }

  stop() {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  look() {
    for (const item of this.bot.pending()) {
      if (this.stopped || this.busy.size >= this.max) return;
      const name = lane(item);
      if (this.busy.has(name)) continue;
      this.busy.add(name);
      this.deliver(item, 0).finally(() => {
        this.busy.delete(name);
        this.look();
      });
    }
  }

  async deliver(item, tries) {
    if (item.late) await this.sleep(item.late);
    while (!this.stopped && item.expires > Date.now()) {
      const { status, retryAfter, body } = await this.post(item);
      if (status >= 200 && status < 300) {
        this.bot.queue = this.bot.queue.filter((other) => other !== item);
        this.trouble = {};
        return this.bot.server.answerInWebhook(this.bot, body);
      }
      const why = status
        ? `Wrong response from the webhook: ${status} ${http.STATUS_CODES[status]}`
        : 'Connection failed';
      this.trouble = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: why };
      const doubled = tries === 0 ? 0 : Math.min(2 ** tries, 60 + Math.random() * 60);
      tries++;
      await this.sleep((retryAfter ?? doubled) * 1000 * this.bot.server.options.tick);
    }
  }

  sleep(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, ms);
      this.timers.add(timer);
    });
  }

  post(item) {
    const body = `{"update_id":${item.id},\n${JSON.stringify(item.update).slice(1)}`;
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'Accept-Encoding': 'gzip, deflate',
      ...(this.secret && { 'X-Telegram-Bot-Api-Secret-Token': this.secret }),
    };
    return new Promise((resolve) => {
      const request = http.request(this.url, { method: 'POST', agent, headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', () => resolve({ status: 0 }));
        response.on('end', () => {
          const seconds = Number.parseInt(response.headers['retry-after'], 10);
          const retryAfter = Number.isNaN(seconds) ? undefined : Math.min(seconds, 3600);
          resolve({
            status: response.statusCode,
            retryAfter,
            body: { headers: response.headers, data: Buffer.concat(parts) },
          });
        });
      });
      request.on('error', () => resolve({ status: 0 }));
      request.end(body);
    });
  }
}
