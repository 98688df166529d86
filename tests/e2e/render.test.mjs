// SPDX-License-Identifier: MPL-2.0
// One town in both messengers. Somebody presses every button there is, in each of them; the messenger refuses nothing that it is
// asked to show, and both tell the same.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { openTelegram } from '../fakes/telegram/server.mjs';
import { openViber } from '../fakes/viber/server.mjs';
import { configureTelegram } from './telegram.mjs';
import { until } from './town.mjs';
import { openViberTowns } from './viber.mjs';

const STEPS_MAX = 250;
const QUIET_MS = 120;

const telegram = await openTelegram({ tick: 0.02 });
const viber = await openViber({ tick: 0.05 });
const bots = { telegram: telegram.bot('123456789:the-token', 'kryzhopil_bot'), viber: viber.account('the-token', 'kryzhopil') };
const town = await openViberTowns(viber, { kryzhopil: 'the-token' }, '', (folder) =>
  configureTelegram(folder, { api: telegram.origin, token: '123456789:the-token' }),
);
after(async () => {
  await town.close();
  await telegram.close();
  await viber.close();
});

// ---- a chat in each messenger: what was heard, what can be pressed ----

const inTelegram = (id) => {
  const heard = () =>
    telegram.ledger.filter(({ method, fields, status }) => /^(send|edit)/.test(method) && status === 200 && Number(fields.chat_id) === id);
  const keys = ({ fields: { reply_markup: markup } }) => (typeof markup === 'string' ? JSON.parse(markup) : markup)?.inline_keyboard ?? [];
  return {
    heard: () => heard().map(({ fields }) => fields.text ?? fields.caption ?? ''),
    labels: () => keys(heard().at(-1)).flat().filter((key) => key.callback_data).map((key) => key.text),
    say: (text) => bots.telegram.say(id, { text }),
    press: (label) => bots.telegram.press(id, label),
  };
};

const inViber = (id) => ({
  heard: () => bots.viber.user(id).got.map(({ text }) => text ?? ''),
  labels: () => bots.viber.labels(id, 'reply'),
  say: (text) => bots.viber.say(id, text),
  press: (label) => bots.viber.press(id, label),
});

// ---- walking ----

/* Does it, and waits until the town has said all it has to say. */
async function act(chat, what) {
  const before = chat.heard().length;
  await what();
  await until('an answer', () => chat.heard().length > before);
  for (let count = -1; count !== chat.heard().length; await sleep(QUIET_MS)) count = chat.heard().length;
}

/* Presses what was not pressed yet, wherever it turns up. Returns the labels in their order. */
async function walk(chat) {
  const pressed = new Set();
  await act(chat, () => chat.say('/start'));
  for (let steps = 0, idle = 0; steps < STEPS_MAX && idle < 2; steps++) {
    const label = chat.labels().find((one) => !pressed.has(one));
    idle = label ? 0 : idle + 1;
    if (label) pressed.add(label);
    await act(chat, () => (label ? chat.press(label) : chat.say('/menu')));
  }
  return pressed;
}

test('everything that can be pressed is shown by Viber', async (context) => {
  await until('the webhook', () => bots.viber.webhook);
  const pressed = await walk(inViber('anna'));
  context.diagnostic(`${pressed.size} buttons`);
  assert.ok(pressed.size > 40);
  assert.deepEqual(viber.ledger.filter(({ status }) => status !== 0), []);
});

test('everything that can be pressed is shown by Telegram', async (context) => {
  const pressed = await walk(inTelegram(7));
  context.diagnostic(`${pressed.size} buttons`);
  assert.ok(pressed.size > 40);
  assert.deepEqual(telegram.ledger.filter(({ status }) => status >= 400), []);
});

test('both tell the same', async () => {
  const plain = (text) => text.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  for (const words of ['/about', '/help', 'аптека', 'коли працює ЦНАП?']) {
    const said = [];
    for (const chat of [inViber('olha'), inTelegram(8)]) {
      const before = chat.heard().length;
      await act(chat, () => chat.say(words));
      said.push(plain(chat.heard().slice(before).filter(Boolean).join('\n'))); // a place has no words
    }
    assert.equal(said[0], said[1], words);
  }
});
