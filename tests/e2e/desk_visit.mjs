// SPDX-License-Identifier: MPL-2.0
// What tests of the desk's page alone stand on: a desk of memory and an official before it, new for each test.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Clerk } from './desk_clerk.mjs';
import { openDesk } from './desk_fake.mjs';

export function visit(name, work, { desk: how, ...options } = {}) {
  test(name, { timeout: 120000 }, async () => {
    const desk = await openDesk(how);
    const clerk = await Clerk.comes(desk.address, options);
    clerk.page.setDefaultTimeout(8000);
    try {
      await work(clerk, desk, clerk.page);
      assert.deepEqual(desk.reports, [], 'the policy was kept');
    } catch (error) {
      await clerk.page.screenshot({ path: join(tmpdir(), 'viche-desk-page.png') }).catch(() => {});
      error.message += `\n${clerk.troubles.join('\n')}`;
      await clerk.browser.close();
      throw error;
    } finally {
      desk.close();
    }
    await clerk.leaves();
  });
}
