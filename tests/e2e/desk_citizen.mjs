// SPDX-License-Identifier: MPL-2.0
// A citizen who talks with the town through a Telegram of our own.
import { openTelegram } from '../fakes/telegram/server.mjs';
import { configureTelegram } from './telegram.mjs';
import { openTown, until } from './town.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOKEN = '123456789:a-token-for-tests-of-the-desk-only';

/* The demo town with a bot. Without a clock of its own it is open day and night: tests run at any hour, cards are handed on in working hours.
 * begins: when it is in it; prepare: changes more of its configuration */
export async function openTownWithCitizens({ begins = null, prepare = () => {} } = {}) {
  const telegram = await openTelegram({ tick: 0.02 });
  const bot = telegram.bot(TOKEN, 'kryzhopil_bot');
  const town = await openTown('', (folder, origin) => {
    configureTelegram(folder, { api: telegram.origin, token: TOKEN });
    const change = (file, from, to) => writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to));
    change('conf/viche.ini', '[host]', `[host]\norigin = ${origin}\nfetch-private = yes`);
    if (!begins) change('conf/towns/kryzhopil.ini', '[calendar]', '[calendar]\nhours = mon-sun 00:00-23:59');
    prepare(change);
  }, begins);
  return { telegram, bot, town };
}

export class Resident {
  constructor(telegram, bot, chat) {
    Object.assign(this, { telegram, bot, chat });
  }

  told() {
    const here = ({ method, status, fields }) => /^(send|edit)/.test(method) && status === 200 && Number(fields.chat_id) === this.chat;
    return this.telegram.ledger.filter(here).map(({ fields }) => fields.text ?? fields.caption ?? '');
  }

  /* Waits for a message with these words, among those that came after the last one so waited for. */
  async hears(words) {
    const fits = (text, i) => i >= (this.heard ?? 0) && text.includes(words);
    const at = await until(`the citizen hears «${words}»`, () => this.told().findIndex(fits) + 1).catch((error) => {
      error.message += `; so far: ${this.told().slice(-3).join(' | ')}`;
      throw error;
    });
    this.heard = at;
    return this.told()[at - 1];
  }

  async says(text, answer) {
    this.bot.say(this.chat, typeof text === 'string' ? { text } : text);
    return this.hears(answer);
  }

  async presses(label, answer) {
    this.bot.press(this.chat, label);
    return this.hears(answer);
  }
}
