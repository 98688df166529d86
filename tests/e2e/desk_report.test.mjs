// SPDX-License-Identifier: MPL-2.0
// The report of the staff desk: its bars say how many cards their lists hold, and what is taken away as a file says the same.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, test } from 'node:test';

import { read, utils } from '@e965/xlsx';

import { enter } from './desk.mjs';
import { openTown } from './town.mjs';

const YEAR = new Date().getFullYear();
const PERIOD = `from=${YEAR}-01-01&until=${YEAR}-12-31`;
let town;
let clerk;
let earlier; // what the sample town has already

async function file(fields) {
  const form = new URLSearchParams({ api_key: town.key, address_string: 'вул. Шкільна, 5', description: 'Глибока яма', ...fields });
  const answer = await fetch(`${town.origin}/kryzhopil/cases/open311/v2/requests.json`, { method: 'POST', body: form });
  assert.equal(answer.status, 201, await answer.text());
}

const report = async () => {
  const answer = await clerk.get(`api/report/cases/report?${PERIOD}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return answer.json;
};
const chart = (all, title) => all.charts.find((one) => one.title === title);

const received = (all) => Number(all.sections[0].fields.find((field) => field.label === 'Надійшло').value);
const valueOf = (all, title, at) => chart(all, title).points.find((one) => one.at === at && one.series === 'Надійшло')?.value ?? 0;

before(async () => {
  town = await openTown();
  town.key = town.viche('call', 'kryzhopil', 'cases/open311/key', 'name=Мапа', 'per_hour=1000').trim().split(' ').pop();
  clerk = await enter(town, 'olena');
  earlier = await report();
  for (let i = 0; i < 7; i++) await file({ service_code: 'problem.roads.pit' });
  for (let i = 0; i < 3; i++) await file({ service_code: 'problem.waste.bin', last_name: '=HYPERLINK("http://evil")', description: 'Сміття' });
});
after(() => town.close());

test('what came is counted, by everything a card is sorted by', async () => {
  const all = await report();
  const more = (title, at) => valueOf(all, title, at) - valueOf(earlier, title, at);
  assert.equal(all.sections[0].title, 'Разом за період');
  assert.equal(received(all) - received(earlier), 10);
  assert.equal(more('За темами', 'Яма на дорозі'), 7);
  assert.equal(more('За темами', 'Не вивезли сміття'), 3);
  assert.equal(more('За каналами', 'Open311'), 10);
  assert.equal(more('За виконавцями', 'ще нікому'), 10);
  const used = chart(all, 'Користування сервісом').points.find((one) => one.at === 'Звернення й повідомлення про проблеми');
  assert.equal(used.value, received(all));
});

test('each bar opens as many cards as it says', async () => {
  const all = await report();
  let opened = 0;
  for (const point of all.charts.flatMap((one) => one.points).filter((one) => one.opens)) {
    const list = await clerk.get(`api/list/${point.opens}&limit=200`);
    assert.equal(list.status, 200, point.opens);
    assert.equal(list.json.rows.length, point.value, `${point.series}, ${point.at}: ${point.opens}`);
    opened++;
  }
  assert.ok(opened >= 7, `${opened} bars`);
});

async function somebodyComes() {
  const answer = await fetch(`${town.origin}/kryzhopil/web/chats`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"language":"uk"}' });
  assert.ok(answer.ok, await answer.text());
}

test('people are counted in the days in which they first wrote', async () => {
  const came = (all) => chart(all, 'Користування сервісом').points.find((one) => one.at === 'Люди, які написали боту вперше').value;
  const before = came(await report());
  for (let i = 0; i < 3; i++) await somebodyComes();
  assert.equal(came(await report()) - before, 3);
  assert.equal(came((await clerk.get('api/report/cases/report?from=2001-02-03&until=2001-03-04')).json), 0);
});

test('conversations are counted in the period in which they began, cards by their type', async () => {
  const used = (all, what) => chart(all, 'Користування сервісом').points.find((one) => one.at.startsWith(what))?.value ?? 0;
  const all = await report();
  const [cards, problems] = [used(all, 'Звернення й'), used(all, 'Повідомлення про')];
  for (let i = 0; i < 2; i++) await somebodyComes();
  await file({ service_code: 'problem.noise' });
  const later = await report();
  assert.equal(used(later, 'Розмови') - used(all, 'Розмови'), 2);
  assert.deepEqual([used(later, 'Звернення й'), used(later, 'Повідомлення про')], [cards + 1, problems + 1]);
  assert.equal(used((await clerk.get('api/report/cases/report?from=2001-02-03&until=2001-03-04')).json, 'Розмови'), 0);
});

test('a period without cards has an empty report', async () => {
  const answer = await clerk.get('api/report/cases/report?from=2001-02-03&until=2001-03-04');
  assert.equal(answer.json.sections[0].fields[0].value, '0');
  assert.deepEqual(chart(answer.json, 'За темами').points, []);
});

async function taken(view, format, conditions) {
  const answer = await fetch(`${clerk.base}api/file/cases/${view}?format=${format}&${conditions}`, { headers: { cookie: clerk.cookie } });
  assert.equal(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}

const rowsOf = (bytes) => {
  const book = read(bytes, { raw: true });
  return utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, defval: '' });
};

test('the report and the list are taken away as CSV and XLSX', async () => {
  const csv = await clerk.get(`api/file/cases/report?format=csv&${PERIOD}`);
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.text, /"За темами","Яма на дорозі","Надійшло",\d+\r\n/);
  const cards = await clerk.get(`api/file/cases/cards?format=csv&private=yes&f.category=waste.bin&f.channel=open311`);
  assert.match(cards.headers.get('content-disposition'), /cases-cards\.csv/);
  assert.equal(cards.text.trim().split('\r\n').length, 4);
  assert.match(cards.text.split('\r\n')[0], /"Реєстраційний індекс","Дата надходження".*"Кореспондент".*"Термін виконання","Дата фактичного виконання"/);
  assert.match(cards.text, /"'=HYPERLINK\(""http:\/\/evil""\)  ",/, 'no formula of a citizen is ever run');
  for (const view of ['report', 'cards']) {
    const bytes = await taken(view, 'xlsx', PERIOD);
    assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
    const [heading, ...rows] = rowsOf(bytes);
    assert.ok(rows.length > 5 && rows.every((row) => row.length === heading.length), view);
  }
  const [heading, ...named] = rowsOf(await taken('cards', 'xlsx', 'private=yes&f.category=waste.bin&f.channel=open311'));
  assert.deepEqual(named.map((row) => row[heading.indexOf('Кореспондент')].trim()), Array(3).fill('=HYPERLINK("http://evil")'));
});

test('who has no role in the report has no report', async () => {
  const executor = await enter(town, 'iryna');
  assert.equal((await executor.get(`api/report/cases/report?${PERIOD}`)).status, 404);
  assert.equal((await executor.get(`api/file/cases/report?format=csv&${PERIOD}`)).status, 404);
});

/* More than lies in any buffer on the way: what a part waits for is its client. */
const LONG = 700;
const ESSENCE = `яма${' і «знаки» & <мітки>'.repeat(200)}`.slice(0, 3900);
const conditions = 'f.category=roads.pit&f.channel=open311&order=received';

test('a long list is taken away in parts, each card once, and opens', async () => {
  for (let i = 0; i < LONG; i++) await file({ service_code: 'problem.roads.pit', description: `${i} ${ESSENCE}` });
  const looks = () => town.viche('audit', 'list', 'kryzhopil').split('\n').filter((line) => line.includes('took a file')).length;
  const before = looks();
  const book = rowsOf(await taken('cards', 'xlsx', conditions));
  assert.equal(looks() - before, 1, 'one file is one line of the audit chain, however many parts it had');
  const essence = book[0].indexOf('Зміст');
  assert.ok(book.slice(8).every((row, i) => row[essence] === `${i} ${ESSENCE}`), 'in their order, word for word');
  assert.equal(new Set(book.map((row) => row[0])).size, 1 + 7 + LONG);
  const csv = (await taken('cards', 'csv', conditions)).toString().replace('\uFEFF', '');
  assert.ok(csv === book.map((row) => `${row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')}\r\n`).join(''), 'CSV says the same');
});

/* The answer has begun, and nobody reads on. */
async function begun() {
  const address = `${clerk.base}api/file/cases/cards?format=csv&${conditions}`;
  const answer = await new Promise((began) => get(address, { headers: { cookie: clerk.cookie } }, began));
  assert.equal(answer.statusCode, 200);
  return answer;
}

test('a citizen is heard between the parts of a long list', async () => {
  const given = async () => Number((await (await fetch(`${town.origin}/metrics`)).text()).match(/^viche_requests_given_total (\d+)/m)[1]);
  const answer = await begun();
  await somebodyComes();
  const heard = await given();
  let lines = 0;
  for await (const part of answer) lines += part.toString('latin1').split('\n').length - 1;
  assert.equal(lines, 1 + 7 + LONG);
  assert.ok((await given()) - heard > 1, 'parts were made after the citizen had been heard');
});

test('a session that ends takes the rest of its file with it, visibly', async () => {
  const answer = await begun();
  assert.equal((await clerk.post('api/logout')).status, 200);
  await assert.rejects(async () => {
    for await (const part of answer) assert.ok(part.length > 0);
  }, /aborted/);
});
