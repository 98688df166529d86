/* SPDX-License-Identifier: MPL-2.0
 * Where every field of every public struct stands, on every 64-bit machine, for as long as the ABI's major lives. A line that
 * fails to compile is a broken plugin somewhere. Written by freeze.py when a minor is released; between two minors only a SIZE
 * may grow, and of a service not even that. */
#include <viche/services/calendar.h>
#include <viche/services/cases.h>
#include <viche/services/directory.h>
#include <viche/services/feedback.h>
#include <viche/services/news.h>
#include <viche/services/staff.h>
#include <viche/services/tracking.h>

#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type " has another size")
#define AT(type, field, bytes) _Static_assert(offsetof(struct type, field) == (bytes), #type "." #field " has moved")

SIZE(viche_pause, 16);
AT(viche_pause, from, 0);
AT(viche_pause, until, 8);

SIZE(viche_reckoning, 24);
AT(viche_reckoning, size, 0);
AT(viche_reckoning, reserved, 4);
AT(viche_reckoning, due, 8);
AT(viche_reckoning, words, 16);

SIZE(viche_calendar, 40);
AT(viche_calendar, size, 0);
AT(viche_calendar, reserved, 4);
AT(viche_calendar, is_open, 8);
AT(viche_calendar, next_open, 16);
AT(viche_calendar, read_term, 24);
AT(viche_calendar, reckon, 32);

SIZE(viche_case_type, 88);
AT(viche_case_type, size, 0);
AT(viche_case_type, flags, 4);
AT(viche_case_type, name, 8);
AT(viche_case_type, title, 16);
AT(viche_case_type, number, 24);
AT(viche_case_type, opens, 32);
AT(viche_case_type, regulation, 40);
AT(viche_case_type, regulation_name, 48);
AT(viche_case_type, fields, 56);
AT(viche_case_type, classifier, 72);
AT(viche_case_type, organisations, 80);

SIZE(viche_case, 184);
AT(viche_case, size, 0);
AT(viche_case, flags, 4);
AT(viche_case, type, 8);
AT(viche_case, citizen, 16);
AT(viche_case, channel, 24);
AT(viche_case, kind, 32);
AT(viche_case, surname, 40);
AT(viche_case, first_name, 48);
AT(viche_case, patronymic, 56);
AT(viche_case, residence, 64);
AT(viche_case, phone, 72);
AT(viche_case, email, 80);
AT(viche_case, essence, 88);
AT(viche_case, category, 96);
AT(viche_case, organisation, 104);
AT(viche_case, about, 112);
AT(viche_case, place, 120);
AT(viche_case, latitude, 128);
AT(viche_case, longitude, 136);
AT(viche_case, files, 144);
AT(viche_case, privilege, 152);
AT(viche_case, key, 160);
AT(viche_case, values, 168);
AT(viche_case, incident, 176);

SIZE(viche_case_view, 144);
AT(viche_case_view, size, 0);
AT(viche_case_view, open, 4);
AT(viche_case_view, id, 8);
AT(viche_case_view, type, 16);
AT(viche_case_view, number, 24);
AT(viche_case_view, title, 32);
AT(viche_case_view, state, 40);
AT(viche_case_view, state_words, 48);
AT(viche_case_view, essence, 56);
AT(viche_case_view, answer, 64);
AT(viche_case_view, answer_files, 72);
AT(viche_case_view, why_due, 80);
AT(viche_case_view, at, 88);
AT(viche_case_view, due_at, 96);
AT(viche_case_view, closed_at, 104);
AT(viche_case_view, asked, 112);
AT(viche_case_view, surveyed, 116);
AT(viche_case_view, repeat_of, 120);
AT(viche_case_view, incident, 128);
AT(viche_case_view, reaches_at, 136);

SIZE(viche_incident, 56);
AT(viche_incident, size, 0);
AT(viche_incident, people, 4);
AT(viche_incident, id, 8);
AT(viche_incident, title, 16);
AT(viche_incident, place, 24);
AT(viche_incident, category, 32);
AT(viche_incident, since, 40);
AT(viche_incident, metres, 48);
AT(viche_incident, reserved, 52);

SIZE(viche_cases, 128);
AT(viche_cases, size, 0);
AT(viche_cases, reserved, 4);
AT(viche_cases, declare, 8);
AT(viche_cases, open, 16);
AT(viche_cases, find, 24);
AT(viche_cases, next, 32);
AT(viche_cases, line, 40);
AT(viche_cases, add, 48);
AT(viche_cases, rate, 56);
AT(viche_cases, withdraw, 64);
AT(viche_cases, barred, 72);
AT(viche_cases, contest, 80);
AT(viche_cases, near, 88);
AT(viche_cases, join, 96);
AT(viche_cases, category, 104);
AT(viche_cases, wants, 112);
AT(viche_cases, unfit, 120);

SIZE(viche_institution, 32);
AT(viche_institution, size, 0);
AT(viche_institution, reserved, 4);
AT(viche_institution, id, 8);
AT(viche_institution, name, 16);
AT(viche_institution, kind, 24);

SIZE(viche_directory, 16);
AT(viche_directory, size, 0);
AT(viche_directory, reserved, 4);
AT(viche_directory, institution, 8);

SIZE(viche_feedback, 16);
AT(viche_feedback, size, 0);
AT(viche_feedback, reserved, 4);
AT(viche_feedback, command, 8);

SIZE(viche_news_item, 88);
AT(viche_news_item, size, 0);
AT(viche_news_item, flags, 4);
AT(viche_news_item, key, 8);
AT(viche_news_item, title, 16);
AT(viche_news_item, title_en, 24);
AT(viche_news_item, text, 32);
AT(viche_news_item, text_en, 40);
AT(viche_news_item, topic, 48);
AT(viche_news_item, area, 56);
AT(viche_news_item, picture, 64);
AT(viche_news_item, from_at, 72);
AT(viche_news_item, until_at, 80);

SIZE(viche_news_channel, 24);
AT(viche_news_channel, channel, 0);
AT(viche_news_channel, people, 8);
AT(viche_news_channel, cost, 16);

SIZE(viche_news_preview, 72);
AT(viche_news_preview, size, 0);
AT(viche_news_preview, reserved, 4);
AT(viche_news_preview, people, 8);
AT(viche_news_preview, unreachable, 16);
AT(viche_news_preview, quiet, 24);
AT(viche_news_preview, seconds, 32);
AT(viche_news_preview, cost, 40);
AT(viche_news_preview, channels, 48);
AT(viche_news_preview, token, 64);

SIZE(viche_news_progress, 96);
AT(viche_news_progress, size, 0);
AT(viche_news_progress, state, 4);
AT(viche_news_progress, people, 8);
AT(viche_news_progress, waiting, 16);
AT(viche_news_progress, under_way, 24);
AT(viche_news_progress, delivered, 32);
AT(viche_news_progress, seen, 40);
AT(viche_news_progress, failed, 48);
AT(viche_news_progress, unreachable, 56);
AT(viche_news_progress, unsent, 64);
AT(viche_news_progress, started_at, 72);
AT(viche_news_progress, ended_at, 80);
AT(viche_news_progress, arrived, 88);

SIZE(viche_news, 48);
AT(viche_news, size, 0);
AT(viche_news, reserved, 4);
AT(viche_news, keep, 8);
AT(viche_news, preview, 16);
AT(viche_news, publish, 24);
AT(viche_news, act, 32);
AT(viche_news, progress, 40);

SIZE(viche_organisation, 24);
AT(viche_organisation, size, 0);
AT(viche_organisation, closed, 4);
AT(viche_organisation, id, 8);
AT(viche_organisation, name, 16);

SIZE(viche_staff, 64);
AT(viche_staff, size, 0);
AT(viche_staff, reserved, 4);
AT(viche_staff, who, 8);
AT(viche_staff, next, 16);
AT(viche_staff, find, 24);
AT(viche_staff, holds, 32);
AT(viche_staff, organisation, 40);
AT(viche_staff, notice, 48);
AT(viche_staff, changed, 56);

SIZE(viche_tracking, 16);
AT(viche_tracking, size, 0);
AT(viche_tracking, reserved, 4);
AT(viche_tracking, command, 8);
