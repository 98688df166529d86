/* SPDX-License-Identifier: MPL-2.0
 * What this device remembers of one town: the chat's key, the language, and what is not sent yet. All tabs share it. */

export class Memory {
  constructor(town) {
    this.prefix = `viche.${town}.`;
    this.spare = {}; // when the browser forbids storage, the chat lives as long as the tab
  }

  get store() {
    try {
      return localStorage;
    } catch {
      return this.spare;
    }
  }

  get(name) {
    const text = this.store[this.prefix + name];
    try {
      return text ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  }

  set(name, value) {
    try {
      if (value === null) delete this.store[this.prefix + name];
      else this.store[this.prefix + name] = JSON.stringify(value);
    } catch {
      this.spare[this.prefix + name] = JSON.stringify(value); // full
    }
  }

  /* Values of all names that begin so. A key an item, not one list: two tabs that write at once lose nothing. */
  all(start) {
    const names = Object.keys(this.store).filter((key) => key.startsWith(this.prefix + start));
    return names.map((key) => this.get(key.slice(this.prefix.length))).filter(Boolean);
  }

  /* Another tab changed something; name without the prefix. */
  watch(changed) {
    addEventListener('storage', (event) => {
      if (event.key === null) changed('');
      else if (event.key.startsWith(this.prefix)) changed(event.key.slice(this.prefix.length));
    });
  }

  /* One sender at a time among all tabs, so that what was written first is sent first. */
  alone(work) {
    if (navigator.locks) return navigator.locks.request(this.prefix + 'send', work);
    this.turn = (this.turn || Promise.resolve()).then(work, work);
    return this.turn;
  }
}
