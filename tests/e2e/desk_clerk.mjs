// SPDX-License-Identifier: MPL-2.0
// An official before the staff desk: goes to a page, reads, presses, fills in.
import assert from 'node:assert/strict';
import { findsNothing } from './axe.mjs';
import { openBrowser } from './browser.mjs';
import { codeOf, PASSWORD } from './desk.mjs';

export class Clerk {
  constructor(page, address) {
    this.page = page;
    this.address = address;
    this.troubles = [];
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('dialog', (dialog) => (this.troubles.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
    page.on('console', (message) => /Content.Security|Trusted/i.test(message.text()) && this.troubles.push(message.text()));
    this.allowed = [new URL(address).origin + '/', 'blob:', 'data:'];
    page.on('request', (request) => this.allowed.some((begin) => request.url().startsWith(begin)) || this.troubles.push(`asks ${request.url()}`));
  }

  static async comes(address, options = {}) {
    const browser = await openBrowser({ viewport: { width: 1366, height: 768 }, ...options });
    const clerk = new Clerk(browser.pages()[0] || (await browser.newPage()), address);
    clerk.browser = browser;
    return clerk;
  }

  /* hash: "#/cases/cards" */
  async goes(hash = '') {
    await this.page.goto(this.address + hash);
    await this.settled();
  }

  async settled() {
    await this.page.locator('#desk > *').first().waitFor();
    await this.page.locator('.wait').waitFor({ state: 'detached' });
  }

  button(name, where = this.page) {
    return where.getByRole('button', { name, exact: true });
  }

  get panel() {
    return this.page.locator('dialog[open]').last();
  }

  /* Does an action of the thing that is shown: opens its form, fills it in by labels. */
  async opens(label) {
    await this.button(label).first().click();
    await this.panel.waitFor();
  }

  field(label) {
    return this.panel.getByLabel(label, { exact: false }).first();
  }

  /* One action from its button to the page as it is then. */
  async does(label, fill = () => {}) {
    const more = this.page.locator('.actions details', { hasText: label });
    if (!(await this.button(label).first().isVisible()) && (await more.count())) await more.first().locator('summary').click();
    await this.opens(label);
    await fill();
    await this.submits();
    const gone = this.panel.waitFor({ state: 'detached' });
    const refused = this.panel.getByRole('alert').first();
    const words = await Promise.race([gone.then(() => ''), refused.waitFor().then(() => refused.innerText(), () => gone)]);
    if (words) throw new Error(`«${label}» was refused: ${words}`);
    await this.settled();
  }

  /* What the bell says with these words, the newest first; waits for the first one. */
  async bell(words) {
    const box = this.page.locator('#bell-box');
    await box.getByRole('button').first().click();
    const shown = box.locator('.notices :is(li a, p)', { hasText: words });
    await shown.first().waitFor();
    const said = await shown.evaluateAll((all) => all.map((one) => one.innerText));
    await this.page.keyboard.press('Escape');
    return said;
  }

  /* Why an action is not theirs now. */
  async why(label) {
    const later = this.page.locator('.actions details').last();
    if (!(await later.evaluate((one) => one.open))) await later.locator('summary').click();
    return later.locator('li', { has: this.page.getByRole('button', { name: label, exact: true }) }).locator('small').innerText();
  }

  /* After a night: the session has ended, name, password and six digits once more. */
  async signsIn(login, hash = '#/tasks') {
    await this.page.goto(this.address + hash);
    await this.page.reload();
    await this.page.getByLabel('Ім’я для входу').fill(login);
    await this.page.getByLabel('Пароль').fill(PASSWORD);
    await this.button('Увійти').click();
    await this.page.getByLabel('Код із телефону').fill(codeOf(this.secret, 0, this.now()));
    await this.button('Далі').click();
    await this.page.locator('.shell').waitFor();
    await this.settled();
  }

  submits() {
    return this.panel.locator('button.main').click();
  }

  title() {
    return this.page.locator('#title .number').textContent();
  }

  toast() {
    return this.page.locator('.toasts').textContent();
  }

  findsNothing(where) {
    return findsNothing(this.page, where);
  }

  async leaves() {
    await this.browser.close();
    assert.deepEqual(this.troubles, []);
  }
}
