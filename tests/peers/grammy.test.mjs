// SPDX-License-Identifier: MPL-2.0
// grammY, a real client by others, against the Telegram of ours: what proves the fake.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { Bot, GrammyError, InlineKeyboard, InputFile, InputMediaBuilder, webhookCallback } from 'grammy';

import { until } from '../e2e/town.mjs';
import { openTelegram } from '../fakes/telegram/server.mjs';

const TOKEN = '77:grammy';
const telegram = await openTelegram({ tick: 0.02 });
const town = telegram.bot(TOKEN, 'town_bot');
const client = () => new Bot(TOKEN, { client: { apiRoot: telegram.origin } });
const seen = (chat) => [...town.chat(chat).messages.values()].filter((message) => message.from.is_bot);
after(() => telegram.close());

async function refused(call, code, words) {
  const error = await call.then(
    () => null,
    (reason) => reason,
  );
  assert.ok(error instanceof GrammyError, String(error));
  assert.equal(error.error_code, code);
  assert.match(error.description, words);
  return error;
}

test('polling: words, buttons, edits, places, numbers', async () => {
  const bot = client();
  const heard = [];
  bot.command('start', (ctx) =>
    ctx.reply(`<b>Вітаємо</b> ${ctx.match}`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Меню', 'menu'),
    }),
  );
  bot.callbackQuery('menu', async (ctx) => {
    await ctx.answerCallbackQuery();
    await ctx.editMessageText('Оберіть', { reply_markup: new InlineKeyboard().url('Сайт', 'https://x.ua') });
  });
  bot.on('message:location', (ctx) => heard.push(ctx.message.location.latitude));
  bot.on('message:contact', (ctx) => heard.push(ctx.message.contact.user_id));
  bot.on('edited_message:text', (ctx) => heard.push(ctx.editedMessage.text));
  bot.on('my_chat_member', (ctx) => heard.push(ctx.myChatMember.new_chat_member.status));
  const running = bot.start();
  await until('the poll', () => town.poll);

  town.say(7, { text: '/start cnap', entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
  await until('the greeting', () => seen(7).length === 1);
  assert.equal(seen(7)[0].text, 'Вітаємо cnap');
  const query = town.press(7, 'Меню');
  await until('the edit', () => seen(7)[0].text === 'Оберіть');
  assert.ok(town.callbacks.get(query).answered);
  town.say(7, { location: { latitude: 48.5, longitude: 28 } });
  town.say(7, { contact: { phone_number: '380671234567', first_name: 'Оля', user_id: 7 } });
  town.say(7, { text: 'інакше' }, { edited: true });
  town.block(7);
  town.block(7, false);
  await until('all of it', () => heard.length === 5);
  assert.deepEqual(heard, [48.5, 7, 'інакше', 'kicked', 'member']);
  await bot.stop();
  await running;
  assert.equal(town.pending().length, 0, 'everything was acknowledged');
});

test('files go up in parts and come down by their path', async () => {
  const { api } = client();
  town.chat(8);
  const picture = Buffer.from('not really a picture');
  await api.sendDocument(8, new InputFile(Buffer.from('заява'), 'заява №1.pdf'), { caption: 'Ваша заява' });
  assert.equal(seen(8)[0].document.file_name, 'заява №1.pdf');
  assert.equal(telegram.ledger.at(-1).files[Object.keys(telegram.ledger.at(-1).files)[0]].size, 10);
  await api.sendMediaGroup(
    8,
    [1, 2].map(() => InputMediaBuilder.photo(new InputFile(picture, 'a.jpg'))),
  );
  assert.equal(
    new Set(
      seen(8)
        .slice(1)
        .map((message) => message.media_group_id),
    ).size,
    1,
  );
  const file = await api.getFile(seen(8)[1].photo[0].file_id);
  const response = await fetch(`${telegram.origin}/file/bot${TOKEN}/${file.file_path}`);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), picture);
});

test('refusals are those of the real server', async () => {
  const { api } = client();
  const row = (value) => ({ reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: value }]] } });
  await refused(api.sendMessage(4, 'x'), 400, /chat not found/);
  await refused(api.sendMessage(8, ' '), 400, /message text is empty/);
  await refused(api.sendMessage(8, 'ї'.repeat(4097)), 400, /message is too long/);
  await refused(api.sendMessage(8, '<x>', { parse_mode: 'HTML' }), 400, /Unsupported start tag "x" at byte offset 0/);
  await refused(api.sendMessage(8, 'x', row('ї'.repeat(33))), 400, /BUTTON_DATA_INVALID/);
  await refused(api.answerCallbackQuery('1'), 400, /query is too old/);
  await refused(api.editMessageText(8, 99, 'x'), 400, /message to edit not found/);
  const { message_id } = await api.sendMessage(8, 'ї'.repeat(4096), row('ї'.repeat(32)));
  await api.editMessageText(8, message_id, 'x');
  await refused(api.editMessageText(8, message_id, 'x'), 400, /message is not modified/);
  await refused(api.raw.nonsense?.({}) ?? Promise.reject(new Error('no method')), 404, /method not found/);
  town.chat(8).blocked = true;
  await refused(api.sendMessage(8, 'x'), 403, /bot was blocked by the user/);
  town.chat(8).blocked = false;
  telegram.faults.push({ on: 'sendMessage', status: 429, retry_after: 3 });
  assert.equal((await refused(api.sendMessage(8, 'x'), 429, /retry after 3/)).parameters.retry_after, 3);
  await refused(new Bot('78:other', { client: { apiRoot: telegram.origin } }).api.getMe(), 401, /Unauthorized/);
});

test('two pollers, and a webhook in the way', async () => {
  const { api } = client();
  const first = refused(api.getUpdates({ timeout: 50 }), 409, /terminated by other getUpdates/);
  await until('the first poll', () => town.poll);
  const second = refused(api.getUpdates({ timeout: 50 }), 409, /terminated by setWebhook/);
  await first;
  await until('the second poll', () => town.poll);
  await api.setWebhook('http://127.0.0.1:1/');
  await second;
  await refused(api.getUpdates(), 409, /while webhook is active/);
  await api.deleteWebhook();
  assert.equal((await api.getWebhookInfo()).url, '');
});

test('a webhook is called with its secret, again after a failure, and may answer with a call', async () => {
  const bot = new Bot(TOKEN, {
    client: { apiRoot: telegram.origin, canUseWebhookReply: (method) => method === 'sendMessage' },
  });
  bot.on('message:text', (ctx) => ctx.reply(`чую: ${ctx.message.text}`));
  const answer = webhookCallback(bot, 'http', { secretToken: 'right' });
  const statuses = [];
  let fail = 1;
  const server = createServer((request, response) => {
    response.on('finish', () => statuses.push(response.statusCode));
    if (fail-- > 0) response.writeHead(500).end();
    else answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const told = seen(9).length;
  await bot.api.setWebhook(url, { secret_token: 'wrong' });
  town.say(9, { text: 'раз' });
  await until('the refusal', () => statuses.includes(401));
  assert.match((await bot.api.getWebhookInfo()).last_error_message, /Wrong response from the webhook: (401|500)/);
  await bot.api.setWebhook(url, { secret_token: 'right' });
  await until('the answer', () => seen(9).length > told);
  assert.equal(seen(9).at(-1).text, 'чую: раз');
  assert.equal(statuses[0], 500);
  await bot.api.deleteWebhook();
  server.closeAllConnections();
  server.close();
});
