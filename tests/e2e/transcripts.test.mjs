// SPDX-License-Identifier: MPL-2.0
// What citizens do in every transcript of every plugin, done in Telegram, in Viber and in the web chat (in the console `viche talk` does
// it): whatever the town says there is within the limits of the messenger, whose fake refuses the rest as the real one does.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { openTelegram } from '../fakes/telegram/server.mjs';
import { openViber } from '../fakes/viber/server.mjs';
import { configureTelegram } from './telegram.mjs';
import { until } from './town.mjs';
import { openViberTowns } from './viber.mjs';

const SOURCE = new URL('../..', import.meta.url).pathname;
const telegram = await openTelegram({ tick: 0.02 });
const viber = await openViber({ tick: 0.05 });
const telegramBot = telegram.bot('1:transcripts', 'town_bot');
const viberBot = viber.account('transcripts', 'kryzhopil');
const town = await openViberTowns(viber, { kryzhopil: 'transcripts' }, '', (folder) => {
  configureTelegram(folder, { api: telegram.origin, token: '1:transcripts' });
  const host = join(folder, 'conf/viche.ini'); // all citizens of the web chat sit at one computer
  writeFileSync(host, readFileSync(host, 'utf8').replace('[limits]', '[limits]\nconnections-ip = 4096'));
});
after(async () => {
  await town.close();
  await Promise.all([telegram.close(), viber.close()]);
});

/* The lines of each transcript in which a citizen does something. */
function transcripts() {
  const folders = ['core/builtin'];
  for (const kind of ['channels', 'services', 'features'])
    for (const plugin of readdirSync(join(SOURCE, 'plugins', kind))) folders.push(join('plugins', kind, plugin));
  return folders.flatMap((folder) => {
    const talks = join(SOURCE, folder, 'talk');
    const files = readdirSync(join(SOURCE, folder)).includes('talk') ? readdirSync(talks) : [];
    return files
      .filter((file) => file.endsWith('.talk'))
      .map((file) => readFileSync(join(talks, file), 'utf8').split('\n'))
      .map((lines) => lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2)));
  });
}

// ---- two messengers, one way to speak ----

const keysOf = (message) => message.reply_markup?.inline_keyboard?.flat().filter((key) => key.callback_data) ?? [];

const inTelegram = {
  chat: (n) => 1000 + n,
  heard: (chat) => telegram.ledger.filter((call) => Number(call.fields.chat_id) === chat).length,
  say: (chat, text) => telegramBot.say(chat, { text }),
  place: (chat, latitude, longitude) => telegramBot.say(chat, { location: { latitude, longitude } }),
  phone: (chat, phone_number) => telegramBot.say(chat, { contact: { phone_number, user_id: chat } }),
  press(chat, label) {
    const messages = [...telegramBot.chat(chat).messages.values()];
    const there = messages.some((message) => keysOf(message).some((key) => key.text === label));
    return there ? telegramBot.press(chat, label) : telegramBot.say(chat, { text: label });
  },
  refused: () => telegram.ledger.filter((call) => /^(send|edit)/.test(call.method) && call.status !== 200),
};

const inViber = {
  chat: (n) => `citizen-${n}`,
  heard: (chat) => viberBot.user(chat).got.length,
  say: (chat, text) => viberBot.say(chat, text),
  place: (chat, lat, lon) => viberBot.say(chat, { type: 'location', location: { lat, lon } }),
  phone: (chat, phone_number) => viberBot.say(chat, { type: 'contact', contact: { phone_number } }),
  press: (chat, label) =>
    viberBot.labels(chat).includes(label) ? viberBot.press(chat, label) : viberBot.say(chat, label),
  refused: () => viber.ledger.filter((call) => call.method === 'send_message' && call.status !== 0),
};

/* The web chat as its client sees it (docs/web-channel.md). */
const web = new Map();
const KINDS = ['answer', 'link', 'place', 'file'];

async function webChat(n) {
  const ask = (path, more) => fetch(`${town.address}web${path}`, more);
  const { chat, token } = await (await ask('/chats', { method: 'POST', body: '{"language":"uk"}' })).json();
  const headers = { authorization: `Bearer ${token}` };
  const abort = new AbortController();
  const got = [];
  const listen = async () => {
    const response = await ask(`/chats/${chat}/events`, { headers, signal: abort.signal });
    const decoder = new TextDecoder();
    let rest = '';
    for await (const part of response.body) {
      const blocks = (rest + decoder.decode(part, { stream: true })).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks.filter((one) => one.includes('event: message')))
        got.push(JSON.parse(block.match(/^data: (.*)$/m)[1]));
    }
  };
  listen().catch(() => {});
  let last = 0;
  /* As the protocol wants it: without an answer, the same again. */
  const post = async (body) => {
    const said = { method: 'POST', headers, body: JSON.stringify({ origin: `o${++last}`, ...body }) };
    for (let tries = 0; tries < 5; tries++) {
      const sent = await ask(`/chats/${chat}/messages`, { ...said, signal: AbortSignal.timeout(15000) }).catch((error) => {
        if (error.name === 'TimeoutError') throw new Error(`for 15 s nobody says anything to ${said.body}`);
      });
      if (!sent) continue;
      assert.equal(sent.status, 202, said.body);
      return;
    }
    assert.fail(`nobody takes ${said.body}`);
  };
  const close = () => abort.abort(); // whether the client's own reading ends, too, is its library's affair
  web.set(n, { got: () => got.filter(({ from }) => from === 'town'), post, close });
}

const inWeb = {
  chat: (n) => n,
  open: webChat,
  close: (n) => web.get(n).close(),
  heard: (chat) => web.get(chat).got().length,
  say: (chat, text) => web.get(chat).post({ text }),
  place: (chat, latitude, longitude) => web.get(chat).post({ place: { latitude, longitude } }),
  phone: (chat, text) => web.get(chat).post({ text }),
  press(chat, label) {
    const buttons = web.get(chat).got().flatMap((message) => message.buttons ?? []);
    const button = buttons.findLast((one) => one.label === label && one.kind === 'answer');
    return web.get(chat).post(button ? { value: button.value, label } : { text: label });
  },
  refused() {
    const fits = ({ text, buttons = [] }) =>
      [...text].length <= 4000 && buttons.length <= 30 &&
      buttons.every(({ label, kind, value }) => [...label].length <= 64 && KINDS.includes(kind) && Buffer.byteLength(value ?? '') <= 256);
    return [...web.values()].flatMap((chat) => chat.got()).filter((message) => !fits(message)).map((fields) => ({ fields, error: 'too much' }));
  },
};

async function act(messenger, chat, line) {
  const before = messenger.heard(chat);
  const [, what, words] = /^@(place|phone) (.*)$/.exec(line) ?? [];
  const label = /^\[(.*)\]$/.exec(line)?.[1];
  if (what === 'place') await messenger.place(chat, ...words.split(',').map(Number));
  else if (what === 'phone') await messenger.phone(chat, words);
  else if (label) await messenger.press(chat, label);
  else await messenger.say(chat, line);
  for (let waited = 0; messenger.heard(chat) === before && waited < 3000; waited += 20) await sleep(20);
  return messenger.heard(chat) > before;
}

async function play(messenger, context) {
  const talks = transcripts();
  let acts = 0;
  let answered = 0;
  const one = async (lines, n) => {
    await messenger.open?.(n);
    for (const line of lines) {
      acts++;
      if (await act(messenger, messenger.chat(n), line)) answered++;
    }
    await messenger.close?.(n);
  };
  const waiting = talks.map((lines, n) => [lines, n]);
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await one(...next);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  context.diagnostic(`${talks.length} transcripts, ${acts} turns, ${answered} answered`);
  assert.deepEqual(
    messenger.refused().map(({ fields, error }) => [error, fields]),
    [],
  );
  assert.ok(talks.length > 20 && answered > acts * 0.9, `${answered} of ${acts}`);
}

test('every transcript fits Telegram', async (context) => {
  await until('the poll', () => telegramBot.poll);
  await play(inTelegram, context);
});

test('every transcript fits Viber', async (context) => {
  await until('the webhook', () => viberBot.webhook);
  await play(inViber, context);
});

test('every transcript fits the web chat', async (context) => {
  await play(inWeb, context);
});
