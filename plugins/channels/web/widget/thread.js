/* SPDX-License-Identifier: MPL-2.0
 * The conversation: messages in the order of their ids, what is not sent yet below them, and the place to read from. */
import { messageNode, setActive } from './bubble.js';
import { el, icon } from './dom.js';
import { dayWords, textNodes } from './text.js';

const NEAR_PX = 80;

export class Thread {
  /* chat: as messageNode wants it, and outbox, connected() */
  constructor(chat) {
    this.chat = chat;
    this.shown = []; // {message, node, day}, by id
    this.ids = new Set();
    this.log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': chat.words('log') });
    this.pending = el('div', { class: 'pending' });
    this.dots = el(
      'div',
      { class: 'message town typing', hidden: true },
      el('div', { class: 'bubble' }, el('span', { class: 'unseen' }, chat.words('typing')), el('i'), el('i'), el('i')),
    );
    this.scroll = el(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': chat.words('log') },
      this.log,
      this.pending,
      this.dots,
    );
    this.newer = el(
      'button',
      { type: 'button', class: 'newer', hidden: true, onclick: () => this.toEnd() },
      icon('down'),
      chat.words('newer'),
    );
    this.scroll.onscroll = () => this.atEnd() && (this.newer.hidden = true);
    this.node = el('div', { class: 'thread' }, this.scroll, this.newer);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.scroll);
    this.scroll.addEventListener('load', () => this.stuck && this.toEnd(), true); // pictures grow when they arrive
    this.stuck = true;
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.stuck;
  }

  /* Down to the end, but not past the beginning of `node` and what it answers: a long message is read from its top. */
  toEnd(node) {
    const asked = node && node.previousElementSibling;
    const top = asked && asked.matches('.me') ? asked : node;
    this.scroll.scrollTop = node ? Math.min(this.scroll.scrollHeight, top.offsetTop - 12) : this.scroll.scrollHeight;
    this.newer.hidden = true;
    this.stuck = !node || this.atEnd();
  }

  /* While old messages come in they are neither read aloud nor looked through one by one. */
  quiet(on) {
    this.loading = on;
    this.log.setAttribute('aria-live', on ? 'off' : 'polite');
    if (on) return;
    this.settle();
    this.toEnd();
  }

  /* false: it was here already. */
  add(message) {
    if (this.ids.has(message.id)) return false;
    this.ids.add(message.id);
    const stay = this.stuck;
    const entry = { message, node: messageNode(message, this.chat), day: new Date(message.at * 1000).toDateString() };
    const next = this.shown.findIndex((other) => other.message.id > message.id);
    const place = next < 0 ? this.shown.length : next;
    this.log.insertBefore(entry.node, next < 0 ? null : this.shown[next].node);
    this.shown.splice(place, 0, entry);
    this.typing(false);
    if (!this.loading) this.settle();
    if (stay || message.from === 'me') this.toEnd(entry.node);
    else this.newer.hidden = false;
    return true;
  }

  isLast(id) {
    return this.shown.length > 0 && this.shown[this.shown.length - 1].message.id === id;
  }

  settle() {
    this.divideDays();
    this.refresh();
  }

  divideDays() {
    for (const line of this.log.querySelectorAll('.day')) line.dataset.stale = '1';
    let last = '';
    for (const { message, node, day } of this.shown) {
      const line = node.previousElementSibling;
      if (day !== last && line && line.matches('.day')) delete line.dataset.stale;
      else if (day !== last)
        node.before(
          el('p', { class: 'day' }, dayWords(new Date(message.at * 1000), this.chat.language, this.chat.words)),
        );
      last = day;
    }
    for (const line of this.log.querySelectorAll('[data-stale]')) line.remove();
  }

  /* Questions since the citizen last spoke are open; older ones are answered. */
  refresh() {
    let open = !this.chat.outbox.next();
    for (const { message, node } of [...this.shown].reverse()) {
      if (message.from === 'me') open = false;
      else setActive(node, open);
    }
  }

  typing(on) {
    clearTimeout(this.typingEnds);
    this.dots.hidden = !on;
    if (on) this.typingEnds = setTimeout(() => this.typing(false), 10000);
    if (on && this.stuck) this.toEnd();
  }

  /* ---- what is not sent yet ---- */

  showPending() {
    const stay = this.stuck;
    const items = this.chat.outbox.items();
    const nodes = new Map([...this.pending.children].map((node) => [node.dataset.origin, node]));
    for (const item of items) {
      const old = nodes.get(item.origin);
      nodes.delete(item.origin);
      if (!old) this.pending.append(this.pendingNode(item));
      else if (item.file && !item.failed && old.bar) this.progress(old, item);
      else if (old.dataset.state !== this.stateOf(item)) old.replaceWith(this.pendingNode(item));
    }
    for (const node of nodes.values()) node.remove();
    this.refresh();
    if (stay) this.toEnd();
  }

  stateOf(item) {
    if (item.failed) return 'failed';
    if (item.file && !item.tries) return 'uploading';
    if (item.hasty && this.chat.connected()) return 'hasty';
    return item.tries || !this.chat.connected() ? 'queued' : 'sending';
  }

  progress(node, item) {
    node.bar.value = item.progress;
    node.bar.nextSibling.textContent = this.chat.words('uploaded', Math.round(item.progress * 100));
  }

  pendingNode(item) {
    const { words, outbox } = this.chat;
    const state = this.stateOf(item);
    const body = item.body || {};
    const text = item.file ? item.file.name : body.text || body.label || body.value || words('place');
    const act = (key, work) => el('button', { type: 'button', class: 'small', onclick: work }, words(key));
    const again =
      state === 'failed' || (state === 'queued' && navigator.onLine !== false)
        ? act('again', () => outbox.retry(item))
        : null;
    const away =
      state === 'failed'
        ? act('discard', () => outbox.discard(item))
        : item.file
          ? act('cancel', () => outbox.discard(item))
          : null;
    const bar = state === 'uploading' ? el('progress', { max: '1', 'aria-label': words('uploading') }) : null;
    const note =
      state === 'failed' ? `${words('failed')} ${item.failed}` : words(state === 'uploading' ? 'uploading' : state);
    const node = el(
      'div',
      { class: `message me ${state}`, 'data-origin': item.origin, 'data-state': state },
      el(
        'div',
        { class: 'bubble' },
        item.file
          ? el('p', { class: 'place' }, icon('file'), el('span', null, text))
          : el('p', null, ...textNodes(text)),
      ),
      el('div', { class: 'fate' }, bar, el('span', null, note), again, away),
    );
    node.bar = bar;
    if (bar) this.progress(node, item);
    return node;
  }
}
