// SPDX-License-Identifier: MPL-2.0
// The two demo towns with a bot each, whose Viber is on loopback.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTown } from './town.mjs';

/* tokens: {town: token}; more: further lines of each town's section; prepare: changes more of the configuration. */
export function openViberTowns(viber, tokens, more = '', prepare = () => {}) {
  return openTown('', (folder, origin) => {
    for (const [town, token] of Object.entries(tokens)) {
      writeFileSync(join(folder, `viber-${town}`), `${token}\n`, { mode: 0o600 });
      const file = join(folder, `conf/towns/${town}.ini`);
      const section = [
        '[viber]',
        `token = ${folder}/viber-${town}`,
        `api = ${viber.api}`,
        `media-hosts = ${viber.origin}`,
        'per-second = 1000',
        more,
      ];
      writeFileSync(file, `${readFileSync(file, 'utf8')}\n${section.join('\n')}\n`);
    }
    prepare(folder);
    const host = join(folder, 'conf/viche.ini');
    const words = readFileSync(host, 'utf8').replace('[host]', `[host]\norigin = ${origin}\nfetch-private = yes`);
    writeFileSync(host, words);
  });
}
