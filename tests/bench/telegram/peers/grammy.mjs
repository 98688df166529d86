// SPDX-License-Identifier: MPL-2.0
// grammY as its documentation shows it: a webhook on node:http.
import http from "node:http";
import { Bot, webhookCallback } from "grammy";
import { api, inBody, open, path, port, secret } from "./job.mjs";

const store = open(path);
const bot = new Bot("7:bench", {
  client: { apiRoot: `http://127.0.0.1:${api}`, canUseWebhookReply: () => Boolean(inBody) },
});
bot.on("message:text", async (ctx) => {
  const message = store.alone(ctx.update.update_id, ctx.chat.id, ctx.message.text);
  if (message) await ctx.reply(message.text, { reply_markup: message.reply_markup });
});
http.createServer(webhookCallback(bot, "http", { secretToken: secret })).listen(Number(port), "127.0.0.1");
