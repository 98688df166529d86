// SPDX-License-Identifier: MPL-2.0
// Pictures for people to look at, of a running demo: node tests/e2e/shots.mjs http://127.0.0.1:8080/kryzhopil/ docs/img
import { mkdirSync } from 'node:fs';
import { openBrowser } from './browser.mjs';
import { Citizen } from './citizen.mjs';

const [address, folder] = process.argv.slice(2);
const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
mkdirSync(folder, { recursive: true });

async function shoot(size, colorScheme) {
  const browser = await openBrowser({ viewport: SIZES[size], colorScheme });
  const citizen = await Citizen.visits(browser, address);
  await citizen.start();
  await citizen.answered(() => citizen.say('цнап коли працюе'));
  await citizen.page.mouse.move(5, 5);
  await citizen.page.screenshot({ path: `${folder}/chat-${size}${colorScheme === 'dark' ? '-dark' : ''}.png` });
  await browser.close();
}

for (const size of Object.keys(SIZES)) for (const scheme of ['light', 'dark']) await shoot(size, scheme);
