// SPDX-License-Identifier: MPL-2.0
// The town in a browser, from end to end: real host, real widget, headless Chromium.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser } from './browser.mjs';
import { Citizen } from './citizen.mjs';
import { openTown, until } from './town.mjs';

let town;
let school; // a foreign site with a strict policy that embeds the widget

before(async () => {
  school = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; script-src ${town.origin}; connect-src ${town.origin}; img-src blob:; require-trusted-types-for 'script'` });
    response.end(`<!doctype html><html lang="uk"><head><meta name="viewport" content="width=device-width"><title>Школа</title></head><body><main><h1>Школа</h1>
<a href="#news">Новини</a></main><script src="${town.origin}/static/widget.js" data-town="kryzhopil" async></script></body></html>`);
  });
  await new Promise((resolve) => school.listen(0, '127.0.0.1', resolve));
  school.origin = `http://127.0.0.1:${school.address().port}`;
  town = await openTown(school.origin);
});

after(async () => {
  school.close();
  school.closeAllConnections?.();
  await town?.close();
});

/* Each test is a citizen on a device of their own. */
function visit(name, work, options = {}) {
  test(name, { timeout: 60000 }, async () => {
    const browser = await openBrowser(options);
    const citizen = await Citizen.visits(browser, options.address ? options.address() : town.address);
    try {
      await work(citizen, browser);
      citizen.calm();
    } catch (error) {
      const shot = join(tmpdir(), `viche-e2e-${name.replace(/\W+/g, '-')}.png`);
      await citizen.page.screenshot({ path: shot }).catch(() => {});
      error.message += `\n${shot}\n${(await citizen.said().catch(() => [])).join('\n---\n')}\n${town.log.slice(-20).join('')}`;
      throw error;
    } finally {
      await browser.close();
    }
  });
}

visit('the menu has four blocks', async (citizen) => {
  await citizen.start();
  const labels = (await citizen.buttons()).join('\n');
  for (const block of ['Послуги', 'Я+Влада', 'Моя громада', 'Мій кабінет']) assert.match(labels, new RegExp(block.replace('+', '\\+')));
});

visit('the directory goes from kinds to a card with hours and telephone', async (citizen) => {
  await citizen.start();
  await citizen.answered(() => citizen.press('Моя громада'));
  await citizen.answered(() => citizen.press('Довідник'));
  assert.match(await citizen.answered(() => citizen.press('Школи')), /відчинено/i);
  const card = await citizen.answered(() => citizen.press('Ліцей № 1'));
  assert.match(card, /\d\d:\d\d/);
  assert.match(await citizen.page.locator('.message.town').last().locator('a[href^="tel:+380"]').first().getAttribute('rel'), /noopener/);
});

visit('the search understands «цнап коли працюе»', async (citizen) => {
  await citizen.start();
  assert.match(await citizen.answered(() => citizen.say('цнап коли працюе')), /ЦНАП[^]*\d\d:\d\d/);
});

visit('a place is asked for only when pressed, and can be written instead', async (citizen, browser) => {
  await citizen.start();
  await citizen.answered(() => citizen.say('цнап коли працюе'));
  await citizen.answered(() => citizen.press('Найближчі до мене'));
  const share = citizen.page.locator('.row button:not([aria-disabled])', { hasText: /місц/i }).last();
  await share.click();
  await citizen.page.getByText('Не вдалося дізнатися').waitFor();
  await browser.grantPermissions(['geolocation']);
  await browser.setGeolocation({ latitude: 48.38, longitude: 28.87 });
  assert.match(await citizen.answered(() => share.click()), /\d+ (м|км)/);
});

visit('a file goes up with progress and comes down again', async (citizen) => {
  await citizen.start();
  const path = join(tmpdir(), 'viche-e2e-яма.txt');
  writeFileSync(path, 'яма на Шкільній\n'.repeat(2000));
  await citizen.answered(() => citizen.page.locator('input[type=file]').setInputFiles(path));
  const [download] = await Promise.all([citizen.page.waitForEvent('download'), citizen.page.locator('button.file').last().click()]);
  assert.match(download.suggestedFilename(), /яма\.txt$/);
});

visit('a reload in mid-dialog shows the same chat and goes on', async (citizen) => {
  await citizen.start();
  await citizen.answered(() => citizen.say('/hello'));
  const before = await citizen.said();
  await citizen.page.reload();
  await until('the history is back', async () => (await citizen.said()).length === before.length);
  assert.deepEqual(await citizen.said(), before);
  assert.match(await citizen.answered(() => citizen.say('Олена')), /Олена/);
});

visit('a worker killed in mid-dialog is not noticed', async (citizen) => {
  await citizen.start();
  await citizen.answered(() => citizen.say('/hello'));
  town.kill('worker');
  const from = Date.now();
  assert.match(await citizen.answered(() => citizen.say('Тарас')), /Тарас/);
  console.log(`# from kill -9 of every worker to the next answer on the page, with 250 ms of rest looked for: ${Date.now() - from} ms`);
  assert.equal((await citizen.said('me')).filter((text) => text === 'Тарас').length, 1);
});

visit('a gateway killed in mid-dialog loses and repeats nothing', async (citizen) => {
  await citizen.start();
  await citizen.answered(() => citizen.say('/hello'));
  const before = await citizen.said();
  town.kill('gateway');
  await citizen.say('Марія');
  await citizen.hears('Марія', 30);
  await citizen.settled();
  const now = await citizen.said();
  assert.deepEqual(now.slice(0, before.length), before);
  assert.equal(now.filter((text) => text === 'Марія').length, 1);
});

visit('what is written offline waits, says so, and is sent in order', async (citizen, browser) => {
  await citizen.start();
  await browser.setOffline(true);
  await citizen.page.getByText('Немає інтернету', { exact: true }).waitFor();
  for (const word of ['перше', 'друге', 'третє']) await citizen.say(word);
  assert.equal(await citizen.page.locator('.pending .queued').count(), 3);
  await citizen.page.reload().catch(() => {}); // the page itself needs the network; what waits is on the device
  await browser.setOffline(false);
  await citizen.page.goto(town.address);
  await until('all is sent', async () => (await citizen.said('me')).length >= 3);
  await citizen.settled();
  assert.deepEqual((await citizen.said('me')).slice(-3), ['перше', 'друге', 'третє']);
});

visit('two tabs agree, and forgetting in one forgets in both', async (citizen, browser) => {
  await citizen.start();
  const other = await Citizen.visits(browser, town.address);
  await until('the other tab shows the history', async () => (await other.said()).length === 0 ? false : true);
  await citizen.answered(() => citizen.say('/hello'));
  await other.settled();
  assert.deepEqual(await other.said(), await citizen.said());
  await other.answered(() => other.say('Ганна'));
  await citizen.settled();
  assert.deepEqual(await other.said(), await citizen.said());
  await citizen.page.getByRole('button', { name: 'Налаштування чату' }).click();
  await citizen.page.getByRole('button', { name: 'Забути цей чат' }).click();
  await citizen.page.getByRole('button', { name: 'Забути', exact: true }).click();
  await citizen.page.getByRole('button', { name: 'Розпочати' }).waitFor();
  await other.page.getByRole('button', { name: 'Розпочати' }).waitFor();
});

visit('the keyboard is enough', async (citizen) => {
  const { page } = citizen;
  const focused = () => page.evaluate(() => {
    let node = document.activeElement;
    while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
    return node ? node.getAttribute('aria-label') || node.textContent : '';
  });
  const tabTo = async (name) => {
    for (let i = 0; i < 40 && !(await focused()).includes(name); i++) await page.keyboard.press('Tab');
    assert.ok((await focused()).includes(name), `Tab reaches ${name}`);
  };
  await tabTo('Розпочати');
  await citizen.answered(() => page.keyboard.press('Enter'));
  assert.equal(await focused(), 'Ваше повідомлення');
  await page.keyboard.type('/menu');
  await citizen.answered(() => page.keyboard.press('Enter'));
  for (let i = 0; i < 10 && !(await citizen.buttons()).includes(await focused()); i++) await page.keyboard.press('Shift+Tab');
  const label = await focused();
  assert.ok((await citizen.buttons()).includes(label), 'Shift+Tab reaches the youngest buttons');
  await citizen.answered(() => page.keyboard.press('Enter'));
  await tabTo('Налаштування чату');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'Налаштування чату');
  await tabTo('Де нам написати').catch(() => {}); // out of the chat again: no trap
  await tabTo('Цей чат на телефоні');
});

visit('the language is the citizen’s', async (citizen) => {
  await citizen.start();
  await citizen.page.getByRole('button', { name: 'Налаштування чату' }).click();
  await citizen.page.locator('.menu').getByRole('button', { name: 'English' }).click();
  await citizen.page.getByRole('heading', { name: 'Kryzhopil community' }).waitFor();
  await citizen.page.getByPlaceholder('Your message').waitFor();
  await citizen.settled();
  assert.match(await citizen.answered(() => citizen.say('/hello')), /What shall we call you/);
});

for (const colorScheme of ['light', 'dark'])
  for (const [locale, start, open] of [['uk-UA', 'Розпочати', 'Налаштування чату'], ['en-GB', 'Start', 'Chat settings']])
    for (const viewport of [{ width: 320, height: 640 }, { width: 1280, height: 800 }])
      visit(`axe finds nothing: ${colorScheme}, ${locale}, ${viewport.width} px`, async (citizen) => {
        await citizen.findsNothing('before the chat');
        await citizen.start(start);
        await citizen.answered(() => citizen.say('/menu'));
        await citizen.page.getByRole('button', { name: open }).click();
        await citizen.findsNothing('with the settings open');
        const wider = await citizen.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wider, false, 'nothing is wider than the screen');
      }, { colorScheme, locale, viewport });

visit('a foreign site embeds it with one line, under a strict policy', async (citizen) => {
  const { page } = citizen;
  await page.getByRole('button', { name: 'Чат громади' }).click();
  await page.getByRole('dialog', { name: 'Крижопільська громада' }).waitFor();
  await citizen.start();
  await citizen.answered(() => citizen.say('/menu'));
  await citizen.findsNothing('on another site');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Чат громади' }).click();
  await page.getByRole('dialog').waitFor();
}, { address: () => school.origin });

test('other sites are turned away in words', async () => {
  const response = await fetch(`${town.origin}/kryzhopil/web/chats`, { method: 'POST', headers: { origin: 'https://evil.example', 'accept-language': 'uk' } });
  assert.equal(response.status, 403);
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  assert.equal((await response.json()).error.code, 'bad-site');
});
