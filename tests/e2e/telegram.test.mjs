// SPDX-License-Identifier: MPL-2.0
// The real host and a Telegram of our own, on loopback: what citizens meet, and that nothing is lost when something
// breaks.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Refusal } from '../fakes/telegram/html.mjs';
import { openTelegram } from '../fakes/telegram/server.mjs';
import { everythingWritten, memoryOf } from './canary.mjs';
import { png } from './picture.mjs';
import { configureTelegram, openTelegramTown } from './telegram.mjs';
import { until } from './town.mjs';

const TOKEN = '123456789:CANARY-the-token-that-nobody-may-see';
const SECRET = 'CANARY_webhook_secret';

const telegram = await openTelegram({ tick: 0.02 });
const bot = telegram.bot(TOKEN, 'kryzhopil_bot');
const options = { api: telegram.origin, token: TOKEN, secret: SECRET };
const town = await openTelegramTown(options);
after(async () => {
  await town.close();
  await telegram.close();
});

// ---- what a chat has been told ----

const calls = (method) => telegram.ledger.filter((call) => call.method === method);
const to = (chat) => (call) => Number(call.fields.chat_id) === chat;
const told = (chat) =>
  telegram.ledger.filter((call) => /^(send|edit)/.test(call.method) && call.status === 200).filter(to(chat));
const text = (call) => call.fields.text ?? call.fields.caption ?? '';

/* Waits for the next message to the chat after the ones in `seen`; fits: one that the test waits for. */
async function next(chat, seen, fits = () => true) {
  return until(`a message to ${chat}`, () => told(chat).slice(seen).find(fits));
}

async function says(chat, content, fits) {
  const seen = told(chat).length;
  bot.say(chat, typeof content === 'string' ? { text: content } : content);
  return next(chat, seen, fits);
}

async function presses(chat, label, fits) {
  const seen = told(chat).length;
  bot.press(chat, label);
  return next(chat, seen, fits);
}

const labels = (call) => {
  const keys =
    typeof call.fields.reply_markup === 'string' ? JSON.parse(call.fields.reply_markup) : call.fields.reply_markup;
  return (keys?.inline_keyboard ?? keys?.keyboard ?? []).flat().map((key) => key.text);
};

// ---- setting up ----

test('the bot is set up once, in the languages of the town', async () => {
  await until('getUpdates', () => calls('getupdates').length > 0);
  assert.deepEqual(
    telegram.ledger.slice(0, 10).map((call) => call.method),
    [
      'getme',
      'deletewebhook',
      ...Array(2).fill(['setmycommands', 'setmyname', 'setmydescription', 'setmyshortdescription']),
    ].flat(),
  );
  assert.equal(bot.words['name/'], 'Крижопільська громада');
  assert.equal(bot.words['name/en'], 'Kryzhopil community');
  assert.deepEqual(
    bot.words['commands/'].map(({ command }) => command),
    ['menu', 'help', 'language', 'mydata'],
  );
});

// ---- talking ----

test('a citizen begins, leafs through the menu and finds an institution', async () => {
  const hello = await says(7, '/start');
  assert.match(text(hello), /Крижопільськ/);
  const menu = await says(7, 'меню', (call) => labels(call).includes('🏡 Моя громада'));
  assert.equal(menu.method, 'sendmessage');
  const block = await presses(7, '🏡 Моя громада');
  assert.equal(block.method, 'editmessagetext', 'a menu is written over the one before');
  assert.ok(labels(block).length > 1, labels(block).join());
  await until('the circle stops', () => [...bot.callbacks.values()].every((query) => query.answered));
});

test('a menu that cannot be written over comes as a new message', async () => {
  await says(7, 'меню', (call) => labels(call).includes('🏡 Моя громада'));
  telegram.faults.push({ on: 'editMessageText', times: 1, status: 400 });
  const block = await presses(7, '🏡 Моя громада');
  assert.equal(block.method, 'sendmessage');
});

test('a button of long ago leads somewhere', async () => {
  bot.keepMessage(bot.chat(7), {
    text: 'давно',
    reply_markup: { inline_keyboard: [[{ text: 'Давній', callback_data: '#999999' }]] },
  });
  const answer = await presses(7, 'Давній');
  assert.ok(labels(answer).length > 0, text(answer));
});

test('a deep link is a start with its payload', async () => {
  const answer = await says(8, '/start directory');
  assert.ok(text(answer));
});

test('the link that the tool prints opens what it says', async () => {
  const printed = town.viche('link', 'kryzhopil', 'telegram', '--payload', 'directory kinds');
  const start = /https:\/\/t\.me\/kryzhopil_bot\?start=([A-Za-z0-9_-]{1,64})/.exec(printed)?.[1];
  assert.ok(start, printed);
  const plain = await says(16, '/start');
  const opened = await says(16, `/start ${start}`);
  assert.notEqual(text(opened), text(plain));
});

test('a place that was shared finds the nearest', async () => {
  await says(7, '/nearest', (call) => call.fields.reply_markup?.keyboard);
  const asked = told(7).at(-1);
  assert.ok(asked.fields.reply_markup.keyboard.flat().some((key) => key.request_location));
  const nearest = await says(7, { location: { latitude: 48.3794, longitude: 28.8645 } });
  assert.ok(text(nearest));
});

test('words that are no markup stay words', async () => {
  await says(9, '/start');
  const answer = await says(9, '<b>{secret:token}</b> & «хто»');
  assert.ok(!JSON.stringify(telegram.ledger).includes('CANARY'));
  assert.equal(answer.status, 200);
});

const picture = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
);

test('a picture is brought from Telegram', async () => {
  const seen = told(9).length;
  bot.say(9, { photo: picture, caption: 'яма' });
  const files = join(town.folder, 'data/kryzhopil/files');
  await until('the file', () => existsSync(files) && readdirSync(files).length > 0);
  await next(9, seen);
});

test('pictures sent together come as one and are answered once', async () => {
  await says(18, '/start');
  const seen = told(18).length;
  for (let i = 0; i < 4; i++) bot.say(18, { photo: picture, media_group_id: '13579' });
  const answer = await next(18, seen);
  await says(18, '/help', (call) => text(call) !== text(answer));
  assert.equal(told(18).filter((call) => text(call) === text(answer)).length, 1);
});

test('pictures that the town shows together come as one album', async () => {
  await says(20, '/files');
  for (let i = 0; i < 2; i++) bot.say(20, { photo: picture, media_group_id: '24680' });
  const album = await until('the album', () => told(20).find((call) => call.method === 'sendmediagroup'));
  assert.equal(album.result.length, 2);
  assert.equal(Object.keys(album.files).length, 2);
  const words = await until('the words with their button', () => told(20).find((call) => text(call).includes('Файлів: 2')));
  assert.ok(labels(words).length > 0, 'an album bears no buttons');
});

test('a picture that Telegram will not show comes as a file, and its words come in any case', async () => {
  const shows = async (data, fits) => {
    await says(21, '/files');
    await says(21, { document: { data, name: 'схема.png' } });
    return presses(21, 'Готово', fits);
  };
  const wide = await shows(png(2100, 100), (call) => text(call).includes('Файлів: 1'));
  assert.equal(wide.method, 'senddocument');
  assert.equal(calls('sendphoto').filter(to(21)).at(-1).status, 400);
  const right = await shows(png(2000, 100), (call) => text(call).includes('Файлів: 1'));
  assert.equal(right.method, 'sendphoto');
  telegram.faults.push({ on: 'sendDocument', times: 1, status: 400 });
  const words = await shows(png(9000, 1001), (call) => text(call).includes('Файлів: 1'));
  assert.equal(words.method, 'sendmessage');
});

test('a file that Telegram cannot give now is brought later', async () => {
  await says(19, '/start');
  const files = join(town.folder, 'data/kryzhopil/files');
  const before = readdirSync(files).length;
  telegram.faults.push({ on: 'getFile', times: 1, status: 429, retry_after: 1 }, { on: 'file', times: 1, status: 502 });
  bot.say(19, { photo: picture });
  await until('the citizen is told', () => told(19).some((call) => text(call).startsWith('Файл ще не дійшов')));
  await until('the file', () => readdirSync(files).length > before);
});

test('a file of 20 MB is brought', async () => {
  const files = join(town.folder, 'data/kryzhopil/files');
  const before = readdirSync(files).length;
  bot.say(9, { document: { data: Buffer.alloc(20 * 1024 * 1024, 'слова '), name: 'довідка.txt' } });
  await until('the file', () => readdirSync(files).filter((name) => !name.endsWith('.part')).length > before, 30);
});

test('a file too large or not what it says is not kept, and the citizen hears it', async () => {
  const files = join(town.folder, 'data/kryzhopil/files');
  const before = readdirSync(files).length;
  for (const data of [Buffer.alloc(21 * 1024 * 1024, 'x'), Buffer.from('#!/bin/sh\nreboot\n')])
    assert.ok(text(await says(9, { document: { data, name: 'яма.jpg' } })));
  assert.equal(readdirSync(files).length, before);
});

test('an id of 52 bits is an id', async () => {
  await says(2 ** 52 - 1, '/start');
});

test('whoever edits much, and a group that commands much, hears the same once', async () => {
  await says(17, '/start');
  const seen = told(17).length;
  for (let i = 0; i < 30; i++) {
    bot.say(17, { text: `інакше ${i}` }, { edited: 1_700_000_000, twice: true });
    bot.say(17, { text: '/start@kryzhopil_bot' }, { chat: -1009 });
  }
  assert.match(text(await next(17, seen)), /ще раз/);
  await next(-1009, 0);
  await says(17, '/about', (call) => /Крижопіль/.test(text(call)));
  assert.equal(told(17).length, seen + 2);
  assert.equal(told(-1009).length, 1);
});

test('an edited answer is explained, a group is shown the way', async () => {
  const explained = await (async () => {
    const seen = told(9).length;
    bot.say(9, { text: 'інакше' }, { edited: true });
    return next(9, seen);
  })();
  assert.match(text(explained), /ще раз/);
  bot.chat(-1001234567890);
  bot.say(7, { text: '/start@kryzhopil_bot' }, { chat: -1001234567890 });
  assert.match(text(await next(-1001234567890, 0)), /t\.me\/kryzhopil_bot/);
});

test('a chat that has another id now hears there what was said to the old one, and what follows', async () => {
  bot.chat(-1005);
  bot.chat(-100555);
  bot.chats.get(-1005).migrated = -100555;
  bot.say(7, { text: '/start@kryzhopil_bot' }, { chat: -1005 });
  assert.match(text(await next(-100555, 0)), /t\.me\/kryzhopil_bot/);
  await says(63, '/start');
  bot.chat(64);
  bot.chats.get(63).migrated = 64;
  bot.say(63, { text: '/about' });
  bot.say(63, { text: '/help' });
  await until('both answers', () => told(64).length >= 2);
  const [about, help] = told(64);
  assert.equal(text(about), text(await says(65, '/about')));
  assert.notEqual(text(about), text(help));
});

// ---- trouble ----

test('what comes twice is taken once', async () => {
  bot.say(15, { text: '/about' }, { twice: true });
  const about = await next(15, 0);
  await says(15, '/help', (call) => text(call) !== text(about));
  assert.equal(told(15).filter((call) => text(call) === text(about)).length, 1);
});

test('numbers that begin anew lose nothing', async () => {
  bot.restartIds(5);
  await says(7, '/about');
  await says(7, '/help');
});

test('429 is obeyed to the second, 5xx is tried again, the order stays', async () => {
  telegram.faults.push({ on: 'sendMessage', times: 1, status: 429, retry_after: 2 });
  const began = Date.now();
  const seen = told(10).length;
  bot.say(10, { text: '/about' });
  await next(10, seen);
  assert.ok(Date.now() - began >= 2000, `${Date.now() - began} ms`);
  telegram.faults.push({ on: 'sendMessage', times: 1, status: 502 });
  await says(10, '/help');
});

test('who blocks the town hears nothing until coming back', async () => {
  await says(11, '/start');
  bot.block(11);
  bot.say(11, { text: '/about' });
  await until('403', () => calls('sendmessage').some((call) => to(11)(call) && call.status === 403));
  bot.block(11, false);
  assert.ok(await says(11, '/about'));
});

test('a stalled answer of one chat keeps no other waiting', async () => {
  telegram.faults.push({ on: 'sendMessage', times: 1, stall: 3000 });
  bot.say(12, { text: '/about' });
  await until('the stall', () => telegram.ledger.some((call) => call.method === 'sendmessage' && to(12)(call)));
  const began = Date.now();
  await says(13, '/about');
  assert.ok(Date.now() - began < 1500, `${Date.now() - began} ms`);
  await next(12, 0);
});

/* So many citizens write at once; in the middle of it `kill` happens. Nobody hears the same more often than `atMost`. */
async function crowd(context, first, size, kill, atMost = 2) {
  const counts = new Map(Array.from({ length: size }, (_, i) => [first + i, 0]));
  let answered = 0;
  const count = (call) => {
    const chat = Number(call.fields.chat_id);
    if (call.method !== 'sendmessage' || call.status !== 200 || !counts.has(chat)) return;
    counts.set(chat, counts.get(chat) + 1);
    if (counts.get(chat) === 1 && ++answered === size / 4) kill();
  };
  telegram.listeners.add(count);
  for (const chat of counts.keys()) bot.say(chat, { text: '/about' });
  await until('all are answered', () => answered === size, 40);
  await says(first, '/help');
  telegram.listeners.delete(count);
  const most = Math.max(...[...counts].slice(1).map(([, times]) => times));
  context.diagnostic(`${[...counts].slice(1).filter(([, times]) => times > 1).length} of ${size} heard the same twice`);
  assert.ok(most <= atMost, `${most} times the same`);
}

test('kill -9 of the workers loses nobody', (context) => crowd(context, 10_000, 1000, () => town.kill('worker')));

test('kill -9 of the gateway loses nobody', (context) => crowd(context, 20_000, 1000, () => town.kill('gateway')));

async function changeMode(mode, more = {}) {
  configureTelegram(town.folder, { ...options, mode, ...more });
  town.reload();
  await until(mode, () => Boolean(bot.webhook) === (mode === 'webhook'));
}

const rode = (chat) => told(chat).filter((call) => call.rode).length;

test('a reply rides in the answer to the webhook; what it cannot carry goes its own way', async () => {
  await changeMode('webhook', { perSecond: 0 });
  await says(30, '/start');
  await says(30, '/about', (call) => call.rode);
  await says(30, '/menu', (call) => labels(call).length > 1);
  const before = calls('answercallbackquery').length;
  await presses(30, labels(told(30).at(-1))[0]);
  await until('the pressed button is answered', () => calls('answercallbackquery').length > before);
  assert.ok(!told(30).at(-1).rode, 'the answer to the pressed button rode');
  await changeMode('webhook', { more: 'answer-in-webhook = no' });
  await until('the reload: nothing rides', async () => !(await says(30, '/about')).rode);
});

test('what rides is said exactly once, whoever is killed', async (context) => {
  await changeMode('webhook', { perSecond: 0 });
  await until('the reload: replies ride', async () => (await says(30, '/about')).rode);
  await crowd(context, 30_000, 1000, () => town.kill('worker'), 1);
  await crowd(context, 40_000, 1000, () => town.kill('gateway'), 1);
  assert.ok(rode(30_001) + rode(30_002) + rode(40_001) > 0, 'it was about what rides');
  await changeMode('polling');
});

/* What rode in an answer rides again when Telegram asks again, for then it never arrived: only without that may a call come twice. */
for (const { how, first, more, twins } of [
  { how: 'answers ride', first: 50_000, more: '', twins: false },
  { how: 'some come twice', first: 51_000, more: 'answer-in-webhook = no', twins: true },
])
  test(`webhooks that overtake each other lose nothing and double nothing: ${how}`, async () => {
    const about = text(await says(65, '/about'));
    const help = text(await says(65, '/help'));
    await changeMode('webhook', { perSecond: 0, more });
    const chats = Array.from({ length: 40 }, (_, i) => first + i);
    await until('the reload', async () => Boolean((await says(first, '/about')).rode) !== twins);
    const seen = new Map(chats.map((chat) => [chat, told(chat).length]));
    for (const chat of chats) {
      bot.say(chat, { text: '/about' }, { late: 200 + (chat % 7) * 40, twice: twins && chat % 2 === 0 });
      bot.say(chat, { text: '/help' }, { twice: twins && chat % 3 === 0 });
    }
    const heard = (chat) => told(chat).slice(seen.get(chat)).map(text);
    await until('all are heard', () => chats.every((chat) => heard(chat).includes(about) && heard(chat).includes(help)));
    await until('nothing is under way', () => bot.pending().length === 0);
    for (const chat of chats) await says(chat, '/menu', (call) => labels(call).length > 1);
    for (const chat of chats) {
      const both = heard(chat).filter((words) => words === about || words === help);
      assert.equal(both.length, 2, `chat ${chat} heard ${both.length} answers to two questions`);
    }
    const overtaken = chats.filter((chat) => heard(chat).indexOf(help) < heard(chat).indexOf(about));
    assert.ok(overtaken.length >= 20, `${overtaken.length} did overtake`);
    await changeMode('polling');
  });

test('a webhook takes over and gives back', async () => {
  configureTelegram(town.folder, { ...options, mode: 'webhook' });
  town.reload();
  await until('setWebhook', () => bot.webhook);
  assert.equal(bot.webhook.secret, SECRET);
  await says(7, '/about');
  const update = {
    update_id: 1,
    message: { message_id: 1, date: 1, chat: { id: 77, type: 'private' }, text: '/about' },
  };
  const post = async (body, secret, path = 'telegram/hook') => {
    const headers = secret ? { 'x-telegram-bot-api-secret-token': secret } : {};
    return (await fetch(`${town.address}${path}`, { method: 'POST', headers, body })).status;
  };
  for (const secret of [undefined, 'guessed', SECRET.slice(1), `${SECRET}0`, TOKEN])
    assert.equal(await post(JSON.stringify(update), secret), 403, secret);
  for (const body of [
    '',
    '{',
    '[]',
    '{"update_id":1,"update_id":2}',
    JSON.stringify(update).slice(9),
  ])
    assert.equal(await post(body, SECRET), 200, `${body}: refused, it would come again for a day and hold up its chat`);
  assert.equal(await post(JSON.stringify(update), SECRET, 'telegram/other'), 404);
  assert.equal((await fetch(`${town.origin}/sharhorod/telegram/hook`, { method: 'POST', body: '{}' })).status, 404);
  assert.equal(told(77).length, 0);
  assert.equal(await post(JSON.stringify(update), SECRET), 200);
  assert.equal(await post(JSON.stringify({ ...update, update_id: 2 }), SECRET), 200, 'replayed');
  configureTelegram(town.folder, options);
  town.reload();
  await until('deleteWebhook', () => !bot.webhook);
  await says(7, '/help');
});

test('a new secret is told to Telegram at once, and nobody is refused for long', async () => {
  await changeMode('webhook');
  await says(62, '/start');
  await changeMode('webhook', { secret: 'CANARY_another_secret' });
  await until('the new secret', () => bot.webhook.secret === 'CANARY_another_secret');
  await says(62, '/about');
  await changeMode('polling');
});

test('half a character costs nobody their message, by a webhook and by asking', async () => {
  for (const [mode, chat] of [['webhook', 60], ['polling', 61]]) {
    await changeMode(mode);
    await says(chat, '/start');
    await says(chat, 'яма \ud83d');
    await says(chat, '/about', (call) => /Крижопіль/.test(text(call)));
    assert.equal(bot.pending().filter(({ update }) => update.message?.chat.id === chat).length, 0);
  }
});

test('a revoked token raises the alarm, and what waits at Telegram is answered when there is one again', async () => {
  bot.revoked = true;
  bot.poll.look = () => bot.poll.end(new Refusal(401, 'Unauthorized'));
  bot.say(14, { text: '/about' });
  await until('the alarm', () => town.log.join('').includes('refuses the token'));
  assert.equal(told(14).length, 0);
  bot.revoked = false;
  town.reload();
  await next(14, 0);
});

test('the token is seen nowhere, and no worker knows it', () => {
  const everywhere = everythingWritten(town, ['token', 'secret']);
  assert.ok(everywhere.length > 3);
  assert.ok(everywhere.every((text) => !text.includes('CANARY')));
  for (const pid of [...town.pids('worker'), ...town.pids('gateway')])
    assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /Max core file size +0 +0 /, 'no core dump of a process that knows it');
  for (const pid of town.pids('worker')) {
    const memory = memoryOf(pid);
    assert.ok(memory.includes('telegram'), 'the memory was read');
    assert.ok(!memory.includes('CANARY'));
  }
});
