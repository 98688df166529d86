/* SPDX-License-Identifier: MPL-2.0
 * Where every field of every public struct stands, on every 64-bit machine, for as long as the ABI's major lives. A line that
 * fails to compile is a broken plugin somewhere. Written by freeze.py when a minor is released; between two minors only a SIZE
 * may grow, and of a service not even that. */
#include <viche/list.h>
#include <viche/turn.h>
#include <viche/desk.h>
#include <viche/channel.h>
#include <viche/plugin.h>

#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type " has another size")
#define AT(type, field, bytes) _Static_assert(offsetof(struct type, field) == (bytes), #type "." #field " has moved")

SIZE(viche_list, 16);
AT(viche_list, stride, 0);
AT(viche_list, count, 4);
AT(viche_list, items, 8);

SIZE(viche_pair, 16);
AT(viche_pair, name, 0);
AT(viche_pair, value, 8);

SIZE(viche_http, 88);
AT(viche_http, size, 0);
AT(viche_http, body_size, 4);
AT(viche_http, method, 8);
AT(viche_http, path, 16);
AT(viche_http, body, 24);
AT(viche_http, file, 32);
AT(viche_http, file_size, 40);
AT(viche_http, query, 48);
AT(viche_http, headers, 56);
AT(viche_http, origin, 64);
AT(viche_http, peer, 72);
AT(viche_http, more, 80);

SIZE(viche_request, 64);
AT(viche_request, size, 0);
AT(viche_request, timeout_s, 4);
AT(viche_request, method, 8);
AT(viche_request, url, 16);
AT(viche_request, body, 24);
AT(viche_request, body_size, 32);
AT(viche_request, reserved, 36);
AT(viche_request, headers, 40);
AT(viche_request, parts, 48);

SIZE(viche_part, 40);
AT(viche_part, name, 0);
AT(viche_part, value, 8);
AT(viche_part, file, 16);
AT(viche_part, file_name, 24);
AT(viche_part, file_type, 32);

SIZE(viche_result, 40);
AT(viche_result, size, 0);
AT(viche_result, status, 4);
AT(viche_result, error, 8);
AT(viche_result, body, 16);
AT(viche_result, body_size, 24);
AT(viche_result, reserved, 28);
AT(viche_result, headers, 32);

SIZE(viche_value, 32);
AT(viche_value, kind, 0);
AT(viche_value, size, 4);
AT(viche_value, integer, 8);
AT(viche_value, real, 16);
AT(viche_value, data, 24);

SIZE(viche_local, 32);
AT(viche_local, size, 0);
AT(viche_local, year, 4);
AT(viche_local, month, 8);
AT(viche_local, day, 12);
AT(viche_local, hour, 16);
AT(viche_local, minute, 20);
AT(viche_local, second, 24);
AT(viche_local, weekday, 28);

SIZE(viche_entry, 48);
AT(viche_entry, size, 0);
AT(viche_entry, weight, 4);
AT(viche_entry, id, 8);
AT(viche_entry, language, 16);
AT(viche_entry, title, 24);
AT(viche_entry, text, 32);
AT(viche_entry, opens, 40);

SIZE(viche_person, 48);
AT(viche_person, size, 0);
AT(viche_person, price, 4);
AT(viche_person, id, 8);
AT(viche_person, channel, 16);
AT(viche_person, language, 24);
AT(viche_person, per_second, 32);
AT(viche_person, down, 36);
AT(viche_person, since, 40);

SIZE(viche_view_at, 32);
AT(viche_view_at, size, 0);
AT(viche_view_at, reserved, 4);
AT(viche_view_at, plugin, 8);
AT(viche_view_at, plugin_name, 16);
AT(viche_view_at, view, 24);

SIZE(viche_audit_row, 56);
AT(viche_audit_row, size, 0);
AT(viche_audit_row, reserved, 4);
AT(viche_audit_row, id, 8);
AT(viche_audit_row, clerk, 16);
AT(viche_audit_row, at, 24);
AT(viche_audit_row, plugin, 32);
AT(viche_audit_row, what, 40);
AT(viche_audit_row, object, 48);

SIZE(viche_parked, 40);
AT(viche_parked, size, 0);
AT(viche_parked, reserved, 4);
AT(viche_parked, id, 8);
AT(viche_parked, at, 16);
AT(viche_parked, channel, 24);
AT(viche_parked, why, 32);

SIZE(viche_file_about, 48);
AT(viche_file_about, size, 0);
AT(viche_file_about, reserved, 4);
AT(viche_file_about, bytes, 8);
AT(viche_file_about, at, 16);
AT(viche_file_about, name, 24);
AT(viche_file_about, type, 32);
AT(viche_file_about, kind, 40);

SIZE(viche_host, 544);
AT(viche_host, size, 0);
AT(viche_host, minor, 4);
AT(viche_host, say, 8);
AT(viche_host, say_text, 16);
AT(viche_host, offer, 24);
AT(viche_host, offer_text, 32);
AT(viche_host, link, 40);
AT(viche_host, show_place, 48);
AT(viche_host, show_file, 56);
AT(viche_host, let, 64);
AT(viche_host, text, 72);
AT(viche_host, to, 80);
AT(viche_host, speak, 88);
AT(viche_host, get, 96);
AT(viche_host, set, 104);
AT(viche_host, stay, 112);
AT(viche_host, go, 120);
AT(viche_host, again, 128);
AT(viche_host, open, 136);
AT(viche_host, done, 144);
AT(viche_host, fail, 152);
AT(viche_host, fetch, 160);
AT(viche_host, wait, 168);
AT(viche_host, option, 176);
AT(viche_host, option_number, 184);
AT(viche_host, service, 192);
AT(viche_host, args, 200);
AT(viche_host, language, 208);
AT(viche_host, town, 216);
AT(viche_host, citizen, 224);
AT(viche_host, now, 232);
AT(viche_host, local, 240);
AT(viche_host, moment, 248);
AT(viche_host, query, 256);
AT(viche_host, next_row, 264);
AT(viche_host, row_text, 272);
AT(viche_host, row_integer, 280);
AT(viche_host, row_real, 288);
AT(viche_host, index_put, 296);
AT(viche_host, index_drop, 304);
AT(viche_host, keep_file, 312);
AT(viche_host, collation_key, 320);
AT(viche_host, reply, 328);
AT(viche_host, reply_header, 336);
AT(viche_host, emit, 344);
AT(viche_host, bad, 352);
AT(viche_host, memory, 360);
AT(viche_host, print, 368);
AT(viche_host, random, 376);
AT(viche_host, log, 384);
AT(viche_host, channel, 392);
AT(viche_host, bulk, 400);
AT(viche_host, tag, 408);
AT(viche_host, person, 416);
AT(viche_host, plan, 424);
AT(viche_host, act, 432);
AT(viche_host, option_file, 440);
AT(viche_host, next_view, 448);
AT(viche_host, audit, 456);
AT(viche_host, audit_row, 464);
AT(viche_host, parked, 472);
AT(viche_host, parked_end, 480);
AT(viche_host, trust, 488);
AT(viche_host, more, 496);
AT(viche_host, file_about, 504);
AT(viche_host, hold_file, 512);
AT(viche_host, drop_file, 520);
AT(viche_host, rehearse, 528);
AT(viche_host, conversations, 536);

SIZE(viche_turn, 8);
AT(viche_turn, host, 0);

SIZE(viche_clerk, 48);
AT(viche_clerk, size, 0);
AT(viche_clerk, reserved, 4);
AT(viche_clerk, id, 8);
AT(viche_clerk, name, 16);
AT(viche_clerk, post, 24);
AT(viche_clerk, organisation, 32);
AT(viche_clerk, roles, 40);

SIZE(viche_field, 64);
AT(viche_field, name, 0);
AT(viche_field, label, 8);
AT(viche_field, help, 16);
AT(viche_field, kind, 24);
AT(viche_field, flags, 28);
AT(viche_field, min, 32);
AT(viche_field, max, 40);
AT(viche_field, choices, 48);

SIZE(viche_action, 56);
AT(viche_action, id, 0);
AT(viche_action, label, 8);
AT(viche_action, help, 16);
AT(viche_action, wait, 24);
AT(viche_action, flags, 32);
AT(viche_action, reserved, 36);
AT(viche_action, fields, 40);

SIZE(viche_query, 56);
AT(viche_query, size, 0);
AT(viche_query, limit, 4);
AT(viche_query, clerk, 8);
AT(viche_query, search, 16);
AT(viche_query, order, 24);
AT(viche_query, after, 32);
AT(viche_query, filter, 40);
AT(viche_query, tasks, 48);
AT(viche_query, reserved, 52);

SIZE(viche_sheet, 88);
AT(viche_sheet, size, 0);
AT(viche_sheet, reserved, 4);
AT(viche_sheet, row, 8);
AT(viche_sheet, value, 16);
AT(viche_sheet, more, 24);
AT(viche_sheet, field, 32);
AT(viche_sheet, section, 40);
AT(viche_sheet, event, 48);
AT(viche_sheet, message, 56);
AT(viche_sheet, action, 64);
AT(viche_sheet, chart, 72);
AT(viche_sheet, point, 80);

SIZE(viche_view, 112);
AT(viche_view, id, 0);
AT(viche_view, title, 8);
AT(viche_view, help, 16);
AT(viche_view, see, 24);
AT(viche_view, reserved, 32);
AT(viche_view, reserved_too, 36);
AT(viche_view, fields, 40);
AT(viche_view, list, 56);
AT(viche_view, sees, 64);
AT(viche_view, show, 72);
AT(viche_view, act, 80);
AT(viche_view, report, 88);
AT(viche_view, file, 96);
AT(viche_view, staffed, 104);

SIZE(viche_file, 24);
AT(viche_file, id, 0);
AT(viche_file, name, 8);
AT(viche_file, type, 16);

SIZE(viche_event, 112);
AT(viche_event, size, 0);
AT(viche_event, kind, 4);
AT(viche_event, address, 8);
AT(viche_event, origin, 16);
AT(viche_event, text, 24);
AT(viche_event, value, 32);
AT(viche_event, file, 40);
AT(viche_event, language, 48);
AT(viche_event, latitude, 56);
AT(viche_event, longitude, 64);
AT(viche_event, remote, 72);
AT(viche_event, remote_name, 80);
AT(viche_event, message, 88);
AT(viche_event, tag, 96);
AT(viche_event, album, 104);

SIZE(viche_button, 24);
AT(viche_button, label, 0);
AT(viche_button, value, 8);
AT(viche_button, kind, 16);
AT(viche_button, row, 20);

SIZE(viche_message, 136);
AT(viche_message, size, 0);
AT(viche_message, flags, 4);
AT(viche_message, id, 8);
AT(viche_message, at, 16);
AT(viche_message, address, 24);
AT(viche_message, text, 32);
AT(viche_message, origin, 40);
AT(viche_message, buttons, 48);
AT(viche_message, file, 64);
AT(viche_message, file_name, 72);
AT(viche_message, file_type, 80);
AT(viche_message, place_label, 88);
AT(viche_message, latitude, 96);
AT(viche_message, longitude, 104);
AT(viche_message, replaces, 112);
AT(viche_message, files, 120);

SIZE(viche_pace, 20);
AT(viche_pace, size, 0);
AT(viche_pace, per_second, 4);
AT(viche_pace, gap_ms, 8);
AT(viche_pace, price, 12);
AT(viche_pace, burst, 16);

SIZE(viche_channel, 144);
AT(viche_channel, id, 0);
AT(viche_channel, abilities, 8);
AT(viche_channel, text_max, 12);
AT(viche_channel, buttons_max, 16);
AT(viche_channel, label_max, 20);
AT(viche_channel, value_max, 24);
AT(viche_channel, per_row_max, 28);
AT(viche_channel, hooks, 32);
AT(viche_channel, send, 48);
AT(viche_channel, sent, 56);
AT(viche_channel, poll, 64);
AT(viche_channel, polled, 72);
AT(viche_channel, deep_link, 80);
AT(viche_channel, fetch_file, 88);
AT(viche_channel, pace, 96);
AT(viche_channel, sent_id, 104);
AT(viche_channel, files_max, 112);
AT(viche_channel, together_max, 116);
AT(viche_channel, send_together, 120);
AT(viche_channel, sent_together, 128);
AT(viche_channel, answer, 136);

SIZE(viche_channel_host, 144);
AT(viche_channel_host, size, 0);
AT(viche_channel_host, reserved, 4);
AT(viche_channel_host, event, 8);
AT(viche_channel_host, request, 16);
AT(viche_channel_host, push, 24);
AT(viche_channel_host, stream, 32);
AT(viche_channel_host, later, 40);
AT(viche_channel_host, knows, 48);
AT(viche_channel_host, history, 56);
AT(viche_channel_host, hash, 64);
AT(viche_channel_host, file_path, 72);
AT(viche_channel_host, reply_file, 80);
AT(viche_channel_host, event_id, 88);
AT(viche_channel_host, links, 96);
AT(viche_channel_host, address, 104);
AT(viche_channel_host, stream_end, 112);
AT(viche_channel_host, hint, 120);
AT(viche_channel_host, shut, 128);
AT(viche_channel_host, moved, 136);

SIZE(viche_option, 56);
AT(viche_option, name, 0);
AT(viche_option, help, 8);
AT(viche_option, fallback, 16);
AT(viche_option, choices, 24);
AT(viche_option, kind, 32);
AT(viche_option, flags, 36);
AT(viche_option, min, 40);
AT(viche_option, max, 48);

SIZE(viche_choice, 16);
AT(viche_choice, value, 0);
AT(viche_choice, label, 8);

SIZE(viche_step, 136);
AT(viche_step, name, 0);
AT(viche_step, formerly, 8);
AT(viche_step, ask, 16);
AT(viche_step, retry, 24);
AT(viche_step, help, 32);
AT(viche_step, save, 40);
AT(viche_step, next, 48);
AT(viche_step, kind, 56);
AT(viche_step, flags, 60);
AT(viche_step, min, 64);
AT(viche_step, max, 72);
AT(viche_step, expires_s, 80);
AT(viche_step, reserved, 84);
AT(viche_step, choices, 88);
AT(viche_step, enter, 104);
AT(viche_step, answer, 112);
AT(viche_step, result, 120);
AT(viche_step, expired, 128);

SIZE(viche_dialog, 64);
AT(viche_dialog, id, 0);
AT(viche_dialog, opens, 8);
AT(viche_dialog, title, 16);
AT(viche_dialog, help, 24);
AT(viche_dialog, version, 32);
AT(viche_dialog, reserved, 36);
AT(viche_dialog, steps, 40);
AT(viche_dialog, migrate, 56);

SIZE(viche_route, 56);
AT(viche_route, method, 0);
AT(viche_route, path, 8);
AT(viche_route, max_body, 16);
AT(viche_route, reserved, 20);
AT(viche_route, serve, 24);
AT(viche_route, proof_header, 32);
AT(viche_route, proof_secret, 40);
AT(viche_route, proof, 48);
AT(viche_route, reserved_too, 52);

SIZE(viche_schedule, 32);
AT(viche_schedule, name, 0);
AT(viche_schedule, at, 8);
AT(viche_schedule, every_s, 16);
AT(viche_schedule, reserved, 20);
AT(viche_schedule, run, 24);

SIZE(viche_offer, 16);
AT(viche_offer, id, 0);
AT(viche_offer, table, 8);

SIZE(viche_column, 24);
AT(viche_column, name, 0);
AT(viche_column, help, 8);
AT(viche_column, required, 16);
AT(viche_column, reserved, 20);

SIZE(viche_dataset, 56);
AT(viche_dataset, name, 0);
AT(viche_dataset, columns, 8);
AT(viche_dataset, begin, 24);
AT(viche_dataset, row, 32);
AT(viche_dataset, finish, 40);
AT(viche_dataset, write, 48);

SIZE(viche_plugin, 264);
AT(viche_plugin, size, 0);
AT(viche_plugin, target, 4);
AT(viche_plugin, built, 8);
AT(viche_plugin, reserved, 12);
AT(viche_plugin, id, 16);
AT(viche_plugin, name, 24);
AT(viche_plugin, version, 32);
AT(viche_plugin, author, 40);
AT(viche_plugin, licence, 48);
AT(viche_plugin, needs, 56);
AT(viche_plugin, likes, 64);
AT(viche_plugin, options, 72);
AT(viche_plugin, dialogs, 88);
AT(viche_plugin, channels, 104);
AT(viche_plugin, routes, 120);
AT(viche_plugin, schedules, 136);
AT(viche_plugin, migrations, 152);
AT(viche_plugin, offers, 168);
AT(viche_plugin, datasets, 184);
AT(viche_plugin, start, 200);
AT(viche_plugin, export_citizen, 208);
AT(viche_plugin, erase_citizen, 216);
AT(viche_plugin, join_citizen, 224);
AT(viche_plugin, delivered, 232);
AT(viche_plugin, views, 240);
AT(viche_plugin, check, 256);
