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
