// SPDX-License-Identifier: MPL-2.0
// A town made of paper, for work on the widget without a host: it speaks the wire protocol of docs/web-channel.md from memory.
//   node tests/e2e/mock.mjs build/share/static [port]
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const ABOUT = {
  id: 'kryzhopil', name: 'Крижопільська громада', emblem: 'К', site: 'https://kryzhopil.example', phone: '+380 4340 2-12-34',
  intro: 'Довідка, установи, години роботи та допомога – цілодобово.', language: 'uk', text_max: 4000,
  languages: [{ code: 'uk', name: 'Українська' }, { code: 'en', name: 'English' }],
};
const answer = (label, value, row) => ({ label, value, kind: 'answer', row });
const MENU = {
  text: 'Чим можемо допомогти?\nОберіть тему або напишіть словами.',
  buttons: [answer('📋 Послуги', '/directory', 0), answer('🏛 Я+Влада', '/cnap', 0), answer('🏡 Моя громада', '/community', 3), answer('👤 Мій кабінет', '/mydata', 3), answer('📍 Найближче', 'near', 1), answer('📎 Файл', 'file', 1),
    answer('Мова: English', '/language en', 2)],
};
const hash = (token) => createHash('blake2b512').update(token).digest('base64url').slice(0, 43);

/* What the town says to one message: the dialog of the mock. */
function replies(message, chat) {
  const said = message.value || message.text || '';
  const asked = chat.asked;
  chat.asked = said === '/hello';
  if (said.startsWith('/language ')) chat.language = said.slice(10);
  if (chat.asked) return [{ text: chat.language === 'en' ? 'What shall we call you?' : 'Як до Вас звертатися?' }];
  if (asked) return [{ text: `Вітаємо, ${said}.` }];
  if (message.place) return [{ text: 'Найближче до Вас: Центр надання адміністративних послуг, 350 м.', place: { latitude: 48.3794, longitude: 28.8645, label: 'вул. Героїв України, 59' } }, MENU];
  if (message.file) return [{ text: 'Дякуємо, файл отримано.' }, MENU];
  if (said === '/directory') return [{ text: 'ЦНАП сьогодні до 17:15.\nТелефон: +380 4340 2-12-34, гаряча лінія 0 800 300 123.\nСайт: https://cnap.example/kryzhopil?day=1.',
    buttons: [{ label: 'На сайт', kind: 'link', value: 'https://cnap.example', row: 0 }, answer('Меню', '/menu', 0), answer('Школи', '/directory schools', 1), answer('Лікарні', '/directory clinics', 1)] }];
  if (said === 'near' || said === '/directory near') return [{ text: 'Поділіться місцем, і ми знайдемо найближче. Або напишіть вулицю.', buttons: [{ label: '📍 Поділитися місцем', kind: 'place', row: 0 }, answer('Скасувати', '/menu', 1)] }];
  if (said === 'file') return [{ text: 'Надішліть фото або документ.', buttons: [{ label: 'Обрати файл', kind: 'file', row: 0 }] }];
  if (said.startsWith('/')) return [MENU];
  return [{ text: `Не зовсім зрозуміло: «${said}». Можливо, Ви про це?`, buttons: [answer('ЦНАП', '/cnap', 0), answer('Меню', '/menu', 0)] }];
}

export function mock(statics, sites = []) {
  const chats = new Map(); // address → {messages, streams, files}
  let next = 1;

  const event = (message) => `id: ${message.id}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;
  function add(chat, message) {
    const row = { id: next++, at: Math.floor(Date.now() / 1000), ...message };
    chat.messages.push(row);
    for (const stream of chat.streams) stream.write(event(row));
    return row;
  }
  function hear(chat, message) {
    const old = chat.messages.find((row) => row.origin === message.origin);
    if (old) return old;
    const { value, label, ...shown } = message;
    const row = add(chat, { from: 'me', text: label || value || '', ...shown });
    setTimeout(() => replies(message, chat).forEach((reply) => add(chat, { from: 'town', text: '', ...reply })), 150);
    return row;
  }
  const body = async (request) => Buffer.concat(await request.toArray());

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    const json = (status, value) => response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(JSON.stringify(value));
    const refuse = (status, code) => json(status, { error: { code, message: `mock: ${code}` } });
    if (request.method === 'OPTIONS') return response.writeHead(204, { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': 'authorization, content-type, last-event-id' }).end();
    const site = request.headers.origin;
    if (site && new URL(site).host !== request.headers.host && sites.length && !sites.includes(site)) return response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":{"code":"bad-site"}}');
    if (url.pathname.startsWith('/static/')) {
      const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };
      return response.writeHead(200, { 'content-type': types[url.pathname.split('.').pop()] }).end(readFileSync(join(statics, url.pathname.slice(8))));
    }
    if (url.pathname === '/kryzhopil/') return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(url.searchParams.get('lang') || (request.headers['accept-language'] || 'uk').slice(0, 2)));
    if (url.pathname === '/site') return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'; style-src 'self'" }).end('<!doctype html><html lang="uk"><meta name="viewport" content="width=device-width"><title>Сайт школи</title><main><h1>Сайт школи</h1><p>Новини школи.</p></main><script src="/static/widget.js" data-town="kryzhopil" async></script>');
    const [, , ...path] = url.pathname.split('/').slice(1);
    if (path[0] === 'about') return json(200, ABOUT);
    if (path[0] !== 'chats') return refuse(404, 'not-here');
    if (path.length === 1) {
      await body(request);
      const token = randomBytes(32).toString('base64url');
      const chat = { messages: [], streams: new Set(), files: new Map() };
      chats.set(hash(token), chat);
      setTimeout(() => { add(chat, { from: 'town', text: 'Вітаємо! Це чат-бот Крижопільської громади.\nСервіс працює в тестовому режимі – будемо вдячні за відгук.' }); add(chat, { from: 'town', ...MENU }); }, 300);
      return json(201, { chat: hash(token), token });
    }
    const chat = chats.get(path[1]);
    if (!chat) return refuse(404, 'not-here');
    if (hash((request.headers.authorization || '').slice(7)) !== path[1]) return refuse(401, 'bad-token');
    if (path[2] === 'messages') return json(202, hear(chat, JSON.parse(await body(request))));
    if (path[2] === 'files' && request.method === 'POST') {
      const id = randomBytes(8).toString('hex');
      chat.files.set(id, await body(request));
      return json(201, hear(chat, { origin: url.searchParams.get('origin'), file: { id, name: url.searchParams.get('name'), type: request.headers['content-type'] } }));
    }
    if (path[2] === 'files') return response.writeHead(200, { 'access-control-allow-origin': '*' }).end(chat.files.get(path[3]));
    if (path[2] === 'events') {
      const after = Number(request.headers['last-event-id'] || url.searchParams.get('after') || 0);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' });
      for (const row of chat.messages) if (row.id > after) response.write(event(row));
      response.write('event: ready\ndata: {}\n\n');
      chat.streams.add(response);
      return request.on('close', () => chat.streams.delete(response));
    }
    chats.delete(path[1]);
    return response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
  });
  return server;
}

const page = (lang) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${ABOUT.name}</title><link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/page.css"><script src="/static/widget.js" data-town="kryzhopil" data-mode="page" defer></script></head>
<body><a class="skip" href="#viche-chat">Перейти до чату</a><header><span class="emblem" aria-hidden="true">К</span><div class="who"><h1>${lang === 'en' ? 'Kryzhopil community' : ABOUT.name}</h1><p>${ABOUT.intro}</p></div>
<nav aria-label="Мова"><a lang="uk" href="?lang=uk" aria-current="true">Українська</a><a lang="en" href="?lang=en">English</a></nav></header>
<main><section id="viche-chat" class="chat" aria-label="Чат-бот громади" tabindex="-1"></section><aside><section class="card"><h2>Де нам написати</h2><ul class="ways">
<li><a href="/kryzhopil/" rel="noopener"><img src="/static/icon.svg" alt="" width="112" height="112"><span><b>Цей чат на телефоні</b><small>Наведіть камеру, щоб відкрити</small></span></a></li>
<li><a href="https://t.me/x" rel="noopener"><img src="/static/icon.svg" alt="" width="112" height="112"><span><b>Telegram</b><small>Наведіть камеру або натисніть</small></span></a></li></ul></section>
<section class="card"><h2>Зв’язатися з людиною</h2><dl><div><dt>Телефон</dt><dd><a href="tel:+380434021234">${ABOUT.phone}</a></dd></div></dl></section></aside></main></body></html>`;

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
  const port = Number(process.argv[3] || 8765);
  mock(process.argv[2]).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/kryzhopil/`));
}
