// SPDX-License-Identifier: MPL-2.0
// An appeal and a report from the first word to the last: a citizen on Telegram, another in the web chat, officials at the desk.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { openTelegram } from '../fakes/telegram/server.mjs';
import { enter } from './desk.mjs';
import { JPEG } from './picture.mjs';
import { openTelegramTown } from './telegram.mjs';
import { until } from './town.mjs';

const ANNA = 7;
const telegram = await openTelegram({ tick: 0.02 });
const bot = telegram.bot('123456789:appeals', 'kryzhopil_bot');
const town = await openTelegramTown({ api: telegram.origin, token: '123456789:appeals', begins: new Date().toISOString() });
after(async () => {
  await town.close();
  await telegram.close();
});

/* As a telephone takes it: EXIF with the make of the device and where it stood. */
function withPlace(jpeg) {
  const tiff = Buffer.alloc(120);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8); // IFD0: Make, GPS
  tiff.write('\x01\x0f\0\x02\0\0\0\x0d\0\0\0\x32', 10, 'latin1');
  tiff.write('\x88\x25\0\x04\0\0\0\x01\0\0\0\x50', 22, 'latin1');
  tiff.write('CANARY-PHONE\0', 50, 'latin1');
  tiff.writeUInt16BE(1, 80); // GPS: latitude, north
  tiff.write('\0\x01\0\x02\0\0\0\x02N\0\0\0', 82, 'latin1');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
const PHOTO = withPlace(JPEG);

// ---- the citizen on Telegram ----

const text = (call) => call.fields.text ?? call.fields.caption ?? '';
const told = (chat) =>
  telegram.ledger.filter(
    (call) => /^(send|edit)/.test(call.method) && call.status === 200 && Number(call.fields.chat_id) === chat,
  );

async function hears(seen, words) {
  return until(`Anna hears ${words}`, () => told(ANNA).slice(seen).find((call) => words.test(text(call))), 20);
}

async function says(content, words) {
  const seen = told(ANNA).length;
  bot.say(ANNA, typeof content === 'string' ? { text: content } : content);
  return hears(seen, words);
}

async function presses(label, words) {
  const seen = told(ANNA).length;
  bot.press(ANNA, label);
  return hears(seen, words);
}

// ---- the citizen in the web chat ----

async function openChat() {
  const ask = (method, path, token, body) =>
    fetch(`${town.address}web${path}`, {
      method,
      body,
      headers: { 'accept-language': 'uk', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });
  const { chat, token } = await (await ask('POST', '/chats', '', '{"language":"uk"}')).json();
  let events = 0;
  const messages = async () => {
    const stop = new AbortController(); // AbortSignal.timeout may be collected before it fires
    const timer = setTimeout(() => stop.abort(), 700);
    const response = await fetch(`${town.address}web/chats/${chat}/events`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${token}` },
    });
    let all = '';
    try {
      for await (const part of response.body) all += new TextDecoder().decode(part);
    } catch {
      // it never ends by itself
    }
    clearTimeout(timer);
    return [...all.matchAll(/^data: (.*)$/gm)].map((line) => JSON.parse(line[1])).filter((one) => one.text !== undefined);
  };
  return {
    say: async (words) =>
      assert.ok((await ask('POST', `/chats/${chat}/messages`, token, JSON.stringify({ origin: `m${++events}`, text: words }))).ok),
    send: async (name, body) => assert.equal((await ask('POST', `/chats/${chat}/files?origin=m${++events}&name=${name}`, token, body)).status, 201),
    hears: (words) => until(`the web chat says ${words}`, async () => (await messages()).find((one) => words.test(one.text)), 20),
  };
}

// ---- the officials ----

const [olena, petro, iryna] = [await enter(town, 'olena'), await enter(town, 'petro'), await enter(town, 'iryna')];
const PETRO = '2';
const IRYNA = '3';

const show = async (desk, card) => (await desk.get(`api/show/cases/cards/${card}`)).json;

async function valueOf(card, name) {
  const { sections } = await show(olena, card);
  return sections.flatMap((section) => section.fields).find((field) => field.name === name)?.value ?? '';
}

async function act(desk, card, action, values = {}) {
  const { stamp } = await show(desk, card);
  const done = await desk.post(`api/act/cases/cards/${card}`, { action, values, stamp });
  assert.equal(done.status, 200, `${action}: ${JSON.stringify(done.json)}`);
}

async function upload(desk, name) {
  const done = await desk.post(`api/upload?name=${name}`, PHOTO, { 'content-type': 'image/jpeg' });
  assert.equal(done.status, 201, JSON.stringify(done.json));
  return done.json.id;
}

async function cardOf(number) {
  return until(`the card ${number}`, async () => {
    const { json } = await olena.get('api/list/cases/cards?limit=200');
    return json.rows.find((row) => row.values.number === number)?.id;
  });
}

async function nothingOfTheTelephoneIn(desk, card) {
  const shown = await show(desk, card);
  const files = Object.keys(shown.files);
  assert.ok(files.length > 0, 'the card has files');
  for (const file of files) {
    const response = await fetch(`${desk.base}api/files/cases/cards/${card}/${file}`, { headers: { cookie: desk.cookie } });
    assert.equal(response.status, 200);
    const bytes = Buffer.from(await response.arrayBuffer()).toString('latin1');
    assert.ok(bytes.startsWith('\xff\xd8'), 'a picture');
    assert.doesNotMatch(bytes, /Exif|CANARY-PHONE/);
  }
}

const working = { comment: 'Беремося' };

/* From «у виконавця» to «зроблено». */
async function works(card, answer) {
  await act(iryna, card, 'accept', working);
  await act(iryna, card, 'review', working);
  await act(iryna, card, 'confirm-competence', working);
  return async () => act(iryna, card, 'propose', { outcome: 'done', answer, comment: 'Готово', executed: await upload(iryna, 'done.jpg') });
}

// ---- the life of an appeal ----

let first;
let second;

test('an appeal is written on Telegram, with a photo, and registered', async () => {
  assert.ok(PHOTO.includes('CANARY-PHONE'));
  await says('/appeals', /Що Ви хочете/);
  await presses('Поскаржитися', /На кого/);
  await presses('Інша установа', /Яка установа/);
  await presses('КП «Благоустрій» (зразок)', /Розкажіть/);
  await says({ photo: Buffer.alloc(0) }, /він порожній/);
  await says({ photo: PHOTO, caption: 'Біля школи № 2 не горить ліхтар, дітям темно йти.' }, /Записали/);
  await says('Готово', /прізвище/);
  await says('Шевчук Анна', /по батькові/);
  await presses('Немає по батькові', /Де Ви живете/);
  await says('Крижопіль, вул. Шкільна, 5', /телефон/);
  await says('067 111 22 33', /Додано 1 файл/);
  const registered = await presses('Надіслати', /зареєстровано/);
  const [, number] = /№ (\S+) зареєстровано/.exec(text(registered));
  first = await cardOf(number);
});

test('its photo is served without what the telephone knew', () => nothingOfTheTelephoneIn(olena, first));

test('officials give it to a master, who asks the citizen and is answered', async () => {
  await act(olena, first, 'address', { decider: PETRO });
  await act(petro, first, 'appoint', { executors: IRYNA });
  const seen = told(ANNA).length;
  const done = await works(first, 'Лампу замінено.');
  await act(iryna, first, 'ask', { question: 'Який саме ліхтар?', comment: 'Уточнюємо' });
  await hears(seen, /Який саме ліхтар/);
  await presses('Відкрити', /Запитання до Вас/);
  await says('Біля воріт.', /Записали/);
  await says('Готово', /відповідь передано/);
  const before = told(ANNA).length;
  await done();
  await hears(before, /Лампу замінено/);
});

test('«ні» makes a repeat card with the citizen’s words, for the same master', async () => {
  await presses('Відкрити', /Чи справді/);
  await presses('Ні', /Що не так/);
  await says('Сьогодні знову темно.', /Записали/);
  const repeated = await says('Готово', /повторне №/);
  const [, number] = /№ ([^\s:]+):/.exec(text(repeated));
  second = await cardOf(number);
  assert.match(JSON.stringify(await show(iryna, second)), /Сьогодні знову темно/);
});

test('mended, confirmed by the citizen, closed by a second pair of hands', async () => {
  const done = await works(second, 'Замінено проводку й лампу.');
  const seen = told(ANNA).length;
  await done();
  await hears(seen, /Замінено проводку/);
  await presses('Відкрити', /Чи справді/);
  await presses('Так, повністю', /Раді/);
  const before = told(ANNA).length;
  await act(olena, second, 'close', { comment: 'Підтверджено' });
  await hears(before, /виконано/);
  await nothingOfTheTelephoneIn(olena, second);
  await says('/mine', /найновіше/);
});

// ---- a report by web chat ----

let chat;
let problem;

test('a problem is reported in the web chat without a name, and its photo tells nothing but the problem', async () => {
  chat = await openChat();
  await chat.say('/utility');
  await chat.hears(/Що сталося/);
  await chat.say('Яма посеред дороги');
  await chat.send('pit.jpg', PHOTO);
  await chat.say('готово');
  await chat.hears(/Де це/);
  await chat.say('вул. Садова, 7');
  const summary = await chat.hears(/Про це вже знаємо|Перевірте/);
  if (/знаємо/.test(summary.text)) await chat.say('Ні, це інше');
  await chat.hears(/Додано 1 файл/);
  await chat.say('надіслати');
  const registered = await chat.hears(/прийнято\./);
  problem = await cardOf(/№ (\S+) прийнято/.exec(registered.text)[1]);
  await nothingOfTheTelephoneIn(olena, problem);
  await act(olena, problem, 'appoint', { executors: IRYNA });
  await act(iryna, problem, 'accept');
  await chat.hears(/виправляють/);
});

test('a problem that a caller tells goes to whoever mends such, as from the chat', async () => {
  const called = async (category) => {
    const values = { channel: 'phone', essence: 'Яма на розі', place: 'вул. Садова, 9', category };
    const { status, json } = await olena.post('api/act/cases/cards', { action: 'register-problem', values, stamp: '' });
    assert.equal(status, 200, JSON.stringify(json));
    return json.opens.replace('cases/cards/', '');
  };
  const [pit, noise] = [await called('roads.pit'), await called('noise')];
  const { rows } = (await olena.get('api/list/cases/cards?f.organisation=blahoustrii&f.channel=phone&limit=200')).json;
  const ids = rows.map((row) => String(row.id));
  assert.ok(ids.includes(pit), 'roads are the enterprise’s');
  assert.ok(!ids.includes(noise), 'nobody was named for noise');
});

// ---- evidence of the wrong kind ----

test('a proof of execution is a photo or a video: whatever else is refused in words, and the form goes on', async () => {
  const on = (desk, path, name, values) => desk.post(`api/act/cases/${path}`, { action: name, values, stamp: '' });
  const person = { surname: 'Коваль', first_name: 'Ольга', patronymic: '–', residence: 'вул. Шкільна, 1', phone: '067 123 45 67' };
  const registered = await on(olena, 'cards', 'register-appeal', { channel: 'phone', kind: 'complaint', essence: 'Не світить ліхтар', ...person });
  assert.equal(registered.status, 200, JSON.stringify(registered.json));
  const card = registered.json.opens.replace('cases/cards/', '');
  await act(olena, card, 'address', { decider: PETRO });
  await act(petro, card, 'appoint', { executors: IRYNA });
  await works(card, '');

  const form = (await show(iryna, card)).actions.find(({ id }) => id === 'propose');
  assert.deepEqual(form.fields.find(({ name }) => name === 'executed').choices, [{ value: 'photo', label: 'фото' }, { value: 'video', label: 'відео' }]);
  const send = (name, bytes) => iryna.post(`api/upload?name=${encodeURIComponent(name)}`, bytes, { 'content-type': 'image/jpeg' });
  const empty = await send('готово.jpg', new Uint8Array(0));
  assert.equal(empty.status, 422);
  assert.match(empty.json.error.message, /порожній: 0 байтів/);
  const lying = (await send('готово.jpg', Buffer.from('%PDF-1.4\n%%EOF\n'))).json;
  assert.deepEqual([lying.type, lying.kind], ['application/pdf', 'document']);
  const photo = (await send('ліхтар.jpg', JPEG)).json;
  assert.equal(photo.kind, 'photo');

  const values = { outcome: 'done', answer: 'Лампу замінено.', comment: 'Готово' };
  const refused = await on(iryna, `cards/${card}`, 'propose', { ...values, executed: `${photo.id}\n${lying.id}` });
  assert.equal(refused.status, 422);
  assert.equal(refused.json.error.where, 'executed');
  assert.equal(refused.json.error.message,
    'Файл «готово.jpg» сюди не підходить. Підійдуть: фото, відео. Приберіть його й додайте інший – решта форми лишається як є.');
  await iryna.post('api/language', { language: 'en' });
  const english = await on(iryna, `cards/${card}`, 'propose', { ...values, executed: lying.id });
  assert.match(english.json.error.message, /does not fit here\. What does: photo, video\./);
  await iryna.post('api/language', { language: 'uk' });
  await act(iryna, card, 'propose', { ...values, executed: photo.id, considered: lying.id }); // both are still good
  const gone = await on(iryna, `cards/${card}`, 'comment', { comment: 'Ще', considered: 'no-such-file' });
  assert.equal(gone.json.error.where, 'considered');
});

// ---- erased ----

const onDisk = () => readdirSync(join(town.folder, 'data/kryzhopil/files'));
const filesOf = async (card) => Object.keys((await show(olena, card)).files);

test('who has everything erased leaves the open card and its photo, and nothing else', async () => {
  const [photo] = await filesOf(problem);
  const before = onDisk();
  await chat.send('cat.jpg', PHOTO);
  const [cat] = onDisk().filter((file) => !before.includes(file));
  assert.ok(cat, 'the photo on no card was taken in');
  await chat.say('/mydata');
  await chat.hears(/Можна все видалити/);
  await chat.say('Видалити все');
  await chat.hears(/Лишаться тільки зареєстровані звернення з файлами до них/);
  await chat.say('Так');
  await until('the other photo is gone', () => !onDisk().includes(cat));
  assert.ok(onDisk().includes(photo));
  await nothingOfTheTelephoneIn(olena, problem);
});

test('when the archive’s time is over, the night takes the photos that citizens brought; the town’s proof stays', async () => {
  await act(iryna, problem, 'propose', { outcome: 'done', answer: 'Яму засипано.', executed: await upload(iryna, 'filled.jpg') });
  await act(olena, problem, 'close');
  const [brought, proof] = [[], []];
  for (const card of [first, second, problem]) {
    const executed = (await valueOf(card, 'executed')).split('\n');
    for (const file of await filesOf(card)) (executed.includes(file) ? proof : brought).push(file);
  }
  assert.deepEqual([brought.length, proof.length], [2, 3]);
  for (const file of [...brought, ...proof]) assert.ok(onDisk().includes(file));
  town.clock.set(new Date(Date.now() + 1828 * 86400_000).toISOString()); // five years, and a night
  await until('the photos are gone', () => !onDisk().some((file) => brought.includes(file)));
  for (const file of proof) assert.ok(onDisk().includes(file));
});

test('the host stops when asked to', async () => assert.equal(await town.close(), 0));
