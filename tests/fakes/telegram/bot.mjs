// SPDX-License-Identifier: MPL-2.0
// One bot as Telegram keeps it: its updates and who fetches them, its chats, its files, its webhook.
import { randomBytes, randomInt } from 'node:crypto';

import { Refusal } from './html.mjs';
import { Delivery } from './webhook.mjs';

const DEFAULT_OFF = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
const LIFE_MS = { message: 86400_000, callback_query: 150_000 };

const conflict = (why) => new Refusal(409, `Conflict: ${why}`);

export class Bot {
  constructor(server, token, username) {
    this.server = server;
    this.token = token;
    this.me = {
      id: Number(token.split(':')[0]),
      is_bot: true,
      first_name: username,
      username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    };
    Object.assign(this, { queue: [], nextId: randomInt(1, 2 ** 30), poll: null, webhook: null, allowed: null });
    Object.assign(this, { chats: new Map(), files: new Map(), callbacks: new Map(), words: {}, revoked: false });
  }

  // ---- updates ----

  /* After a quiet week the numbers begin anew anywhere. */
  restartIds(from = randomInt(1, 2 ** 30)) {
    this.nextId = from;
  }

  /* twice: under another number, too; late: ms for which its webhook call is held up, while those behind it (and its twin) overtake it. */
  push(update, { twice = false, late = 0 } = {}) {
    const kind = Object.keys(update)[0];
    if (this.allowed?.length ? !this.allowed.includes(kind) : DEFAULT_OFF.has(kind)) return null;
    const item = { id: this.nextId++, update, expires: Date.now() + (LIFE_MS[kind] ?? 86400_000), late };
    this.queue.push(item);
    if (twice) this.queue.push({ ...item, id: this.nextId++, late: 0 });
    this.wake();
    return item.id;
  }

  pending() {
    this.queue = this.queue.filter((item) => item.expires > Date.now());
    return this.queue;
  }

  wake() {
    if (this.webhook) this.webhook.look();
    else this.poll?.look();
  }

  allow(list) {
    if (Array.isArray(list)) this.allowed = list.length ? list : null;
  }

  async getUpdates({ offset, limit, timeout, allowed, gone }) {
    if (this.webhook)
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    this.poll?.end(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
    this.allow(allowed);
    if (offset > 0) this.queue = this.queue.filter((item) => item.id >= offset);
    if (offset < 0) this.queue = this.pending().slice(offset);
    const ready = () =>
      this.pending()
        .slice(0, limit)
        .map(({ id, update }) => ({ update_id: id, ...update }));
    if (timeout === 0 || ready().length) return ready();
    return new Promise((resolve, reject) => {
      const poll = {
        look: () => ready().length && finish(() => resolve(ready())),
        end: (why) => finish(() => reject(why)),
      };
      const timer = setTimeout(() => finish(() => resolve([])), timeout * 1000 * this.server.options.tick);
      const finish = (say) => {
        clearTimeout(timer);
        if (this.poll === poll) this.poll = null;
        say();
      };
      gone?.then(() => finish(() => resolve([])));
      this.poll = poll;
    });
  }

  // ---- webhook ----

  setWebhook({ url, secret, max, allowed, drop }) {
    const had = this.webhook?.url;
    const same = url && had === url && this.webhook.secret === secret && this.webhook.max === max;
    this.allow(allowed);
    if (drop) this.queue = [];
    if (same) return 'Webhook is already set'; /* and what is under way stays under way */
    this.webhook?.stop();
    this.webhook = url ? new Delivery(this, { url, secret, max }) : null;
    if (url) this.poll?.end(conflict('terminated by setWebhook request'));
    this.webhook?.look();
    if (url) return 'Webhook was set';
    return had ? 'Webhook was deleted' : 'Webhook is already deleted';
  }

  webhookInfo() {
    const info = {
      url: this.webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.pending().length,
    };
    if (this.webhook) Object.assign(info, { max_connections: this.webhook.max }, this.webhook.trouble);
    return this.allowed ? { ...info, allowed_updates: this.allowed } : info;
  }

  // ---- chats ----

  chat(id) {
    const type = id > 0 ? 'private' : 'supergroup';
    if (!this.chats.has(id)) this.chats.set(id, { id, type, last: 0, messages: new Map(), blocked: false });
    return this.chats.get(id);
  }

  keepMessage(chat, content) {
    const message = {
      message_id: ++chat.last,
      from: this.me,
      chat: { id: chat.id, type: chat.type },
      date: Math.floor(Date.now() / 1000),
      ...content,
    };
    chat.messages.set(message.message_id, message);
    return message;
  }

  keepFile(data, name, type) {
    const id = randomBytes(18).toString('base64url');
    const file = { id, data, name, type, path: `documents/file_${this.files.size}` };
    this.files.set(id, file);
    return file;
  }

  // ---- citizens ----

  /* A message of somebody: content as {text}, {photo: Buffer}, {location}, {contact}, … */
  say(from, content, options = {}) {
    const user = typeof from === 'object' ? from : { id: from };
    const chat = this.chat(options.chat ?? user.id);
    const sender = { id: user.id, is_bot: false, first_name: 'Оля', language_code: 'uk', ...user };
    const message = this.keepMessage(chat, { ...this.filesOf(content), from: sender });
    if (options.edited) message.edit_date = options.edited === true ? message.date : options.edited; /* or a moment */
    this.push({ [options.edited ? 'edited_message' : 'message']: message }, options);
    return message;
  }

  filesOf({ photo, document, ...rest }) {
    const shown = (file) => ({ file_id: file.id, file_unique_id: file.id.slice(-8), file_size: file.data.length });
    if (photo) rest.photo = [{ ...shown(this.keepFile(photo, 'photo.jpg', 'image/jpeg')), width: 1280, height: 960 }];
    if (document) rest.document = { ...shown(this.keepFile(document.data, document.name)), file_name: document.name };
    return rest;
  }

  /* Presses the button with this label under the youngest message that has one. */
  press(from, label, options = {}) {
    const chat = this.chat(from);
    const message = [...chat.messages.values()].reverse().find((one) => this.button(one, label));
    if (!message) throw new Error(`chat ${from} has no button «${label}»`);
    const id = String(randomInt(2 ** 47));
    this.callbacks.set(id, { at: Date.now(), answered: false });
    const data = this.button(message, label).callback_data;
    const user = { id: from, is_bot: false, first_name: 'Оля', language_code: 'uk' };
    this.push({ callback_query: { id, from: user, message, chat_instance: '1', data } }, options);
    return id;
  }

  button(message, label) {
    return message.reply_markup?.inline_keyboard
      ?.flat()
      .find((button) => button.text === label && button.callback_data);
  }

  block(from, blocked = true) {
    const chat = this.chat(from);
    const status = (on) => ({ user: this.me, status: on ? 'kicked' : 'member', ...(on && { until_date: 0 }) });
    chat.blocked = blocked;
    this.push({
      my_chat_member: {
        chat: { id: from, type: 'private' },
        from: { id: from, is_bot: false, first_name: 'Оля', language_code: 'uk' },
        date: Math.floor(Date.now() / 1000),
        old_chat_member: status(!blocked),
        new_chat_member: status(blocked),
      },
    });
  }
}
