// SPDX-License-Identifier: MPL-2.0
// The staff desk's page is for everybody: axe finds nothing on any page, in both languages, both colour schemes, on both screens.
import assert from 'node:assert/strict';
import { visit } from './desk_visit.mjs';

const PAGES = ['#/tasks', '#/cases/cards', '#/cases/cards?f.state=work&search=яма', '#/cases/cards?search=немає такого', '#/cases/cards/311', '#/report/cases/cards',
  '#/desk/staff', '#/desk/audit', '#/news/posts', '#/account', '#/nowhere/at/all'];

for (const colorScheme of ['light', 'dark'])
  for (const [language, action, keys, why] of [['uk', 'Запропонувати закрити', 'Клавіші', 'Чому ця дата?'], ['en', 'Запропонувати закрити', 'Keyboard', 'Why this date?']])
    for (const viewport of [{ width: 1366, height: 768 }, { width: 360, height: 640 }])
      visit(
        `axe finds nothing: ${colorScheme}, ${language}, ${viewport.width} px`,
        async (clerk, desk, page) => {
          for (const hash of PAGES) {
            await clerk.goes(hash);
            await clerk.findsNothing(hash);
            const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
            assert.equal(wider, false, `${hash} is not wider than the screen`);
          }
          await clerk.goes('#/cases/cards/311');
          await clerk.button(why).click();
          await clerk.findsNothing('the reckoning of a deadline');
          await page.keyboard.press('?');
          await page.getByRole('dialog', { name: keys }).waitFor();
          await clerk.findsNothing('the keys');
          await page.keyboard.press('Escape');
          await page.locator('#actions').getByRole('button', { name: action }).click();
          await clerk.panel.locator('button.main').click();
          await clerk.findsNothing('a form with what is wrong');
          await page.keyboard.press('Escape');
          await page.locator('#bell-box button').click();
          await page.locator('.notices li').waitFor();
          await page.evaluate(() => scrollTo(0, 0)); // nothing half under the bar
          await clerk.findsNothing('notices');
          desk.expire();
          await clerk.panel.getByLabel(language === 'uk' ? 'Пароль' : 'Password').waitFor();
          await clerk.findsNothing('the session ended');
          for (const state of ['out', 'code', 'enrol']) {
            desk.state = state;
            await page.reload();
            await clerk.settled();
            await clerk.findsNothing(`before the desk: ${state}`);
          }
        },
        { colorScheme, viewport, desk: { language } },
      );
