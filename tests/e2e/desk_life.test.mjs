// SPDX-License-Identifier: MPL-2.0
// The desk as it is, in real browsers: officials of a real town, each before a screen of their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, firstAdmin, PASSWORD } from './desk.mjs';
import { Clerk } from './desk_clerk.mjs';
import { openTown, until } from './town.mjs';

const town = await openTown();
const address = `${town.origin}/kryzhopil/desk/`;
const people = {};

/* From the address of an invitation to the first page: a password, the telephone, the recovery codes. */
async function comes(name, invitation, options) {
  const clerk = await Clerk.comes(address, options);
  clerk.page.setDefaultTimeout(10000);
  people[name] = clerk;
  await clerk.goes(invitation.slice(invitation.indexOf('#/welcome/')).trim());
  await clerk.page.getByLabel('Новий пароль').fill(PASSWORD);
  await clerk.button('Далі').click();
  await clerk.page.getByText('Ввести ключ вручну').click();
  clerk.secret = await clerk.page.locator('details code').textContent();
  await clerk.page.getByLabel('Код із телефону').fill(codeOf(clerk.secret, -1));
  await clerk.button('Далі').click();
  await clerk.page.getByRole('checkbox').check();
  await clerk.button('Готово').click();
  await clerk.page.locator('.shell').waitFor();
  await clerk.settled();
  return clerk;
}

function scene(name, work) {
  test(name, { timeout: 120000 }, async () => {
    try {
      await work();
    } catch (error) {
      for (const [who, { page }] of Object.entries(people)) await page.screenshot({ path: `/tmp/viche-desk-life-${who}.png` }).catch(() => {});
      error.message += `\n${town.log.slice(-20).join('')}`;
      throw error;
    }
  });
}

scene('the first administrator comes in by a one-time code, and invites an official', async () => {
  const admin = await comes('admin', firstAdmin(town));
  await admin.goes('#/desk/staff');
  await admin.findsNothing('the staff');
  await admin.button('Запросити працівника').click();
  await admin.field('Ім’я та прізвище').fill('Ганна Нова');
  await admin.field('Ім’я для входу').fill('Ганна');
  await admin.submits();
  await admin.panel.getByText('малих латинських літер').waitFor();
  await admin.field('Ім’я для входу').fill('h.nova');
  await admin.submits();
  const said = await admin.panel.locator('.said').innerText();
  await admin.findsNothing('an invitation');
  await admin.button('Зрозуміло').click();
  const hanna = await comes('hanna', /http\S+/.exec(said)[0], { viewport: { width: 360, height: 640 } });
  assert.equal(await hanna.page.locator('.rail a.place', { hasText: 'Працівники' }).count(), 0, 'no role, no rights');
});

scene('the page of a dismissed official closes at once', async () => {
  const { admin, hanna } = people;
  await hanna.goes('#/account');
  await admin.goes('#/desk/staff');
  await admin.page.getByRole('link', { name: 'Ганна Нова' }).click();
  await admin.opens('Звільнити');
  const before = Date.now();
  await admin.submits();
  await admin.panel.getByText('Точно').waitFor();
  await admin.submits();
  await hanna.page.getByRole('dialog', { name: 'Увійдіть знову' }).waitFor();
  assert.ok(Date.now() - before < 4000, 'within seconds');
  await admin.panel.waitFor({ state: 'detached' });
  assert.match(await admin.page.locator('.thing').innerText(), /Звільнено/);
});

test('the host stops when asked to', async () => {
  for (const clerk of Object.values(people)) await clerk.leaves();
  assert.match(town.viche('call', 'kryzhopil', 'desk/csp'), /^0$/m, 'no browser reports anything against the policy');
  assert.equal(await town.close(), 0);
});
