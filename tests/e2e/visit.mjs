// SPDX-License-Identifier: MPL-2.0
// What both test files stand on: one host, one foreign site that embeds the widget, a fresh browser for each test.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser } from './browser.mjs';
import { Citizen } from './citizen.mjs';
import { openTown } from './town.mjs';

/* A foreign site with a strict policy that embeds the widget by its one line. */
const site = createServer((request, response) => {
  const { origin } = town;
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `script-src ${origin}`,
    `connect-src ${origin}`,
    'img-src blob:',
    "require-trusted-types-for 'script'",
  ];
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
  });
  response.end(`<!doctype html><html lang="uk"><head><meta name="viewport" content="width=device-width"><title>Школа</title>
    </head><body><main><h1>Школа</h1><a href="#news">Новини</a></main>
    <script src="${origin}/static/widget.js" data-town="kryzhopil" async></script></body></html>`);
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
export const school = { origin: `http://127.0.0.1:${site.address().port}` };
export const town = await openTown(school.origin);

/* The last test of a file: hooks around all tests came to Node.js after Debian's version. */
export function goodbye() {
  test('the host stops when asked to', async () => {
    site.close();
    site.closeAllConnections();
    assert.equal(await town.close(), 0);
  });
}

/* Each test is a citizen on a device of their own. */
export function visit(name, work, options = {}) {
  test(name, { timeout: 60000 }, async () => {
    const browser = await openBrowser(options);
    const citizen = await Citizen.visits(browser, options.address ? options.address() : town.address);
    try {
      await work(citizen, browser);
      citizen.calm();
    } catch (error) {
      const shot = join(tmpdir(), `viche-e2e-${name.replace(/\W+/g, '-')}.png`);
      await citizen.page.screenshot({ path: shot }).catch(() => {});
      error.message += `\n${shot}\n${(await citizen.said().catch(() => [])).join('\n---\n')}\n${town.log.slice(-20).join('')}`;
      throw error;
    } finally {
      await browser.close();
    }
  });
}
