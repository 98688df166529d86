// SPDX-License-Identifier: MPL-2.0
// Cards on all their ways: each action of a regulation comes to be done by its rightful official, in front of everybody.
import assert from 'node:assert/strict';

import { applicant } from './matrix_citizens.mjs';
import { JPEG } from './picture.mjs';

export const comment = 'Так і є.';
export const justification = 'Без цього роботу не закінчити вчасно.';
export const TODAY = '2026-11-23T10:00+02:00';
export const days = (count) => new Date(Date.parse(TODAY) + count * 86400e3).toISOString().slice(0, 10);
export const photo = async (desk) => (await desk.post('api/upload?name=photo.jpg', JPEG, { 'content-type': 'image/jpeg' })).json.id;

export const RESPONSIBLE = 'responsible-a';
export const DECIDER = 'decider-a';
export const EXECUTOR = 'executor-o';
export const HELPER = 'co-executor-o';
const LEAVER = 'leaver';

/* One card: does("responsible-a", "term", {…}), citizen("add"), and so on, each measured. */
export class Way {
  constructor(hall, grid, regulation, card) {
    Object.assign(this, { hall, grid, card, both: `${hall.id(EXECUTOR)}\n${hall.id(HELPER)}`, decider: hall.id(DECIDER) });
    const stateOf = (page) => page.sections.flatMap((section) => section.fields).find((field) => field.name === 'state').value;
    this.prefix = (pages) => regulation.states[stateOf(pages.get('auditor-a').json)];
    this.wish = card.path.replace('cards', 'requests');
  }

  does(login, action, values = {}) {
    return this.hall.deed({ grid: this.grid, prefix: this.prefix, path: this.card.path, login, action, values });
  }

  citizen(action) {
    const work = () => applicant[action](this.card.citizen, this.card.id);
    return this.hall.deed({ grid: this.grid, prefix: this.prefix, path: this.card.path, action, work });
  }

  /* Done among the requests, where it is offered as well; who may is the same. */
  async decides(login, action, values) {
    await this.hall.note(this.grid, this.prefix, this.card.path);
    const prefix = () => 'cases/requests';
    await this.hall.deed({ grid: this.hall.views, prefix, path: this.wish, login, action, values });
    this.hall.done.add(`${this.grid.name},${action}`);
  }

  plain(login, action, values) {
    return this.hall.plain(login, this.card.path, action, values);
  }

  look() {
    return this.hall.note(this.grid, this.prefix, this.card.path);
  }

  /* Ends as the same as another card of its kind that nobody has begun with. */
  async duplicate() {
    const { rows } = await this.hall.list('auditor-a', 'cases/cards');
    const own = rows.find((row) => this.card.path.endsWith(`/${row.id}`)).values;
    const first = rows.find(({ values }) => values.number !== own.number && values.type === own.type && values.state === own.state).values;
    await this.does(RESPONSIBLE, 'duplicate', { original: first.number });
    await this.look();
  }

  /* ---- steps that several ways begin with ---- */

  async assigned(executors = this.both) {
    await this.plain(RESPONSIBLE, 'address', { decider: this.decider });
    await this.plain(DECIDER, 'appoint', { executors });
  }

  async working() {
    await this.assigned();
    for (const action of ['accept', 'review', 'confirm-competence']) await this.plain(EXECUTOR, action, { comment });
    await this.plain(HELPER, 'part-done', { comment });
  }

  async ended(outcome, more) {
    await this.working();
    await this.plain(EXECUTOR, 'propose', { outcome, answer: 'Ось як.', comment, ...more });
    await this.does(RESPONSIBLE, 'close', { comment });
    await this.assessed();
  }

  async assessed() {
    await this.does(DECIDER, 'assess', { timeliness: '2', quality: '2', comment });
    await this.look();
  }
}

/* ---- kalush.ini ---------------------------------------------------------------------------------------------------------------- */

/* From receipt to what follows after the end, with all that is done on the way. */
async function whole(way) {
  await way.does(RESPONSIBLE, 'term', { comment });
  await way.does('decider-o', 'control', { comment });
  await way.does(RESPONSIBLE, 'write', { message: 'Дякуємо, взяли до роботи.', comment });
  await way.does(RESPONSIBLE, 'bar', { reason: 'Образи', quote: 'Нероби', days: '3' });
  await way.does(RESPONSIBLE, 'report-late', { comment });
  await way.citizen('add');
  await way.does(RESPONSIBLE, 'classify', { category: '030.1', comment });
  await way.does(RESPONSIBLE, 'address', { decider: way.decider });
  await way.does(RESPONSIBLE, 'readdress', { decider: way.decider, comment });
  await way.does(RESPONSIBLE, 'remind', { comment });
  await way.does(DECIDER, 'appoint', { executors: way.both });
  await way.does(RESPONSIBLE, 'demand', { reason: 'Покажіть акт.' });
  await way.does(EXECUTOR, 'supply', { comment });
  await way.does(EXECUTOR, 'comment', { comment });
  await way.does(EXECUTOR, 'accept', { comment });
  await way.does(EXECUTOR, 'ask', { question: 'Де саме?', comment });
  await way.does(EXECUTOR, 'unask', { comment });
  await way.plain(HELPER, 'ask', { question: 'А о котрій?', comment });
  await way.citizen('answer');
  await way.does(EXECUTOR, 'review', { comment });
  await way.does(HELPER, 'check', { facts: 'Яма є.', comment });
  await way.does(EXECUTOR, 'decide', { decision: 'Засипати.', comment });
  await way.does(HELPER, 'part-done', { comment });
  await way.does(EXECUTOR, 'prove-considered', { considered: photo, comment });
  await way.does(EXECUTOR, 'confirm-competence', { comment });
  await way.does(EXECUTOR, 'prove-executed', { executed: photo, comment });
  await way.does(DECIDER, 'discipline-late', { measure: 'Зауваження' });
  await way.does(EXECUTOR, 'propose', { outcome: 'done', answer: 'Засипано.', comment });
  await way.does(RESPONSIBLE, 'return', { reason: 'Не видно на фото.' });
  await way.plain(HELPER, 'part-done', { comment });
  await way.plain(EXECUTOR, 'propose', { outcome: 'done', answer: 'Засипано.', comment });
  await way.citizen('rate');
  await way.does(RESPONSIBLE, 'close', { comment });
  await way.does(DECIDER, 'assess', { timeliness: '2', quality: '2', comment });
  await way.does(DECIDER, 'discipline-quality', { measure: 'Догана' });
  await way.does(DECIDER, 'bonus', { comment });
  await way.does(RESPONSIBLE, 'repeat', { reason: 'Знову яма.' });
  await way.look();
}

/* All five wait for a decision in every state they can be made in; each is rejected once and granted once. */
async function requested(way) {
  const later = { due: days(2) };
  const wishes = {
    'executor-change': [{}, { executors: way.both }],
    'executor-addition': [{}, { executors: way.hall.id(HELPER) }],
    'longer-term': [later, later],
    'additional-control': [{ due: days(60) }, { due: days(60) }],
    'strategic-plan': [{ plan: 'План на 2027 рік' }, { plan: 'План на 2027 рік' }],
  };
  const asks = (wish) => way.does(EXECUTOR, `ask-${wish}`, { justification, comment, ...wishes[wish][0] });
  await way.assigned();
  await asks('executor-change');
  await asks('executor-addition');
  await way.look();
  await way.plain(EXECUTOR, 'accept', { comment });
  for (const wish of ['longer-term', 'additional-control', 'strategic-plan']) await asks(wish);
  await way.look();
  await way.plain(EXECUTOR, 'review', { comment });
  await way.look();
  await way.plain(EXECUTOR, 'confirm-competence', { comment });
  for (const wish of Object.keys(wishes)) await way.decides(DECIDER, `reject-${wish}`, { comment });
  for (const wish of ['executor-addition', 'longer-term', 'additional-control', 'executor-change']) {
    await way.plain(EXECUTOR, `ask-${wish}`, { justification, comment, ...wishes[wish][0] });
    await way.does(DECIDER, `grant-${wish}`, wishes[wish][1]);
  }
}

async function planned(way) {
  await way.working();
  await way.plain(EXECUTOR, 'ask-strategic-plan', { justification, comment, plan: 'План на 2027 рік' });
  await way.decides(DECIDER, 'grant-strategic-plan', { plan: 'План на 2027 рік', comment });
  await way.assessed();
}

async function foreign(way) {
  const to = { decider: way.decider, addressee: 'Обласна рада', comment };
  await way.does(RESPONSIBLE, 'refer', to);
  await way.does(DECIDER, 'keep', { comment });
  await way.does(RESPONSIBLE, 'suspect', { decider: way.decider, grounds: 'Заклик до ворожнечі' });
  await way.does(DECIDER, 'process', { comment });
  await way.plain(RESPONSIBLE, 'refer', to);
  await way.does(DECIDER, 'forward', { comment });
  await way.look();
}

async function rejected(way) {
  await way.plain(RESPONSIBLE, 'suspect', { decider: way.decider, grounds: 'Заклик до ворожнечі' });
  await way.does(DECIDER, 'reject', { comment });
  await way.look();
}

async function withdrawn(way) {
  await way.citizen('withdraw');
  await way.look();
}

async function repeated(way) {
  await way.working();
  await way.plain(EXECUTOR, 'propose', { outcome: 'done', answer: 'Зроблено.', comment, executed: photo });
  await way.citizen('dispute');
  await way.assessed();
}

/* Whoever worked on it is gone when the organisation is closed, in each state; at last they are dismissed. */
function leaving(way) {
  const shop = (action) => way.hall.plain('admin-a', 'desk/organisations/svitlo', action);
  const goes = async (login, action, values) => {
    await shop('close');
    await way.look();
    await shop('open');
    await way.plain(login, action, values);
  };
  return { shop, goes };
}

async function replaced(way) {
  const { hall } = way;
  const { shop, goes } = leaving(way);
  await way.assigned(hall.id(LEAVER));
  for (const action of ['accept', 'review', 'confirm-competence']) await goes(LEAVER, action, { comment });
  await goes(LEAVER, 'propose', { outcome: 'explained', answer: 'Так.', comment, considered: photo });
  await shop('close');
  await way.does(DECIDER, 'replace', { executors: way.both, comment });
  await shop('open');
}

/* One of those beside left; whoever leads goes on. */
async function relieved(way) {
  const { shop, goes } = leaving(way);
  await way.assigned(`${way.hall.id(EXECUTOR)}\n${way.hall.id(LEAVER)}`);
  for (const action of ['accept', 'review']) await goes(EXECUTOR, action, { comment });
  await way.plain(EXECUTOR, 'ask', { question: 'Де саме?', comment });
  await goes(EXECUTOR, 'unask', { comment });
  await goes(EXECUTOR, 'confirm-competence', { comment });
  await shop('close');
  const { notices } = (await way.hall.desk(DECIDER).get('api/notices')).json;
  assert.ok(notices.some((one) => /чека\S+ на частину, яку нема кому завершити/.test(one.words)), 'who decides is told');
  await way.does(DECIDER, 'relieve', { comment });
  await shop('open');
}

export const APPEALS = {
  whole,
  requested,
  planned,
  foreign,
  rejected,
  withdrawn,
  repeated,
  replaced,
  relieved,
  explained: (way) => way.ended('explained', { considered: photo }),
  refused: (way) => way.ended('refused', { considered: photo, grounds: 'Закон цього не передбачає.' }),
  lead: (way) => way.does(RESPONSIBLE, 'lead', { title: 'Темно на Шкільній' }),
  duplicate: (way) => way.duplicate(),
  joined: async (way) => {
    const [incident] = (await way.hall.list('auditor-a', 'cases/incidents')).rows.filter((row) => row.values.title === 'Темно на Шкільній');
    await way.does(RESPONSIBLE, 'join', { incident: incident.id });
    await way.look();
  },
};

export async function walk(hall, grid, regulation, cards, ways) {
  for (const [name, way] of Object.entries(ways)) {
    try {
      await way(new Way(hall, grid, regulation, cards[name]));
    } catch (error) {
      error.message = `${grid.name}, «${name}»: ${error.message}`;
      throw error;
    }
  }
}
