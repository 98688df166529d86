// SPDX-License-Identifier: MPL-2.0
// Everybody of the matrix, each signed in from an address of their own and before a live stream. A deed is looked at by all, tried by all who
// may not, done by the one who may, and whom the desk told about it is written down.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Desk, enter, invited } from './desk.mjs';

const HOME = { a: '', o: 'blahoustrii', x: 'vodokanal' };
const whole = ['a'];
const each = ['a', 'o', 'x'];
/* column, role, letters. The executor of the own organisation is the one appointed, and so is the co-executor; a colleague is not. */
const PEOPLE = [
  ['responsible', 'responsible', each],
  ['decider', 'decider', each],
  ['executor', 'executor', each],
  ['co-executor', 'executor', ['o']],
  ['colleague', 'executor', ['o']],
  ['pr', 'pr', each],
  ['operator', 'operator', each],
  ['auditor', 'auditor', whole],
  ['admin', 'admin', whole],
];
const LEAVER = { login: 'leaver', role: 'executor', home: 'svitlo' }; // stands in no cell: does what it takes to be replaced

class Guest extends Desk {
  constructor(peer, ...args) {
    super(...args);
    this.peer = peer;
  }

  ask(method, path, body, headers = {}) {
    return super.ask(method, path, body, { 'x-forwarded-for': this.peer, ...headers });
  }
}

/* What else a deed on a card changes. */
const ALSO = { bar: 'cases/bars/', lead: 'cases/incidents/', join: 'cases/incidents/', 'ask-': 'cases/requests/', 'grant-': 'cases/requests/', 'reject-': 'cases/requests/' };

/* What only those look at who change it; what is not there any more to be seen. */
const SILENT = ['desk/grants', 'desk/sessions', 'desk/parked'];
const GONE = ['drop', 'remove'];

const readyOf = (actions) => actions.filter((action) => !action.wait).map((action) => action.id);
const isRefusal = ({ status, json }) => [403, 404].includes(status) || json?.error?.code === 'refused' || json?.results?.every((one) => !one.done);

export class Hall {
  /* wrong: what was otherwise than it should be, in words; views: the grid of what stands in no regulation */
  constructor(town, views) {
    Object.assign(this, { town, views, wrong: [], done: new Set(), told: new Map(), seen: new Map(), beats: 0 });
    this.people = PEOPLE.flatMap(([column, role, letters]) =>
      letters.map((letter) => ({ column, letter, login: `${column}-${letter}`, role, home: HOME[letter], scope: letter === 'a' ? '' : `:*@${HOME[letter]}` })),
    );
  }

  async open() {
    const leaver = { ...LEAVER, scope: `:*@${LEAVER.home}` };
    const staff = [...this.people, leaver];
    const csv = join(this.town.folder, 'staff.csv');
    const rows = staff.map(({ login, home, role, scope }) => `${login},Матриця ${login},,${home},${role}${scope},`);
    writeFileSync(csv, ['login,name,post,organisation,roles,dismissed', ...rows].join('\n'));
    this.town.viche('import', 'kryzhopil', 'staff', csv);
    staff.forEach((one, i) => (one.desk = new Guest(`198.51.100.${i + 1}`, this.town)));
    for (const one of staff) one.invitation = invited(this.town, one.login);
    await Promise.all(staff.map((one) => one.desk.welcome(one.invitation)));
    for (const one of staff) one.id = (await one.desk.me()).clerk.id;
    this.staff = new Map(staff.map((one) => [one.login, one]));
    this.town.viche('call', 'sharhorod', 'desk/first-admin');
    const theirs = await enter(this.town, 'admin', 'sharhorod');
    this.outside = new Guest('198.51.100.99', this.town);
    Object.assign(this.outside, { cookie: theirs.cookie.replace('sharhorod', 'kryzhopil'), token: theirs.token });
  }

  id(login) {
    return this.staff.get(login).id;
  }

  desk(login) {
    return this.staff.get(login).desk;
  }

  async list(login, view, query = 'limit=200') {
    return (await this.desk(login).get(`api/list/${view}?${query}`)).json;
  }

  // ---- live ----

  /* A stream each; anew after a worker has gone, with which its streams end. */
  async watch() {
    this.close();
    for (const one of this.people) {
      one.live = await one.desk.live();
      await one.live.find('hello');
      one.heard = one.live.events.length;
    }
    if (this.beat) return;
    const { json } = await this.act('operator-a', 'desk/templates', 'add', { title: 'Удар', words: 'Удар.' });
    assert.ok(json.done, JSON.stringify(json));
    this.beat = (await this.list('operator-a', 'desk/templates')).rows.find((row) => row.values.title === 'Удар').id;
  }

  /* A change that everybody but the administrator sees: whatever came before it has come by now. Path → logins who were told. */
  async gather() {
    this.beats += 1;
    await this.desk('operator-a').post(`api/act/desk/templates/${this.beat}`, { action: 'change', values: { title: 'Удар', words: `Удар ${this.beats}.` }, stamp: '' });
    const isBeat = ({ name, data }) => name === 'changed' && data.view === 'desk/templates' && data.id === this.beat;
    const told = new Map();
    for (const one of this.people) {
      const { events } = one.live;
      const come = () => events.slice(one.heard).some(isBeat);
      if (one.role !== 'admin' && !(await one.live.wait(come, 5000))) this.wrong.push(`${one.login}: the live stream is silent`);
      for (const { name, data } of events.slice(one.heard).filter((event) => !isBeat(event))) this.#hear(one, name, data, told);
      one.heard = events.length;
    }
    return told;
  }

  #hear(one, name, data, told) {
    if (name === 'changed' && Object.keys(data).join() !== 'view,id') this.wrong.push(`${data.view}: changed says more than which row`);
    if (!['changed', 'notice'].includes(name)) return;
    const path = `${data.view}/${name === 'changed' ? data.id : data.thing}`;
    if (!told.has(path)) told.set(path, { changed: new Set(), notice: new Set() });
    told.get(path)[name].add(one.login);
  }

  /* Who was told must be who sees it now; who finds it among their notices must see it, too. */
  #proveTold(path, sees) {
    const told = this.told.get(path);
    if (!told) return;
    this.told.delete(path);
    const live = [...told.changed].sort().join();
    if (live && live !== [...sees].sort().join()) this.wrong.push(`${path}: seen by ${[...sees]}\n   told to ${live}`);
    for (const login of told.notice) if (!sees.has(login)) this.wrong.push(`${path}: a notice to ${login}, who does not see it`);
  }

  // ---- looking ----

  /* What each is offered: login → {sees, stamp, ready, actions, json}. A path of two words is a list. */
  async look(path) {
    const [, , id] = path.split('/');
    const pages = new Map();
    const ask = async (one) => {
      const { status, json } = await one.desk.get(id ? `api/show/${path}` : `api/list/${path}?limit=1`);
      if (![200, 403, 404].includes(status)) this.wrong.push(`${path}: ${one.login} is answered ${status}`);
      const actions = (status === 200 && json.actions) || [];
      pages.set(one.login, { sees: status === 200, stamp: json?.stamp ?? '', ready: readyOf(actions), actions, json });
    };
    await Promise.all(this.people.map(ask));
    if (id) this.#proveTold(path, new Set(this.people.filter((one) => pages.get(one.login).sees).map((one) => one.login)));
    return pages;
  }

  /* Notes what is offered in rows "prefix,action", who sees it at all, and who was told that it has come to this. */
  async note(grid, prefix, path) {
    const told = this.told.get(path);
    const pages = await this.look(path);
    const row = prefix(pages);
    const isPage = path.split('/').length > 2;
    for (const one of this.people) {
      const page = pages.get(one.login);
      if (isPage && page.sees) grid.note(`${row},see`, one);
      for (const message of ['changed', 'notice']) if (told?.[message].has(one.login)) grid.note(`${row},${message}`, one);
      for (const action of page.actions) grid.open(`${row},${action.id}`);
      for (const action of page.ready) grid.note(`${row},${action}`, one);
    }
    return pages;
  }

  // ---- doing ----

  act(login, path, action, values, more = {}) {
    return this.desk(login).post(`api/act/${path}`, { action, values, ...more });
  }

  /* What a form holds that is not data: uploads. */
  async #filled(login, values) {
    const filled = {};
    for (const [name, value] of Object.entries(values)) filled[name] = typeof value === 'function' ? await value(this.desk(login)) : value;
    return filled;
  }

  async #force(path, pages, action, values) {
    const tries = [];
    for (const { login } of this.people) {
      const { ready, stamp } = pages.get(login);
      if (ready.includes(action)) continue;
      tries.push([login, this.act(login, path, action, values, { stamp })]);
    }
    for (const [login, answer] of tries)
      if (!isRefusal(await answer)) this.wrong.push(`${path}: ${action} forced by ${login}: ${JSON.stringify((await answer).json)}`);
    const { status } = await this.outside.post(`api/act/${path}`, { action, values });
    if (status !== 401) this.wrong.push(`${path}: ${action} with another town's session: ${status}`);
  }

  /* The deed of one official, or by a citizen who is told as `work`. */
  async deed({ grid, prefix, path, login, action, values = {}, work }) {
    const pages = await this.note(grid, prefix, path);
    const row = prefix(pages);
    const filled = login ? await this.#filled(login, values) : {};
    await this.#force(path, pages, action, filled);
    const answer = login ? await this.act(login, path, action, filled, { stamp: pages.get(login)?.stamp ?? '' }) : await work();
    if (login) assert.equal(answer.status, 200, `${login}: ${action} on ${path} (${row}): ${JSON.stringify(answer.json)}`);
    this.done.add(`${grid.name},${action}`);
    await this.#hearAll(path, action);
    return answer?.json;
  }

  /* The thing itself is looked at with its next deed, others at once; a deed that changes another thing tells whoever sees that. */
  async #hearAll(path, action) {
    const told = await this.gather();
    const [plugin, view, id] = path.split('/');
    const silent = SILENT.includes(`${plugin}/${view}`) || GONE.includes(action);
    if (id && !silent && !told.get(path)?.changed.size) this.wrong.push(`${path}: ${action}, and nobody is told`);
    this.told = new Map([...this.told, ...told]);
    for (const thing of told.keys())
      if (thing !== path) await (thing.startsWith('cases/cards/') ? this.look(thing) : this.note(this.views, () => thing.split('/').slice(0, 2).join('/'), thing));
    const other = ALSO[/^(ask|grant|reject)-/.exec(action)?.[0] ?? action];
    if (other && ![...told.keys()].some((thing) => thing.startsWith(other))) this.wrong.push(`${action}: nobody is told of ${other}`);
  }

  /* What is done on the way and measured elsewhere. */
  async plain(login, path, action, values = {}) {
    const filled = await this.#filled(login, values);
    const stamp = path.split('/').length > 2 ? (await this.desk(login).get(`api/show/${path}`)).json?.stamp : '';
    const answer = await this.act(login, path, action, filled, { stamp: stamp ?? '' });
    assert.equal(answer.status, 200, `${login}: ${action} on ${path}: ${JSON.stringify(answer.json)}`);
    this.told = new Map([...this.told, ...(await this.gather())]);
    return answer.json;
  }

  close() {
    for (const one of this.people) one.live?.close();
  }
}
