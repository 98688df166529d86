// SPDX-License-Identifier: MPL-2.0
// A citizen before the widget: sees what is on the page, presses, writes.
import assert from 'node:assert/strict';
import { findsNothing } from './axe.mjs';
import { until } from './town.mjs';

export class Citizen {
  constructor(page) {
    this.page = page;
    this.troubles = [];
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on(
      'console',
      (message) =>
        message.type() === 'error' &&
        /Content.Security|Trusted/i.test(message.text()) &&
        this.troubles.push(message.text()),
    );
  }

  static async visits(browser, address) {
    const citizen = new Citizen(await browser.newPage());
    await citizen.page.goto(address);
    return citizen;
  }

  async start(name = 'Розпочати') {
    await this.page.getByRole('button', { name, exact: true }).first().click();
    await this.page.locator('.message.town:not(.typing)').first().waitFor();
    await this.settled();
  }

  get field() {
    return this.page.locator('.composer textarea');
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /* The youngest button so named that may be pressed. */
  async press(label) {
    await this.page.locator('.row button:not([aria-disabled])', { hasText: label }).last().click();
  }

  /* What each message says, without its hour; from: 'town', 'me' or both. */
  said(from = '') {
    const which = `.log .message${from ? '.' + from : ''} .bubble`;
    return this.page
      .locator(which)
      .evaluateAll((nodes) =>
        nodes.map((node) => [...node.querySelectorAll('p')].map((p) => p.textContent).join('\n')),
      );
  }

  buttons() {
    return this.page.locator('.row > :not([aria-disabled])').allTextContents();
  }

  /* Waits for words of the town (a text, or a pattern) and returns the message. */
  async hears(words, seconds = 15) {
    const fits = (text) => (words instanceof RegExp ? words.test(text) : text.includes(words));
    return until(`the town says ${words}`, async () => (await this.said('town')).find(fits), seconds);
  }

  /* Nothing new for a moment. */
  async settled() {
    let before = -1;
    await until('the chat comes to rest', async () => {
      const now = (await this.said()).length;
      const same = now === before && (await this.page.locator('.pending .message').count()) === 0;
      before = now;
      await this.page.waitForTimeout(250);
      return same;
    });
  }

  /* Does something and waits until the town has answered it. */
  async answered(work) {
    const before = (await this.said('town')).length;
    await work();
    await until('the town answers', async () => (await this.said('town')).length > before);
    await this.settled();
    return (await this.said('town')).slice(before).join('\n');
  }

  findsNothing(where) {
    return findsNothing(this.page, where);
  }

  calm() {
    assert.deepEqual(this.troubles, []);
  }
}
