// SPDX-License-Identifier: MPL-2.0
// A server of map tiles of our own: each is a square with two streets that go on in the next; who asked for what is remembered.
import { createServer } from 'node:http';

const tile = ([, z, x, y]) =>
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"><rect width="256" height="256" fill="#eef1e6"/>' +
  '<path d="M0 90H256M150 0V256" stroke="#fff" stroke-width="18"/><path d="M0 90H256M150 0V256" stroke="#d8d2c4" stroke-width="1"/>' +
  `<rect x="20" y="130" width="90" height="70" fill="#dcd6cb"/><text x="12" y="30" font-size="16" fill="#8a8577">${z}/${x}/${y}</text></svg>`;

export async function openTiles() {
  const asked = [];
  const server = createServer((request, response) => {
    const address = /^\/(\d+)\/(\d+)\/(\d+)\.svg$/.exec(request.url);
    asked.push({ path: request.url, referer: request.headers.referer, cookie: request.headers.cookie });
    response.writeHead(address ? 200 : 404, { 'content-type': 'image/svg+xml' }).end(address ? tile(address) : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const origin = `http://localhost:${server.address().port}`;
  return { origin, pattern: `${origin}/{z}/{x}/{y}.svg`, asked, close: () => (server.close(), server.closeAllConnections()) };
}
