// SPDX-License-Identifier: MPL-2.0
// Who may what: every action of both regulations in every state, every view and action that plugins declare, and who is told of it live; for
// every role, in the whole town, in the own and in another organisation, and with another town's session. What is meant stands in
// matrix_kalush.csv, matrix_communal.csv and matrix.csv; which rows there must be follows from the regulations and sources (matrix_rules.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openTownWithCitizens } from './desk_citizen.mjs';
import { APPEALS, TODAY, walk } from './matrix_cards.mjs';
import { findCards, openCards } from './matrix_citizens.mjs';
import { Grid } from './matrix_grid.mjs';
import { Hall } from './matrix_hall.mjs';
import { PROBLEMS } from './matrix_problems.mjs';
import { declaredActions, faultsOf, readRegulation } from './matrix_rules.mjs';
import { doAll, notices, proveScopes, reads, reveals, strangers } from './matrix_views.mjs';
import { until } from './town.mjs';

const views = new Grid('matrix.csv', 'view,what');
const kalush = { rules: readRegulation('kalush.ini'), grid: new Grid('matrix_kalush.csv', 'state,what') };
const communal = { rules: readRegulation('communal.ini'), grid: new Grid('matrix_communal.csv', 'state,what') };

let world; // {telegram, bot, town}
let hall;
let appeals;
let problems;

/* Addresses of their own for everybody, work at any hour, a desk in the town next door, announcements that take their time, a plugin that
 * crashes. */
function prepare(change) {
  change('conf/viche.ini', /^proxy = no$/m, 'proxy = yes');
  change('conf/towns/sharhorod.ini', '[directory]', '[directory]\n\n[desk]');
  change('conf/towns/kryzhopil.ini', '[calendar]', '[calendar]\nhours = mon-sun 00:00-23:59');
  change('conf/towns/kryzhopil.ini', '[news]', '[evil]\n\n[news]\nper_second = 1');
}

/* Appeals of 40 days before: a month has passed, the longest term of the law has not. */
before(async () => {
  world = await openTownWithCitizens({ begins: '2026-10-13T10:00+03:00', prepare });
  appeals = await openCards({ ...world, type: 'appeal', names: Object.keys(APPEALS), from: 1000 });
  world.town.clock.set(TODAY);
  hall = new Hall(world.town, views);
  await hall.open();
  problems = await openCards({ ...world, type: 'problem', names: Object.keys(PROBLEMS), from: 2000 });
  await findCards(hall, [...Object.values(appeals), ...Object.values(problems)]);
  await until('the appeals are overdue', async () => (await hall.list('auditor-a', 'cases/cards', 'limit=200&f.stage=overdue')).rows.length >= Object.keys(appeals).length);
  await hall.watch();
});

after(async () => {
  hall?.close();
  await world?.town.close();
  await world?.telegram.close();
});

/* Done in this grid, or, as decisions on requests are, among the views. */
const doneIn = (grid) => new Set([...hall.done].filter((one) => one.startsWith(`${grid.name},`)).map((one) => one.split(',')[1]));

/* What was wrong so far, with what the regulation misses in its grid. */
function prove({ rules, grid }) {
  const wrong = [...hall.wrong.splice(0), ...faultsOf(rules, grid, doneIn(grid)), ...grid.faults()];
  assert.deepEqual(wrong, [], wrong.join('\n'));
}

test('every action and request of the regulation of Kalush, in every state', { timeout: 200000 }, async () => {
  await walk(hall, kalush.grid, kalush.rules, appeals, APPEALS);
  prove(kalush);
});

test('every action and request of the regulation of communal problems, in every state', { timeout: 120000 }, async () => {
  await walk(hall, communal.grid, communal.rules, problems, PROBLEMS);
  prove(communal);
});

test('every view and every action that it declares', { timeout: 120000 }, async () => {
  const things = await doAll(hall, world, { appeal: appeals.whole, problem: problems.whole });
  const all = (await hall.desk('auditor-a').get('api/views')).json.views;
  for (const { plugin, id, has } of all) {
    const view = `${plugin}/${id}`;
    const first = has.includes('list') ? (await hall.list('auditor-a', view)).rows[0]?.id : undefined;
    const thing = things[view] ?? first;
    await reads(hall, view, thing, has);
    if (thing) await reveals(hall, view, thing);
    things[view] = thing ?? '1';
  }
  await proveScopes(hall);
  await notices(hall);
  await strangers(hall, world.town, things);
  const wrong = hall.wrong.splice(0);
  for (const declared of declaredActions()) {
    const [plugin, action] = declared.split(',');
    const rows = views.rows().filter((row) => row.startsWith(`${plugin}/`) && row.endsWith(`,${action}`));
    if (!rows.some((row) => views.columns.some((column) => views.letters(row, column)))) wrong.push(`no row with anybody who may: ${declared}`);
  }
  wrong.push(...views.faults());
  assert.deepEqual(wrong, [], wrong.join('\n'));
});
