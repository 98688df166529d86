// SPDX-License-Identifier: MPL-2.0
// The real host against telegram-test-api, a fake by others: that we are not only understood by our own.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, test } from 'node:test';

import TelegramServer from 'telegram-test-api';

import { openTelegramTown } from '../e2e/telegram.mjs';
import { until } from '../e2e/town.mjs';

const TOKEN = '666:peer';

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const free = probe.address().port;
    probe.close(() => resolve(free));
  });
});
const server = new TelegramServer({ port, host: '127.0.0.1' });
await server.start();
const town = await openTelegramTown({ api: `http://127.0.0.1:${port}`, token: TOKEN });
after(async () => {
  await town.close();
  await server.stop();
});

const client = server.getClient(TOKEN, { chatId: 7, userId: 7, type: 'private', languageCode: 'uk' });
const told = async () => (await client.getUpdatesHistory()).filter((entry) => entry.message?.chat_id !== undefined);

async function says(text) {
  const before = (await told()).length;
  await client.sendMessage(client.makeMessage(text));
  return until('an answer', async () => (await told())[before]?.message);
}

test('a citizen is greeted and shown the menu', async () => {
  assert.match((await says('/start')).text, /Крижопільськ/);
  const menu = await says('меню');
  assert.ok(menu.reply_markup.inline_keyboard.flat().length > 1);
  assert.equal(menu.parse_mode, 'HTML');
});

test('a pressed button is answered', async () => {
  const query = client.makeCallbackQuery('/help');
  const before = (await told()).length;
  await client.sendCallback(query);
  await until('an answer', async () => (await told()).length > before);
});
