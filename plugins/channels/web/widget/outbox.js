/* SPDX-License-Identifier: MPL-2.0
 * What the citizen sent and the server has not confirmed: kept over reloads, sent in order, repeated until it is taken.
 * The server knows each by its origin, so a repetition does no harm. Files stay in the tab. */

const PATIENCE_MS = 30000;

export function newOrigin() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return Date.now().toString(36) + '-' + random[0].toString(36) + random[1].toString(36);
}

export class Outbox {
  /* hooks: changed(), accepted(message), refused(error, item), closed() */
  constructor(server, memory, hooks) {
    this.server = server;
    this.memory = memory;
    this.hooks = hooks;
    this.files = [];
    this.tries = 0;
    addEventListener('online', () => this.flush());
  }

  items() {
    return [...this.memory.all('out.'), ...this.files].sort((a, b) => a.at - b.at);
  }

  /* body: {text}, {value, label} or {place} */
  add(body) {
    this.keep({ origin: newOrigin(), at: Date.now(), body });
    this.flush();
  }

  addFile(file) {
    this.files.push({ origin: newOrigin(), at: Date.now(), file, progress: 0 });
    this.hooks.changed();
    this.flush();
  }

  keep(item) {
    if (!item.file) this.memory.set('out.' + item.origin, item);
    this.hooks.changed();
  }

  remove(origin) {
    const file = this.files.find((item) => item.origin === origin);
    this.files = this.files.filter((item) => item !== file);
    this.memory.set('out.' + origin, null);
    this.hooks.changed();
  }

  discard(item) {
    if (item.cancel) item.cancel();
    this.remove(item.origin);
  }

  retry(item) {
    this.keep(Object.assign(item, { failed: null }));
    this.tries = 0;
    this.flush();
  }

  clear() {
    for (const item of this.items()) this.discard(item);
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.running || !this.server.session) return;
    this.running = true;
    const wait = await this.memory.alone(() => this.drain());
    this.running = false;
    if (wait) this.timer = setTimeout(() => this.flush(), wait);
    else if (this.next()) this.flush();
  }

  next() {
    return this.items().find((item) => !item.failed);
  }

  /* Sends until nothing is left. Returns how long to wait before trying again, 0 when there is no need. */
  async drain() {
    for (let item = this.next(); item && this.server.session; item = this.next()) {
      try {
        const message = item.file ? await this.upload(item) : await this.post(item);
        this.tries = 0;
        this.hooks.accepted(message);
        this.remove(item.origin);
      } catch (error) {
        if (error.closed) {
          this.hooks.closed();
          return 0;
        }
        if (error.status && !error.passing) this.keep(Object.assign(item, { failed: this.hooks.refused(error, item) }));
        else if (error.name === 'AbortError' && item.file) this.remove(item.origin);
        else return this.postpone(item, error);
      }
    }
    return 0;
  }

  postpone(item, error) {
    this.keep(Object.assign(item, { tries: (item.tries || 0) + 1, progress: 0, hasty: error.status === 429 }));
    const longest = Math.min(500 * 2 ** this.tries++, 30000);
    return Math.max(longest * (0.5 + Math.random() / 2), (error.retryAfter || 0) * 1000);
  }

  post(item) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
    return this.server.post({ origin: item.origin, ...item.body }, abort.signal).finally(() => clearTimeout(timer));
  }

  async upload(item) {
    const { done, cancel } = this.server.upload(item.file, item.origin, (part) => {
      item.progress = part;
      this.hooks.changed();
    });
    item.cancel = cancel;
    return done.finally(() => (item.cancel = null));
  }
}
