// SPDX-License-Identifier: MPL-2.0
// The staff desk as an attacker and a clerk meet it on the wire: docs/desk-api.md, promises S4 to S7.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Desk, PASSWORD, codeOf, enter, firstAdmin, invited } from './desk.mjs';
import { openTown } from './town.mjs';

let town;
let admin;

/* Behind a proxy: each desk comes from an address of its own. */
let peers = 0;
class Guest extends Desk {
  constructor(...args) {
    super(...args);
    peers += 1;
    this.peer = `198.51.${peers >> 8}.${peers & 255}`;
  }

  ask(method, path, body, headers = {}) {
    return super.ask(method, path, body, { 'x-forwarded-for': this.peer, ...headers });
  }
}

async function come(login) {
  const desk = new Guest(town);
  await desk.welcome(login === 'admin' ? firstAdmin(town) : invited(town, login));
  desk.login = login;
  return desk;
}

before(async () => {
  town = await openTown('', (folder) => {
    const ini = join(folder, 'conf/viche.ini');
    writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^proxy = no$/m, 'proxy = yes'));
    const hasty = join(folder, 'conf/towns/sharhorod.ini');
    writeFileSync(hasty, `${readFileSync(hasty, 'utf8')}\n[desk]\nidle = 4\nabsolute = 10\n`);
  });
  admin = await come('admin');
});
after(() => town.close());

test('the first administrator comes in by a code from the console, once', async () => {
  const address = firstAdmin(town);
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/kryzhopil\/desk\/#\/welcome\/[\w-]{43}$/);
  admin = new Guest(town);
  const me = await admin.welcome(address);
  assert.equal(me.state, 'in');
  assert.deepEqual(me.clerk.roles, ['admin']);
  assert.equal(me.recovery.length, 10);
  const second = new Guest(town);
  await second.me();
  const refused = await second.post('api/welcome', { code: address.split('/welcome/')[1] });
  assert.equal(refused.status, 401);
  assert.equal(refused.json.error.code, 'wrong-invite');
});

test('nothing but the log-in is open', async () => {
  const guest = new Guest(town);
  const me = await guest.me();
  assert.deepEqual(Object.keys(me).sort(), ['language', 'state', 'token', 'town']);
  for (const path of ['api/views', 'api/list/desk/staff', 'api/show/desk/staff/1', 'api/tasks', 'api/notices', 'api/live', 'api/saved',
    'api/templates', 'api/report/desk/staff', 'api/file/desk/staff?format=csv', 'api/files/desk/staff/1/x']) {
    const answer = await guest.get(path);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.json.error.code, 'signed-out');
  }
  for (const path of ['api/act/desk/staff', 'api/act/desk/staff/1', 'api/reveal/desk/staff/1', 'api/upload', 'api/notices', 'api/saved'])
    assert.equal((await guest.post(path, {})).status, 401, path);
});

test('the cookie is the browser’s alone', async () => {
  const plain = new Guest(town);
  await plain.me();
  assert.match(plain.setCookie, /^viche-desk-kryzhopil=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const https = new Guest(town);
  await https.ask('GET', 'api/me', undefined, { 'x-forwarded-proto': 'https' });
  assert.match(https.setCookie, /^__Host-viche-desk-kryzhopil=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
});

test('the page may do nothing but talk with its desk', async () => {
  const page = await new Guest(town).get('');
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('content-security-policy'),
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /kryzhopil/desk/api/csp");
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(page.headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.equal(page.headers.get('cross-origin-resource-policy'), 'same-origin');
  assert.doesNotMatch(page.text, /<style| style=| on\w+=|<script>/);
});

test('who leaves the last slash out arrives all the same', async () => {
  const answer = await fetch(`${town.origin}/kryzhopil/desk`, { redirect: 'manual' });
  assert.equal(answer.status, 308);
  assert.equal(answer.headers.get('location'), '/kryzhopil/desk/');
});

test('passwords that everybody tries are no passwords', async () => {
  const guest = new Guest(town);
  await guest.me();
  const code = invited(town, 'ihor').split('/welcome/')[1];
  for (const password of ['short', 'password12345', 'qwertyuiop[]', 'P@ssw0rd2026!', 'аааааааааааааааа', 'ihor-ihor-ihor', 'Наприклад2026!!', 'kryzhopil2026', '380671234567',
    'йцукенгшщзхї', 'СлаваУкраїні1']) {
    const answer = await guest.post('api/welcome', { code, password });
    assert.equal(answer.status, 422, password);
    assert.equal(answer.json.error.where, 'password');
  }
  assert.equal((await guest.post('api/welcome', { code, password: PASSWORD })).status, 200);
});

test('the session has another id after each step, and none that was planted', async () => {
  const clerk = await come('olena');
  const guest = new Guest(town);
  guest.cookie = `viche-desk-kryzhopil=${'A'.repeat(43)}`;
  await guest.me();
  const planted = guest.cookie;
  guest.secret = clerk.secret;
  guest.used = clerk.used;
  await guest.post('api/login', { login: 'olena', password: PASSWORD });
  const half = guest.cookie;
  assert.notEqual(half, planted);
  assert.equal((await guest.get('api/views')).json.error.code, 'code-wanted');
  await guest.post('api/code', { code: guest.nextCode() });
  assert.notEqual(guest.cookie, half);
  assert.equal((await guest.get('api/views')).status, 200);
  for (const old of [planted, half]) {
    const thief = new Guest(town);
    thief.cookie = old;
    assert.equal((await thief.me()).state, 'out');
  }
});

test('a code opens once, a recovery code too', async () => {
  const clerk = await come('petro');
  const code = codeOf(clerk.secret);
  assert.equal((await clerk.signIn('petro', PASSWORD, code)).status, 200);
  assert.equal((await clerk.signIn('petro', PASSWORD, code)).json.error.code, 'wrong-code');
  assert.equal((await clerk.signIn('petro', PASSWORD, codeOf(clerk.secret, -1))).status, 401, 'an older one neither');
  assert.equal((await clerk.signIn('petro', PASSWORD, codeOf(clerk.secret, 5))).status, 401, 'nor one of the future');
  assert.equal((await clerk.signIn('petro', PASSWORD, clerk.recovery[3])).status, 200);
  assert.equal((await clerk.me()).recovery_left, 9);
  assert.equal((await clerk.signIn('petro', PASSWORD, clerk.recovery[3])).status, 401);
});

test('a request forged by another page does nothing', async () => {
  const clerk = await come('hanna');
  const other = await come('iryna');
  const body = { plugin: 'desk', view: 'templates', name: 'x', query: '' };
  const codes = async (headers) => (await clerk.post('api/saved', body, headers)).json.error?.code;
  assert.equal(await codes({ origin: null }), 'origin');
  assert.equal(await codes({ origin: 'https://evil.example' }), 'origin');
  assert.equal(await codes({ origin: 'null' }), 'origin');
  assert.equal(await codes({ 'x-viche-token': null }), 'token');
  assert.equal(await codes({ 'x-viche-token': other.token }), 'token');
  assert.deepEqual((await clerk.get('api/saved')).json.saved, []);
  const guest = new Guest(town);
  await guest.me();
  assert.equal((await guest.post('api/login', { login: 'a', password: 'b' }, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await clerk.get('api/logout')).status, 405);
});

test('nobody learns from a refusal who works here, neither by words nor by time', async () => {
  const spent = { 'who-is-not-here': [], olena: [], stepan: [] };
  const words = new Set();
  for (let round = 0; round < 4; round++)
    for (const login of Object.keys(spent)) {
      const guest = new Guest(town);
      await guest.me();
      const began = performance.now();
      const answer = await guest.post('api/login', { login, password: 'зовсім інший пароль' });
      spent[login].push(performance.now() - began);
      words.add(`${answer.status} ${JSON.stringify(answer.json)}`);
    }
  assert.equal(words.size, 1);
  const least = Object.values(spent).map((times) => Math.min(...times));
  assert.ok(Math.max(...least) < 3 * Math.min(...least), `the quickest answers took ${least.map((ms) => ms.toFixed(1))} ms`);
});

test('ten tries, then nobody tries: an account, an address', async () => {
  const vasyl = await come('vasyl');
  for (let i = 0; i < 10; i++) {
    const guest = new Guest(town);
    await guest.me();
    assert.equal((await guest.post('api/login', { login: 'vasyl', password: `не той пароль ${i}` })).status, 401);
  }
  const locked = await vasyl.signIn('vasyl');
  assert.equal(locked.status, 429);
  assert.ok(Number(locked.headers.get('retry-after')) > 600);
  const guesser = new Guest(town);
  await guesser.me();
  for (let i = 0; i < 10; i++) assert.equal((await guesser.post('api/login', { login: `nobody${i}`, password: 'не той пароль' })).status, 401);
  assert.equal((await guesser.post('api/login', { login: 'petro', password: PASSWORD })).status, 429);
});

const action = (desk, view, id, name, values = {}, stamp = '') =>
  desk.post(`api/act/desk/${view}${id ? `/${id}` : ''}`, { action: name, values, stamp });

test('who is dismissed, whose role is taken, who changed the password: streams end within a second', async () => {
  const rows = (await admin.get('api/list/desk/staff')).json.rows;
  const idOf = (login) => rows.find((row) => row.values.login === login).id;

  const gone = await come('olena');
  const stream = await gone.live();
  assert.ok(await stream.find('hello'));
  assert.equal((await action(admin, 'staff', idOf('olena'), 'dismiss')).status, 200);
  assert.ok(await stream.ended(1000), 'dismissed: the stream is closed');
  assert.deepEqual((await stream.find('end')).data, { code: 'signed-out' });
  assert.equal((await gone.get('api/views')).status, 401);
  assert.equal((await gone.signIn('olena')).json.error.code, 'wrong');
  await action(admin, 'staff', idOf('olena'), 'take-back');

  const clerk = await come('petro');
  const open = await clerk.live();
  assert.ok(await open.find('hello'));
  const grants = (await admin.get(`api/list/desk/grants?f.staff=${idOf('petro')}`)).json.rows;
  assert.equal((await action(admin, 'grants', grants[0].id, 'take')).status, 200);
  assert.ok(await open.ended(1000), 'role taken: the stream is closed');
  assert.equal((await clerk.get('api/views')).status, 401);
  assert.equal((await action(admin, 'grants', '', 'give', { staff: idOf('petro'), role: 'decider' })).status, 200);

  const here = await come('hanna');
  const there = new Guest(town);
  Object.assign(there, { secret: here.secret, used: here.used });
  await there.signIn('hanna');
  const theirs = await there.live();
  assert.ok(await theirs.find('hello'));
  const changed = await here.post('api/password', { old: PASSWORD, new: 'сім велосипедів біля річки', code: codeOf(here.secret, 1) });
  assert.equal(changed.status, 200, JSON.stringify(changed.json));
  assert.ok(await theirs.ended(1000), 'password changed: the others are closed');
  assert.equal((await here.get('api/views')).status, 200);
  assert.equal((await there.get('api/views')).status, 401);

  const own = await here.live();
  await own.find('hello');
  await here.post('api/logout', {});
  assert.ok(await own.ended(1000), 'signed out: the stream is closed');
});

test('an auditor reads and never writes, an administrator has no other role', async () => {
  const auditor = await come('nadiia');
  const views = (await auditor.get('api/views')).json.views.map((view) => `${view.plugin}/${view.id}`);
  for (const view of ['desk/audit', 'desk/staff', 'desk/grants', 'desk/organisations', 'desk/templates']) assert.ok(views.includes(view), view);
  const log = (await auditor.get('api/list/desk/audit?limit=200')).json.rows.map((row) => `${row.values.what} ${row.values.object}`);
  assert.ok(log.some((line) => line.startsWith('did: dismiss desk/staff/')), log.join('\n'));
  assert.deepEqual((await auditor.get('api/list/desk/staff')).json.actions, []);
  assert.equal((await action(auditor, 'templates', '', 'add', { title: 'а', words: 'б' })).status, 403);
  assert.equal((await auditor.post('api/upload?name=a.txt', new Uint8Array([65]), { 'content-type': 'text/plain' })).status, 403);
  assert.equal((await admin.get('api/list/desk/audit')).status, 404, 'the log is not the administrator’s');
  const rows = (await admin.get('api/list/desk/staff')).json.rows;
  const both = await action(admin, 'grants', '', 'give', { staff: rows.find((row) => row.values.login === 'nadiia').id, role: 'responsible' });
  assert.equal(both.status, 422);
  assert.match(both.json.error.message, /не мають інших ролей/);
});

test('two officials at once: the second is told, and what it is about', async () => {
  const one = await come('ihor');
  const two = await come('iryna');
  const pr = await come('olena');
  assert.equal((await action(one, 'templates', '', 'add', { title: 'Дякуємо', words: 'Дякуємо за звернення.' })).status, 200);
  const { id } = (await one.get('api/list/desk/templates')).json.rows[0];
  const first = (await one.get(`api/show/desk/templates/${id}`)).json;
  const second = (await pr.get(`api/show/desk/templates/${id}`)).json;
  const stream = await pr.live();
  await stream.find('hello');
  assert.equal((await action(one, 'templates', id, 'change', { title: 'Дякуємо', words: 'Щиро дякуємо.' }, first.stamp)).status, 200);
  assert.deepEqual((await stream.find('changed')).data, { view: 'desk/templates', id });
  stream.close();
  const late = await action(pr, 'templates', id, 'change', { title: 'Дякуємо', words: 'Вдячні.' }, second.stamp);
  assert.equal(late.status, 409);
  assert.equal(late.json.error.code, 'changed');
  assert.equal((await action(two, 'templates', id, 'change', { title: 'x', words: 'y' })).status, 403, 'an executor reads them');
});

test('a form that does not fit is refused by its field, and files are taken once', async () => {
  const missing = await action(admin, 'staff', '', 'new', { name: '', login: 'x' });
  assert.equal(missing.status, 422);
  assert.equal(missing.json.error.where, 'name');
  const taken = await action(admin, 'staff', '', 'new', { name: 'Хтось', login: 'olena' });
  assert.match(taken.json.error.message, /вже є/);
  const closed = await action(admin, 'staff', '', 'new', { name: 'Хтось', login: 'khtos', organisation: 'stara-kontora' });
  assert.equal(closed.json.error.where, 'organisation');
  assert.match(closed.json.error.message, /закрита/);
  assert.equal((await admin.post('api/act/desk/staff', '{"action":1,"action":2}', { 'content-type': 'application/json' })).status, 400);
  const other = await action(admin, 'staff', '1', 'no-such-thing');
  assert.equal(other.status, 403);
  assert.match(other.json.error.message, /^Зараз цього зробити не можна: стан запису – «Працює»/);
  assert.equal((await admin.get('api/show/desk/staff/999999')).status, 404);
  assert.equal((await admin.get('api/show/nobody/nothing/1')).status, 404);
  const empty = await admin.post('api/upload?name=a.jpg', new Uint8Array(0), { 'content-type': 'image/jpeg' });
  assert.equal(empty.status, 422);
  assert.equal(empty.json.error.code, 'empty-file');
  const wrong = await admin.post('api/upload?name=a.exe', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), { 'content-type': 'image/jpeg' });
  assert.equal(wrong.status, 415, JSON.stringify(wrong.json));
});

test('an invitation for whoever lost the telephone ends what was open', async () => {
  const clerk = await come('ihor');
  const answer = await action(admin, 'staff', (await clerk.me()).clerk.id, 'invite');
  assert.equal(answer.status, 200);
  const address = /http\S+/.exec(answer.json.said)[0];
  const again = new Guest(town);
  await again.welcome(address, 'чотири стільці на балконі');
  assert.equal((await clerk.get('api/views')).status, 401);
  assert.equal((await again.get('api/views')).status, 200);
});

test('a session ends when nobody uses it, and at its end however much it is used', async () => {
  const clerk = new Guest(town, 'sharhorod');
  await clerk.welcome(firstAdmin(town, 'sharhorod'));
  const began = Date.now();
  const status = async () => (await clerk.get('api/views')).status;
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  while (Date.now() - began < 7000) {
    assert.equal(await status(), 200, `in use, after ${Date.now() - began} ms`);
    await wait(700);
  }
  while (Date.now() - began < 11500) await Promise.all([status(), wait(700)]);
  assert.equal(await status(), 401, 'its end has come');
  await clerk.signIn('admin', PASSWORD, clerk.recovery[0]);
  assert.equal(await status(), 200);
  await wait(5500);
  assert.equal(await status(), 401, 'nobody used it');
});

test('another town’s cookie opens nothing', async () => {
  const other = new Guest(town, 'sharhorod');
  other.cookie = admin.cookie;
  const answer = await other.get('api/views');
  assert.ok([401, 404].includes(answer.status), String(answer.status));
});
