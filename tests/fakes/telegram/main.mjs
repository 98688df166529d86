// SPDX-License-Identifier: MPL-2.0
// The fake as a program: node main.mjs [port] [token] [name]; then /control/ drives it.
import { openTelegram } from './server.mjs';

const [port = '8081', token = '123456:fake', name = 'town_bot'] = process.argv.slice(2);
const telegram = await openTelegram({ port: Number(port) });
telegram.bot(token, name);
console.log(`${telegram.origin} token=${token} name=${name}`);
