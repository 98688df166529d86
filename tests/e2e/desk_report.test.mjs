// SPDX-License-Identifier: MPL-2.0
// The report of the staff desk: its bars say how many cards their lists hold, and what is taken away as a file says the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

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

test('a period without cards has an empty report', async () => {
  const answer = await clerk.get('api/report/cases/report?from=2001-02-03&until=2001-03-04');
  assert.equal(answer.json.sections[0].fields[0].value, '0');
  assert.deepEqual(chart(answer.json, 'За темами').points, []);
});

test('the report and the list are taken away as CSV and XLSX', async () => {
  const csv = await clerk.get(`api/file/cases/report?format=csv&${PERIOD}`);
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.text, /"За темами","Яма на дорозі","Надійшло",\d+\r\n/);
  const cards = await clerk.get(`api/file/cases/cards?format=csv&f.category=waste.bin&f.channel=open311`);
  assert.match(cards.headers.get('content-disposition'), /cases-cards\.csv/);
  assert.equal(cards.text.trim().split('\r\n').length, 4);
  assert.match(cards.text.split('\r\n')[0], /"Реєстраційний індекс","Дата надходження".*"Кореспондент".*"Термін виконання","Дата фактичного виконання"/);
  assert.match(cards.text, /"'=HYPERLINK\(""http:\/\/evil""\)  ",/, 'no formula of a citizen is ever run');
  for (const view of ['report', 'cards']) {
    const answer = await fetch(`${clerk.base}api/file/cases/${view}?format=xlsx&${PERIOD}`, { headers: { cookie: clerk.cookie } });
    assert.equal(answer.status, 200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
    assert.ok(bytes.includes('xl/worksheets/sheet1.xml'));
  }
});

test('who has no role in the report has no report', async () => {
  const executor = await enter(town, 'iryna');
  assert.equal((await executor.get(`api/report/cases/report?${PERIOD}`)).status, 404);
  assert.equal((await executor.get(`api/file/cases/report?format=csv&${PERIOD}`)).status, 404);
});
