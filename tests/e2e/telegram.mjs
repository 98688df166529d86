// SPDX-License-Identifier: MPL-2.0
// The demo town with a bot, whose Telegram is any server on loopback.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTown } from './town.mjs';

/* Writes the town's section; mode, secret and further lines may change while the host runs, before a reload. */
export function configureTelegram(folder, { api, token, mode = 'polling', secret = '', perSecond = 1000, more = '' }) {
  writeFileSync(join(folder, 'token'), `${token}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'secret'), `${secret}\n`, { mode: 0o600 });
  const ini = join(folder, 'conf/towns/kryzhopil.ini');
  const section = [
    '[telegram]',
    `token = ${folder}/token`,
    ...(secret ? [`webhook-secret = ${folder}/secret`] : []),
    `mode = ${mode}`,
    `api = ${api}`,
    'gap-ms = 0',
    `per-second = ${perSecond}`,
    more,
  ];
  const without = readFileSync(ini, 'utf8').replace(/\n\[telegram\][^[]*/, '');
  const ledger = without.includes('[ledger]') ? '' : '\n[ledger]\n'; // shows back the files it was sent
  writeFileSync(ini, `${without}${ledger}\n${section.join('\n')}\n`);
}

export function openTelegramTown(options) {
  return openTown('', (folder, origin) => {
    configureTelegram(folder, options);
    const host = join(folder, 'conf/viche.ini');
    const words = readFileSync(host, 'utf8').replace('[host]', `[host]\norigin = ${origin}\nfetch-private = yes`);
    writeFileSync(host, words);
  }, options.begins);
}
