// SPDX-License-Identifier: MPL-2.0
// The real host and a Viber of our own, on loopback: what citizens meet, what strangers do not get, that nothing is lost.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { openViber } from '../fakes/viber/server.mjs';
import { sign } from '../fakes/viber/wire.mjs';
import { everythingWritten, memoryOf } from './canary.mjs';
import { JPEG } from './picture.mjs';
import { until } from './town.mjs';
import { openViberTowns } from './viber.mjs';

const TOKENS = { kryzhopil: 'CANARY-4cd1-kryzhopil', sharhorod: 'CANARY-77aa-sharhorod' };

const viber = await openViber({ tick: 0.05 });
const bots = Object.fromEntries(Object.entries(TOKENS).map(([town, token]) => [town, viber.account(token, town)]));
const bot = bots.kryzhopil;

const town = await openViberTowns(viber, TOKENS, '', (folder) => {
  const ini = join(folder, 'conf/towns/kryzhopil.ini');
  writeFileSync(ini, readFileSync(ini, 'utf8').replace('[news]', '[news]\nquiet ='));
});
after(async () => {
  await town.close();
  await viber.close();
});

// ---- what a citizen has been told ----

const told = (id) => bot.user(id).got;
const text = (message) => message.text ?? '';

async function next(id, seen, fits = () => true) {
  return until(`a message to ${id}`, () => told(id).slice(seen).find(fits));
}

async function says(id, message, fits) {
  const seen = told(id).length;
  await bot.say(id, message);
  return next(id, seen, fits);
}

async function presses(id, label, more, fits) {
  const seen = told(id).length;
  await until(`«${label}»`, () => bot.labels(id).includes(label));
  await bot.press(id, label, more);
  return next(id, seen, fits);
}

const calls = (method) => viber.ledger.filter((call) => call.method === method);

// ---- setting up ----

test('the webhook is set once, its test event answered', async () => {
  await until('both webhooks', () => Object.values(bots).every((account) => account.webhook));
  await until('get_account_info', () => calls('get_account_info').length === 2);
  assert.equal(bot.webhook, `${town.origin}/kryzhopil/viber/webhook`);
  assert.equal(calls('set_webhook').length, 2);
  assert.deepEqual([...bot.eventTypes].sort(), ['conversation_started', 'delivered', 'failed', 'seen', 'subscribed', 'unsubscribed']);
});

// ---- talking ----

test('who opens the chat gets one welcome in the answer, and nothing else', async () => {
  await bot.open('anna');
  const [welcome] = told('anna');
  assert.match(text(welcome), /Крижопільськ/);
  assert.equal(calls('send_message').length, 0);
  assert.deepEqual(bot.labels('anna'), ['Розпочати', 'English']);
});

test('the first press subscribes; then menu, directory, back', async () => {
  const menu = await presses('anna', 'Розпочати');
  assert.match(text(menu), /Чим допомогти/);
  assert.ok(menu.keyboard.Buttons.length >= 4);
  await presses('anna', '🏡 Моя громада');
  const kinds = await says('anna', '/directory', (message) => message.keyboard);
  assert.ok(kinds.keyboard.Buttons.every((button) => button.Silent || button.ActionType !== 'reply'));
  const first = bot.labels('anna')[0];
  const list = await presses('anna', first);
  assert.ok(text(list), `«${first}» shows something`);
});

test('who chooses another language is answered in it', async () => {
  bot.user('john').language = 'en';
  await bot.open('john');
  assert.match(text(told('john')[0]), /Welcome/);
  await bot.open('ivan');
  const menu = await presses('ivan', 'English', {}, (message) => message.keyboard);
  assert.match(text(menu), /How can we help/i);
});

test('words typed are words, as in any channel', async () => {
  const answer = await says('anna', 'аптека');
  assert.ok(text(answer));
});

test('a deep link leads where it says, after the first press', async () => {
  await bot.open('borys', 'directory');
  const answer = await presses('borys', 'Розпочати', {}, (message) => message.keyboard);
  assert.doesNotMatch(text(answer), /Вітаємо/);
  const page = await fetch(`${town.origin}/kryzhopil/`);
  assert.match(await page.text(), /viber:\/\/pa\?chatURI=kryzhopil/);
});

test('a place that was shared finds the nearest', async () => {
  await says('anna', '/nearest', (message) => message.keyboard?.Buttons.some((button) => button.ActionType === 'location-picker'));
  const asked = told('anna').at(-1);
  assert.equal(asked.min_api_version, 3);
  const nearest = await says('anna', { type: 'location', location: { lat: 48.3794, lon: 28.8645 } });
  assert.ok(text(nearest));
});

test('a picture is brought from Viber', async () => {
  const media = viber.host('яма.jpg', 'image/jpeg', JPEG);
  const files = join(town.folder, 'data/kryzhopil/files');
  await says('anna', { type: 'picture', media: encodeURI(media), text: 'яма', file_name: 'яма.jpg' });
  await until('the file', () => existsSync(files) && readdirSync(files).length > 0);
});

test('a file from a strange host is not asked for', async () => {
  let asked = false;
  const stranger = await openViber();
  stranger.media.get = () => {
    asked = true;
    return { type: 'image/jpeg', data: 'x' };
  };
  await says('anna', { type: 'picture', media: `${stranger.origin}/media/0/x.jpg`, text: '' });
  assert.ok(!asked);
  await stranger.close();
});

test('stickers and kinds of tomorrow do no harm', async () => {
  const count = told('anna').length;
  assert.equal((await bot.say('anna', { type: 'sticker', sticker_id: 46105 })).status, 200);
  assert.equal((await bot.say('anna', { type: 'hologram' })).status, 200);
  await says('anna', '/help');
  assert.match(text(told('anna')[count]), /Я відповідаю на запитання/);
});

test('who writes the name of the secret gets it back as written', async () => {
  const answer = await says('anna', '{secret:token}');
  assert.ok(text(answer));
  assert.ok(!JSON.stringify(viber.ledger, (_, value) => (typeof value === 'bigint' ? `${value}` : value)).includes('CANARY'));
});

test('who left hears nothing until coming back', async () => {
  await says('vira', 'меню');
  await bot.unsubscribe('vira');
  const count = told('vira').length;
  await bot.subscribe('vira');
  await next('vira', count);
});

// ---- strangers ----

const body = (more = {}) => ({
  event: 'message', timestamp: Date.now(), chat_hostname: 'x', message_token: Date.now() * 1000,
  sender: { id: 'mallory', name: 'x', language: 'uk', api_version: 10 }, message: { type: 'text', text: '/about' }, ...more,
});

async function post(content, signature, path = 'kryzhopil/viber/webhook') {
  const raw = typeof content === 'string' ? content : JSON.stringify(content);
  const headers = signature === undefined ? {} : { 'x-viber-content-signature': signature };
  return (await fetch(`${town.origin}/${path}`, { method: 'POST', headers, body: raw })).status;
}

test('what is not signed with this town’s token is refused, and nothing happens', async () => {
  const call = JSON.stringify(body());
  const right = sign(call, TOKENS.kryzhopil);
  const before = calls('send_message').length;
  assert.equal(await post(call), 403, 'not signed');
  assert.equal(await post(call, ''), 403, 'an empty signature');
  assert.equal(await post(call, '0'.repeat(64)), 403, 'mis-signed');
  assert.equal(await post(call, right.slice(0, 63)), 403, 'a cut signature');
  assert.equal(await post(call, sign(call, TOKENS.sharhorod)), 403, 'another town’s secret');
  assert.equal(await post(call, right, 'sharhorod/viber/webhook'), 403, 'mis-routed');
  assert.equal(await post(call.slice(0, -5), right), 403, 'truncated');
  assert.equal(await post(call.replace('/about', '/help!'), right), 403, 'changed');
  assert.equal(await post(call, right, `kryzhopil/viber/webhook?sig=${right}`), 200, 'the right one is taken');
  await until('an answer', () => calls('send_message').length > before);
  assert.equal(calls('send_message').slice(before).filter((sent) => sent.receiver !== 'mallory').length, 0);
});

test('what is signed and broken is refused, and does no harm', async () => {
  const deep = '['.repeat(500) + ']'.repeat(500);
  for (const raw of ['', '{', '[]', '{"event":"message","event":"seen"}', `{"event":${deep}}`, '{"event":"\u00ff'])
    assert.equal(await post(raw, sign(raw, TOKENS.kryzhopil)), 400, raw.slice(0, 20));
  for (const odd of [body({ message: null }), body({ sender: { id: 7 } }), body({ message_token: -1 }), body({ timestamp: 'x' })]) {
    const raw = JSON.stringify(odd);
    assert.equal(await post(raw, sign(raw, TOKENS.kryzhopil)), 200);
  }
  const surrogate = JSON.stringify(body({ sender: { id: 'olha' }, message_token: 1 }))
    .replace('/about', 'яма \\ud83d')
    .replace(':1,', ':18446744073709551615,');
  bot.user('olha').subscribed = true;
  assert.equal(await post(surrogate, sign(surrogate, TOKENS.kryzhopil)), 200);
  await next('olha', 0);
});

test('a replayed callback is taken once', async () => {
  await bot.say('replay', '/about', { twice: true });
  const about = await next('replay', 0);
  const seen = viber.calls.filter((call) => call.body.includes('"replay"') && call.body.includes('"message"'));
  assert.equal(seen.length, 2);
  assert.equal(await post(seen[0].body, sign(seen[0].body, TOKENS.kryzhopil)), 200);
  await says('replay', '/help', (message) => text(message) !== text(about));
  assert.equal(told('replay').filter((message) => text(message) === text(about)).length, 1);
});

test('callbacks that overtake each other are both heard', async () => {
  const slow = bot.say('order', '/about', { late: 200 });
  await says('order', '/help');
  await slow;
  await until('both', () => told('order').length >= 2);
});

// ---- trouble ----

test('stalls, lost answers and passing refusals lose nothing and keep the order', async () => {
  await says('taras', '/start');
  const seen = told('taras').length;
  viber.faults.push({ on: 'send_message', http: 502 }, { on: 'send_message', status: 12 }, { on: 'send_message', http: 429 });
  await bot.say('taras', '/about');
  await bot.say('taras', '/help');
  await until('both', () => told('taras').length >= seen + 2, 30);
  const [about, help] = told('taras').slice(seen);
  assert.notEqual(text(about), text(help));
  assert.match(text(help), /Меню|Допомог|запитання/);
});

test('who is not there any more is not written to again', async () => {
  await says('gone', '/start');
  bot.user('gone').subscribed = false;
  viber.ledger.length = 0;
  await bot.call(bot.event('message', { sender: bot.card(bot.user('gone')), message: { type: 'text', text: '/about' } }));
  await until('the refusal', () => calls('send_message').some((call) => call.receiver === 'gone' && call.status === 6));
});

test('a receipt is taken and makes nobody a citizen', async () => {
  const { message_token: token } = told('anna').at(-1);
  assert.equal((await bot.seen('anna', token)).status, 200);
  assert.equal((await bot.failed('stranger', token)).status, 200);
});

test('of a notice it is counted who has it on the phone, who has seen it and whom it did not reach after all', async () => {
  const [seen, arrived, failed] = ['seen', 'arrived', 'failed'].map((name) => `notice-${name}`);
  const csv = join(town.folder, 'notice.csv');
  writeFileSync(csv, 'id,title,text,topic\npipe,Прорив труби,Води не буде до вечора.,roads\n');
  town.viche('import', 'kryzhopil', 'news', csv);
  for (const id of [seen, arrived, failed]) await says(id, '/subscribe roads');
  bot.user(failed).offline = true;
  const preview = town.viche('news', 'kryzhopil', 'preview', 'pipe');
  town.viche('news', 'kryzhopil', 'publish', 'pipe', preview.match(/publish pipe (\d+)/)[1]);
  const token = async (id) => (await until(id, () => told(id).find((message) => text(message).includes('Прорив')))).message_token;
  for (const id of [seen, arrived, failed]) await token(id);
  assert.equal((await bot.seen(seen, await token(seen))).status, 200);
  assert.equal((await bot.failed(failed, await token(failed))).status, 200);
  await until('the counts', () => {
    const status = town.viche('news', 'kryzhopil', 'status', 'pipe');
    return /known to be on the phone: 2/.test(status) && /of them seen: 1/.test(status) && /failed: 1/.test(status);
  }, 15);
});

/* So many citizens write at once; in the middle of it `kill` happens. */
async function crowd(context, name, size, kill) {
  const ids = Array.from({ length: size }, (_, i) => `${name}-${i}`);
  let answered = 0;
  let killed = false;
  const count = (call) => {
    if (call.method !== 'send_message' || call.status !== 0 || !call.receiver.startsWith(`${name}-`)) return;
    answered++;
    if (!killed && answered >= size / 4) {
      killed = true;
      kill();
    }
  };
  viber.listeners.add(count);
  for (const id of ids) bot.say(id, '/about');
  await until('all are answered', () => ids.every((id) => told(id).length > 0), 60);
  viber.listeners.delete(count);
  const twice = ids.filter((id) => told(id).length > 1).length;
  context.diagnostic(`${twice} of ${size} heard the same twice`);
  assert.ok(killed);
  assert.ok(Math.max(...ids.map((id) => told(id).length)) <= 2);
}

test('kill -9 of the workers loses nobody', (context) => crowd(context, 'w', 400, () => town.kill('worker')));

test('kill -9 of the gateway loses nobody', (context) => crowd(context, 'g', 400, () => town.kill('gateway')));

test('a restart finds the webhook set and asks only for the account', async () => {
  const before = calls('set_webhook').length;
  const looked = calls('get_account_info').length;
  town.reload();
  await until('get_account_info', () => calls('get_account_info').length > looked);
  assert.equal(calls('set_webhook').length, before);
});

test('a webhook that somebody took away is set again', async () => {
  bot.webhook = 'https://elsewhere.example/';
  town.reload();
  await until('the webhook', () => bot.webhook === `${town.origin}/kryzhopil/viber/webhook`);
});

test('a revoked token is seen at once, and what waits goes when it counts again', async () => {
  const up = async () => /channel_up\{town="kryzhopil",channel="viber"\} (\d)/.exec(await (await fetch(`${town.origin}/metrics`)).text())[1];
  await until('the channel is up', async () => (await up()) === '1');
  bot.revoked = true;
  await bot.say('waits', '/about');
  await until('the alarm', () => town.log.join('').includes('invalidAuthToken'));
  await until('officials see it', async () => (await up()) === '0', 2);
  assert.match(await (await fetch(`${town.origin}/readyz`)).text(), /viber is down/);
  assert.equal(told('waits').length, 0);
  bot.revoked = false;
  await bot.say('somebody', '/about');
  await until('what waited', () => told('waits').length > 0);
  assert.equal(await up(), '1');
  bot.revoked = true;
  await bot.say('waits', '/about');
  await until('it is down again', async () => (await up()) === '0', 2);
  town.reload();
  await until('the new worker asks for the account', () => calls('get_account_info').at(-1).status === 2);
  await until('it is still down', async () => (await up()) === '0', 2);
});

test('the token is seen nowhere', async () => {
  const written = everythingWritten(town, Object.keys(TOKENS).map((name) => `viber-${name}`));
  for (const page of ['kryzhopil/viber/webhook', 'kryzhopil/viber/files/x/y', 'metrics']) {
    const ask = () => fetch(`${town.origin}/${page}`).catch(() => null); // over a connection to the gateway that was killed
    written.push(await (await until(page, ask)).text());
  }
  assert.ok(written.length > 4);
  assert.ok(written.every((words) => !words.includes('CANARY')));
});

test('no worker knows the token', () => {
  for (const pid of town.pids('worker')) {
    const memory = memoryOf(pid);
    assert.ok(memory.includes('viber'), 'the memory was read');
    assert.ok(!memory.includes('CANARY'));
  }
});
