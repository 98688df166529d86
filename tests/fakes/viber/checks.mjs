// SPDX-License-Identifier: MPL-2.0
// What send_message refuses: messages and keyboards that Viber would not take.
import { Refusal } from './wire.mjs';

const ACTIONS = ['reply', 'open-url', 'location-picker', 'share-phone', 'none'];
const ROWS_MAX = 12;

const bad = (why) => new Refusal('badData', why);
const missing = (what) => new Refusal('missingData', what);
const length = (text) => [...text].length;
const isUrl = (text) => typeof text === 'string' && /^https?:\/\/[^\s]+$/.test(text) && text.length <= 2000;
const within = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

function checkButton(button, api) {
  if (!within(button.Columns ?? 6, 1, 6) || !within(button.Rows ?? 1, 1, 2)) throw bad('button size');
  if (button.ActionType !== undefined && !ACTIONS.includes(button.ActionType)) throw bad(`ActionType ${button.ActionType}`);
  if (typeof button.ActionBody !== 'string' || !button.ActionBody) throw missing('ActionBody');
  if (button.ActionType === 'open-url' && !isUrl(button.ActionBody)) throw bad('ActionBody is no address');
  if (length(button.Text ?? '') > 250) throw bad('Text is too long');
  if (/^(share-phone|location-picker)$/.test(button.ActionType) && api < 3) throw new Refusal('apiVersionNotSupported', button.ActionType);
}

function checkKeyboard(keyboard, api) {
  if (keyboard.Type !== 'keyboard') throw bad('keyboard Type');
  if (!Array.isArray(keyboard.Buttons) || keyboard.Buttons.length === 0) throw missing('Buttons');
  const known = ['Type', 'Buttons', 'BgColor', 'DefaultHeight', 'CustomDefaultHeight', 'HeightScale', 'ButtonsGroupColumns',
    'ButtonsGroupRows', 'InputFieldState', 'FavoritesMetadata'];
  for (const name of Object.keys(keyboard)) if (!known.includes(name)) throw bad(`keyboard ${name}`);
  let rows = 0;
  let room = 0;
  for (const button of keyboard.Buttons) {
    checkButton(button, api);
    const columns = button.Columns ?? 6;
    if (columns > room) {
      rows += button.Rows ?? 1;
      room = 6;
    }
    room -= columns;
  }
  if (rows > ROWS_MAX) throw bad(`a keyboard of ${rows} rows`);
}

const types = {
  text({ text }) {
    if (typeof text !== 'string' || !text) throw missing('text');
    if (length(text) > 7000) throw bad('text is too long');
  },
  picture({ media, text }) {
    if (!isUrl(media) || !/\.(jpe?g|png|gif)$/.test(new URL(media).pathname)) throw bad('media');
    if (typeof text !== 'string') throw missing('text');
    if (length(text) > 512) throw bad('text is too long');
  },
  video({ media, size }) {
    if (!isUrl(media)) throw bad('media');
    if (!within(size, 1, 26 * 1024 * 1024)) throw missing('size');
  },
  file({ media, size, file_name: name }) {
    if (!isUrl(media)) throw bad('media');
    if (!within(size, 1, 50 * 1024 * 1024)) throw missing('size');
    if (typeof name !== 'string' || !name || name.length > 256) throw missing('file_name');
  },
  contact({ contact }) {
    if (!contact?.name || !contact.phone_number) throw missing('contact');
    if (length(contact.name) > 28 || contact.phone_number.length > 18) throw bad('contact');
  },
  location({ location }) {
    if (!(Math.abs(location?.lat) <= 90) || !(Math.abs(location.lon) <= 180)) throw bad('location');
  },
  url({ media }) {
    if (!isUrl(media)) throw bad('media');
  },
  sticker({ sticker_id: id }) {
    if (!Number.isInteger(id)) throw missing('sticker_id');
  },
  rich_media({ rich_media: rich, min_api_version: api }) {
    if ((api ?? 1) < 2) throw new Refusal('apiVersionNotSupported');
    if (rich?.Type !== 'rich_media' || !Array.isArray(rich.Buttons)) throw bad('rich_media');
  },
};

export function checkMessage(message) {
  const api = message.min_api_version ?? 1;
  if (!message.sender?.name) throw missing('sender.name');
  if (length(message.sender.name) > 28) throw bad('sender.name is too long');
  if (length(message.tracking_data ?? '') > 4000) throw bad('tracking_data is too long');
  if (message.keyboard) checkKeyboard(message.keyboard, api);
  if (message.type === undefined && message.keyboard) return;
  if (!types[message.type]) throw bad(`type ${message.type}`);
  types[message.type](message);
}
