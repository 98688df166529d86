/* SPDX-License-Identifier: MPL-2.0
 * Files that an official added to a form and never sent: the night takes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "folder.h"

#include <cmocka.h>

#include "store/file.h"
#include "tool/talk_gate.h"
#include "tool/talk_town.h"

#define NOW_MS 1795593600000 /* Wednesday, 25 November 2026, 10:00 in Kyiv */
enum { HOUR_S = 3600 };

static struct talk_town town;
static struct talk_gate gate;

static void work(void)
{
    struct fail fail = {0};
    gate = (struct talk_gate){.arena = town.arena, .host = &town.host, .town = town.id, .now_ms = NOW_MS};
    if (!talk_gate_open(&gate, (struct talk_death){0}, &fail))
        fail_msg("%s", fail.words);
}

static void wait_hours(int64_t hours)
{
    struct fail fail = {0};
    if (!talk_gate_wait(&gate, gate.now_ms + hours * HOUR_S * 1000, &fail))
        fail_msg("%s", fail.words);
}

static const char *town_folder(void) { return arena_print(town.arena, "%s/%s", town.host.data, town.id); }

/* As if an official had added it so many hours ago. */
static const char *added(struct db *db, int64_t hours)
{
    struct fail fail = {0};
    const char *id = file_keep(db, town.arena, town_folder(), folder_put("upload", "%PDF-1.4\n%%EOF\n"), "акт.pdf", 0, &fail);
    if (!id || !db_run(db, "INSERT INTO desk_upload(file, staff, at) VALUES (?, 1, ?)", "si", id, NOW_MS / 1000 - hours * HOUR_S))
        fail_msg("%s", id ? db_words(db) : fail.words);
    return id;
}

static bool is_there(const char *id) { return access(file_path(town.arena, town_folder(), id), F_OK) == 0; }

static void what_no_form_took_goes_in_the_night(void **state)
{
    (void)state;
    struct fail fail = {0};
    work(); /* makes the tables */
    talk_gate_close(&gate);
    struct db *db = db_open(town_folder(), &fail);
    if (!db)
        fail_msg("%s", fail.words);
    const char *old = added(db, 20), *fresh = added(db, 0), *used = added(db, 20);
    db_run(db, "DELETE FROM desk_upload WHERE file = ?", "s", used);
    db_close(db);
    work();
    wait_hours(12);
    assert_true(is_there(old));
    wait_hours(12);
    assert_false(is_there(old));
    assert_true(is_there(fresh));
    wait_hours(24);
    assert_false(is_there(fresh));
    assert_true(is_there(used));
    talk_gate_close(&gate);
}

static int make_town(void **state)
{
    struct fail fail = {0};
    const struct talk_plan plan = {.plugins = BUILD_DIR "/plugins", .share = BUILD_DIR "/share", .names = "desk"};
    return folder_make(state) == 0 && talk_town_make(&town, &plan, &fail) ? 0 : -1;
}

static int remove_town(void **state)
{
    talk_town_remove(&town);
    return folder_drop(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_no_form_took_goes_in_the_night, make_town, remove_town),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
