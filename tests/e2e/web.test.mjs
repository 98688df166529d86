// SPDX-License-Identifier: MPL-2.0
// The town in a browser, from end to end: real host, real widget, headless Chromium.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Citizen } from './citizen.mjs';
import { until } from './town.mjs';
import { town, visit } from './visit.mjs';

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
  assert.match(await citizen.page.locator('.log .message.town').last().locator('a[href^="tel:+380"]').first().getAttribute('rel'), /noopener/);
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

visit('the language is the citizen’s', async (citizen) => {
  await citizen.start();
  await citizen.page.getByRole('button', { name: 'Налаштування чату' }).click();
  await citizen.page.locator('.menu').getByRole('button', { name: 'English' }).click();
  await citizen.page.getByRole('heading', { name: 'Kryzhopil community' }).waitFor();
  await citizen.page.getByPlaceholder('Your message').waitFor();
  await citizen.settled();
  assert.match(await citizen.answered(() => citizen.say('/hello')), /What shall we call you/);
});
