/* SPDX-License-Identifier: MPL-2.0
 * Keys of the keyboard for those who work with it all day. One letter each, so they can be switched off, and none works while
 * something is being typed. */
const NAME = 'viche-desk-keys';

export function keysOn() {
  try {
    return localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}

export function setKeys(on) {
  try {
    localStorage.setItem(NAME, on ? 'on' : 'off');
  } catch {
    // not kept: they stay on
  }
}

const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) && node.type !== 'checkbox';

const $ = (selector) => document.querySelector(selector);
const focus = (selector) => {
  const node = $(selector);
  if (node) node.focus();
  return Boolean(node);
};
const press = (selector) => {
  const node = $(selector);
  if (node) node.click();
  return Boolean(node);
};

/* Steps through rows of a list or tasks. */
function step(by) {
  const links = [...document.querySelectorAll('.rows .lead a, a.task')];
  const row = document.activeElement && document.activeElement.closest('tr, li');
  const at = links.findIndex((link) => row && row.contains(link));
  const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))];
  if (!next) return false;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function tickRow() {
  const row = document.activeElement && document.activeElement.closest('tr');
  const box = row && row.querySelector('.tickbox input');
  if (box) box.click();
  return Boolean(box);
}

/* key → what it does; false: nothing here, the browser's own. */
const KEYS = {
  '?': (hooks) => hooks.help(),
  '/': () => focus('#search'),
  j: () => step(1),
  k: () => step(-1),
  x: tickRow,
  n: () => press('[data-new]'),
  a: () => focus('#actions button:not([aria-disabled=true])'),
  u: (hooks) => hooks.up(),
  t: (hooks) => hooks.tasks(),
  b: () => press('#bell'),
};

export const shown = Object.keys(KEYS);

export function listen(hooks) {
  const heard = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!keysOn() || typing(event.target) || $('dialog[open]')) return;
    const run = KEYS[event.key];
    if (run && run(hooks) !== false) event.preventDefault();
  };
  addEventListener('keydown', heard);
  return () => removeEventListener('keydown', heard);
}
