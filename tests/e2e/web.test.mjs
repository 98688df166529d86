// SPDX-License-Identifier: MPL-2.0
// The town in a browser, from end to end: real host, real widget, headless Chromium.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Citizen } from './citizen.mjs';
import { until } from './town.mjs';
import { goodbye, town, visit } from './visit.mjs';

visit('the menu has four blocks', async (citizen) => {
  await citizen.start();
  const labels = (await citizen.buttons()).join('\n');
  for (const block of ['Послуги', 'Я+Влада', 'Моя громада', 'Мій кабінет'])
    assert.match(labels, new RegExp(block.replace('+', '\\+')));
});

visit('the directory goes from kinds to a card with hours and telephone', async (citizen) => {
  await citizen.start();
  await citizen.answered(() => citizen.press('Моя громада'));
  await citizen.answered(() => citizen.press('Довідник'));
  assert.match(await citizen.answered(() => citizen.press('Школи')), /відчинено/i);
  const card = await citizen.answered(() => citizen.press('Ліцей № 1'));
  assert.match(card, /\d\d:\d\d/);
  assert.match(
    await citizen.page.locator('.log .message.town').last().locator('a[href^="tel:+380"]').first().getAttribute('rel'),
    /noopener/,
  );
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

visit('a file goes up and comes down again', async (citizen) => {
  await citizen.start();
  const path = join(tmpdir(), 'viche-e2e-яма.txt');
  writeFileSync(path, 'яма на Шкільній\n'.repeat(2000));
  await citizen.answered(() => citizen.page.locator('input[type=file]').setInputFiles(path));
  const [download] = await Promise.all([
    citizen.page.waitForEvent('download'),
    citizen.page.locator('button.file').last().click(),
  ]);
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
  console.log(
    `# from kill -9 of every worker to the next answer on the page, with 250 ms of rest looked for: ${Date.now() - from} ms`,
  );
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
  await until('the other tab shows the history', async () => ((await other.said()).length === 0 ? false : true));
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

visit('a language chosen on the page is the town’s, too, and stays', async (citizen) => {
  const { page } = citizen;
  await citizen.start();
  await page.getByRole('link', { name: 'English' }).click();
  await citizen.hears('From here on, in English.');
  await page.goto(page.url().split('?')[0]);
  await page.getByRole('heading', { name: 'Kryzhopil community' }).waitFor();
  await page.getByPlaceholder('Your message').waitFor();
});

visit('who writes too fast reads that, and nothing of a broken connection', async (citizen) => {
  await citizen.start();
  const refuse = (route) => route.fulfill({ status: 429, headers: { 'retry-after': '60' }, body: '' });
  await citizen.page.route('**/messages', refuse);
  await citizen.say('нетерплячка');
  await citizen.page.getByText('Забагато повідомлень за хвилину').waitFor();
});

visit('a message that the server could not take says so and is sent again on a press', async (citizen) => {
  await citizen.start();
  const { page } = citizen;
  const refuse = (route) => route.fulfill({ status: 503, headers: { 'retry-after': '60' }, body: '' });
  await page.route('**/messages', refuse);
  await citizen.say('не зникну');
  const again = page.getByRole('button', { name: 'Надіслати ще раз' });
  await again.waitFor();
  await page.unroute('**/messages', refuse);
  await citizen.answered(() => again.click());
  assert.equal((await citizen.said('me')).filter((text) => text === 'не зникну').length, 1);
});

visit('a message that is never taken can be removed', async (citizen) => {
  await citizen.start();
  const { page } = citizen;
  await page.route('**/messages', (route) =>
    route.fulfill({ status: 400, json: { error: { code: 'x', message: 'Бракує потрібного.' } } }),
  );
  await citizen.say('зайве');
  await page.getByText('Не надіслано. Бракує потрібного.').waitFor();
  await page.getByRole('button', { name: 'Прибрати' }).click();
  assert.equal(await page.locator('.pending .message').count(), 0);
});

visit('an upload shows how far it is and can be cancelled', async (citizen, browser) => {
  await citizen.start();
  const { page } = citizen;
  const tools = await browser.newCDPSession(page);
  const slow = { offline: false, latency: 20, downloadThroughput: 1e6, uploadThroughput: 100000 };
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', slow);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'відео.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(3000000) });
  await page.getByText(/Надіслано [1-9]\d? %/).waitFor();
  await page.getByRole('button', { name: 'Скасувати' }).click();
  await until('it is gone', async () => (await page.locator('.pending .message').count()) === 0);
  await tools.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: 1e8 });
  await citizen.answered(() => citizen.say('/menu'));
  assert.equal(await page.locator('.log button.file').count(), 0);
});

visit('what a citizen writes is never more than text', async (citizen) => {
  await citizen.start();
  const { page } = citizen;
  const evil =
    '<img src=x onerror="document.title=1"><script>document.title=1</script> javascript:alert(1) {{town}} &amp;';
  await citizen.answered(() => citizen.say('/hello'));
  assert.ok((await citizen.answered(() => citizen.say(evil))).includes(evil));
  assert.equal(await page.locator('.log img, .log script, .log a[href^="javascript"]').count(), 0);
  assert.notEqual(await page.title(), '1');
});

visit(
  'long words wrap and addresses become safe links',
  async (citizen) => {
    await citizen.start();
    await citizen.answered(() => citizen.say('/hello'));
    await citizen.answered(() =>
      citizen.say(`${'Дуже'.repeat(80)} https://kryzhopil.example/${'a'.repeat(120)}, 0 800 300 123`),
    );
    const links = await citizen.page
      .locator('.log .message.town')
      .last()
      .locator('a')
      .evaluateAll((nodes) => nodes.map((node) => [node.href, node.rel]));
    assert.deepEqual(links, [
      [`https://kryzhopil.example/${'a'.repeat(120)}`, 'noopener noreferrer'],
      ['tel:0800300123', 'noopener noreferrer'],
    ]);
    assert.equal(await citizen.page.locator('.scroll').evaluate((node) => node.scrollWidth > node.clientWidth), false);
  },
  { viewport: { width: 320, height: 640 } },
);

goodbye();
