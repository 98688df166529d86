// SPDX-License-Identifier: MPL-2.0
// Pictures of the staff desk for people to look at, with sample cards: node tests/e2e/desk_shots.mjs docs/img
import { mkdirSync } from 'node:fs';
import { Clerk } from './desk_clerk.mjs';
import { openDesk } from './desk_fake.mjs';

const folder = process.argv[2];
const CLERK = { width: 1366, height: 768 };
const FOREMAN = { width: 360, height: 640 };
mkdirSync(folder, { recursive: true });

async function shoot(name, viewport, colorScheme, hash, prepare = () => {}) {
  const desk = await openDesk();
  const clerk = await Clerk.comes(desk.address, { viewport, colorScheme });
  await clerk.goes(hash);
  await prepare(clerk);
  await clerk.page.waitForTimeout(400); // pictures and the panel's way in
  await clerk.page.screenshot({ path: `${folder}/desk-${name}.png` });
  await clerk.leaves();
  desk.close();
}

const proposes = (clerk) => clerk.page.locator('[data-action=propose]').click();
const asksWhy = (clerk) => clerk.button('Чому ця дата?').click();

await shoot('tasks', CLERK, 'light', '#/tasks');
await shoot('list', CLERK, 'light', '#/cases/cards?f.state=work');
await shoot('card', CLERK, 'light', '#/cases/cards/311', asksWhy);
await shoot('card-dark', CLERK, 'dark', '#/cases/cards/311');
await shoot('form', CLERK, 'light', '#/cases/cards/311', proposes);
await shoot('report', CLERK, 'light', '#/report/cases/cards');
await shoot('phone-tasks', FOREMAN, 'light', '#/tasks');
await shoot('phone-card', FOREMAN, 'dark', '#/cases/cards/311');
