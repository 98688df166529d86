// SPDX-License-Identifier: MPL-2.0
// What plugins declare for the staff desk, used through its API: announcements and institutions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { enter } from './desk.mjs';
import { openTown, until } from './town.mjs';

let town;
let pr;

before(async () => {
  town = await openTown();
  pr = await enter(town, 'hanna');
});
after(() => town.close());

const act = (desk, path, action, values = {}, stamp = '') => desk.post(`api/act/${path}`, { action, values, stamp });
const page = async (desk, path) => (await desk.get(`api/show/${path}`)).json;
const valueOf = (shown, name) => shown.sections.flatMap((section) => section.fields).find((field) => field.name === name)?.value;
const offers = (shown) => shown.actions.map((action) => action.id);

test('an announcement is written, looked at, sent, and seen to arrive', async () => {
  const text = 'Вода буде о 18:00. Дякуємо за терпіння.';
  const kept = await act(pr, 'news/items', 'add', { title: 'Води не буде', text, topic: 'water', emergency: 'no' });
  assert.equal(kept.status, 200, JSON.stringify(kept.json));
  const path = kept.json.opens;
  assert.match(path, /^news\/items\/\d+$/);
  const draft = await page(pr, path);
  assert.equal(valueOf(draft, 'text'), text);
  assert.ok(draft.sections.some((section) => section.title === 'Якщо надіслати зараз'));
  assert.deepEqual(offers(draft), ['publish', 'change']);
  assert.equal(draft.actions[1].fields.find((field) => field.name === 'title').value, 'Води не буде');

  const changed = await act(pr, path, 'change', { title: 'Води не буде до 18:00', text, topic: 'water' }, draft.stamp);
  assert.equal(changed.status, 200, JSON.stringify(changed.json));
  const stale = await act(pr, path, 'publish', {}, draft.stamp);
  assert.equal(stale.status, 409, 'what is published is what was looked at');
  const fresh = await page(pr, path);
  assert.equal((await act(pr, path, 'publish', {}, fresh.stamp)).status, 200);
  const sent = await until('it is sent', async () => {
    const shown = await page(pr, path);
    return valueOf(shown, 'state') === '4' && shown;
  });
  assert.ok(sent.sections.some((section) => section.title === 'Як надсилається'));
  assert.equal(valueOf(sent, 'shown'), 'yes');
  assert.equal((await act(pr, path, 'withdraw', {}, sent.stamp)).status, 200);
  assert.equal(valueOf(await page(pr, path), 'shown'), 'no');
});

test('a topic that is not there, a text that is missing: the field is named', async () => {
  const missing = await act(pr, 'news/items', 'add', { title: 'Без тексту', topic: 'water' });
  assert.equal(missing.json.error.where, 'text');
  assert.equal((await act(pr, 'news/items', 'add', { title: 'а', text: 'б', topic: 'aliens' })).json.error.where, 'topic');
});

test('an institution is found, renamed and removed, and residents see it', async () => {
  const operator = await enter(town, 'ihor');
  const list = (await operator.get(`api/list/directory/institutions?f.kind=pharmacy`)).json;
  assert.ok(list.rows.length > 0 && list.rows.every((row) => row.values.kind === 'pharmacy'));
  const path = `directory/institutions/${list.rows[0].id}`;
  const shown = await page(operator, path);
  const form = Object.fromEntries(shown.actions.find((action) => action.id === 'change').fields.map((field) => [field.name, field.value]));
  const wrong = await act(operator, path, 'change', { ...form, mon: 'зранку' }, shown.stamp);
  assert.equal(wrong.status, 422);
  assert.match(wrong.json.error.message, /години пишуть так/);
  const renamed = await act(operator, path, 'change', { ...form, name: 'Аптека «Подорожник» (зразок)' }, shown.stamp);
  assert.equal(renamed.status, 200, JSON.stringify(renamed.json));
  assert.equal(valueOf(await page(operator, path), 'name'), 'Аптека «Подорожник» (зразок)');
  assert.match(town.viche('export', 'kryzhopil', 'directory'), /Подорожник/);
  assert.equal((await act(operator, path, 'change', form, shown.stamp)).status, 409);
  assert.equal((await act(operator, path, 'remove')).status, 200);
  assert.equal((await operator.get(`api/show/${path}`)).status, 404);
  const added = await act(operator, 'directory/institutions', 'add', { ...form, name: 'Нова аптека', place: '48.38,28.86' });
  assert.equal(added.status, 200, JSON.stringify(added.json));
});

test('who has no role for it does not see that it is there', async () => {
  const executor = await enter(town, 'vasyl');
  const views = (await executor.get('api/views')).json.views.map((view) => `${view.plugin}/${view.id}`);
  assert.ok(!views.includes('news/items') && !views.includes('directory/institutions'));
  assert.equal((await executor.get('api/list/news/items')).status, 404);
  assert.equal((await act(executor, 'news/items', 'add', { title: 'а', text: 'б', topic: 'water' })).status, 404);
});

/* The smallest PNG there is: one grey point. */
const PNG = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64'),
);

test('a file is taken by one form, and served to who sees the thing', async () => {
  const up = await pr.post('api/upload?name=%D1%8F%D0%BC%D0%B0.png', PNG, { 'content-type': 'image/png' });
  assert.equal(up.status, 201, JSON.stringify(up.json));
  const form = { title: 'З картинкою', text: 'Ось вона.', topic: 'roads', picture: up.json.id };
  const kept = await act(pr, 'news/items', 'add', form);
  assert.equal(kept.status, 200, JSON.stringify(kept.json));
  const again = await act(pr, 'news/items', 'add', form);
  assert.equal(again.json.error.where, 'picture', 'a second form does not get it');
  const shown = await page(pr, kept.json.opens);
  assert.equal(shown.files[up.json.id].type, 'image/png');
  const path = `api/files/${kept.json.opens}/${up.json.id}`;
  const file = await pr.get(path);
  assert.equal(file.status, 200);
  assert.match(file.headers.get('content-security-policy'), /sandbox/);
  assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
  const executor = await enter(town, 'iryna');
  assert.equal((await executor.get(path)).status, 404);
  assert.equal((await pr.get(`api/files/${kept.json.opens}/no-such-file`)).status, 404);
});

test('what is masked is shown when asked for, and the look is written down', async () => {
  const clerk = await enter(town, 'olena');
  const card = await act(clerk, 'cases/cards', 'register-appeal', {
    channel: 'phone', kind: 'complaint', surname: 'Зразкова', first_name: 'Ганна', patronymic: 'Іванівна', phone: '0671234567',
    residence: 'Крижопіль, Шкільна, 1', essence: 'Не світить ліхтар.',
  });
  assert.equal(card.status, 200, JSON.stringify(card.json));
  const rows = (await clerk.get('api/list/cases/cards?limit=200')).json.rows;
  const path = card.json.opens ?? `cases/cards/${rows[0].id}`;
  const shown = await page(clerk, path);
  assert.equal(valueOf(shown, 'phone'), '+380 ** *** ** 67');
  assert.doesNotMatch(JSON.stringify(shown), /0671234567|380671234567|Шкільна, 1/);
  const looked = await clerk.post(`api/reveal/${path}`, { fields: ['phone', 'number'] });
  assert.deepEqual(looked.json.values, { phone: '+380671234567' }, 'only what is private is revealed, and only what was asked for');
  const auditor = await enter(town, 'nadiia');
  const log = (await auditor.get('api/list/desk/audit?limit=50')).json.rows.map((row) => `${row.values.what} ${row.values.object}`);
  assert.ok(log.includes(`looked: phone ${path}`), log.join('\n'));
  assert.doesNotMatch(JSON.stringify(log), /380671234567/);
});

test('lists are saved under a name, each official sees their own', async () => {
  const kept = await pr.post('api/saved', { plugin: 'news', view: 'items', name: 'Чернетки', query: 'f.state=0' });
  assert.equal(kept.status, 201);
  assert.deepEqual((await pr.get('api/saved')).json.saved, [{ id: kept.json.id, plugin: 'news', view: 'items', name: 'Чернетки', query: 'f.state=0' }]);
  const other = await enter(town, 'petro');
  assert.deepEqual((await other.get('api/saved')).json.saved, []);
  assert.equal((await other.ask('DELETE', `api/saved/${kept.json.id}`)).status, 404);
  assert.equal((await pr.ask('DELETE', `api/saved/${kept.json.id}`)).status, 200);
});

test('an official reads the desk in the language they chose', async () => {
  assert.equal((await pr.post('api/language', { language: 'en' })).json.language, 'en');
  assert.equal((await pr.get('api/views')).json.views.find((view) => view.id === 'items').title, 'Announcements');
  assert.equal((await pr.get('api/views?lang=uk')).json.views.find((view) => view.id === 'items').title, 'Оголошення');
  await pr.post('api/language', { language: 'uk' });
});

test('a session that ended in the middle of a form is said in words', async () => {
  const clerk = await enter(town, 'ihor');
  const { cookie, token } = clerk;
  await clerk.post('api/logout', {});
  Object.assign(clerk, { cookie, token });
  const late = await act(clerk, 'desk/templates', 'add', { title: 'а', words: 'б' });
  assert.equal(late.status, 401);
  assert.match(late.json.error.message, /усе, що Ви написали, лишається/);
});

test('what a browser reports against the policy is counted', async () => {
  assert.equal(town.viche('call', 'kryzhopil', 'desk/csp').trim(), '0');
  assert.equal((await pr.ask('POST', 'api/csp', '{"csp-report":{}}', { origin: null, 'x-viche-token': null })).status, 204);
  assert.equal(town.viche('call', 'kryzhopil', 'desk/csp').trim(), '1');
});
