/* SPDX-License-Identifier: MPL-2.0
 * The wire protocol of docs/web-channel.md. The key of a chat travels in a header, never in an address. */

/* The server answered, and said no. */
export class Refused extends Error {
  constructor(status, words, retryAfter) {
    super(words || '');
    this.status = status;
    this.retryAfter = retryAfter; // seconds, 0 when it did not say
  }

  /* The same request may be taken later; anything else never will be. */
  get passing() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  get closed() {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

const seconds = (text) => Math.min(Math.max(Number(text) || 0, 0), 300);

async function refusal(response) {
  const body = await response.json().catch(() => null);
  return new Refused(
    response.status,
    body && body.error && body.error.message,
    seconds(response.headers.get('retry-after')),
  );
}

export class Server {
  constructor(base) {
    this.base = base; // "https://host/kryzhopil/web"
    this.language = 'uk';
    this.session = null; // {chat, token}
  }

  headers(more) {
    const key = this.session ? { authorization: 'Bearer ' + this.session.token } : {};
    return { 'accept-language': this.language, ...key, ...more };
  }

  async call(method, path, { body, signal, headers } = {}) {
    const json = body ? { 'content-type': 'application/json' } : {};
    const response = await fetch(this.base + path, {
      method,
      signal,
      headers: this.headers({ ...json, ...headers }),
      body: body && JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  chatPath(rest) {
    return `/chats/${this.session.chat}${rest}`;
  }

  about() {
    return this.call('GET', '/about').then((response) => response.json());
  }

  start(payload) {
    const body = { language: this.language, ...(payload ? { start: payload } : {}) };
    return this.call('POST', '/chats', { body }).then((response) => response.json());
  }

  leave() {
    return this.call('DELETE', this.chatPath(''));
  }

  post(message, signal) {
    return this.call('POST', this.chatPath('/messages'), { body: message, signal }).then((response) => response.json());
  }

  file(id) {
    return this.call('GET', this.chatPath('/files/' + encodeURIComponent(id))).then((response) => response.blob());
  }

  events(last, signal) {
    return this.call('GET', this.chatPath('/events'), {
      signal,
      headers: last ? { 'last-event-id': String(last) } : {},
    });
  }

  /* XMLHttpRequest, because fetch cannot tell how much of a body has left. Returns {done: Promise, cancel()}. */
  upload(file, origin, progress) {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, origin });
    const done = new Promise((resolve, reject) => {
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = () => reject(new TypeError('network'));
      request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
      request.onload = () => {
        const body = request.response;
        if (request.status === 201) resolve(body);
        else
          reject(
            new Refused(
              request.status,
              body && body.error && body.error.message,
              seconds(request.getResponseHeader('retry-after')),
            ),
          );
      };
    });
    request.open('POST', `${this.base}${this.chatPath('/files')}?${query}`);
    request.responseType = 'json';
    const headers = this.headers({ 'content-type': file.type || 'application/octet-stream' });
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(file);
    return { done, cancel: () => request.abort() };
  }
}
