/* SPDX-License-Identifier: MPL-2.0
 * The frame around a conversation: who it is with, how the connection stands, and the settings. */
import { el, icon } from './dom.js';

const STATES = { idle: '', connecting: 'connecting', online: 'online', waiting: 'waiting', offline: 'offline' };
const NOTES = { waiting: 'waitingNote', offline: 'offlineNote' };

export class Panel {
  /* chat: words(), about, language, session, speak(code), forget(), tryNow(), close (null on the town's own page) */
  constructor(chat) {
    this.chat = chat;
    const { words } = chat;
    this.state = el('span', { class: 'state' });
    this.menu = el('div', { class: 'menu', hidden: true, id: 'menu' });
    this.more = el(
      'button',
      {
        type: 'button',
        class: 'round',
        'aria-label': words('menu'),
        title: words('menu'),
        'aria-expanded': 'false',
        'aria-controls': 'menu',
        onclick: () => this.open(this.menu.hidden),
      },
      icon('more'),
    );
    this.head = el(
      'div',
      { class: 'head' },
      el('span', { class: 'emblem', 'aria-hidden': 'true' }, chat.about.emblem || ''),
      el('div', { class: 'who' }, el('b', { id: 'who' }, chat.about.name || words('launcher')), this.state),
      el('div', { class: 'settings', onfocusout: (event) => this.left(event) }, this.more, this.menu),
      chat.close
        ? el(
            'button',
            {
              type: 'button',
              class: 'round',
              'aria-label': words('close'),
              title: words('close'),
              onclick: chat.close,
            },
            icon('close'),
          )
        : null,
    );
    this.bar = el('div', { class: 'bar', role: 'status' });
  }

  /* name: a key of STATES */
  show(name) {
    const { words } = this.chat;
    this.state.textContent = STATES[name] ? words(STATES[name]) : '';
    this.state.dataset.state = name;
    const note = NOTES[name];
    if (this.noted === note) return;
    this.noted = note;
    this.bar.replaceChildren(
      ...(note
        ? [
            el('span', null, words(note)),
            el('button', { type: 'button', class: 'small', onclick: () => this.chat.tryNow() }, words('tryNow')),
          ]
        : []),
    );
  }

  open(on) {
    if (on) this.fill();
    this.menu.hidden = !on;
    this.more.setAttribute('aria-expanded', String(on));
  }

  /* true: Escape had something to close here */
  escape() {
    if (this.menu.hidden) return false;
    this.open(false);
    this.more.focus();
    return true;
  }

  left(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) this.open(false);
  }

  fill() {
    const { chat } = this;
    const languages = (chat.about.languages || []).map(({ code, name }) =>
      el(
        'button',
        {
          type: 'button',
          lang: code,
          'aria-pressed': String(code === chat.language),
          onclick: () => chat.speak(code, name),
        },
        name,
      ),
    );
    const forget = chat.session
      ? el('button', { type: 'button', class: 'forget', onclick: () => this.ask() }, chat.words('forget'))
      : null;
    this.menu.replaceChildren(
      el('p', { id: 'language' }, chat.words('language')),
      el('div', { role: 'group', 'aria-labelledby': 'language' }, ...languages),
      ...(forget ? [forget] : []),
    );
  }

  ask() {
    const { words } = this.chat;
    const yes = el(
      'button',
      { type: 'button', class: 'forget', onclick: () => this.chat.forget() },
      words('forgetYes'),
    );
    this.menu.replaceChildren(
      el('p', null, words('forgetAsk')),
      yes,
      el('button', { type: 'button', onclick: () => this.escape() }, words('cancel')),
    );
    yes.focus();
  }
}
