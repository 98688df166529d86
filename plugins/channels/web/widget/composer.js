/* SPDX-License-Identifier: MPL-2.0
 * Where the citizen writes: a growing field, a file, and send. */
import { el, icon } from './dom.js';

export class Composer {
  /* chat: words(), textMax, say(text), attach(file) */
  constructor(chat) {
    this.chat = chat;
    const { words } = chat;
    this.field = el('textarea', {
      rows: '1',
      'aria-label': words('write'),
      placeholder: words('write'),
      enterkeyhint: 'send',
      autocomplete: 'off',
      oninput: () => this.fit(),
      onkeydown: (event) => this.key(event),
    });
    this.file = el('input', {
      type: 'file',
      class: 'unseen',
      tabindex: '-1',
      'aria-hidden': 'true',
      onchange: () => this.picked(),
    });
    this.note = el('p', { class: 'note', role: 'status' });
    this.node = el(
      'form',
      { class: 'composer', onsubmit: (event) => this.submit(event) },
      this.note,
      el(
        'button',
        {
          type: 'button',
          class: 'round',
          'aria-label': words('attach'),
          title: words('attach'),
          onclick: () => this.pick(),
        },
        icon('attach'),
      ),
      this.file,
      this.field,
      el(
        'button',
        { type: 'submit', class: 'round send', 'aria-label': words('send'), title: words('send') },
        icon('send'),
      ),
    );
  }

  say(note) {
    this.note.textContent = note || '';
  }

  fit() {
    this.say('');
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    if ([...text].length > this.chat.textMax) {
      this.say(this.chat.words('tooLong', this.chat.textMax));
      return;
    }
    this.field.value = '';
    this.fit();
    this.chat.say(text);
  }

  pick() {
    this.file.click();
  }

  picked() {
    if (this.file.files.length) this.chat.attach(this.file.files[0]);
    this.file.value = '';
  }

  focus() {
    this.field.focus();
  }
}
