/* SPDX-License-Identifier: MPL-2.0
 * <script src="https://host/static/widget.js" data-town="kryzhopil" async></script>: a button that opens the chat, on any
 * site; with data-mode="page", the chat itself inside #viche-chat. */
import { Chat } from './chat.js';
import { el, icon } from './dom.js';
import { Memory } from './memory.js';
import { Server } from './server.js';
import { wordsIn } from './words.js';

/* In a shadow, so that neither page nor widget can spoil the other's looks. A constructed sheet needs no leave of the
 * page's content security policy; browsers before 2023 take the file. */
function shadowIn(host, root) {
  const shadow = host.attachShadow({ mode: 'open' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(el('link', { rel: 'stylesheet', href: new URL('static/widget.css', root) }));
  }
  return shadow;
}

function onPage(town, root) {
  const host = el('div', { class: 'viche' });
  const node = el('div', { class: 'chat page' });
  shadowIn(host, root).append(node);
  document.getElementById('viche-chat').append(host);
  const address = new URLSearchParams(location.search);
  const chosen = address.get('lang');
  const memory = new Memory(town);
  const known = memory.get('language');
  if (!chosen && known && known !== document.documentElement.lang) {
    address.set('lang', known); // the page speaks as the chat in it
    location.replace('?' + address);
    return;
  }
  if (chosen) memory.set('language', chosen);
  const chat = new Chat(new Server(new URL(`${town}/web`, root).href), memory, {
    node,
    language: document.documentElement.lang,
    payload: address.get('start') || '',
    close: null,
    heard: () => {},
    turned: (code) => location.assign('?lang=' + code),
  });
  node.addEventListener('keydown', (event) => event.key === 'Escape' && chat.panel.escape());
  for (const link of document.querySelectorAll('nav a[lang]:not([aria-current])'))
    link.addEventListener('click', (event) => {
      event.preventDefault(); // the town has to hear it, too
      chat.speak(link.lang, link.textContent);
    });
}

class Launcher {
  constructor(town, root) {
    this.town = town;
    this.root = root;
    this.memory = new Memory(town);
    this.words = wordsIn(this.memory.get('language') || document.documentElement.lang.split('-')[0]);
    this.unread = 0;
    this.count = el('span', { class: 'count', role: 'status' });
    this.label = el('span', null, this.words('launcher'));
    this.button = el(
      'button',
      { type: 'button', class: 'launcher', 'aria-expanded': 'false', onclick: () => this.toggle() },
      icon('chat'),
      this.label,
      this.count,
    );
    this.node = el('div', {
      class: 'chat dialog',
      role: 'dialog',
      'aria-labelledby': 'who',
      hidden: true,
      onkeydown: (event) => this.key(event),
    });
    const host = el('div', { class: 'viche' });
    shadowIn(host, root).append(this.node, this.button);
    document.body.append(host);
  }

  toggle() {
    this.show(this.node.hidden);
  }

  show(on) {
    this.node.hidden = !on;
    this.button.setAttribute('aria-expanded', String(on));
    this.button.classList.toggle('opened', on);
    this.mark(0);
    if (on && !this.chat) this.open();
    if (on) this.chat.focus();
    else this.button.focus();
  }

  open() {
    this.chat = new Chat(new Server(new URL(`${this.town}/web`, this.root).href), this.memory, {
      node: this.node,
      language: document.documentElement.lang.split('-')[0],
      payload: '',
      close: () => this.show(false),
      heard: () => this.node.hidden && this.mark(this.unread + 1),
      turned: (code) => {
        this.words = wordsIn(code);
        this.label.textContent = this.words('launcher');
      },
    });
  }

  mark(unread) {
    this.unread = unread;
    this.count.replaceChildren(
      ...(unread ? [el('span', { class: 'unseen' }, this.words('unread', '')), String(unread)] : []),
    );
  }

  key(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (!this.chat.panel.escape()) this.show(false);
  }
}

const script = document.currentScript;
const root = new URL('..', script.src);
const begin = () =>
  script.dataset.mode === 'page' ? onPage(script.dataset.town, root) : new Launcher(script.dataset.town, root);
if (document.body) begin();
else addEventListener('DOMContentLoaded', begin);
