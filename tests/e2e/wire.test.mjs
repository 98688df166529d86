// SPDX-License-Identifier: MPL-2.0
// docs/web-channel.md against the real host, without a browser: what a client of one's own would meet, good and bad.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openTown, until } from './town.mjs';

const town = await openTown();

const ask = (method, path, { token, headers, body, lang = 'uk' } = {}) =>
  fetch(`${town.address}web${path}`, {
    method,
    body,
    headers: { 'accept-language': lang, ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
  });

async function begin() {
  const response = await ask('POST', '/chats', { body: '{"language":"uk"}' });
  assert.equal(response.status, 201);
  const { chat, token } = await response.json();
  const at = (method, rest, more) => ask(method, `/chats/${chat}${rest}`, { token, ...more });
  return {
    chat,
    token,
    at,
    say: (origin, text) => at('POST', '/messages', { body: JSON.stringify({ origin, text }) }),
  };
}

/* Reads events after `last` until `enough(messages)`; the ids come in order and once, or this throws. */
async function hear(chat, last, enough) {
  const abort = new AbortController();
  const response = await fetch(`${town.address}web/chats/${chat.chat}/events`, {
    signal: abort.signal,
    headers: { authorization: `Bearer ${chat.token}`, ...(last ? { 'last-event-id': String(last) } : {}) },
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  const messages = [];
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const part of response.body) {
      const blocks = (rest + decoder.decode(part, { stream: true })).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks.filter((block) => block.includes('event: message'))) {
        const message = JSON.parse(block.match(/^data: (.*)$/m)[1]);
        assert.equal(String(message.id), block.match(/^id: (.*)$/m)[1]);
        assert.ok(message.id > (messages.at(-1)?.id ?? last), 'ids rise');
        messages.push(message);
      }
      if (enough(messages)) break;
    }
  } finally {
    abort.abort();
  }
  return messages;
}

test('what was missed comes after Last-Event-ID, once and in order', async () => {
  const chat = await begin();
  const first = await hear(chat, 0, (all) => all.length > 0);
  for (const word of ['раз', 'два', 'три'])
    assert.equal((await chat.say(word === 'раз' ? 'a' : word === 'два' ? 'b' : 'c', word)).status, 202);
  const later = await hear(chat, first.at(-1).id, (all) => all.filter((message) => message.from === 'me').length === 3);
  assert.deepEqual(
    later.filter((message) => message.from === 'me').map((message) => message.text),
    ['раз', 'два', 'три'],
  );
  assert.deepEqual(
    later.filter((message) => message.from === 'me').map((message) => message.origin),
    ['a', 'b', 'c'],
  );
});

test('the same origin is heard once, and answered the same', async () => {
  const chat = await begin();
  const first = await (await chat.say('same', 'меню')).json();
  const second = await (await chat.say('same', 'меню')).json();
  assert.deepEqual(second, first);
  const all = await hear(chat, 0, (messages) => messages.some((message) => message.origin === 'same'));
  assert.equal(all.filter((message) => message.origin === 'same').length, 1);
});

test('a stream goes on through the death of workers and gateway without loss or repetition', async () => {
  const chat = await begin();
  const heard = [];
  let last = 0;
  const listen = async () => {
    const more = await hear(chat, last, (all) => all.filter((message) => message.from === 'me').length > 0).catch(
      () => [],
    );
    heard.push(...more);
    last = heard.at(-1)?.id ?? 0;
  };
  for (let i = 0; i < 6; i++) {
    if (i % 3 === 1) town.kill('worker');
    if (i % 3 === 2) town.kill('gateway');
    await until(`message ${i} is taken`, () =>
      chat.say(`n${i}`, `слово ${i}`).then(
        (response) => response.status === 202,
        () => false,
      ),
    );
    await until(
      `message ${i} is heard`,
      async () => (await listen(), heard.some((message) => message.origin === `n${i}`)),
    );
  }
  const ids = heard.map((message) => message.id);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => a - b),
  );
  assert.deepEqual(
    heard.filter((message) => message.from === 'me').map((message) => message.text),
    [0, 1, 2, 3, 4, 5].map((i) => `слово ${i}`),
  );
});

test('a file comes back as it went up, as an attachment, to its own chat only', async () => {
  const chat = await begin();
  const stranger = await begin();
  const up = await chat.at('POST', '/files?origin=f1&name=' + encodeURIComponent('../../etc/план.txt'), {
    body: 'план\n',
    headers: { 'content-type': 'text/plain' },
  });
  assert.equal(up.status, 201);
  const { file } = await up.json();
  assert.equal(file.name, 'план.txt');
  const down = await chat.at('GET', `/files/${file.id}`);
  assert.equal(await down.text(), 'план\n');
  assert.match(down.headers.get('content-disposition'), /^attachment/);
  assert.equal(down.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await ask('GET', `/chats/${stranger.chat}/files/${file.id}`, { token: stranger.token })).status, 404);
});

test('leaving is heard', async () => {
  const chat = await begin();
  assert.equal((await chat.at('DELETE', '')).status, 204);
});

test('bad requests are refused in words, each with its reason', async () => {
  const chat = await begin();
  const other = await begin();
  const post = (body, more) => chat.at('POST', '/messages', { body, ...more });
  const cases = [
    [400, 'bad-json', () => post('{"origin":"1","text":')],
    [400, 'bad-json', () => post('{"origin":"1","origin":"2","text":"a"}')],
    [400, 'bad-json', () => post(`{"a":${'['.repeat(60000)}`)],
    [400, 'bad-json', () => post(Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d]))],
    [400, 'bad-message', () => post('{"origin":"1"}')],
    [400, 'bad-message', () => post('{"origin":"../..","text":"a"}')],
    [400, 'bad-after', () => chat.at('GET', '/events?after=minus')],
    [400, 'no-file', () => chat.at('POST', '/files?origin=f2&name=a', { body: '' })],
    [401, 'no-token', () => ask('GET', `/chats/${chat.chat}/events`)],
    [401, 'bad-token', () => ask('GET', `/chats/${chat.chat}/events`, { token: 'forged' })],
    [403, 'not-yours', () => ask('GET', `/chats/${chat.chat}/events`, { token: other.token })],
    [404, 'not-here', () => ask('GET', '/chats/nobody/events', { token: other.token })],
    [404, 'not-here', () => ask('GET', '/qr/nothing.svg')],
    [404, '', () => ask('GET', '/nothing')],
    [405, '', () => ask('PUT', '/chats')],
    [413, '', () => post(`{"origin":"1","text":"${'а'.repeat(70000)}"}`)],
  ];
  for (const [status, code, send] of cases) {
    const response = await send();
    const body = await response.text();
    assert.equal(response.status, status, `${send}: ${body}`);
    const { error } = JSON.parse(body);
    assert.ok(error.message.length > 10, `${send}: words`);
    assert.match(error.message, /[а-яїієґ]/, `${send}: Ukrainian`);
    if (code) assert.equal(error.code, code, `${send}`);
  }
  const english = await ask('GET', `/chats/${chat.chat}/events`, { lang: 'en-GB,en;q=0.9' });
  assert.match((await english.json()).error.message, /key/);
  assert.equal((await chat.say('still', 'здається, все добре')).status, 202);
});

test('a path with tricks reaches no file', async () => {
  for (const path of [
    '/static/../viche.ini',
    '/static/%2e%2e/%2e%2e/etc/passwd',
    '/kryzhopil/web/chats/..%2f..%2fx/events',
    '/static/..%5cx',
    '/%00',
  ]) {
    const answer = await new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(town.origin).port), '127.0.0.1', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
      );
      socket
        .on('data', (bytes) => (text += bytes))
        .on('close', () => resolve(text))
        .on('error', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 40[0-9] /, path);
  }
});

test('the widget is one file under 20 kB', async () => {
  const script = await fetch(`${town.origin}/static/widget.js`);
  assert.match(script.headers.get('content-type'), /javascript; charset=utf-8/i);
  const bytes = gzipSync(await script.text(), { level: 9 }).length;
  assert.ok(bytes < 20000, `${bytes} bytes`);
});

test('the host stops when asked to', async () => assert.equal(await town.close(), 0));
