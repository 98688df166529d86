// SPDX-License-Identifier: MPL-2.0
// Viber's own client for Node, viber-bot, against our fake: what it asks is answered, what it hears it believes. Its known faults
// are left out of the promises: it rounds tokens in answers and says its welcome again in later answers.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import viberBot from 'viber-bot';

import { openViber } from '../fakes/viber/server.mjs';
import { write } from '../fakes/viber/wire.mjs';

const { Bot, Events, Keyboard, Message } = viberBot;
const TOKEN = '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f';

const viber = await openViber({ tick: 0.02 });
const account = viber.account(TOKEN, 'peer');
const bot = new Bot({ authToken: TOKEN, name: 'Громада', avatar: '' });
bot._client._url = viber.api;

const server = createServer(bot.middleware());
await new Promise((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await viber.close();
});

/* The next event of this name. */
const heard = (name) => new Promise((resolve) => bot.once(name, (...what) => resolve(what)));

test('it sets its webhook, which the fake calls first', async () => {
  const answer = await bot.setWebhook(`http://127.0.0.1:${server.address().port}/`);
  assert.equal(answer.status, 0);
  assert.match(viber.calls[0].body, /"event":"webhook"/);
  assert.equal(viber.calls[0].status, 200);
});

test('it reads the account', async () => {
  const profile = await bot.getBotProfile();
  assert.equal(profile.uri, 'peer');
  assert.equal(profile.webhook, account.webhook);
});

test('it hears who opens, subscribes, writes and leaves', async () => {
  const opened = heard(Events.CONVERSATION_STARTED);
  await account.open('anna', 'deep');
  const [response, subscribed, context] = await opened;
  assert.equal(response.userProfile.id, 'anna');
  assert.equal(subscribed, false);
  assert.equal(context, 'deep');

  const joined = heard(Events.SUBSCRIBED);
  await account.subscribe('borys');
  assert.equal((await joined)[0].userProfile.name, 'Мешканець borys');

  const said = heard(Events.MESSAGE_RECEIVED);
  await account.say('anna', 'аптека');
  const [message] = await said;
  assert.equal(message.text, 'аптека');
  assert.match(message.token, /^\d{19}$/, 'all 64 bits');

  const left = heard(Events.UNSUBSCRIBED);
  await account.unsubscribe('borys');
  assert.equal((await left)[0], 'borys');
});

test('it reads pictures, files, places and contacts', async () => {
  const media = viber.host('x.jpg', 'image/jpeg', 'x');
  for (const [sent, kind] of [
    [{ type: 'picture', media, text: 'яма', thumbnail: media }, Message.Picture],
    [{ type: 'file', media, size: 1, file_name: 'x.pdf' }, Message.File],
    [{ type: 'location', location: { lat: 48.3, lon: 28.8 } }, Message.Location],
    [{ type: 'contact', contact: { name: 'Кум', phone_number: '380671234567' } }, Message.Contact],
    [{ type: 'sticker', sticker_id: 46105 }, Message.Sticker],
  ]) {
    const said = heard(Events.MESSAGE_RECEIVED);
    await account.say('anna', sent);
    assert.ok((await said)[0] instanceof kind, sent.type);
  }
});

test('what it says arrives, with a keyboard that can be pressed', async () => {
  const keyboard = { Type: 'keyboard', Buttons: [{ ActionType: 'reply', ActionBody: 'menu', Text: 'Меню' }] };
  const tokens = await bot.sendMessage({ id: 'anna' }, new Message.Text('Вітаємо!', keyboard));
  assert.equal(tokens.length, 1);
  assert.equal(account.user('anna').got.at(-1).text, 'Вітаємо!');
  const said = heard(Events.MESSAGE_RECEIVED);
  await account.press('anna', 'Меню');
  assert.equal((await said)[0].text, 'menu');
  const media = viber.host('y.jpg', 'image/jpeg', 'y');
  await bot.sendMessage({ id: 'anna' }, [new Message.Picture(media, 'підпис'), new Message.Location(48.3, 28.8), new Message.Url(media)]);
  assert.deepEqual(account.user('anna').got.slice(-3).map(({ type }) => type), ['picture', 'location', 'url']);
});

test('it is refused as Viber refuses', async () => {
  const text = () => new Message.Text('x');
  await assert.rejects(bot.sendMessage({ id: 'nobody' }, text()), ({ status }) => status === 5);
  await assert.rejects(bot.sendMessage({ id: 'borys' }, text()), ({ status }) => status === 6);
  await assert.rejects(bot.sendMessage({ id: 'anna' }, new Message.Text('x'.repeat(7001))), ({ status }) => status === 3);
  const phone = { Type: 'keyboard', Buttons: [{ ActionType: 'share-phone', ActionBody: 'x', Text: 'x' }] };
  await assert.rejects(bot.sendMessage({ id: 'anna' }, new Message.Text('x', phone)), ({ status }) => status === 13);
  account.user('anna').told = Array(100).fill(Date.now());
  await assert.rejects(bot.sendMessage({ id: 'anna' }, text()), ({ status }) => status === 12);
  await account.say('anna', 'я тут');
  await bot.sendMessage({ id: 'anna' }, text());
});

test('it asks about people', async () => {
  assert.equal((await bot.getUserDetails({ id: 'anna' })).id, 'anna');
  const { users } = await bot.getOnlineStatus(['anna', 'nobody']);
  assert.deepEqual(users.map(({ online_status: status }) => status), [0, 4]);
});

test('it hears that its message was delivered and seen', async () => {
  account.autoSeen = true;
  const seen = heard('seen');
  const delivered = heard('delivered');
  await bot.sendMessage({ id: 'anna' }, new Message.Text('x'));
  assert.equal((await delivered)[0].user_id, 'anna');
  assert.equal((await seen)[0].user_id, 'anna');
});

test('a wrong signature it does not believe', async () => {
  let believed = false;
  bot.once(Events.MESSAGE_RECEIVED, () => {
    believed = true;
  });
  const callback = account.event('message', { sender: account.card(account.user('anna')), message: { type: 'text', text: 'x' } });
  const url = new URL(account.webhook);
  url.searchParams.set('sig', '0'.repeat(64));
  await fetch(url, { method: 'POST', body: write(callback), signal: AbortSignal.timeout(500) }).catch(() => {});
  assert.ok(!believed);
});
