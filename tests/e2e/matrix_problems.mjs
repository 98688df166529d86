// SPDX-License-Identifier: MPL-2.0
// Reports of communal problems on all their ways: the second regulation of the demo town, with a dispatcher and a master.
import { comment, days, EXECUTOR, HELPER, justification, photo, RESPONSIBLE } from './matrix_cards.mjs';

const result = { outcome: 'done', answer: 'Засипано.', executed: photo };

async function whole(way) {
  await way.does(RESPONSIBLE, 'term', { comment });
  await way.does(RESPONSIBLE, 'classify', { category: 'roads.hatch', comment });
  await way.does(RESPONSIBLE, 'write', { message: 'Дякуємо, вже їдуть.' });
  await way.does(RESPONSIBLE, 'bar', { reason: 'Образи', quote: 'Нероби', days: '3' });
  await way.citizen('add');
  await way.does(RESPONSIBLE, 'appoint', { executors: way.both });
  await way.does(EXECUTOR, 'ask-executor-change', { justification, comment });
  await way.does(EXECUTOR, 'ask-longer-term', { justification, comment, due: days(20) });
  await way.does(HELPER, 'part-done');
  await way.does(EXECUTOR, 'accept');
  await way.decides(RESPONSIBLE, 'reject-executor-change', { comment });
  await way.decides(RESPONSIBLE, 'reject-longer-term', { comment });
  await way.plain(EXECUTOR, 'ask-executor-change', { justification, comment });
  await way.plain(EXECUTOR, 'ask-longer-term', { justification, comment, due: days(20) });
  await way.does(RESPONSIBLE, 'grant-longer-term', { due: days(20) });
  await way.does(RESPONSIBLE, 'grant-executor-change', { executors: way.both });
  await way.plain(EXECUTOR, 'accept');
  await way.does(EXECUTOR, 'ask', { question: 'Де саме?' });
  await way.does(EXECUTOR, 'unask', { comment });
  await way.plain(EXECUTOR, 'ask', { question: 'А о котрій?' });
  await way.citizen('answer');
  await way.plain(HELPER, 'part-done');
  await way.does(EXECUTOR, 'propose', result);
  await way.does(RESPONSIBLE, 'return', { reason: 'Не видно на фото.' });
  await way.plain(HELPER, 'part-done');
  await way.plain(EXECUTOR, 'propose', result);
  await way.citizen('rate');
  await way.does(RESPONSIBLE, 'close');
  await way.look();
}

async function repeated(way) {
  await way.plain(RESPONSIBLE, 'appoint', { executors: way.both });
  await way.plain(HELPER, 'part-done');
  await way.plain(EXECUTOR, 'propose', result);
  await way.citizen('dispute');
  await way.look();
}

async function withdrawn(way) {
  await way.citizen('withdraw');
  await way.look();
}

export const PROBLEMS = {
  whole,
  repeated,
  withdrawn,
  lead: (way) => way.does(RESPONSIBLE, 'lead', { title: 'Ями на Садовій' }),
  duplicate: (way) => way.duplicate(),
  joined: async (way) => {
    const [incident] = (await way.hall.list('auditor-a', 'cases/incidents')).rows.filter((row) => row.values.title === 'Ями на Садовій');
    await way.does(RESPONSIBLE, 'join', { incident: incident.id });
    await way.look();
  },
};
