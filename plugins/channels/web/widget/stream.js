/* SPDX-License-Identifier: MPL-2.0
 * The chat's events, for as long as the chat is open: resumes after the last one seen, waits longer after each failure,
 * and says honestly how it stands. EventSource is not used because it cannot send the chat's key in a header. */

const SILENCE_MS = 60000; // the server writes something at least every 25 s
const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 30000;

/* Calls take(name, data, id) for each event of the body; an id only counts once its event is whole. */
async function readEvents(body, heard, take) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const blocks = (rest + decoder.decode(value, { stream: true }).replaceAll('\r', '')).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = {};
      for (const line of block.split('\n')) {
        const at = line.indexOf(':');
        if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).replace(/^ /, '');
      }
      if (fields.data !== undefined) take(fields.event || 'message', JSON.parse(fields.data), Number(fields.id) || 0);
    }
  }
}

export class Stream {
  /* hooks: message(data), typing(), ready(), state(name), closed() */
  constructor(server, hooks) {
    this.server = server;
    this.hooks = hooks;
    this.last = 0;
    this.tries = 0;
    this.stopped = false;
    this.kick = () => {};
    this.wake = () => this.kick();
    this.cut = () => this.abort && this.abort.abort();
    addEventListener('online', this.wake);
    addEventListener('offline', this.cut);
    this.run();
  }

  stop() {
    this.stopped = true;
    this.cut();
    this.kick();
    removeEventListener('online', this.wake);
    removeEventListener('offline', this.cut);
  }

  async run() {
    while (!this.stopped) {
      if (this.tries === 0) this.hooks.state('connecting');
      const outcome = await this.attempt();
      if (this.stopped) return;
      if (outcome.closed) {
        this.stop();
        this.hooks.closed();
        return;
      }
      if (!outcome.more) await this.pause(outcome.retryAfter);
    }
  }

  async attempt() {
    let more = false;
    try {
      this.abort = new AbortController();
      this.listen();
      const response = await this.server.events(this.last, this.abort.signal);
      await readEvents(
        response.body,
        () => this.listen(),
        (name, data, id) => {
          this.last = Math.max(this.last, id);
          if (name === 'message') this.hooks.message(data);
          else if (name === 'typing') this.hooks.typing();
          else if (name === 'more') more = true;
          else if (name === 'ready') this.ready();
        },
      );
    } catch (error) {
      return { closed: error.closed, retryAfter: error.retryAfter };
    } finally {
      clearTimeout(this.silence);
    }
    return { more };
  }

  ready() {
    this.tries = 0;
    this.hooks.state('online');
    this.hooks.ready();
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(this.cut, SILENCE_MS);
  }

  /* Doubles up to half a minute; the jitter keeps a thousand citizens from coming back in the same instant. */
  pause(retryAfter) {
    const longest = Math.min(WAIT_MIN_MS * 2 ** this.tries++, WAIT_MAX_MS);
    const wait = Math.max(longest * (0.5 + Math.random() / 2), (retryAfter || 0) * 1000);
    this.hooks.state(navigator.onLine === false ? 'offline' : 'waiting');
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.kick = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
