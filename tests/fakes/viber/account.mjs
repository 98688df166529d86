// SPDX-License-Identifier: MPL-2.0
// One bot and its users: what they do becomes callbacks, what they are sent is what they see.
import { checkMessage } from './checks.mjs';
import { Delivery } from './delivery.mjs';
import { Refusal, newToken } from './wire.mjs';

const HOUR_MS = 3600_000;
const UNANSWERED_MAX = 100;
const READING_MS = 300;
const CHOSEN = ['delivered', 'seen', 'failed', 'subscribed', 'unsubscribed', 'conversation_started', 'client_status'];

const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

export class Account {
  constructor(server, token, uri) {
    Object.assign(this, { server, token, uri, webhook: '', users: new Map(), revoked: false, autoSeen: false });
    Object.assign(this, { id: `pa:${uri}`, name: uri, eventTypes: [...CHOSEN], delivery: new Delivery(this) });
  }

  user(id) {
    if (!this.users.has(id))
      this.users.set(id, { id, name: `Мешканець ${id}`, language: 'uk', country: 'UA', api: 10, phone: '380671234567',
        subscribed: false, told: [], got: [], keyboard: null, tracking: undefined });
    return this.users.get(id);
  }

  // ---- callbacks ----

  card({ id, name, language, country, api }) {
    return { id, name, avatar: '', language, country, api_version: api };
  }

  event(event, more) {
    return { event, timestamp: Date.now(), chat_hostname: 'SN-CHAT-01_', message_token: newToken(), ...more };
  }

  /* how: see Delivery.send */
  call(callback, how) {
    if (CHOSEN.includes(callback.event) && !this.eventTypes.includes(callback.event)) return Promise.resolve(null);
    return this.delivery.send(callback, how);
  }

  /* Opens the chat; what the bot answers is the welcome. */
  async open(id, context, how) {
    const user = this.user(id);
    const callback = this.event('conversation_started', { type: 'open', context, user: this.card(user), subscribed: user.subscribed });
    const answer = await this.call(callback, how);
    if (!answer?.body || user.subscribed) return answer;
    const welcome = JSON.parse(answer.body);
    checkMessage({ sender: { name: '-' }, ...welcome }); // Viber's own client leaves the sender out
    this.server.ledger.push({ at: Date.now(), account: this.uri, method: 'welcome', receiver: id, fields: welcome, status: 0 });
    this.show(user, welcome);
    return answer;
  }

  subscribe(id, how) {
    const user = this.user(id);
    user.subscribed = true;
    return this.call(this.event('subscribed', { user: this.card(user) }), how);
  }

  unsubscribe(id, how) {
    this.user(id).subscribed = false;
    return this.call(this.event('unsubscribed', { user_id: id }), how);
  }

  /* A message of the user: a text, or an object as Viber sends it; how.ago: so many milliseconds ago. The first one subscribes, without
   * an event. */
  say(id, message, how) {
    const user = this.user(id);
    const content = typeof message === 'string' ? { type: 'text', text: message } : message;
    user.subscribed = true;
    user.told = [];
    const tracked = user.tracking === undefined ? content : { ...content, tracking_data: user.tracking };
    user.tracking = undefined;
    const more = how?.ago ? { timestamp: Date.now() - how.ago } : {};
    return this.call(this.event('message', { sender: this.card(user), message: tracked, silent: false, ...more }), how);
  }

  /* Presses the button with this label; more: the place for a location-picker. */
  press(id, label, more = {}, how) {
    const user = this.user(id);
    const button = user.keyboard?.Buttons.find(({ Text: text }) => plain(text ?? '') === label);
    if (!button) throw new Error(`${id} has no button «${label}», but ${this.labels(id).join(' · ')}`);
    if (button.ActionType === 'share-phone')
      return this.say(id, { type: 'contact', contact: { name: user.name, phone_number: user.phone } }, how);
    if (button.ActionType === 'location-picker') return this.say(id, { type: 'location', location: more }, how);
    if (button.ActionType === 'reply') return this.say(id, button.ActionBody, how);
    return button.ActionBody;
  }

  /* type: only the buttons with this ActionType. */
  labels(id, type) {
    const buttons = this.user(id).keyboard?.Buttons ?? [];
    return buttons.filter((button) => !type || button.ActionType === type).map(({ Text: text }) => plain(text ?? ''));
  }

  seen(id, token) {
    return this.call(this.event('seen', { user_id: id, message_token: token }));
  }

  failed(id, token, desc = 'failure description') {
    return this.call(this.event('failed', { user_id: id, message_token: token, desc }));
  }

  // ---- messages of the bot ----

  show(user, message) {
    user.got.push(message);
    user.tracking = message.tracking_data;
    if (message.keyboard) user.keyboard = message.keyboard;
  }

  /* The newest status that keeps this user from getting it; throws a Refusal. */
  admit(id) {
    const user = this.users.get(id);
    if (!user) throw new Refusal('receiverNotRegistered');
    if (!user.subscribed) throw new Refusal('receiverNotSubscribed');
    const now = Date.now();
    user.told = user.told.filter((at) => at > now - HOUR_MS);
    if (user.told.length >= UNANSWERED_MAX) throw new Refusal('tooManyRequests');
    user.told.push(now);
    return user;
  }

  deliver(id, message, token = newToken()) {
    const user = this.admit(id);
    this.show(user, { ...message, message_token: token });
    if (!this.user(id).offline) setImmediate(() => this.call(this.event('delivered', { user_id: id, message_token: token })));
    if (this.autoSeen) setTimeout(() => this.seen(id, token), READING_MS).unref();
    return token;
  }
}

export { CHOSEN };
