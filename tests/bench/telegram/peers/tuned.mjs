// SPDX-License-Identifier: MPL-2.0
// What a good engineer gets out of Node.js by hand: no framework, kept-alive connections, one commit for all that arrived meanwhile.
import http from "node:http";
import { api, inBody, open, path, port, secret } from "./job.mjs";

const store = open(path);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const headers = { "Content-Type": "application/json" };
let waiting = [];

function send(chat, message) {
  const body = JSON.stringify({ chat_id: chat, ...message });
  const request = http.request({
    agent, host: "127.0.0.1", port: api, method: "POST", path: "/bot7:bench/sendMessage",
    headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
  }, (answer) => answer.resume());
  request.on("error", () => {});
  request.end(body);
}

function commit() {
  const group = waiting;
  waiting = [];
  store.begin();
  for (const one of group) one.message = store.handle(one.update.update_id, one.update.message.chat.id, one.update.message.text);
  store.commit();
  for (const { update, message, response } of group) {
    if (message && inBody) {
      const body = JSON.stringify({ method: "sendMessage", chat_id: update.message.chat.id, ...message });
      response.writeHead(200, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
      continue;
    }
    response.writeHead(200, { "Content-Length": 0 }).end();
    if (message) send(update.message.chat.id, message);
  }
}

http.createServer((request, response) => {
  if (request.headers["x-telegram-bot-api-secret-token"] !== secret) {
    response.writeHead(401).end();
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ update: JSON.parse(parts.length === 1 ? parts[0] : Buffer.concat(parts)), response });
  });
}).listen(Number(port), "127.0.0.1");
