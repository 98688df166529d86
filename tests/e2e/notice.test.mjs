// SPDX-License-Identifier: MPL-2.0
// A notice to everybody over Viber: what it will cost is said before, everybody gets it though the workers die, receipts are counted.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { openTelegram } from '../fakes/telegram/server.mjs';
import { openViber } from '../fakes/viber/server.mjs';
import { JPEG } from './picture.mjs';
import { configureTelegram } from './telegram.mjs';
import { until } from './town.mjs';
import { openViberTowns } from './viber.mjs';

const YESTERDAY = { ago: 25 * 3600_000 }; // out of session
const SILENT = Array.from({ length: 200 }, (_, i) => `silent-${i}`);
const TALKING = Array.from({ length: 100 }, (_, i) => `talking-${i}`);

const viber = await openViber({ tick: 0.05 });
const bot = viber.account('a-token', 'kryzhopil');
const town = await openViberTowns(viber, { kryzhopil: 'a-token' }, 'price = 45');
after(async () => {
  await town.close();
  await viber.close();
});

const told = (id) => bot.user(id).got;
const notices = (id) => told(id).filter(({ text }) => text?.includes('Міст перекрито'));
const news = (...words) => town.viche('news', 'kryzhopil', ...words);

async function reconfigure(change) {
  const ini = join(town.folder, 'conf/towns/kryzhopil.ini');
  writeFileSync(ini, change(readFileSync(ini, 'utf8')));
  const ready = () => town.log.join('').match(/worker ready/g).length;
  const before = ready();
  town.reload();
  await until('both workers are new', () => ready() >= before + 2);
}

async function arrive(ids, how) {
  await Promise.all(ids.map((id) => bot.say(id, '/menu', how)));
  await until('all are answered', () => ids.every((id) => told(id).length > 0), 60);
}

test('before it is sent, the town sees what it will cost', async (context) => {
  await until('the webhook', () => bot.webhook);
  const file = join(town.folder, 'week.csv');
  writeFileSync(file, 'id,title,text,topic,emergency\nbridge,Міст перекрито,Об’їзд – вулицею Шкільною.,roads,yes\n');
  town.viche('import', 'kryzhopil', 'news', file);
  const picture = join(town.folder, 'bridge.jpg');
  writeFileSync(picture, JPEG);
  news('picture', 'bridge', picture);
  await arrive(SILENT, YESTERDAY);
  await arrive(TALKING);
  const preview = news('preview', 'bridge');
  context.diagnostic(preview);
  assert.match(preview, /300 people/);
  assert.match(preview, /Cost: \D*90\.00/, 'two hundred of them at 45 hundredths');
});

test('a long text does not fit under its picture: both are counted, and both are charged', async () => {
  const file = join(town.folder, 'long.csv');
  writeFileSync(file, `id,title,text,topic,emergency\nlong,Порядок об’їзду,${'Слово за словом. '.repeat(40)},roads,yes\n`);
  town.viche('import', 'kryzhopil', 'news', file);
  assert.match(news('preview', 'long'), /Cost: \D*90\.00/, 'without a picture it is one message');
  const asked = viber.ledger.length;
  news('picture', 'long', join(town.folder, 'bridge.jpg'));
  const preview = news('preview', 'long');
  assert.match(preview, /300 people/);
  assert.match(preview, /Cost: \D*180\.00/, 'two messages to each of two hundred');
  assert.equal(viber.ledger.length, asked, 'nothing was sent');
});

test('kill -9 in the middle of it: nobody is missed, nobody has it more than twice; a reply passes it', async (context) => {
  bot.autoSeen = true;
  let sent = 0;
  const count = ({ method, status, fields }) => {
    if (method !== 'send_message' || status !== 0) return;
    if (++sent === 40) town.kill('worker');
    if (sent === 60) bot.say('asking', '/about');
    if (fields.receiver === 'asking') left = everybody.filter((id) => notices(id).length === 0).length;
  };
  let left = 0;
  const everybody = [...SILENT, ...TALKING];
  viber.listeners.add(count);
  const [, code] = /publish bridge (\d+)/.exec(news('preview', 'bridge'));
  news('publish', 'bridge', code);
  await until('all have it', () => everybody.every((id) => notices(id).length > 0), 60);
  viber.listeners.delete(count);
  assert.ok(left > 0, 'nobody waited any more when the reply came');
  assert.ok(Math.max(...everybody.map((id) => notices(id).length)) <= 2);
  context.diagnostic(`${everybody.filter((id) => notices(id).length > 1).length} of 300 have it twice; ${left} waited when the reply came`);
});

test('its picture lies where Viber can read it', async (context) => {
  const shown = () => viber.ledger.filter(({ fields }) => fields.type === 'picture');
  const read = (status) => shown().filter(({ media }) => media?.status === status).length;
  await until('all were read, or asked for while nobody was there', () => read(200) + read(0) >= 300, 30);
  context.diagnostic(`${read(200)} read, ${read(0)} asked for while nobody was there, of ${shown().length}`);
  assert.ok(read(200) > 200);
  assert.ok(shown().every(({ fields }) => fields.media.startsWith(`${town.origin}/kryzhopil/viber/files/`)));
});

test('who has read it is counted', async (context) => {
  let status = '';
  const counted = () => {
    status = news('status', 'bridge');
    return /seen\D*(29\d|300)/.test(status);
  };
  await until('the receipts', counted, 60).finally(() => context.diagnostic(status));
});

test('where Viber allows it, one call tells hundreds, and who did not get it is known', async (context) => {
  await reconfigure((ini) => ini.replace('price = 45', 'price = 45\nbroadcast = yes').replace('[news]', '[news]\nper_second = 1000'));
  const file = join(town.folder, 'open.csv');
  writeFileSync(file, 'id,title,text,topic,emergency\nopen,Міст відкрито,Проїзд вільний.,roads,yes\n');
  town.viche('import', 'kryzhopil', 'news', file);
  bot.user('talking-7').subscribed = false; // without a word
  const [, code] = /publish open (\d+)/.exec(news('preview', 'open'));
  news('publish', 'open', code);
  const got = (id) => told(id).filter(({ text }) => text?.includes('Міст відкрито')).length;
  const others = [...SILENT, ...TALKING].filter((id) => id !== 'talking-7');
  await until('all have it', () => others.every((id) => got(id) > 0), 60);
  assert.ok(others.every((id) => got(id) === 1));
  const calls = viber.ledger.filter(({ method }) => method === 'broadcast_message');
  context.diagnostic(`${calls.length} calls, ${Math.max(...calls.map(({ fields }) => fields.broadcast_list.length))} in one`);
  assert.ok(calls.some(({ fields }) => fields.broadcast_list.length > 100) && calls.every(({ status }) => status === 0));
  let status = '';
  await until('the receipts', () => /seen\D*(29\d|30\d)/.test((status = news('status', 'open'))), 60).finally(() =>
    context.diagnostic(status),
  );
  assert.match(status, /unreachable\D*1/);
});

test('Viber does not know the token any more: Telegram gets the rest of a notice, and every emergency', async (context) => {
  const telegram = await openTelegram({ tick: 0.02 });
  context.after(() => telegram.close());
  const token = '123456789:abc';
  const other = telegram.bot(token, 'kryzhopil_bot');
  configureTelegram(town.folder, { api: telegram.origin, token });
  await reconfigure((ini) => ini.replace('per_second = 1000', 'per_second = 25\nquiet ='));
  await Promise.all([...SILENT, ...TALKING].map((id) => bot.say(id, '/subscribe roads')));
  const wrote = () => told('silent-0').some(({ text }) => text?.includes('надсилатимемо'));
  await until('they have subscribed', wrote, 60);
  other.say(5, { text: '/subscribe roads' });
  const got = (words) => telegram.ledger.some(({ fields }) => String(fields?.text).includes(words));
  await until('the one in Telegram, too', () => got('надсилатимемо'));

  const publish = (id, title, emergency) => {
    const file = join(town.folder, `${id}.csv`);
    writeFileSync(file, `id,title,text,topic,emergency\n${id},${title},Слово.,roads,${emergency}\n`);
    town.viche('import', 'kryzhopil', 'news', file);
    news('publish', id, new RegExp(`publish ${id} (\\d+)`).exec(news('preview', id))[1]);
  };
  bot.revoked = true;
  publish('works', 'Ремонт дороги', '');
  await until('the notice', () => got('Ремонт дороги'), 25);
  assert.match(news('status', 'works'), /under way: (25|50|75)\n/, 'what Viber was handed before it was known to be down');
  publish('storm', 'Буревій', 'yes');
  await until('the emergency', () => got('Буревій'), 5);
  await reconfigure((ini) => ini.replace(/\n\[viber\][^[]*/, '\n'));
  publish('flood', 'Вода прибуває', 'yes');
  await until('the next one, without Viber', () => got('Вода прибуває'), 5);
  await until('nobody is waited for', () => /^sent[\s\S]*unreachable: 30\d/.test(news('status', 'flood')));
  const calls = telegram.ledger.filter(({ fields }) => /Ремонт|Буревій|Вода/.test(fields?.text));
  assert.equal(calls.length, 3);
});
