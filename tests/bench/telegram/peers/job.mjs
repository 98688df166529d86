// SPDX-License-Identifier: MPL-2.0
// The job, the same for every peer: deduplicate, keep a session, ask three questions, store everything so that it survives a power cut.
import Database from "better-sqlite3";

const questions = [
  ["[1/3] З чим Ви прийдете?", ["Паспорт", "Земля", "Допомога"]],
  ["[2/3] Коли Вам зручно?", ["Сьогодні", "Завтра", "Понеділок"]],
  ["[3/3] О котрій?", ["9:00", "10:00", "12:00"]],
];

const keyboard = (labels) => ({ inline_keyboard: labels.map((label) => [{ text: label, callback_data: label }]) });

function step(session, text) {
  if (text === "/book") return [{ answers: [] }, { text: questions[0][0], reply_markup: keyboard(questions[0][1]) }];
  const at = session?.answers?.length ?? questions.length;
  if (at >= questions.length) return [null, { text: "/book" }];
  const chosen = questions[at][1][Number(text) - 1];
  if (!chosen) return [session, { text: questions[at][0], reply_markup: keyboard(questions[at][1]) }];
  const answers = [...session.answers, chosen];
  if (answers.length === questions.length) return [null, { text: `[done] Записано: ${answers.join(", ")}.` }];
  return [{ answers }, { text: questions[answers.length][0], reply_markup: keyboard(questions[answers.length][1]) }];
}

export function open(path) {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(`CREATE TABLE IF NOT EXISTS inbox(update_id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
           CREATE TABLE IF NOT EXISTS session(chat INTEGER PRIMARY KEY, state TEXT NOT NULL);
           CREATE TABLE IF NOT EXISTS outbox(id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, body TEXT NOT NULL);`);
  const take = db.prepare("INSERT INTO inbox VALUES(?, ?) ON CONFLICT DO NOTHING");
  const read = db.prepare("SELECT state FROM session WHERE chat = ?").pluck();
  const write = db.prepare("INSERT INTO session VALUES(?, ?) ON CONFLICT(chat) DO UPDATE SET state = excluded.state");
  const forget = db.prepare("DELETE FROM session WHERE chat = ?");
  const put = db.prepare("INSERT INTO outbox(chat, body) VALUES(?, ?)");
  const begin = db.prepare("BEGIN"), commit = db.prepare("COMMIT");

  // Inside a transaction. null: this update has been handled before.
  function handle(updateId, chat, text) {
    if (take.run(updateId, Date.now()).changes === 0) return null;
    const state = read.get(chat);
    const [session, message] = step(state && JSON.parse(state), text);
    if (session) write.run(chat, JSON.stringify(session));
    else forget.run(chat);
    put.run(chat, JSON.stringify(message));
    return message;
  }

  return {
    handle,
    alone: db.transaction(handle), // one update, one commit
    begin: () => begin.run(),
    commit: () => commit.run(),
  };
}

// inBody: the answer rides in the body of the webhook's own.
export const [port, api, secret, path, inBody] = process.argv.slice(2);
process.on("SIGTERM", () => process.exit(0));
