// SPDX-License-Identifier: MPL-2.0
// The fake as a program: node main.mjs [port] [token] [uri]; then /control/ drives it.
import { openViber } from './server.mjs';

const [port = '8082', token = 'fake-viber-token', uri = 'town'] = process.argv.slice(2);
const viber = await openViber({ port: Number(port) });
viber.account(token, uri);
console.log(`${viber.api} token=${token} uri=${uri}`);
