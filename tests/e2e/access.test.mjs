// SPDX-License-Identifier: MPL-2.0
// The widget is for everybody and everywhere: keyboard, axe in both languages and colour schemes, other sites.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goodbye, school, town, visit } from './visit.mjs';

visit('the keyboard is enough', async (citizen) => {
  const { page } = citizen;
  const focused = () =>
    page.evaluate(() => {
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
  for (let i = 0; i < 10 && !(await citizen.buttons()).includes(await focused()); i++)
    await page.keyboard.press('Shift+Tab');
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

for (const colorScheme of ['light', 'dark'])
  for (const [locale, start, open] of [
    ['uk-UA', 'Розпочати', 'Налаштування чату'],
    ['en-GB', 'Start', 'Chat settings'],
  ])
    for (const viewport of [
      { width: 320, height: 640 },
      { width: 1280, height: 800 },
    ])
      visit(
        `axe finds nothing: ${colorScheme}, ${locale}, ${viewport.width} px`,
        async (citizen) => {
          await citizen.findsNothing('before the chat');
          await citizen.start(start);
          await citizen.answered(() => citizen.say('/menu'));
          await citizen.page.getByRole('button', { name: open }).click();
          await citizen.findsNothing('with the settings open');
          await citizen.page.keyboard.press('Escape');
          await citizen.page.route('**/messages', (route) =>
            route.fulfill({ status: 400, json: { error: { message: '…' } } }),
          );
          await citizen.say('не те');
          await citizen.page.locator('.pending .failed').waitFor();
          await citizen.findsNothing('with a message that was not taken');
          const wider = await citizen.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          assert.equal(wider, false, 'nothing is wider than the screen');
        },
        { colorScheme, locale, viewport },
      );

visit(
  'a foreign site embeds it with one line, under a strict policy',
  async (citizen) => {
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
  },
  { address: () => school.origin },
);

test('other sites are turned away in words', async () => {
  const response = await fetch(`${town.origin}/kryzhopil/web/chats`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'accept-language': 'uk' },
  });
  assert.equal(response.status, 403);
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  assert.equal((await response.json()).error.code, 'bad-site');
});

goodbye();
