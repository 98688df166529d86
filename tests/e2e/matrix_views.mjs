// SPDX-License-Identifier: MPL-2.0
// What every view shows to whom, and each action that a view declares beside those of regulations, really done once.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Resident } from './desk_citizen.mjs';
import { Desk } from './desk.mjs';
import { days } from './matrix_cards.mjs';
import { until } from './town.mjs';

const HONEST = JSON.parse(readFileSync(new URL('../../core/texts/uk.json', import.meta.url), 'utf8')).parked;
const viewOf = (path) => path.split('/').slice(0, 2).join('/');

/* ---- doing ---------------------------------------------------------------------------------------------------------------------- */

const does = (hall, path, login, action, values) => hall.deed({ grid: hall.views, prefix: () => viewOf(path), path, login, action, values });

/* What the form of an action begins with. */
async function kept(hall, login, path, action) {
  const { json } = await hall.desk(login).get(`api/show/${path}`);
  const { fields } = json.actions.find((one) => one.id === action);
  return Object.fromEntries(fields.map((field) => [field.name, field.value ?? '']));
}

async function newest(hall, login, view, fits) {
  const { rows } = await hall.list(login, view);
  return `${view}/${rows.find(fits).id}`;
}

/* What a caller says; without a chat there is nobody to write to, and it is not late. */
async function callers(hall) {
  const said = { channel: 'phone', essence: 'Яма на перехресті.', organisation: 'blahoustrii', category: 'roads.pit' };
  const who = { kind: 'complaint', surname: 'Зразок', first_name: 'Ганна', patronymic: 'Іванівна', phone: '0671234567', residence: 'Крижопіль' };
  await does(hall, 'cases/cards', 'operator-a', 'register-problem', said);
  const { opens } = await does(hall, 'cases/cards', 'operator-a', 'register-appeal', { ...said, ...who, category: '' });
  const steps = [
    ['responsible-a', 'address', { decider: hall.id('decider-a') }],
    ['decider-a', 'appoint', { executors: hall.id('executor-o') }],
    ['executor-o', 'accept', { comment: 'Беремо.' }],
  ];
  for (const [login, action, values] of [...steps, []]) {
    const pages = await hall.look(opens);
    for (const [person, { ready }] of pages)
      for (const never of ['ask', 'write', 'bar', 'replace', 'report-late', 'discipline-late'])
        if (ready.includes(never)) hall.wrong.push(`${person} may ${never} with a timely card of a caller`);
    if (login) await hall.plain(login, opens, action, values);
  }
  await hall.plain('executor-o', opens, 'ask-longer-term', { justification: 'Чекаємо на асфальт.', comment: 'Так.', due: days(20) });
  return opens;
}

async function templates(hall) {
  const words = { title: 'Дякуємо', words: 'Дякуємо за лист.' };
  await does(hall, 'desk/templates', 'operator-a', 'add', words);
  const path = await newest(hall, 'operator-a', 'desk/templates', (row) => row.values.title === words.title);
  await does(hall, path, 'operator-a', 'change', { ...words, words: 'Щиро дякуємо.' });
  await does(hall, path, 'operator-a', 'drop');
}

async function organisations(hall) {
  const path = 'desk/organisations/park';
  await does(hall, 'desk/organisations', 'admin-a', 'add', { id: 'park', name: 'КП «Парк»' });
  await does(hall, path, 'admin-a', 'rename', { name: 'КП «Парки»' });
  await does(hall, path, 'admin-a', 'close');
  await does(hall, path, 'admin-a', 'open');
}

async function staff(hall) {
  const who = { name: 'Нова Людина', login: 'nova', post: '', organisation: 'park' };
  const { opens } = await does(hall, 'desk/staff', 'admin-a', 'new', who);
  await does(hall, opens, 'admin-a', 'change', { ...who, post: 'садівниця' });
  await does(hall, opens, 'admin-a', 'invite');
  await does(hall, 'desk/grants', 'admin-a', 'give', { staff: opens.split('/')[2], role: 'executor', organisation: 'park' });
  const { rows } = await hall.list('admin-a', 'desk/grants');
  await does(hall, `desk/grants/${rows.find((row) => JSON.stringify(row).includes(who.name)).id}`, 'admin-a', 'take');
  await does(hall, opens, 'admin-a', 'dismiss');
  await does(hall, opens, 'admin-a', 'take-back');
}

/* A second session of an operator, ended from the first. */
async function sessions(hall, town) {
  const first = hall.desk('operator-o');
  const before = (await hall.list('operator-o', 'desk/sessions')).rows.map((row) => row.id);
  const second = new Desk(town);
  Object.assign(second, { secret: first.secret, used: first.used });
  await second.signIn('operator-o');
  await does(hall, await newest(hall, 'operator-o', 'desk/sessions', (row) => !before.includes(row.id)), 'operator-o', 'end');
  if ((await second.me()).state !== 'out') hall.wrong.push('a session that was ended goes on');
}

async function institutions(hall) {
  const path = await newest(hall, 'operator-a', 'directory/institutions', () => true);
  const form = await kept(hall, 'operator-a', path, 'change');
  await does(hall, path, 'operator-a', 'change', { ...form, name: 'Нова назва' });
  await does(hall, 'directory/institutions', 'operator-a', 'add', { ...form, name: 'Нова установа', place: '48.38,28.86' });
  await does(hall, path, 'operator-a', 'remove');
}

/* Two people a second: there is time to hold it. */
async function announcements(hall, { telegram, bot }) {
  const readers = Array.from({ length: 6 }, (_, i) => new Resident(telegram, bot, 3000 + i));
  await Promise.all(readers.map((reader) => reader.says('/subscribe water', 'Готово: надсилатимемо')));
  const words = { title: 'Води не буде', text: 'Вода буде о 18:00.', topic: 'water', emergency: 'yes' };
  const { opens } = await does(hall, 'news/items', 'pr-a', 'add', words);
  await does(hall, opens, 'pr-a', 'change', { ...words, title: 'Води не буде до 18:00' });
  await does(hall, opens, 'pr-a', 'publish');
  for (const action of ['pause', 'resume', 'stop', 'withdraw']) await does(hall, opens, 'pr-a', action);
}

/* Who confirmed a bar does not judge the objection to it. */
async function bars(hall, cards) {
  const of = (number) => newest(hall, 'auditor-a', 'cases/bars', (row) => row.values.number === number);
  const numbers = {};
  for (const row of (await hall.list('auditor-a', 'cases/cards')).rows) numbers[row.id] = row.values.number;
  const [first, second] = [await of(numbers[cards.appeal.id]), await of(numbers[cards.problem.id])];
  const { citizen } = cards.appeal;
  await does(hall, first, 'decider-a', 'confirm', { comment: 'Так.' });
  await citizen.says('/appeals_contest', 'чому це несправедливо');
  await citizen.says('Це були не мої слова, а цитата.', 'Передано');
  await does(hall, first, 'decider-o', 'uphold', { comment: 'Ваші.' });
  await does(hall, first, 'decider-a', 'lift', { comment: 'Досить.' });
  await does(hall, second, 'decider-a', 'reject', { comment: 'Ні.' });
  return first;
}

/* Real ones: what citizens wrote brought a worker down twice. One is buried; the other is tried again when the plugin is gone. */
async function parked(hall, { telegram, bot, town }) {
  const events = async () => (await hall.list('admin-a', 'desk/parked')).rows ?? [];
  const citizens = [new Resident(telegram, bot, 3100), new Resident(telegram, bot, 3101)];
  for (const citizen of citizens) await citizen.says('/evil segfault', HONEST);
  const [first, second] = await until('both are parked', async () => ((await events()).length === 2 ? events() : null));
  await hall.watch();
  await reads(hall, 'desk/parked', first.id);
  await does(hall, `desk/parked/${first.id}`, 'admin-a', 'bury');
  const ini = join(town.folder, 'conf/towns/kryzhopil.ini');
  writeFileSync(ini, readFileSync(ini, 'utf8').replace('[evil]', ''));
  town.reload();
  await until('the plugin is gone', () => town.log.join('').includes('new configuration taken over'));
  await hall.watch();
  await does(hall, `desk/parked/${second.id}`, 'admin-a', 'retry');
  if ((await events()).length > 0) hall.wrong.push('a parked event is still there');
}

export async function doAll(hall, world, cards) {
  await templates(hall);
  await organisations(hall);
  await staff(hall);
  await sessions(hall, world.town);
  await institutions(hall);
  await announcements(hall, world);
  const bar = await bars(hall, cards);
  const card = await callers(hall);
  await parked(hall, world);
  return { 'cases/bars': bar.split('/')[2], 'cases/cards': card.split('/')[2] };
}

/* ---- reading -------------------------------------------------------------------------------------------------------------------- */

/* Each way of reading a view, and the row with this id. */
export async function reads(hall, view, id, has = ['list']) {
  const ways = { list: ['open', `list/${view}?limit=200`], report: ['report', `report/${view}`], csv: ['csv', `file/${view}?format=csv`], xlsx: ['xlsx', `file/${view}?format=xlsx`] };
  for (const [what, path] of has.map((one) => ways[one]).filter(Boolean)) {
    hall.views.open(`${view},${what}`);
    for (const one of hall.people) {
      const { status, json } = await one.desk.get(`api/${path}`);
      if (status === 200) hall.views.note(`${view},${what}`, one);
      else if (![403, 404].includes(status)) hall.wrong.push(`${view} ${what} ${one.login}: ${status}`);
      if (what === 'open' && json?.rows?.some((row) => row.id === id)) hall.views.note(`${view},row`, one);
    }
  }
  if (has.includes('list')) await hall.note(hall.views, () => view, view);
  if (!id) return;
  if (view !== 'cases/cards') await hall.note(hall.views, () => view, `${view}/${id}`); // its actions stand in the grids of the regulations
}

/* Who is shown what is masked. */
export async function reveals(hall, view, id) {
  const shown = (await hall.desk('auditor-a').get(`api/show/${view}/${id}`)).json;
  const masked = shown.sections.flatMap((section) => section.fields).filter((field) => field.masked);
  if (masked.length === 0) return;
  hall.views.open(`${view},reveal`);
  for (const one of hall.people) {
    const { status, json } = await one.desk.post(`api/reveal/${view}/${id}`, { fields: [masked[0].name] });
    if (status === 200 && json.values[masked[0].name]) hall.views.note(`${view},reveal`, one);
  }
}

/* Lists, files and reports hold the cards that one sees, of the own organisation alone; names only when asked for, and that is written down. */
export async function proveScopes(hall) {
  const numbers = (text) => [...text.matchAll(/^"([ГП]-\d+-\d+)"/gm)].map(([, number]) => number).sort().join();
  for (const { login, letter, home, desk } of hall.people) {
    const listed = await desk.get('api/list/cases/cards?limit=200');
    if (listed.status !== 200) continue;
    const { rows } = listed.json;
    const csv = await desk.get('api/file/cases/cards?format=csv');
    const report = (await desk.get('api/report/cases/report?from=2026-01-01&until=2026-12-31')).json;
    const received = report?.sections?.[0].fields.find((field) => field.name === 'report-received').value;
    if (letter !== 'a' && rows.some((row) => row.values.organisation !== home)) hall.wrong.push(`${login} sees cards of others`);
    if (numbers(csv.text) !== rows.map((row) => row.values.number).sort().join()) hall.wrong.push(`${login}: the file is not the list`);
    if (received !== undefined && Number(received) !== rows.length) hall.wrong.push(`${login}: the report counts ${received} of ${rows.length}`);
    if (/Коваль|671234567|Шкільна, 5/.test(csv.text + JSON.stringify(listed.json))) hall.wrong.push(`${login} is given names unasked`);
  }
  const asked = await hall.desk('responsible-o').get('api/file/cases/cards?format=csv&private=yes');
  if (!/Коваль.*Шкільна, 5.*\+380671234567/.test(asked.text)) hall.wrong.push('a file without the names that were asked for');
  const looks = JSON.stringify(await hall.list('auditor-a', 'desk/audit'));
  if (!looks.includes('took a file with personal data')) hall.wrong.push('nobody wrote down who took names');
}

/* Whoever works on cards is told, once, and of nothing they do not see; others find nothing. */
export async function notices(hall) {
  const told = (await hall.desk('executor-o').get('api/notices')).json;
  if (told.unread === 0) hall.wrong.push('the executor was not told');
  const { unread } = (await hall.desk('executor-o').post('api/notices', { read_until: told.notices[0]?.id ?? '0' })).json;
  if (unread !== 0) hall.wrong.push(`${unread} notices stay unread`);
  for (const { login, column, desk } of hall.people) {
    const { notices } = (await desk.get('api/notices')).json;
    if (['pr', 'auditor', 'admin', 'colleague'].includes(column) && notices.length > 0) hall.wrong.push(`${login} was told, too`);
    for (const path of new Set(notices.map((one) => `${one.view}/${one.thing}`)))
      if ((await desk.get(`api/show/${path}`)).status !== 200) hall.wrong.push(`${login} was told of ${path}, and does not see it`);
  }
}

/* Another town's cookie under our name, ours under another town's, and none. */
export async function strangers(hall, town, things) {
  const [there, here] = [new Desk(town, 'sharhorod'), new Desk(town, 'sharhorod')];
  there.cookie = hall.desk('auditor-a').cookie.replace('kryzhopil', 'sharhorod');
  const paths = (view, id) => [`list/${view}`, `show/${view}/${id}`, `report/${view}`, `file/${view}?format=csv`, `files/${view}/${id}/x`];
  const prove = (path, { status }) => status === 401 || hall.wrong.push(`another town: ${path}: ${status}`);
  for (const [view, id] of Object.entries(things)) {
    for (const guest of [there, here, hall.outside]) for (const path of paths(view, id)) prove(path, await guest.get(`api/${path}`));
    for (const path of [`act/${view}`, `act/${view}/${id}`, `reveal/${view}/${id}`]) prove(path, await hall.outside.post(`api/${path}`, { action: 'x' }));
  }
  for (const guest of [there, here, hall.outside]) for (const path of ['live', 'views', 'tasks', 'notices', 'templates', 'saved']) prove(path, await guest.get(`api/${path}`));
}
