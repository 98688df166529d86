// SPDX-License-Identifier: MPL-2.0
// A play in scenes: one town with a bot, officials each before a screen of their own, and citizens; a scene goes on where the last one ended.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeOf, PASSWORD, timeForOlderCode } from './desk.mjs';
import { openTownWithCitizens } from './desk_citizen.mjs';
import { Clerk } from './desk_clerk.mjs';

/* name: of the pictures of a scene that failed. The rest as openTownWithCitizens takes it. */
export async function openStage(name, options) {
  const { telegram, bot, town } = await openTownWithCitizens(options);
  const stage = { telegram, bot, town, people: {}, address: `${town.origin}/kryzhopil/desk/` };
  let broken = false; // a life cannot go on after what did not happen

  /* From the address of an invitation to the first page: a password, the telephone, the recovery codes. */
  stage.comes = async (who, invitation, options = {}) => {
    const clerk = await Clerk.comes(stage.address, { ...(town.clock && { env: { ...process.env, ...town.clock.env } }), ...options });
    clerk.page.setDefaultTimeout(10000);
    await clerk.page.exposeFunction('own', () => (stage.owned = true)); // what smuggled scripts would call
    clerk.now = town.clock?.now ?? Date.now;
    stage.people[who] = clerk;
    await clerk.goes(invitation.slice(invitation.indexOf('#/welcome/')).trim());
    await clerk.page.getByLabel('Новий пароль').fill(PASSWORD);
    await clerk.button('Далі').click();
    await clerk.page.getByText('Ввести ключ вручну').click();
    clerk.secret = await clerk.page.locator('details code').textContent();
    await timeForOlderCode(clerk.now);
    await clerk.page.getByLabel('Код із телефону').fill(codeOf(clerk.secret, -1, clerk.now()));
    await clerk.button('Далі').click();
    await clerk.page.getByRole('checkbox').check();
    await clerk.button('Готово').click();
    await clerk.page.locator('.shell').waitFor();
    await clerk.settled();
    return clerk;
  };

  stage.scene = (title, work) =>
    test(title, { timeout: 120000 }, async (context) => {
      if (broken) return context.skip('an earlier scene failed');
      try {
        await work();
      } catch (error) {
        broken = true;
        for (const [who, { page }] of Object.entries(stage.people)) await page.screenshot({ path: join(tmpdir(), `viche-${name}-${who}.png`) }).catch(() => {});
        error.message += `\n${town.log.slice(-20).join('')}`;
        throw error;
      }
    });

  /* For people to look at, where SHOTS names a folder: as wide as the screen, as long as the page. */
  stage.shoots = async (who, what) => {
    if (!process.env.SHOTS) return;
    const { page } = stage.people[who];
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${who}-${what}.png`, fullPage: true });
  };

  /* The last scene. */
  stage.ends = () =>
    test('the host stops when asked to', async () => {
      assert.ok(!stage.owned, 'no smuggled script ran');
      for (const clerk of Object.values(stage.people)) await clerk.leaves();
      assert.match(town.viche('call', 'kryzhopil', 'desk/csp'), /^0$/m, 'no browser reports anything against the policy');
      town.viche('audit', 'verify', 'kryzhopil'); // every look and deed stands in the chain
      assert.equal(await town.close(), 0);
      await telegram.close();
    });
  return stage;
}
