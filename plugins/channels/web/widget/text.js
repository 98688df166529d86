/* SPDX-License-Identifier: MPL-2.0
 * A message's text as nodes: addresses and telephone numbers become links, everything else stays text. */
import { el } from './dom.js';

/* https://…, or a Ukrainian number: +380 or 0 and nine more digits, however they are grouped. */
const LINKS = /https?:\/\/[^\s<>«»"]+|(?:\+380|\(?0)(?:[ ()\u00a0-]{0,2}\d){9}(?!\d)/g;

function before(text, index) {
  return index > 0 ? text[index - 1] : ' ';
}

export function link(href, ...children) {
  const outside = /^https?:/.test(href);
  return el('a', { href, rel: 'noopener noreferrer', target: outside ? '_blank' : null }, ...children);
}

/* Only addresses that can do no harm; anything else gives null. */
export function safeAddress(address) {
  return /^(https?:\/\/|tel:|mailto:)/i.test(address || '') ? address : null;
}

export function textNodes(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(LINKS)) {
    if (/[\d.,/№]/.test(before(text, match.index))) continue;
    const words = match[0].startsWith('http') ? match[0].replace(/[.,;:!?)\]]+$/, '') : match[0];
    const href = words.startsWith('http') ? words : 'tel:' + words.replace(/[^\d+]/g, '');
    nodes.push(text.slice(at, match.index), link(href, words));
    at = match.index + words.length;
  }
  nodes.push(text.slice(at));
  return nodes;
}

/* «Сьогодні», «Учора», «19 листопада». */
export function dayWords(date, language, words) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days < 2) return words(days < 1 ? 'today' : 'yesterday');
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(date);
}

export function timeWords(date, language) {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
}
