// SPDX-License-Identifier: MPL-2.0
// The wire of Viber's REST bot API: JSON whose message_token has 64 bits, signatures, status codes.
import { createHmac } from 'node:crypto';

export const CODES = [
  'ok', 'invalidUrl', 'invalidAuthToken', 'badData', 'missingData', 'receiverNotRegistered', 'receiverNotSubscribed',
  'publicAccountBlocked', 'publicAccountNotFound', 'publicAccountSuspended', 'webhookNotSet', 'receiverNoSuitableDevice',
  'tooManyRequests', 'apiVersionNotSupported', 'incompatibleWithVersion', 'publicAccountNotAuthorized',
  'inchatReplyMessageNotAllowed', 'publicAccountIsNotInline', 'noPublicChat', 'cannotSendBroadcast', 'broadcastNotAllowed',
];

/* Thrown where Viber would answer with this status. */
export class Refusal extends Error {
  constructor(name, why) {
    super(why ? `${name}: ${why}` : name);
    this.status = CODES.indexOf(name);
  }
}

/* A BigInt is written as a number with all its digits. */
export function write(value) {
  const marked = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `\u0001${item}\u0001` : item));
  return marked.replace(/"\\u0001(\d+)\\u0001"/g, '$1');
}

export const sign = (body, token) => createHmac('sha256', token).update(body).digest('hex');

let last = 0n;
/* Above 2^53, rising, as Viber's are. */
export function newToken() {
  const now = BigInt(Date.now()) << 21n;
  last = now > last ? now : last + 1n;
  return last;
}

export async function readAll(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
