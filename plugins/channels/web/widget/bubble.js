/* SPDX-License-Identifier: MPL-2.0
 * One message as elements: text, place, file, buttons. */
import { el, icon } from './dom.js';
import { link, safeAddress, textNodes, timeWords } from './text.js';

const MAP = 'https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}';

/* said: the text around it, which may have named the place already */
function placeNode(place, said, words) {
  const href = MAP.replaceAll('{lat}', place.latitude.toFixed(6)).replaceAll('{lon}', place.longitude.toFixed(6));
  const label =
    said.includes(place.label || words('place')) && place.label ? '' : `${place.label || words('place')} · `;
  return el('p', { class: 'place' }, icon('place'), el('span', null, label, link(href, words('map'))));
}

/* A picture is fetched when it comes into view (the key must go with the request), another file when asked for. */
function pictureNode(file, chat) {
  const image = el('img', { alt: file.name || chat.words('file') });
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    chat.file(file.id).then(
      (blob) => (image.src = URL.createObjectURL(blob)),
      () => image.replaceWith(fileNode(file, chat)),
    );
  }).observe(image);
  return image;
}

function fileNode(file, chat) {
  const name = file.name || chat.words('file');
  const save = async () => {
    const blob = await chat.file(file.id).catch(() => null);
    if (!blob) return;
    const href = URL.createObjectURL(blob);
    el('a', { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  };
  return el(
    'button',
    { type: 'button', class: 'file', onclick: save, 'aria-label': `${chat.words('download')}: ${name}` },
    icon('file'),
    el('span', null, name),
  );
}

const PICTURES = /^image\/(jpeg|png|gif|webp)$/;

function attachment(file, chat) {
  return PICTURES.test(file.type || '') ? pictureNode(file, chat) : fileNode(file, chat);
}

function attachments(message, chat) {
  if (!message.files) return message.file ? attachment(message.file, chat) : null;
  return el('div', { class: 'album' }, ...message.files.map((file) => attachment(file, chat)));
}

/* A command opens its dialog at any time; an answer only means something while its question is the last one asked. */
function lasting(button) {
  return button.kind === 'link' || (button.kind === 'answer' && (button.value || '').startsWith('/'));
}

function buttonNode(button, chat) {
  if (button.kind === 'link') {
    const href = safeAddress(button.value);
    return href ? link(href, button.label) : null;
  }
  const node = el('button', { type: 'button' }, button.label);
  node.onclick = () => node.getAttribute('aria-disabled') || chat.press(button, node);
  node.lasting = lasting(button);
  return node;
}

/* A longer column would push its question off the screen: short labels are set in several. */
const MANY = 6;
const SHORT = 36;

function buttonRows(buttons, chat) {
  const rows = new Map();
  for (const button of buttons) {
    const node = buttonNode(button, chat);
    if (!rows.has(button.row)) rows.set(button.row, el('div', { class: 'row' }));
    if (node) rows.get(button.row).append(node);
  }
  const many =
    buttons.length > MANY && rows.size === buttons.length && buttons.every(({ label }) => label.length <= SHORT);
  return el('div', { class: many ? 'buttons many' : 'buttons' }, ...rows.values());
}

/* chat: words(), language, file(id), press(button, node). */
export function messageNode(message, chat) {
  const own = message.from === 'me';
  const date = new Date(message.at * 1000);
  const bubble = el(
    'div',
    { class: 'bubble' },
    el('span', { class: 'unseen' }, chat.words(own ? 'me' : 'town') + ' '),
    message.text ? el('p', null, ...textNodes(message.text)) : null,
    message.place ? placeNode(message.place, message.text, chat.words) : null,
    attachments(message, chat),
    el('time', { datetime: date.toISOString() }, timeWords(date, chat.language)),
  );
  return el(
    'div',
    { class: `message ${message.from}` },
    bubble,
    message.buttons ? buttonRows(message.buttons, chat) : null,
  );
}

/* Switches the answers of a passed question off. A focused one keeps the focus, so that Tab goes on from there. */
export function setActive(node, active) {
  node.classList.toggle('passed', !active);
  for (const button of node.querySelectorAll('.row button')) {
    const off = !active && !button.lasting;
    button.tabIndex = off ? -1 : 0;
    if (off) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }
}
