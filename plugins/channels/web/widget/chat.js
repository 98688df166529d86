/* SPDX-License-Identifier: MPL-2.0
 * One town's chat: holds the session together and redraws when the language changes. */
import { Composer } from './composer.js';
import { el } from './dom.js';
import { Outbox } from './outbox.js';
import { Panel } from './panel.js';
import { Stream } from './stream.js';
import { Thread } from './thread.js';
import { wordsIn } from './words.js';

export class Chat {
  /* frame: {node to fill, language of the page or '', payload of its link, close() or null, heard() for each new
   * message, turned(code): the citizen chose a language} */
  constructor(server, memory, frame) {
    Object.assign(this, { server, memory, frame, close: frame.close, about: {}, textMax: 4000, state: 'idle' });
    this.session = server.session = memory.get('chat');
    this.outbox = new Outbox(server, memory, {
      changed: () => this.thread && this.thread.showPending(),
      accepted: (message) => this.accepted(message),
      refused: (error) => this.whyNot(error),
      closed: () => this.gone(),
    });
    memory.watch((name) => this.elsewhere(name));
    this.setLanguage(memory.get('language') || frame.language || (navigator.language || 'uk').split('-')[0]);
    this.draw();
    this.know();
    if (this.session) this.listen();
  }

  setLanguage(code) {
    this.language = this.server.language = code;
    this.words = wordsIn(code);
  }

  async know() {
    this.about = await this.server.about().catch(() => this.about);
    this.textMax = this.about.text_max || this.textMax;
    const offered = (this.about.languages || []).map((language) => language.code);
    if (offered.length && !offered.includes(this.language)) this.setLanguage(this.about.language);
    this.draw();
  }

  /* ---- drawing ---- */

  draw() {
    const shown = this.thread ? this.thread.shown : [];
    const draft = this.composer ? this.composer.field.value : '';
    const focused = this.composer && this.composer.field.matches(':focus');
    this.panel = new Panel(this);
    this.thread = new Thread(this);
    this.composer = new Composer(this);
    this.composer.field.value = draft;
    this.thread.quiet(true);
    for (const { message } of shown) this.thread.add(message);
    const below = this.session ? [this.thread.node, this.panel.bar, this.composer.node] : [this.welcome()];
    this.frame.node.lang = this.language;
    this.frame.node.classList.toggle('fresh', !this.session);
    this.frame.node.replaceChildren(this.panel.head, ...below);
    this.thread.showPending();
    this.thread.quiet(this.state !== 'online');
    this.panel.show(this.state);
    if (focused) this.composer.focus();
  }

  /* The town's own page has already said who the town is. */
  welcome() {
    const { words, about } = this;
    const elsewhere = Boolean(this.close);
    this.starter = el('button', { type: 'button', class: 'start', onclick: () => this.start() }, words('start'));
    this.sorry = el('p', { class: 'note', role: 'status' }, this.sorryWords || '');
    return el(
      'div',
      { class: 'welcome' },
      el('span', { class: 'emblem', 'aria-hidden': 'true' }, about.emblem || ''),
      el('p', { class: 'title' }, (elsewhere && about.name) || words('hello')),
      el('p', null, (elsewhere && about.intro) || words('welcome')),
      this.starter,
      this.sorry,
    );
  }

  focus() {
    (this.session ? this.composer : this.starter).focus();
  }

  connected() {
    return this.state === 'online' || this.state === 'connecting';
  }

  show(state) {
    this.state = state;
    this.panel.show(state);
    this.thread.showPending();
  }

  /* ---- the session ---- */

  /* The greeting has been read by now, so without another wish the menu comes at once. */
  async start() {
    if (this.starting) return;
    this.starting = true;
    this.starter.textContent = this.words('starting');
    this.starter.setAttribute('aria-disabled', 'true');
    try {
      this.adopt(await this.server.start(this.frame.payload || 'menu'));
      this.composer.focus();
    } catch (error) {
      this.sorryWords = this.whyNot(error);
      this.draw();
      this.starter.focus();
      this.sorryWords = '';
    }
    this.starting = false;
  }

  adopt(session) {
    this.session = this.server.session = session;
    this.memory.set('chat', session);
    this.sorryWords = '';
    this.draw();
    this.listen();
  }

  listen() {
    this.thread.quiet(true);
    this.stream = new Stream(this.server, {
      message: (message) => this.hear(message),
      typing: () => this.thread.typing(true),
      ready: () => this.ready(),
      state: (name) => this.show(name),
      closed: () => this.gone(),
    });
  }

  ready() {
    this.thread.quiet(false);
    this.outbox.tries = 0;
    this.outbox.flush();
  }

  hear(message) {
    if (message.origin) this.outbox.remove(message.origin);
    const fresh = this.thread.add(message);
    if (fresh && message.from === 'town' && !this.thread.loading) this.frame.heard();
  }

  /* The stream brings it too; whichever is first. Its answer is on the way from now on. */
  accepted(message) {
    if (message.from) this.thread.add(message);
    const last = message.id;
    setTimeout(() => this.state === 'online' && this.thread.isLast(last) && this.thread.typing(true), 400);
  }

  stop() {
    if (this.stream) this.stream.stop();
    this.stream = null;
    this.session = this.server.session = null;
    this.state = 'idle';
    this.thread = null;
    this.outbox.clear();
  }

  forget() {
    this.server.leave().catch(() => {}); // the town stops writing; should it not hear, the key is gone all the same
    this.stop();
    this.memory.set('chat', null);
    this.draw();
    this.focus();
  }

  /* The server no longer knows this chat. */
  gone() {
    this.stop();
    this.memory.set('chat', null);
    this.sorryWords = this.words('gone');
    this.draw();
  }

  /* Another tab began, forgot, wrote or confirmed something. */
  elsewhere(name) {
    if (name.startsWith('out.')) this.thread.showPending();
    if (name !== 'chat' && name !== '') return;
    const session = this.memory.get('chat');
    if (session && !this.session) this.adopt(session);
    else if (!session && this.session) {
      this.stop();
      this.draw();
    }
  }

  tryNow() {
    if (this.stream) this.stream.kick();
    this.outbox.flush();
  }

  /* ---- what the citizen does ---- */

  say(text) {
    this.outbox.add({ text });
    this.thread.toEnd();
  }

  attach(file) {
    this.outbox.addFile(file);
    this.thread.toEnd();
  }

  press(button, node) {
    if (button.kind === 'place') this.sharePlace(node);
    else if (button.kind === 'file') this.composer.pick();
    else this.outbox.add({ value: button.value, label: button.label });
    const [, language] = /^\/language (\S+)$/.exec(button.value || '') || [];
    if (language) this.turn(language); // chosen in the chat: what stands around it follows
  }

  /* Asked for only now, because only now it is clear why. Without it the address can be written. */
  sharePlace(node) {
    const label = node.textContent;
    const done = (words) => {
      node.textContent = label;
      this.composer.say(words);
    };
    const failed = () => {
      done(this.words('noPlace'));
      this.composer.focus();
    };
    if (!navigator.geolocation) return failed();
    node.textContent = this.words('placing');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done('');
        this.outbox.add({ place: { latitude: coords.latitude, longitude: coords.longitude } });
      },
      failed,
      { timeout: 15000, maximumAge: 60000, enableHighAccuracy: true },
    );
  }

  file(id) {
    return this.server.file(id);
  }

  speak(code, name) {
    if (this.session) this.outbox.add({ value: '/language ' + code, label: name });
    this.turn(code);
    this.panel.more.focus();
  }

  turn(code) {
    this.memory.set('language', code);
    this.setLanguage(code);
    this.draw();
    this.know();
    this.frame.turned(code);
  }

  /* In words of the server if it said any. */
  whyNot(error) {
    if (error.status === 413) return this.words('tooLarge');
    if (error.status) return error.message || this.words('trouble');
    return this.words(navigator.onLine === false ? 'offline' : 'waiting') + '.';
  }
}
