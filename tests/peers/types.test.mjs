// SPDX-License-Identifier: MPL-2.0
// Every call that the town made while talking, checked against the types of the Bot API (@grammyjs/types, by tsc).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { JPEG } from '../e2e/picture.mjs';
import { openTelegramTown } from '../e2e/telegram.mjs';
import { until } from '../e2e/town.mjs';
import { openTelegram } from '../fakes/telegram/server.mjs';

const HERE = new URL('.', import.meta.url).pathname;
const NAMES = [
  'getMe',
  'deleteWebhook',
  'setWebhook',
  'getWebhookInfo',
  'setMyCommands',
  'setMyName',
  'setMyDescription',
];
NAMES.push(
  'setMyShortDescription',
  'getUpdates',
  'sendMessage',
  'editMessageText',
  'sendLocation',
  'answerCallbackQuery',
);
NAMES.push('getFile', 'sendPhoto', 'sendDocument', 'sendMediaGroup', 'sendChatAction');

const telegram = await openTelegram({ tick: 0.02 });
const bot = telegram.bot('1:types', 'town_bot');
const town = await openTelegramTown({ api: telegram.origin, token: '1:types', secret: 'types', mode: 'webhook' });
after(async () => {
  await town.close();
  await telegram.close();
});

const answers = () => telegram.ledger.filter((call) => /^(send|edit)/.test(call.method)).length;

async function answered(act) {
  const before = answers();
  act();
  await until('an answer', () => answers() > before);
}

/* Of a form, values are text: nested ones are read, and a file is whatever the types call one. */
function argument({ method, fields, files }) {
  const read = (value) => (typeof value === 'string' && /^[{[]/.test(value) ? JSON.parse(value) : value);
  const plain = method === 'sendmessage' || method === 'editmessagetext' ? (value) => value : read;
  const json = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(plain(value))}`);
  const named = Object.keys(files).filter((key) => !JSON.stringify(fields).includes(`attach://${key}`)); // others are parts, no arguments
  const all = [...json, ...named.map((key) => `${key}: file`)];
  return all.length ? `{ ${all.join(', ')} }` : '';
}

function program(calls) {
  const lines = calls.map((call) => {
    const name = NAMES.find((known) => known.toLowerCase() === call.method);
    assert.ok(name, `${call.method} is a method that this test knows`);
    return `api.${name}(${argument(call)});`;
  });
  return [
    "import type { ApiMethods } from '@grammyjs/types';",
    'declare const api: ApiMethods<File>;',
    'declare const file: File;',
    'interface File { bytes: string }',
    ...lines,
  ].join('\n');
}

test('every call fits the types of the Bot API', async (context) => {
  await until('the webhook', () => bot.webhook);
  await answered(() => bot.say(7, { text: '/start' }));
  for (const text of [
    'меню',
    '/nearest',
    'скасувати',
    '/directory',
    '/faq',
    '/help',
    '/language',
    '/mydata',
    '/about',
    'асфальт',
  ])
    await answered(() => bot.say(7, { text }));
  await answered(() => bot.say(7, { location: { latitude: 48.3794, longitude: 28.8645 } }));
  await answered(() => bot.say(7, { photo: Buffer.from('x') }));
  await answered(() => bot.say(7, { text: '/files' }));
  await answered(() => [1, 2].forEach(() => bot.say(7, { photo: JPEG, media_group_id: '1' })));
  await until('the album', () => telegram.ledger.some((call) => call.method === 'sendmediagroup'));
  await answered(() => bot.say(7, { text: 'меню' }));
  await answered(() => bot.press(7, '🏡 Моя громада'));
  await answered(() => bot.say(7, { text: 'x' }, { edited: true }));

  const folder = mkdtempSync(join(tmpdir(), 'viche-types-'));
  try {
    symlinkSync(join(HERE, 'node_modules'), join(folder, 'node_modules'));
    const calls = telegram.ledger.filter((call) => call.method !== 'file');
    writeFileSync(join(folder, 'calls.ts'), program(calls));
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
    const done = spawnSync(process.execPath, [tsc, ...flags, 'calls.ts'], { cwd: folder, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stdout);
    const kinds = new Set(calls.map((call) => call.method));
    context.diagnostic(`${calls.length} calls of ${kinds.size} methods`);
    assert.ok(kinds.size >= 10, [...kinds].join());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
