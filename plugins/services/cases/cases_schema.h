/* SPDX-License-Identifier: MPL-2.0
 * The tables of this plugin; docs/cases.md says what they mean. */
#ifndef CASES_SCHEMA_H
#define CASES_SCHEMA_H

/* A card: what came, where it stands, who has it. Times are UTC seconds, 0: not (yet). People of the town hall are ids of
 * ua.viche.staff/1, files are ids of the town's files. */
#define SCHEMA_CARD \
    "CREATE TABLE cases_card(id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, number TEXT NOT NULL UNIQUE," \
    " flags INTEGER NOT NULL, scope INTEGER NOT NULL, citizen INTEGER NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL," \
    " received_at INTEGER NOT NULL, delivered_at INTEGER NOT NULL DEFAULT 0, closed_at INTEGER NOT NULL DEFAULT 0," \
    " kind TEXT NOT NULL, surname TEXT NOT NULL, first_name TEXT NOT NULL, patronymic TEXT NOT NULL, residence TEXT NOT NULL," \
    " phone TEXT NOT NULL, email TEXT NOT NULL, essence TEXT NOT NULL, category TEXT NOT NULL, organisation TEXT NOT NULL," \
    " about INTEGER NOT NULL, place TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, privilege TEXT NOT NULL," \
    " key TEXT UNIQUE, state TEXT NOT NULL, state_at INTEGER NOT NULL, back TEXT NOT NULL DEFAULT '', waits TEXT NOT NULL," \
    " revision INTEGER NOT NULL DEFAULT 1, term TEXT NOT NULL DEFAULT '', due_at INTEGER NOT NULL DEFAULT 0," \
    " overdue_at INTEGER NOT NULL DEFAULT 0, responsible INTEGER NOT NULL DEFAULT 0, decider INTEGER NOT NULL DEFAULT 0," \
    " executor INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT ''," \
    " grounds TEXT NOT NULL DEFAULT '', control INTEGER NOT NULL DEFAULT 0, plan TEXT NOT NULL DEFAULT ''," \
    " addressee TEXT NOT NULL DEFAULT ''," \
    " returns INTEGER NOT NULL DEFAULT 0, repeat_of INTEGER NOT NULL DEFAULT 0, incident INTEGER NOT NULL DEFAULT 0," \
    " flagged TEXT NOT NULL DEFAULT '', blanked_at INTEGER NOT NULL DEFAULT 0);" \
    "CREATE INDEX cases_card_due ON cases_card(due_at);" \
    "CREATE INDEX cases_card_received ON cases_card(received_at);" \
    "CREATE INDEX cases_card_closed ON cases_card(closed_at, due_at, scope, executor);" \
    "CREATE INDEX cases_card_citizen ON cases_card(citizen, id);" \
    "CREATE INDEX cases_card_waits ON cases_card(waits, due_at);" \
    "CREATE INDEX cases_card_incident ON cases_card(incident);" \
    "CREATE INDEX cases_card_executor ON cases_card(executor, closed_at);" \
    "CREATE INDEX cases_card_near ON cases_card(category, latitude);" \
    "CREATE TABLE cases_value(card INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(card, name));" \
    "CREATE TABLE cases_scope(id INTEGER PRIMARY KEY, type TEXT NOT NULL, organisation TEXT NOT NULL," \
    " UNIQUE(type, organisation));" \
    "CREATE TABLE cases_counter(type TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(type, year));" \
    "CREATE VIRTUAL TABLE cases_search USING fts5(words, tokenize='trigram')"

/* What happened, who said what, and the papers. */
#define SCHEMA_RECORD \
    "CREATE TABLE cases_event(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL, at INTEGER NOT NULL," \
    " clerk INTEGER NOT NULL," \
    " what TEXT NOT NULL, state TEXT NOT NULL, words TEXT NOT NULL, files TEXT NOT NULL, shown INTEGER NOT NULL);" \
    "CREATE INDEX cases_event_card ON cases_event(card, id);" \
    "CREATE INDEX cases_event_what ON cases_event(what, at);" \
    "CREATE TABLE cases_message(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL," \
    " at INTEGER NOT NULL, clerk INTEGER NOT NULL," \
    " words TEXT NOT NULL, files TEXT NOT NULL);" \
    "CREATE INDEX cases_message_card ON cases_message(card, id);" \
    "CREATE TABLE cases_file(card INTEGER NOT NULL, file TEXT NOT NULL, kind TEXT NOT NULL," \
    " at INTEGER NOT NULL, clerk INTEGER NOT NULL," \
    " shown INTEGER NOT NULL, PRIMARY KEY(card, file, kind))"

/* Is a file on another card, too? */
#define SCHEMA_FILE "CREATE INDEX cases_file_file ON cases_file(file)"

/* Who works on it, until when, and what they asked for. */
#define SCHEMA_WORK \
    "CREATE TABLE cases_executor(card INTEGER NOT NULL, clerk INTEGER NOT NULL, organisation TEXT NOT NULL," \
    " leading INTEGER NOT NULL," \
    " at INTEGER NOT NULL, accepted_at INTEGER NOT NULL DEFAULT 0, done_at INTEGER NOT NULL DEFAULT 0," \
    " PRIMARY KEY(card, clerk));" \
    "CREATE INDEX cases_executor_clerk ON cases_executor(clerk, card);" \
    "CREATE INDEX cases_executor_organisation ON cases_executor(organisation, card);" \
    "CREATE TABLE cases_due(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL, at INTEGER NOT NULL," \
    " clerk INTEGER NOT NULL," \
    " term TEXT NOT NULL, from_at INTEGER NOT NULL, amount INTEGER NOT NULL, unit INTEGER NOT NULL, due_at INTEGER NOT NULL," \
    " why TEXT NOT NULL);" \
    "CREATE INDEX cases_due_card ON cases_due(card, id);" \
    "CREATE TABLE cases_pause(card INTEGER NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL," \
    " PRIMARY KEY(card, from_at));" \
    "CREATE TABLE cases_alarm(card INTEGER NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(card, what));" \
    "CREATE INDEX cases_alarm_at ON cases_alarm(at);" \
    "CREATE TABLE cases_request(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL," \
    " kind TEXT NOT NULL, at INTEGER NOT NULL," \
    " clerk INTEGER NOT NULL, justification TEXT NOT NULL, wish TEXT NOT NULL, files TEXT NOT NULL, state TEXT NOT NULL," \
    " decided_at INTEGER NOT NULL DEFAULT 0, decider INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL DEFAULT '');" \
    "CREATE INDEX cases_request_card ON cases_request(card, state);" \
    "CREATE INDEX cases_request_state ON cases_request(state, at)"

/* What came of it. */
#define SCHEMA_END \
    "CREATE TABLE cases_survey(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL, asked_at INTEGER NOT NULL," \
    " until_at INTEGER NOT NULL, verdict INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL DEFAULT ''," \
    " answered_at INTEGER NOT NULL DEFAULT 0);" \
    "CREATE INDEX cases_survey_card ON cases_survey(card, id);" \
    "CREATE TABLE cases_quality(id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL," \
    " at INTEGER NOT NULL, clerk INTEGER NOT NULL," \
    " executor INTEGER NOT NULL, timeliness INTEGER NOT NULL, quality INTEGER NOT NULL, measure TEXT NOT NULL," \
    " words TEXT NOT NULL);" \
    "CREATE INDEX cases_quality_executor ON cases_quality(executor, at);" \
    "CREATE TABLE cases_incident(id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, title TEXT NOT NULL," \
    " category TEXT NOT NULL," \
    " place TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, since INTEGER NOT NULL, clerk INTEGER NOT NULL," \
    " lead INTEGER NOT NULL, closed_at INTEGER NOT NULL DEFAULT 0);" \
    "CREATE INDEX cases_incident_near ON cases_incident(closed_at, category, latitude);" \
    "CREATE TABLE cases_joined(incident INTEGER NOT NULL, citizen INTEGER NOT NULL, at INTEGER NOT NULL," \
    " PRIMARY KEY(incident, citizen));" \
    "CREATE TABLE cases_bar(id INTEGER PRIMARY KEY AUTOINCREMENT, citizen INTEGER NOT NULL," \
    " card INTEGER NOT NULL, at INTEGER NOT NULL," \
    " clerk INTEGER NOT NULL, reason TEXT NOT NULL, quote TEXT NOT NULL, days INTEGER NOT NULL, state TEXT NOT NULL," \
    " second INTEGER NOT NULL DEFAULT 0, until_at INTEGER NOT NULL DEFAULT 0, contest TEXT NOT NULL DEFAULT ''," \
    " contested_at INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL DEFAULT '');" \
    "CREATE INDEX cases_bar_citizen ON cases_bar(citizen, state)"

/* What the features declared, so that every turn knows it; words are kept in each language of the town. */
#define SCHEMA_TYPE \
    "CREATE TABLE cases_type(name TEXT PRIMARY KEY, flags INTEGER NOT NULL, number TEXT NOT NULL, opens TEXT NOT NULL," \
    " regulation TEXT NOT NULL, regulation_name TEXT NOT NULL, classifier TEXT NOT NULL);" \
    "CREATE TABLE cases_field(type TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL," \
    " flags INTEGER NOT NULL, min INTEGER NOT NULL, max INTEGER NOT NULL, choices TEXT NOT NULL, PRIMARY KEY(type, place));" \
    "CREATE TABLE cases_word(type TEXT NOT NULL, key TEXT NOT NULL, language TEXT NOT NULL, words TEXT NOT NULL," \
    " PRIMARY KEY(type, key, language))"

/* Whose parts are open: few, among all who ever worked on something. */
#define SCHEMA_PART "CREATE INDEX cases_executor_part ON cases_executor(card, clerk) WHERE leading = 0 AND done_at = 0"

/* Roles that see every card of the type in their scope: asked of everybody who is signed in, whenever a card changes. */
#define SCHEMA_SEERS "ALTER TABLE cases_type ADD COLUMN seers TEXT NOT NULL DEFAULT ''"

/* Who works on what: of whoever files a card, only the citizen in the chat may have chosen one. */
#define SCHEMA_ORGANISATIONS "ALTER TABLE cases_type ADD COLUMN organisations TEXT NOT NULL DEFAULT ''"

/* A card that ended as a duplicate of another. */
#define SCHEMA_DOUBLE                                                                                       \
    "CREATE TABLE cases_double(card INTEGER PRIMARY KEY, first INTEGER NOT NULL, answered_at INTEGER NOT NULL DEFAULT 0);" \
    "CREATE INDEX cases_double_first ON cases_double(first)"

#endif
