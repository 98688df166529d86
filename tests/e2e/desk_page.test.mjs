// SPDX-License-Identifier: MPL-2.0
// The staff desk's page alone, before a desk of memory: by the keyboard, against smuggled scripts, and nothing typed is lost.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { visit } from './desk_visit.mjs';
import { PAYLOADS } from './payloads.mjs';
import { until } from './town.mjs';

const WEB = new URL('../../plugins/services/desk/web/', import.meta.url).pathname;
const BUILD = process.env.VICHE_BUILD || new URL('../../build', import.meta.url).pathname;

visit('the keyboard is enough', async (clerk, desk, page) => {
  await clerk.goes();
  const name = () => page.evaluate(() => document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || '');
  await page.keyboard.press('j');
  assert.match(await name(), /Г-2026-312/);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('#actions').waitFor();
  assert.equal(await clerk.title(), 'Г-2026-311');
  await page.keyboard.press('a');
  assert.match(await name(), /Відповісти/);
  await page.keyboard.press('Enter');
  await clerk.panel.waitFor();
  await page.keyboard.type('Майстер уже в дорозі. ? / j');
  for (let i = 0; i < 6 && !/Відповісти/.test(await name()); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until('the reply is sent', () => desk.acts.length === 1);
  assert.equal(desk.acts[0].values.words, 'Майстер уже в дорозі. ? / j');
  await clerk.panel.waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await page.locator('.rows').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('лавку');
  await until('the list is searched', async () => (await page.locator('.rows tbody tr').count()) === 20);
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.match(await page.locator('.bulk').innerText(), /Вибрано 1 запис/);
  await page.keyboard.press('n');
  await clerk.panel.waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await clerk.panel.count(), 0, 'Escape closes what stands above the page');
});

visit('keys can be switched off, and none works while one types', async (clerk, desk, page) => {
  await clerk.goes('#/account');
  await page.getByRole('checkbox').uncheck();
  await page.locator('#title').focus();
  await page.keyboard.press('?');
  assert.equal(await clerk.panel.count(), 0);
});

visit('a hundred smuggled scripts are words in every place', async (clerk, desk, page) => {
  await page.addInitScript(() => (globalThis.own = () => (globalThis.owned = true)));
  desk.templates = PAYLOADS.map((words, i) => ({ id: String(i), title: words, words }));
  desk.notices = PAYLOADS.map((words, i) => ({ id: String(i), at: desk.now, view: words, thing: words, words, read: false }));
  desk.cards.splice(PAYLOADS.length);
  desk.cards.forEach((card, i) => {
    const words = PAYLOADS[i];
    for (const name of ['number', 'essence', 'state', 'executor', 'kind', 'due', 'at']) card.values[name] = words;
    card.words = { executor: words };
    for (const event of card.events) Object.assign(event, { who: words, title: words, words, files: ['f1'] });
    for (const message of card.messages) Object.assign(message, { who: words, words, files: ['f1'] });
    card.files = { f1: { name: words, type: words, bytes: 1 } };
    card.extra = words;
  });
  await clerk.goes('#/tasks');
  await page.locator('#bell-box button').click();
  await page.locator('.notices li').nth(99).waitFor();
  await clerk.goes('#/cases/cards?limit=100');
  assert.equal(await page.locator('.rows tbody tr').count(), 100);
  assert.ok((await page.locator('.rows').textContent()).includes(PAYLOADS[1]), 'they are shown as they were written');
  for (const [i, card] of desk.cards.entries()) {
    await page.evaluate((hash) => (location.hash = hash), `#/cases/cards/${card.id}`);
    const said = () => page.locator('.bubble .words').allTextContents();
    await until(`payload ${i} is words`, async () => (await said()).includes(PAYLOADS[i]));
  }
  await clerk.goes('#/tasks');
  await until('the stream is open', () => desk.streams.size > 0);
  desk.tell('notice', { ...desk.notices[0], id: 'x', unread: 101 });
  await page.locator('.toasts p').first().waitFor();
  await clerk.goes('#/report/cases/cards');
  const owned = await page.evaluate(() => [globalThis.owned === true, document.querySelectorAll('a[href^="javascript" i], iframe, object, embed, #desk script').length]);
  assert.deepEqual(owned, [false, 0]);
});

visit('a session that ends in the middle of a form: sign in above it, and it is sent as it was', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards/311');
  await clerk.opens('Відповісти заявникові');
  await clerk.field('Відповідь').fill('Зробимо до четверга.');
  desk.state = 'out';
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByLabel('Пароль').fill('correct horse battery');
  assert.equal(await clerk.panel.getByLabel('Ім’я для входу').inputValue(), 'o.zrazkova');
  await clerk.button('Увійти').click();
  await clerk.panel.getByLabel('Код із телефону').fill('123456');
  await clerk.button('Далі').click();
  await until('it is sent', () => desk.acts.length === 1);
  assert.equal(desk.acts[0].values.words, 'Зробимо до четверга.');
  await page.locator('dialog').first().waitFor({ state: 'detached' });
});

visit('offline: it says so, keeps the words over a reload, and sends them later', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards/311');
  await clerk.opens('Відповісти заявникові');
  await clerk.field('Відповідь').fill('Бригада виїхала.');
  await clerk.browser.setOffline(true);
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByRole('alert').getByText('Зв’язку із сервером немає').waitFor();
  await page.locator('.line').waitFor();
  assert.equal(await clerk.field('Відповідь').inputValue(), 'Бригада виїхала.');
  await clerk.browser.setOffline(false);
  await clerk.goes('#/cases/cards/311');
  await page.reload();
  await clerk.settled();
  await clerk.opens('Відповісти заявникові');
  assert.equal(await clerk.field('Відповідь').inputValue(), 'Бригада виїхала.');
  await clerk.panel.locator('button.main').click();
  await until('it is sent', () => desk.acts.length === 1);
  const kept = await page.evaluate(() => [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]);
  assert.deepEqual(kept, ['{}', '{}'], 'nothing of it is left behind');
});

visit('two officials at once: the second is told what changed and keeps the words', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards/311');
  await clerk.opens('Змінити виконавців');
  await clerk.field('Обґрунтування').fill('Потрібен кран.');
  desk.change('311', { state: 'asked' }, 'Запитано заявника');
  await clerk.panel.getByText('Поки Ви писали, тут дещо змінилося').waitFor();
  assert.match(await clerk.panel.locator('.changes').innerText(), /Стан: У роботі → Чекає на заявника/);
  assert.equal(await clerk.field('Обґрунтування').inputValue(), 'Потрібен кран.');
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByText('Ігор Ткачук змінив картку').waitFor();
  assert.equal(await clerk.field('Обґрунтування').inputValue(), 'Потрібен кран.');
  assert.equal(desk.acts.length, 0);
  await clerk.panel.locator('button.main').click();
  await until('it is sent after a look', () => desk.acts.length === 1);
  assert.equal(desk.acts[0].stamp, '2');
});

visit('what changes under one’s eyes is announced, and a list does not jump', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards?order=-at');
  const first = () => page.locator('.rows tbody tr').first().getAttribute('data-id');
  const before = await first();
  await until('the stream is open', () => desk.streams.size > 0);
  desk.change('311', { state: 'done' });
  await page.locator('tr[data-id="311"]', { hasText: 'щойно змінено' }).waitFor();
  desk.change('300', { at: String(desk.now + 1000) });
  await page.getByText('Список змінився').waitFor();
  assert.equal(await first(), before);
  await clerk.button('Показати новий').click();
  assert.equal(await first(), '300');
  await clerk.goes('#/cases/cards/311');
  desk.change('311', { state: 'new' }, 'Повернуто');
  await page.locator('.about .note').getByText('Щойно змінилося').waitFor();
});

visit('personal data is masked until asked for', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards/311');
  assert.ok(!(await page.content()).includes('+380671234567'));
  await page.locator('.fact', { hasText: 'Телефон' }).getByRole('button').click();
  await page.getByRole('link', { name: '+380671234567' }).waitFor();
  assert.deepEqual(desk.looks, [['phone']]);
});

visit('a form says what is wrong where it is wrong', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards/311');
  await clerk.opens('Відмовити');
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByText('Заповніть це поле.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'TEXTAREA');
  await page.keyboard.type('ні');
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByText('Точно зробити це?').waitFor();
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByText('Поясніть докладніше.').first().waitFor();
  assert.equal(desk.acts.length, 0);
});

visit('a caller’s appeal is filed with files, a template and a place', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards');
  await clerk.button('Зареєструвати звернення').click();
  await clerk.field('Прізвище').fill('Вовк');
  await clerk.button('Шаблони', clerk.panel).click();
  await clerk.panel.getByText('Прийнято в роботу', { exact: true }).click();
  await clerk.field('Вид').selectOption('complaint').catch(() => clerk.panel.getByLabel('Скарга').check());
  await clerk.field('Місце').fill('48.3,28.8');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), clerk.panel.getByText('Додати файли').click()]);
  await chooser.setFiles([{ name: 'порожній.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }, { name: 'фото.png', mimeType: 'image/png', buffer: Buffer.from('x') },
    { name: 'лист.pdf', mimeType: 'application/pdf', buffer: Buffer.from('y') }]);
  await clerk.panel.getByText('файл порожній').waitFor();
  await clerk.panel.getByText('лист.pdf: сюди такий файл не підходить. Підійдуть: фото, відео.').waitFor();
  await clerk.panel.locator('button.main').click();
  await until('it is filed', () => desk.acts.length === 1);
  const { values } = desk.acts[0];
  assert.equal(values.surname, 'Вовк');
  assert.match(values.essence, /прийнято в роботу/);
  assert.match(values.files, /^u\d$/, 'neither the empty one nor the letter');
  await until('its page is opened', async () => (await clerk.title()) === 'Г-2026-312');
});

visit('many rows at once: what was refused is said by name', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards');
  for (const id of ['312', '311', '310']) await page.locator(`tr[data-id="${id}"] input`).check();
  await clerk.button('Призначити виконавця').click();
  await clerk.field('Виконавець').selectOption('8');
  await clerk.panel.locator('button.main').click();
  await clerk.panel.getByText('Не вдалося: 1 запис').waitFor();
  assert.match(await clerk.panel.innerText(), /Г-2026-310: Картку закрито/);
  assert.equal(desk.acts.length, 2, 'each is done by itself');
});

visit('filters, order, pages and saved views live in the address', async (clerk, desk, page) => {
  await clerk.goes('#/cases/cards');
  await clerk.button('Відбір').click();
  await page.getByLabel('Стан').selectOption('work');
  await until('it is narrowed', async () => (await page.locator('p.count').innerText()) === '24 записи');
  await page.getByRole('button', { name: 'Номер' }).click();
  assert.match(page.url(), /f\.state=work.*order=number/);
  await clerk.button('Збережені').click();
  await clerk.button('Зберегти цей вигляд…').click();
  await clerk.panel.getByLabel('Назва').fill('У роботі');
  await clerk.panel.locator('button.main').click();
  await until('it is kept', () => desk.saved.length === 1);
  await page.locator('.narrowed button').click();
  await until('all are shown', async () => (await page.locator('p.count').innerText()) === '120 записів');
  await page.locator('.more button').scrollIntoViewIfNeeded();
  await until('the next page came', async () => (await page.locator('.rows tbody tr').count()) > 50);
  await page.reload();
  await clerk.settled();
  await page.getByRole('button', { name: /Збережені/ }).click();
  await clerk.button('У роботі').click();
  await until('the saved view is back', async () => (await page.locator('p.count').innerText()) === '24 записи');
  const [file] = await Promise.all([page.waitForEvent('download'), clerk.button('Файл').click().then(() => clerk.button('Таблиця CSV').click())]);
  assert.equal(file.suggestedFilename(), 'Звернення.csv');
});

visit('a bar of a chart opens the list behind it', async (clerk, desk, page) => {
  await clerk.goes('#/report/cases/cards');
  await page.getByRole('link', { name: /скарги, лип/ }).first().press('Enter');
  await page.locator('.rows').waitFor();
  assert.match(page.url(), /f\.kind=complaint/);
});

visit('the first administrator: password, telephone, recovery codes', async (clerk, desk, page) => {
  desk.state = 'out';
  await clerk.goes('#/welcome/one-time-code');
  await page.getByLabel('Новий пароль').fill('кінь батарея скріпка');
  await clerk.button('Далі').click();
  await page.getByLabel('Код із телефону').fill('123456');
  await clerk.button('Далі').click();
  await page.getByText('abcd0-efgh0').waitFor();
  assert.equal(await clerk.button('Готово').isEnabled(), false);
  await page.getByRole('checkbox').check();
  await clerk.button('Готово').click();
  await page.locator('.tiles').waitFor();
});

test('the whole page weighs under 120 kB, and says nothing that it has no words for', () => {
  const weight = ['desk.js', 'desk.css'].reduce((sum, name) => sum + gzipSync(readFileSync(`${BUILD}/share/static/${name}`)).length, 0);
  assert.ok(weight < 120000, `${weight} bytes`);
  const texts = JSON.parse(readFileSync(`${WEB}texts/uk.json`, 'utf8'));
  const sources = ['lib', 'parts', 'pages'].flatMap((folder) => readdirSync(WEB + folder).map((name) => readFileSync(`${WEB}${folder}/${name}`, 'utf8')));
  const said = new Set(sources.flatMap((source) => [...source.matchAll(/say\('([\w.?/-]+)'[,)]/g)].map(([, key]) => key)));
  const missing = [...said].filter((key) => !(key in texts) && !(`${key}_other` in texts));
  assert.deepEqual(missing, []);
});
