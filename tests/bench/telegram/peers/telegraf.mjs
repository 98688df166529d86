// SPDX-License-Identifier: MPL-2.0
// telegraf as its documentation shows it; the answer is a call of its own, as with the others, unless told otherwise.
import http from "node:http";
import { Telegraf } from "telegraf";
import { api, inBody, open, path, port, secret } from "./job.mjs";

const store = open(path);
const bot = new Telegraf("7:bench", { telegram: { apiRoot: `http://127.0.0.1:${api}`, webhookReply: Boolean(inBody) } });
bot.on("text", async (ctx) => {
  const message = store.alone(ctx.update.update_id, ctx.chat.id, ctx.message.text);
  if (message) await ctx.reply(message.text, { reply_markup: message.reply_markup });
});
http.createServer(bot.webhookCallback("/hook", { secretToken: secret })).listen(Number(port), "127.0.0.1");
