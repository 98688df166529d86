// SPDX-License-Identifier: MPL-2.0
// Who may what: every view, action and live message that the running demo town declares, for every role, in the whole town, in the own and in
// another organisation, and with another town's session. matrix.csv says what is meant; a view or action without a row there fails.
// After a change: MATRIX_WRITE=1 writes what is; read the difference before you commit it.
//   a: with a role for everything; o: for the own organisation; x: for another organisation; -: nobody of this role
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Desk, enter, invited } from './desk.mjs';
import { openTown } from './town.mjs';

const ROLES = ['responsible', 'decider', 'executor', 'pr', 'operator', 'auditor', 'admin'];
const SCOPES = { a: '', o: ':*@blahoustrii', x: ':*@vodokanal' };
const HOME = { a: '', o: 'blahoustrii', x: 'vodokanal' };
const FILE = new URL('matrix.csv', import.meta.url);

let town;
let seen; // "view,what" → role → Set of scopes
const clerks = {};
const things = {};
const wrong = [];

/* Each from an address of its own. */
class Guest extends Desk {
  constructor(...args) {
    super(...args);
    Guest.count = (Guest.count ?? 0) + 1;
    this.peer = `198.51.100.${Guest.count}`;
  }

  ask(method, path, body, headers = {}) {
    return super.ask(method, path, body, { 'x-forwarded-for': this.peer, ...headers });
  }
}

/* An auditor and an administrator are the whole town's, or nobody's. */
const scopesOf = (role) => (['auditor', 'admin'].includes(role) ? ['a'] : Object.keys(SCOPES));
const everybody = () => ROLES.flatMap((role) => scopesOf(role).map((scope) => [role, scope, clerks[role + scope]]));

function note(view, what, role, scope) {
  const key = `${view},${what}`;
  seen[key] ??= Object.fromEntries(ROLES.map((each) => [each, new Set()]));
  if (role) seen[key][role].add(scope);
}

before(async () => {
  town = await openTown('', (folder) => {
    const ini = join(folder, 'conf/viche.ini');
    writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^proxy = no$/m, 'proxy = yes'));
    const other = join(folder, 'conf/towns/sharhorod.ini');
    writeFileSync(other, `${readFileSync(other, 'utf8')}\n[desk]\n`);
  });
  const rows = ROLES.flatMap((role) =>
    scopesOf(role).map((scope) => `${role}-${scope},Матриця ${role} ${scope},,${HOME[scope]},${role}${SCOPES[scope]},`),
  );
  const csv = join(town.folder, 'staff.csv');
  writeFileSync(csv, ['login,name,post,organisation,roles,dismissed', ...rows].join('\n'));
  town.viche('import', 'kryzhopil', 'staff', csv);
  seen = {};
  for (const [role, scope] of everybody()) {
    const clerk = new Guest(town);
    await clerk.welcome(invited(town, `${role}-${scope}`));
    clerk.id = (await clerk.me()).clerk.id;
    clerks[role + scope] = clerk;
  }
});
after(() => {
  if (process.env.MATRIX_LOG) console.log(town.log.filter((line) => /ALARM|WARN/i.test(line)).slice(-12).join(''));
  return town.close();
});

const list = async (clerk, view) => (await clerk.get(`api/list/${view}?limit=200`)).json;
const act = (clerk, path, action, values = {}, more = {}) => clerk.post(`api/act/${path}`, { action, values, ...more });

async function done(clerk, path, action, values) {
  const stamp = path.split('/').length > 2 ? (await clerk.get(`api/show/${path}`)).json?.stamp : '';
  const answer = await act(clerk, path, action, values, { stamp: stamp ?? '' });
  assert.equal(answer.status, 200, `${action} on ${path}: ${JSON.stringify(answer.json)}`);
  return answer.json;
}

/* One of each: what the cells are about. All of them belong to the organisation of "o". */
async function make() {
  await done(clerks.operatora, 'desk/templates', 'add', { title: 'Дякуємо', words: 'Дякуємо.' });
  things['desk/templates'] = (await list(clerks.operatora, 'desk/templates')).rows[0].id;
  things['desk/sessions'] = (await list(clerks.operatora, 'desk/sessions')).rows[0].id;
  things['desk/staff'] = clerks.executoro.id;
  things['desk/grants'] = (await list(clerks.admina, 'desk/grants')).rows.at(-1).id;
  things['desk/organisations'] = 'blahoustrii';
  things['desk/parked'] = '1'; // none: what is offered above the list is asked for all the same
  things['desk/audit'] = (await list(clerks.auditora, 'desk/audit')).rows[0].id;
  things['directory/institutions'] = (await list(clerks.operatora, 'directory/institutions')).rows[0].id;
  things['news/items'] = (await list(clerks.pra, 'news/items')).rows[0].id;
  const card = await done(clerks.operatora, 'cases/cards', 'register-appeal', {
    channel: 'phone', kind: 'complaint', surname: 'Зразок', first_name: 'Ганна', patronymic: 'Іванівна', phone: '0671234567', residence: 'Крижопіль, Шкільна, 1',
    essence: 'Яма на перехресті Шкільної та Садової.', organisation: 'blahoustrii',
  });
  things['cases/cards'] = (card.opens ?? '').split('/')[2] ?? (await list(clerks.operatora, 'cases/cards')).rows[0].id;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

async function read(view, has, what) {
  const id = things[view];
  const paths = { open: `api/list/${view}`, show: `api/show/${view}/${id}`, report: `api/report/${view}`, csv: `api/file/${view}?format=csv` };
  for (const [role, scope, clerk] of everybody()) {
    const answer = await clerk.get(paths[what]);
    if (answer.status === 200) note(view, what, role, scope);
    else if (![403, 404].includes(answer.status)) wrong.push(`${view} ${what} ${role} ${scope}: ${answer.status}`);
  }
  note(view, what);
}

async function row(view) {
  note(view, 'row');
  for (const [role, scope, clerk] of everybody())
    if ((await list(clerk, view))?.rows?.some((one) => one.id === things[view])) note(view, 'row', role, scope);
}

async function reveal(view) {
  const shown = (await clerks.auditora.get(`api/show/${view}/${things[view]}`)).json;
  const masked = (shown?.sections ?? []).flatMap((section) => section.fields).filter((field) => field.masked);
  if (masked.length === 0) return;
  note(view, 'reveal');
  for (const [role, scope, clerk] of everybody()) {
    const answer = await clerk.post(`api/reveal/${view}/${things[view]}`, { fields: [masked[0].name] });
    if (answer.status === 200 && answer.json.values[masked[0].name]) note(view, 'reveal', role, scope);
  }
}

/* ---- doing: what is offered without a reason to wait; whatever else somebody is offered is refused when it is tried all the same ---- */

async function offered(clerk, view) {
  const above = (await list(clerk, view))?.actions ?? [];
  const shown = (await clerk.get(`api/show/${view}/${things[view]}`)).json?.actions ?? [];
  const ids = (list, ready) => list.filter((action) => !ready || !action.wait).map((action) => action.id);
  return { above: ids(above), page: ids(shown), may: { above: ids(above, true), page: ids(shown, true) } };
}

async function actions(view) {
  const all = { above: new Set(), page: new Set() };
  const mine = new Map();
  for (const [role, scope, clerk] of everybody()) {
    const offers = await offered(clerk, view);
    mine.set(clerk, offers);
    for (const kind of ['above', 'page'])
      for (const action of offers[kind]) {
        all[kind].add(action);
        note(view, action);
        if (offers.may[kind].includes(action)) note(view, action, role, scope);
      }
  }
  for (const [role, scope, clerk] of everybody())
    for (const kind of ['above', 'page'])
      for (const action of all[kind]) {
        const many = kind === 'above' && all.page.has(action); // with many rows: each is asked for by itself, as from its page
        if (many || mine.get(clerk).may[kind].includes(action)) continue;
        const answer = await act(clerk, kind === 'above' ? view : `${view}/${things[view]}`, action);
        const denied = [403, 404].includes(answer.status) || answer.json?.error?.code === 'refused';
        if (!denied) wrong.push(`${view} ${action} forced by ${role} ${scope}: ${answer.status} ${JSON.stringify(answer.json)}`);
      }
}

/* ---- live ------------------------------------------------------------------------------------------------------------------- */

async function live(view, change) {
  const streams = [];
  for (const [role, scope, clerk] of everybody()) {
    const stream = await clerk.live();
    await stream.find('hello');
    streams.push([role, scope, stream]);
  }
  note(view, 'changed');
  await change();
  const first = streams.find(([role, scope]) => role === 'auditor' && scope === 'a')[2];
  await first.find('changed', 1500);
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const [role, scope, stream] of streams) {
    const told = stream.events.filter((event) => event.name === 'changed' && event.data.view === view && event.data.id === things[view]);
    if (told.length > 0) note(view, 'changed', role, scope);
    for (const event of told) if (Object.keys(event.data).join() !== 'view,id') wrong.push(`${view}: changed says more than which row`);
    stream.close();
  }
}

/* Whoever was appointed is told, once; whoever was not is not. */
async function notices() {
  const told = (await clerks.executoro.get('api/notices')).json;
  if (!told.notices.some((one) => one.view === 'cases/cards' && one.thing === things['cases/cards'] && !one.read)) wrong.push('the executor was not told');
  const { unread } = (await clerks.executoro.post('api/notices', { read_until: told.notices[0]?.id ?? '0' })).json;
  if (unread !== 0) wrong.push(`${unread} notices stay unread`);
  for (const stranger of [clerks.executorx, clerks.executora, clerks.admina, clerks.auditora])
    if ((await stranger.get('api/notices')).json.notices.length > 0) wrong.push(`${stranger.base}: somebody else was told, too`);
}

/* ---- another town, and nobody ---------------------------------------------------------------------------------------------- */

async function strangers(views) {
  const there = new Guest(town, 'sharhorod');
  there.cookie = clerks.auditora.cookie.replace('kryzhopil', 'sharhorod');
  const here = new Guest(town, 'sharhorod');
  const outside = new Guest(town);
  town.viche('call', 'sharhorod', 'desk/first-admin');
  const theirs = await enter(town, 'admin', 'sharhorod');
  outside.cookie = theirs.cookie.replace('sharhorod', 'kryzhopil');
  outside.token = theirs.token;
  for (const guest of [there, here, outside])
    for (const view of views)
      for (const path of [`list/${view}`, `show/${view}/${things[view]}`, `report/${view}`, `file/${view}?format=csv`, `files/${view}/${things[view]}/x`, 'live', 'views', 'tasks']) {
        const answer = await guest.get(`api/${path}`);
        if (answer.status !== 401) wrong.push(`another town: ${path}: ${answer.status}`);
      }
  for (const view of views)
    for (const path of [`act/${view}`, `act/${view}/${things[view]}`, `reveal/${view}/${things[view]}`]) {
      const answer = await outside.post(`api/${path}`, { action: 'x' });
      if (answer.status !== 401) wrong.push(`another town: ${path}: ${answer.status}`);
    }
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------- */

const text = (row) => ROLES.map((role) => Object.keys(SCOPES).filter((scope) => row[role].has(scope)).join('') || '-').join(',');

function compare() {
  const lines = Object.keys(seen).sort().map((key) => `${key},${text(seen[key])}`);
  const table = [`view,what,${ROLES.join(',')}`, ...lines];
  if (process.env.MATRIX_WRITE) writeFileSync(FILE, `${table.join('\n')}\n`);
  const meant = new Map(readFileSync(FILE, 'utf8').trim().split('\n').map((line) => [line.split(',').slice(0, 2).join(), line]));
  for (const line of table) {
    const key = line.split(',').slice(0, 2).join();
    if (!meant.has(key)) wrong.push(`no row in matrix.csv: ${line}`);
    else if (meant.get(key) !== line) wrong.push(`meant ${meant.get(key)}\n   is ${line}`);
    meant.delete(key);
  }
  for (const line of meant.values()) wrong.push(`nobody saw: ${line}`);
}

/* A card on its way: its actions are asked for at each step. */
const WAY = [
  ['responsiblea', 'address', () => ({ decider: clerks.decidera.id })],
  ['decidera', 'appoint', () => ({ executors: clerks.executoro.id })],
  ['executoro', 'accept', () => ({ comment: 'Беремо в роботу.' })],
  ['executoro', 'review', () => ({ comment: 'Переглянуто.' })],
  ['executoro', 'confirm-competence', () => ({ comment: 'Наше.' })],
];

test('every cell of the matrix is as it is meant', { timeout: 280000 }, async () => {
  await make();
  const views = (await clerks.auditora.get('api/views')).json.views;
  for (const view of views) {
    const name = `${view.plugin}/${view.id}`;
    await read(name, view.has, 'open');
    if (things[name]) {
      await read(name, view.has, 'show');
      await row(name);
      await reveal(name);
      await actions(name);
    }
    if (view.has.includes('report')) await read(name, view.has, 'report');
    if (view.has.includes('csv')) await read(name, view.has, 'csv');
  }
  const stampless = { stamp: '' };
  await live('desk/templates', () => act(clerks.operatora, `desk/templates/${things['desk/templates']}`, 'change', { title: 'Дякуємо', words: 'Щиро дякуємо.' }, stampless));
  await live('desk/organisations', () => act(clerks.admina, 'desk/organisations/blahoustrii', 'rename', { name: 'КП «Благоустрій»' }, stampless));
  await live('desk/staff', () => act(clerks.admina, `desk/staff/${clerks.executoro.id}`, 'change', { name: 'Матриця', login: 'executor-o', organisation: 'blahoustrii' }, stampless));
  const step = ([who, action, values]) => done(clerks[who], `cases/cards/${things['cases/cards']}`, action, values());
  for (const way of WAY) {
    await live('cases/cards', () => step(way));
    await row('cases/cards');
    await read('cases/cards', [], 'show');
    await actions('cases/cards');
  }
  await notices();
  await done(clerks.executoro, `cases/cards/${things['cases/cards']}`, 'ask-longer-term', { comment: 'Чекаємо.', justification: 'Чекаємо на асфальт.', due: '2027-03-01', days: '30' });
  things['cases/requests'] = things['cases/cards'];
  await read('cases/requests', [], 'show');
  await row('cases/requests');
  await actions('cases/requests');
  await strangers(views.map((view) => `${view.plugin}/${view.id}`));
  compare();
  assert.deepEqual(wrong, []);
});
