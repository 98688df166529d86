// SPDX-License-Identifier: MPL-2.0
// Pictures of the widget for people to look at: node shots.mjs http://127.0.0.1:8080/kryzhopil/ FOLDER [http://…/site]
import { mkdirSync } from 'node:fs';
import { openBrowser } from './browser.mjs';

const [address, folder, site] = process.argv.slice(2);
const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
mkdirSync(folder, { recursive: true });

async function shoot(name, size, scheme) {
  const browser = await openBrowser({
    viewport: SIZES[size],
    colorScheme: scheme,
    deviceScaleFactor: size === 'phone' ? 2 : 1,
  });
  const page = await browser.newPage();
  const save = (what) => page.screenshot({ path: `${folder}/${what}-${name}.png` });
  await page.goto(address);
  const start = page.getByRole('button', { name: 'Розпочати' });
  await start.waitFor();
  await save('start');
  await start.click();
  await page.locator('.message.town .row').first().waitFor();
  await page.waitForTimeout(400);
  await save('chat');
  await page.getByLabel('Ваше повідомлення').fill('цнап коли працює');
  await page.keyboard.press('Enter');
  await page.locator('.message.me').last().waitFor();
  await page.waitForTimeout(800);
  await save('answer');
  if (site) {
    await page.goto(site);
    await page.getByRole('button', { name: 'Чат громади' }).click();
    await page.waitForTimeout(600);
    await save('site');
  }
  await browser.close();
}

for (const size of Object.keys(SIZES))
  for (const scheme of ['light', 'dark']) await shoot(`${size}-${scheme}`, size, scheme);
