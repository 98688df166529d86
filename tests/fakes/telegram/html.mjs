// SPDX-License-Identifier: MPL-2.0
// parse_mode HTML as the Bot API reads it: the plain text, or the words of its refusal.

const TAGS = /^(b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|a|tg-emoji|tg-time|code|pre|blockquote)$/;
const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"' };

export class Refusal extends Error {
  constructor(code, description, parameters) {
    super(description);
    Object.assign(this, { code, description, parameters });
  }
}

function refuse(words) {
  throw new Refusal(400, `Bad Request: can't parse entities: ${words}`);
}

const bytes = (text) => Buffer.byteLength(text);

function entity(html, at) {
  const found = /^&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/i.exec(html.slice(at, at + 12));
  if (!found) return ['&', 1];
  const [whole, decimal, hex, name] = found;
  if (name) return NAMED[name] ? [NAMED[name], whole.length] : ['&', 1];
  return [String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)), whole.length];
}

function tag(html, at, open) {
  const end = html.indexOf('>', at);
  const offset = bytes(html.slice(0, at));
  if (end < 0) refuse(`Unclosed start tag at byte offset ${offset}`);
  const [, slash, name = ''] = /^(\/?)([a-z-]*)/i.exec(html.slice(at + 1, end));
  const low = name.toLowerCase();
  if (slash) {
    const last = open.pop();
    if (last === undefined) refuse(`Unexpected end tag at byte offset ${offset}`);
    if (last !== low) refuse(`Unmatched end tag at byte offset ${offset}, expected "</${last}>", found "</${low}>"`);
  } else {
    if (!TAGS.test(low)) refuse(`Unsupported start tag "${low}" at byte offset ${offset}`);
    open.push(low);
  }
  return end + 1;
}

export function parseHtml(html) {
  const open = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    if (html[at] === '<') {
      at = tag(html, at, open);
    } else if (html[at] === '&') {
      const [letter, length] = entity(html, at);
      text += letter;
      at += length;
    } else {
      text += html[at++];
    }
  }
  if (open.length) refuse(`Can't find end tag corresponding to start tag "${open.pop()}"`);
  return text;
}
