// SPDX-License-Identifier: MPL-2.0
// A desk without a town: the page as it is built, and answers in the shape of docs/desk-api.md from memory. For tests of the page alone,
// and to look at it: node tests/e2e/desk_fake.mjs 8090
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { FIELDS, LIST_ACTIONS, makeCards, report, show } from './desk_cards.mjs';

const BUILD = process.env.VICHE_BUILD || new URL('../../build', import.meta.url).pathname;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><path fill="#9fb4c6" d="M0 0h480v360H0z"/><path fill="#6b7683" d="M0 150h480v210H0z"/>' +
  '<ellipse cx="250" cy="270" rx="120" ry="44" fill="#3a424c"/><ellipse cx="240" cy="276" rx="84" ry="24" fill="#8ba7bd"/></svg>';
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /kryzhopil/desk/api/csp";
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const view = (plugin, id, title, has, fields) => ({ plugin, id, title, help: null, has, fields });

class Refusal extends Error {
  constructor(status, code, message, where) {
    super(message);
    Object.assign(this, { status, code, where });
  }
}

const body = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

const plain = (name, label, more = {}) => ({ ...FIELDS[0], name, label, sorted: false, ...more });
const VIEWS = [
  view('cases', 'cards', 'Звернення', ['list', 'show', 'act', 'report', 'csv', 'xlsx'], FIELDS),
  view('news', 'posts', 'Оголошення', ['list', 'show', 'act'], [plain('title', 'Заголовок')]),
  view('desk', 'staff', 'Працівники', ['list', 'show', 'act'], [plain('name', 'Ім’я'), plain('post', 'Посада'), plain('roles', 'Ролі')]),
  view('desk', 'parked', 'Відкладені події', ['list', 'show', 'act'], [plain('id', 'Подія'), plain('why', 'Чому відкладено')]),
  view('desk', 'audit', 'Журнал', ['list', 'csv'], [plain('at', 'Коли', { kind: 'moment' }), plain('who', 'Хто'), plain('what', 'Що')]),
];
const STAFF = [['7', 'Олена Зразкова', 'головний спеціаліст', 'відповідальна особа'], ['8', 'Ігор Ткачук', 'майстер КП «Благоустрій»', 'виконавець']];

const kindOf = (name) => (name.endsWith('.pdf') ? { type: 'application/pdf', kind: 'document' } : { type: 'image/png', kind: 'photo' });

/* The whole desk: state that a test may touch, and a request handler. */
export class Desk {
  constructor({ count = 120, state = 'in', language = 'uk' } = {}) {
    this.now = Math.floor(Date.now() / 1000);
    this.cards = makeCards(count, this.now);
    this.state = state;
    this.language = language;
    this.token = 'token-1';
    this.reports = []; // violations of the policy
    this.acts = []; // what was done
    this.looks = []; // personal data that was asked for
    this.streams = new Set();
    this.saved = [];
    this.uploads = 0;
    this.busy = false;
    this.notices = [{ id: '31', at: this.now - 600, view: 'cases/cards', thing: '311', words: 'Звернення Г-2026-311 призначено Вам.', read: false }];
    this.templates = [{ id: '1', title: 'Прийнято в роботу', words: 'Доброго дня! Ваше звернення прийнято в роботу.' }];
  }

  me(more = {}) {
    const town = { id: 'kryzhopil', name: 'Крижопільська громада', languages: ['uk', 'en'], zone: 'Europe/Kyiv' };
    const out = { state: this.state, token: this.token, language: this.language, town };
    if (this.state !== 'in') return { ...out, ...more };
    const clerk = { id: '7', name: 'Олена Зразкова', post: 'головний спеціаліст', login: 'o.zrazkova', organisation: { id: '', name: town.name }, roles: ['responsible'] };
    const unread = this.notices.filter((one) => !one.read).length;
    return { ...out, clerk, tiles: '', upload_bytes: 1000000, idle_s: 1800, ends_at: this.now + 40000, recovery_left: 10, unread, ...more };
  }

  tell(event, data) {
    for (const stream of this.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /* Somebody else works on a card. */
  change(id, values, title = 'Змінено') {
    const card = this.card(id);
    Object.assign(card.values, values);
    card.stamp++;
    card.events.push({ at: Math.floor(Date.now() / 1000), who: 'Ігор Ткачук', title, words: '', files: [] });
    this.tell('changed', { view: 'cases/cards', id });
  }

  expire() {
    this.state = 'out';
    this.token = `token-${Math.random()}`;
    this.tell('end', { code: 'signed-out' });
  }

  card(id) {
    const card = this.cards.find((one) => one.id === id);
    if (!card) throw new Refusal(404, 'not-here', 'Такого тут немає.');
    return card;
  }

  rows(base) {
    if (base === 'cases/cards') return this.cards;
    if (base === 'desk/staff') return STAFF.map(([id, name, post, roles]) => ({ id, values: { name, post, roles }, words: {}, masked: [] }));
    return [];
  }

  list(base, query) {
    const text = (query.get('search') || '').toLowerCase();
    const filters = [...query].filter(([name]) => name.startsWith('f.') && !/^f.(due|at)$/.test(name));
    let rows = this.rows(base).filter((row) => Object.values(row.values).join(' ').toLowerCase().includes(text));
    for (const [name, value] of filters) rows = rows.filter((row) => row.values[name.slice(2)] === value);
    const order = query.get('order');
    const by = (order || '').replace('-', '');
    if (order) rows = [...rows].sort((a, b) => (a.values[by] < b.values[by] ? -1 : 1) * (order[0] === '-' ? -1 : 1));
    const from = Number(query.get('after') || 0);
    const until = from + Number(query.get('limit') || 50);
    const actions = base === 'cases/cards' ? LIST_ACTIONS : [];
    return { rows: rows.slice(from, until).map(({ id, values, words, masked }) => ({ id, values, words, masked })), more: until < rows.length ? String(until) : null, total: rows.length, actions };
  }

  act(base, id, said) {
    if (id === '310' && said.stamp === undefined) throw new Refusal(422, 'refused', 'Картку закрито.');
    if (id) {
      const card = this.card(id);
      if (said.stamp !== undefined && said.stamp !== String(card.stamp)) throw new Refusal(409, 'changed', 'Поки Ви писали, Ігор Ткачук змінив картку.');
      if (said.values && said.values.reason === 'ні') throw new Refusal(422, 'form', 'Поясніть докладніше.', 'reason');
      card.stamp++;
      card.events.push({ at: Math.floor(Date.now() / 1000), who: 'Олена Зразкова', title: said.action, words: '', files: [] });
    }
    this.acts.push(said);
    return { done: true, said: null, opens: id ? null : 'cases/cards/312' };
  }

  sign(path, said) {
    const next = { login: 'code', code: 'in', logout: 'out', welcome: 'enrol', enrol: 'in' };
    if (said.password === 'wrong') throw new Refusal(401, 'wrong', 'Логін або пароль не підходять.');
    if (path === 'welcome' && !said.password) return { name: 'Олена Зразкова', login: 'o.zrazkova' };
    this.state = next[path];
    this.token = `token-${path}-${Math.random()}`;
    return this.me(path === 'enrol' ? { recovery: Array.from({ length: 10 }, (_, i) => `abcd${i}-efgh${i}`) } : {});
  }

  answer(method, path, query, said) {
    const [verb, plugin, name, id] = path.split('/').map(decodeURIComponent);
    const base = `${plugin}/${name}`;
    if (path === 'me') return this.me();
    if (['login', 'code', 'logout', 'welcome'].includes(path)) return this.sign(path, said);
    if (path === 'enrol') return method === 'GET' ? { secret: 'JBSW Y3DP EHPK 3PXP', picture: 'api/enrol.svg' } : this.sign(path, said);
    if (this.state !== 'in') throw new Refusal(401, 'signed-out', 'Вхід закінчився. Увійдіть знову: усе, що Ви написали, лишається тут.');
    if (method !== 'GET' && said.token !== this.token) throw new Refusal(403, 'token', 'Спробуйте ще раз.');
    const verbs = {
      views: () => ({ views: VIEWS }),
      templates: () => ({ templates: this.templates }),
      saved: () => this.keep(method, plugin, said.body),
      tasks: () => ({ groups: [{ plugin: 'cases', view: 'cards', title: 'Звернення', total: 9, rows: this.list('cases/cards', new URLSearchParams('limit=9')).rows }] }),
      notices: () => this.hear(method, said.body),
      list: () => this.list(base, query),
      show: () => show(this.card(id)),
      act: () => this.act(base, id, said.body),
      reveal: () => (this.looks.push(said.body.fields), { values: Object.fromEntries(said.body.fields.map((one) => [one, this.card(id).secret[one]])), words: {} }),
      report,
      upload: () => ({ id: `u${++this.uploads}`, name: query.get('name'), ...kindOf(query.get('name')), bytes: 100 }),
      language: () => ((this.language = said.body.language), this.me()),
    };
    if (!verbs[verb]) throw new Refusal(404, 'not-here', 'Такого тут немає.');
    return verbs[verb]();
  }

  keep(method, id, said) {
    if (method === 'DELETE') this.saved = this.saved.filter((one) => one.id !== id);
    if (method === 'POST') this.saved.push({ ...said, id: String(this.saved.length + 1) });
    return method === 'POST' ? { id: this.saved.at(-1).id } : { saved: this.saved, done: true };
  }

  hear(method, said) {
    if (method === 'POST') this.notices.forEach((one) => (one.read = true));
    return { unread: this.notices.filter((one) => !one.read).length, more: null, notices: this.notices };
  }

  async serve(request, response) {
    const url = new URL(request.url, 'http://desk');
    const said = await body(request);
    const path = url.pathname.replace('/kryzhopil/desk/', '');
    const send = (status, type, bytes) => response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': POLICY }).end(bytes);
    if (path === '') return send(200, 'text/html; charset=utf-8', page(this.language));
    if (url.pathname.startsWith('/static/')) return send(200, TYPES[path.split('.').pop()] || 'image/svg+xml', readFileSync(join(BUILD, 'share', url.pathname)));
    if (path === 'api/csp') return this.reports.push(String(said)), send(204, 'text/plain', '');
    if (path === 'api/live') return this.listen(response);
    if (path.startsWith('api/files/')) return send(200, 'image/svg+xml', PICTURE);
    if (path === 'api/enrol.svg') return send(200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 6h1v1H6z"/></svg>');
    if (path.startsWith('api/file/')) return send(200, 'text/csv', 'номер;суть\n');
    try {
      const json = said.length > 0 && /json/.test(request.headers['content-type']) ? JSON.parse(said) : {};
      const answer = this.answer(request.method, path.slice(4), url.searchParams, { ...json, body: json, token: request.headers['x-viche-token'] });
      return send(200, 'application/json', JSON.stringify(answer));
    } catch (error) {
      if (!error.status) throw error;
      return send(error.status, 'application/json', JSON.stringify({ error: { code: error.code, message: error.message, where: error.where } }));
    }
  }

  listen(response) {
    if (this.state !== 'in') return response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('event: hello\ndata: {}\n\n');
    this.streams.add(response);
    return response.on('close', () => this.streams.delete(response));
  }
}

const page = (language) =>
  `<!doctype html><html lang="${language}" data-town="kryzhopil"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  '<title>Робоче місце</title><link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/desk.css"><script src="/static/desk.js" type="module"></script></head><body><div id="desk"></div></body></html>';

export async function openDesk(options, port = 0) {
  const desk = new Desk(options);
  const server = createServer((request, response) => desk.serve(request, response));
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  desk.address = `http://127.0.0.1:${server.address().port}/kryzhopil/desk/`;
  desk.close = () => (server.close(), server.closeAllConnections());
  return desk;
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log((await openDesk({}, Number(process.argv[2] || 8090))).address);
