// SPDX-License-Identifier: MPL-2.0
// What the methods of the Bot API do and refuse, in the words of the real server.
import { createHash } from 'node:crypto';

import { Refusal, parseHtml } from './html.mjs';
import { fitsAsPhoto, sides } from './picture.mjs';

const bad = (why) => new Refusal(400, `Bad Request: ${why}`);
const length = (text) => [...text].length;

export const flag = (value) => value === true || /^(true|yes|1)$/i.test(String(value));
export function whole(value, least, most, otherwise) {
  const number = Number.parseInt(value, 10);
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
}

/* Nested values are JSON in a JSON body and text that holds JSON anywhere else. */
function nested(value, what) {
  if (value === undefined || typeof value === 'object') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw bad(`can't parse ${what} JSON object`);
  }
}

// ---- keyboards ----

const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'copy_text',
  'pay',
  'callback_game',
];

function checkInline(rows) {
  if (rows.flat().length > 100) throw bad('reply markup is too long');
  for (const button of rows.flat()) {
    const actions = ACTIONS.filter((name) => button[name] !== undefined);
    if (!button.text) throw bad('can\'t parse inline keyboard button: Field "text" must be of type String');
    if (actions.length !== 1)
      throw bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
    if (button.callback_data !== undefined && !button.callback_data) throw bad('BUTTON_DATA_INVALID');
    if (Buffer.byteLength(button.callback_data ?? '') > 64) throw bad('BUTTON_DATA_INVALID');
    if (button.url !== undefined && !/^(https?|tg):\/\//.test(button.url))
      throw bad(`inline keyboard button URL '${button.url}' is invalid: Unsupported URL protocol`);
  }
}

function checkReply(rows, chat) {
  for (const button of rows.flat())
    if ((button.request_contact || button.request_location) && chat.type !== 'private')
      throw bad("can't parse reply keyboard markup: phone number and location can be requested in private chats only");
}

function markup(call, chat) {
  const keys = nested(call.fields.reply_markup, 'reply keyboard markup');
  if (keys?.inline_keyboard) checkInline(keys.inline_keyboard);
  if (keys?.keyboard) checkReply(keys.keyboard, chat);
  return keys;
}

// ---- chats, words, files ----

function chatOf(bot, call) {
  if (call.fields.chat_id === undefined || call.fields.chat_id === '') throw bad('chat_id is empty');
  const chat = bot.chats.get(Number(call.fields.chat_id));
  if (!chat) throw bad('chat not found');
  if (chat.migrated)
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migrated,
    });
  if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

function words(raw, mode, most, empty, long) {
  const text = String(raw ?? '');
  if (Buffer.byteLength(text) > 32768) throw bad('text is too long');
  if (mode !== undefined && !/^(html|markdownv2|markdown)$/i.test(mode)) throw bad('unsupported parse_mode');
  const plain = /^html$/i.test(mode ?? '') ? parseHtml(text) : text;
  if (empty && !plain.trim()) throw bad(empty);
  if (length(plain) > most) throw bad(long);
  return plain;
}

const caption = (call) => words(call.fields.caption, call.fields.parse_mode, 1024, null, 'message caption is too long');

/* A part of the form, another one by attach://, a file the server has, or a URL. */
function fileOf(bot, call, value, key) {
  const name = typeof value === 'string' && value.startsWith('attach://') ? value.slice(9) : key;
  const part = call.files[name];
  if (part) return bot.keepFile(part.data, part.name, part.type);
  if (!value) throw bad(`there is no ${key} in the request`);
  if (/^https?:/.test(value)) return bot.keepFile(Buffer.alloc(0), 'from-url', 'application/octet-stream');
  const known = bot.files.get(value);
  if (!known) throw bad('wrong file identifier/HTTP URL specified');
  return known;
}

const shown = (file) => ({ file_id: file.id, file_unique_id: file.id.slice(-8), file_size: file.data.length });

function mediaMessage(bot, call, chat, kind, file, more) {
  const size = sides(file.data) ?? { width: 1, height: 1 };
  if (kind === 'photo' && !fitsAsPhoto(size)) throw bad('PHOTO_INVALID_DIMENSIONS');
  const content =
    kind === 'photo' ? [{ ...shown(file), ...size }] : { ...shown(file), file_name: file.name };
  return bot.keepMessage(chat, { [kind]: content, ...more });
}

function sendMedia(kind, limit) {
  return (bot, call) => {
    const chat = chatOf(bot, call);
    const file = fileOf(bot, call, call.fields[kind], kind);
    if (file.data.length > limit) throw new Refusal(413, 'Request Entity Too Large');
    const text = caption(call);
    return mediaMessage(bot, call, chat, kind, file, {
      ...(text && { caption: text }),
      reply_markup: markup(call, chat),
    });
  };
}

function sendMediaGroup(bot, call) {
  const chat = chatOf(bot, call);
  const media = nested(call.fields.media, 'media');
  if (!Array.isArray(media) || media.length < 1) throw bad('expected an array of media');
  if (media.length > 10) throw bad('too many messages to send as an album');
  const alone = media.filter((item) => item.type === 'document' || item.type === 'audio').length;
  if (alone && alone !== media.length) throw bad("document can't be mixed with other media types");
  const group = String(Date.now());
  return media.map((item) =>
    mediaMessage(bot, call, chat, item.type, fileOf(bot, call, item.media, item.type), { media_group_id: group }),
  );
}

// ---- messages ----

function sendMessage(bot, call) {
  const chat = chatOf(bot, call);
  const text = words(call.fields.text, call.fields.parse_mode, 4096, 'message text is empty', 'message is too long');
  return bot.keepMessage(chat, { text, reply_markup: markup(call, chat) });
}

function sendLocation(bot, call) {
  const chat = chatOf(bot, call);
  const { latitude, longitude } = call.fields;
  if (!Number.isFinite(Number(latitude ?? NaN)) || !Number.isFinite(Number(longitude ?? NaN)))
    throw bad('latitude and longitude must be specified');
  const location = { latitude: Number(latitude), longitude: Number(longitude) };
  return bot.keepMessage(chat, { location, reply_markup: markup(call, chat) });
}

function found(chat, call) {
  const message = chat.messages.get(Number(call.fields.message_id));
  if (!message) throw bad('message to edit not found');
  return message;
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

function edit(message, next) {
  const face = ({ text, reply_markup }) => JSON.stringify([text, reply_markup ?? null]);
  if (face(message) === face({ ...message, ...next })) throw bad(NOT_MODIFIED);
  return Object.assign(message, next, { edit_date: Math.floor(Date.now() / 1000) });
}

function inlineOnly(call, chat) {
  const keys = markup(call, chat);
  if (keys && !keys.inline_keyboard) throw bad("can't parse inline keyboard: inline keyboard expected");
  return keys;
}

function editMessageText(bot, call) {
  const chat = chatOf(bot, call);
  const message = found(chat, call);
  const text = words(call.fields.text, call.fields.parse_mode, 4096, 'message text is empty', 'message is too long');
  return edit(message, { text, reply_markup: inlineOnly(call, chat) });
}

function editMessageReplyMarkup(bot, call) {
  const chat = chatOf(bot, call);
  return edit(found(chat, call), { reply_markup: inlineOnly(call, chat) });
}

function deleteMessage(bot, call) {
  const chat = chatOf(bot, call);
  if (!chat.messages.delete(Number(call.fields.message_id))) throw bad('message to delete not found');
  return true;
}

function answerCallbackQuery(bot, call) {
  const asked = bot.callbacks.get(String(call.fields.callback_query_id));
  if (!asked || Date.now() - asked.at > 150_000)
    throw bad('query is too old and response timeout expired or query ID is invalid');
  if (length(String(call.fields.text ?? '')) > 200) throw bad('MESSAGE_TOO_LONG');
  asked.answered = true;
  return true;
}

// ---- files to be fetched ----

function getFile(bot, call) {
  const file = bot.files.get(call.fields.file_id);
  if (!file) throw bad('wrong file_id or the file is temporarily unavailable');
  if (file.data.length > 20 * 1024 * 1024) throw bad('file is too big');
  return { ...shown(file), file_path: file.path };
}

// ---- what the bot is ----

function setMyCommands(bot, call) {
  const commands = nested(call.fields.commands, 'commands');
  if (!Array.isArray(commands) || commands.length > 100) throw bad('BOT_COMMANDS_TOO_MUCH');
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command ?? '')) throw bad('BOT_COMMAND_INVALID');
    if (!description || length(description) > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  bot.words[`commands/${language(call)}`] = commands;
  return true;
}

function language(call) {
  const code = call.fields.language_code ?? '';
  if (!/^([a-z]{2})?$/.test(code)) throw bad('LANG_CODE_INVALID');
  return code;
}

function setWords(key, most) {
  return (bot, call) => {
    const text = String(call.fields[key] ?? '');
    if (length(text) > most) throw bad(`BOT_${key.toUpperCase()}_TOO_LONG`);
    bot.words[`${key}/${language(call)}`] = text;
    return true;
  };
}

// ---- webhook ----

function setWebhook(bot, call) {
  const url = String(call.fields.url ?? '');
  const secret = call.fields.secret_token;
  if (bot.webhookSetAt && Date.now() - bot.webhookSetAt < bot.server.options.webhookGap)
    throw new Refusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
  if (url && !url.startsWith('https://') && !bot.server.options.anyHook)
    throw bad('bad webhook: An HTTPS URL must be provided for webhook');
  if (secret !== undefined && String(secret).length > 256) throw bad('secret token is too long');
  if (secret !== undefined && !/^[A-Za-z0-9_-]*$/.test(secret)) throw bad('secret token contains unallowed characters');
  bot.webhookSetAt = Date.now();
  const words = bot.setWebhook({
    url,
    secret,
    max: whole(call.fields.max_connections, 1, 100, 40),
    allowed: nested(call.fields.allowed_updates, 'allowed_updates'),
    drop: flag(call.fields.drop_pending_updates),
  });
  return { result: true, description: words };
}

function getUpdates(bot, call) {
  return bot.getUpdates({
    offset: whole(call.fields.offset, -(2 ** 31), 2 ** 31 - 1, 0),
    limit: whole(call.fields.limit, 1, 100, 100),
    timeout: whole(call.fields.timeout, 0, 50, 0),
    allowed: nested(call.fields.allowed_updates, 'allowed_updates'),
    gone: call.gone,
  });
}

/* Described ones are {result, description}; the rest is the result itself. */
export const described = new Set(['setwebhook', 'deletewebhook']);

export const methods = {
  getme: (bot) => bot.me,
  getupdates: getUpdates,
  setwebhook: setWebhook,
  deletewebhook: (bot, call) => setWebhook(bot, { fields: { drop_pending_updates: call.fields.drop_pending_updates } }),
  getwebhookinfo: (bot) => bot.webhookInfo(),
  sendmessage: sendMessage,
  sendphoto: sendMedia('photo', 10 * 1024 * 1024),
  senddocument: sendMedia('document', 50 * 1024 * 1024),
  sendvideo: sendMedia('video', 50 * 1024 * 1024),
  sendvoice: sendMedia('voice', 50 * 1024 * 1024),
  sendaudio: sendMedia('audio', 50 * 1024 * 1024),
  sendmediagroup: sendMediaGroup,
  sendlocation: sendLocation,
  sendvenue: sendLocation,
  sendcontact: (bot, call) =>
    bot.keepMessage(chatOf(bot, call), { contact: { phone_number: call.fields.phone_number } }),
  sendchataction: (bot, call) => Boolean(chatOf(bot, call)),
  editmessagetext: editMessageText,
  editmessagereplymarkup: editMessageReplyMarkup,
  deletemessage: deleteMessage,
  answercallbackquery: answerCallbackQuery,
  getfile: getFile,
  setmycommands: setMyCommands,
  getmycommands: (bot, call) => bot.words[`commands/${language(call)}`] ?? [],
  setmyname: setWords('name', 64),
  setmydescription: setWords('description', 512),
  setmyshortdescription: setWords('short_description', 120),
};

export const digest = (data) => createHash('sha256').update(data).digest('hex');
