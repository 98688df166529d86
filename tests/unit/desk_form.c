/* SPDX-License-Identifier: MPL-2.0 */
#include "desk_fake.h"

#include <stdio.h>

#include "services/desk/desk_form.c"

/* ---- the rest of the desk, on paper ---- */

static bool closed, dismissed;
static const char *own_upload = "";

bool staff_find(struct viche_turn *t, uint64_t id, struct staff *out)
{
    (void)t;
    *out = (struct staff){.id = id, .name = "Ігор", .organisation = "water", .dismissed = dismissed};
    return id == 7;
}
bool organisation_open(struct viche_turn *t, const char *id) { return (void)t, (void)id, !closed; }
bool upload_own(struct viche_turn *t, const struct session *session, const char *file) { return (void)t, (void)session, strcmp(file, own_upload) == 0; }
void upload_use(struct viche_turn *t, const char *file) { (void)t, (void)file; }
const char *body_text(const json_t *body, const char *name)
{
    const char *text = json_string_value(json_object_get(body, name));
    return text ? text : "";
}
bool line_among(const char *lines, const char *line) { return strstr(lines, line) != NULL; }
const char *line_next(struct viche_turn *t, const char **lines)
{
    size_t length = strcspn(*lines, "\n");
    const char *line = length ? viche_print(t, "%.*s", (int)length, *lines) : NULL;
    *lines += length + ((*lines)[length] == '\n');
    return line;
}

/* ---- one field at a time ---- */

static char why[64];

/* The key of what is wrong with `value` in a field of `kind`; "": it is taken. */
static const char *fault_in(void **state, const char *kind, const char *more, const char *value)
{
    struct viche_turn *t = &((struct fake *)*state)->turn;
    char text[256];
    snprintf(text, sizeof text, "[{\"name\":\"x\",\"kind\":\"%s\"%s}]", kind, more);
    json_t *fields = json_loads(text, 0, NULL), *values = json_pack("{s:s}", "x", value);
    const struct sheet page = {.named = "shown"};
    struct form_fault fault;
    snprintf(why, sizeof why, "%s", form_take(t, NULL, fields, values, &page, &fault) ? "" : fault.words);
    json_decref(fields);
    json_decref(values);
    return why;
}

#define REFUSED(key, kind, more, value) assert_string_equal(fault_in(state, kind, more, value), key)
#define TAKEN(kind, more, value) REFUSED("", kind, more, value)
static const char *kept(void **state) { return viche_get(&((struct fake *)*state)->turn, "x"); }

static void what_is_required_is_asked_for(void **state)
{
    REFUSED("form-required", "text", ",\"required\":true", "   ");
    TAKEN("text", "", "");
    TAKEN("text", ",\"required\":true", " так ");
    assert_string_equal(kept(state), "так");
}

static void texts_have_their_length(void **state)
{
    TAKEN("text", ",\"max\":5", "п’ять");
    REFUSED("form-long", "text", ",\"max\":4", "п’ять");
    REFUSED("form-short", "text", ",\"min\":6", "п’ять");
    TAKEN("long", "", "рядок\r\nдругий\x01");
    assert_string_equal(kept(state), "рядок\nдругий");
}

static void numbers_and_dates_are_what_they_say(void **state)
{
    TAKEN("number", "", "-12");
    REFUSED("form-number", "number", "", "12a");
    REFUSED("form-number", "number", "", "99999999999999999999");
    REFUSED("form-range", "number", ",\"min\":1,\"max\":5", "6");
    TAKEN("date", "", "2028-02-29");
    REFUSED("form-date", "date", "", "2026-02-29");
    REFUSED("form-date", "date", "", "2026-11-31x");
    REFUSED("form-date", "date", "", "25.11.2026");
    TAKEN("due", "", "1795200000");
    REFUSED("form-date", "moment", "", "tomorrow");
    TAKEN("flag", "", "yes");
    REFUSED("form-choice", "flag", "", "maybe");
}

static void a_phone_is_kept_one_way(void **state)
{
    TAKEN("phone", "", "067 123-45-67");
    assert_string_equal(kept(state), "+380671234567");
    TAKEN("phone", "", "+48 22 123 45 67");
    assert_string_equal(kept(state), "+48221234567");
    REFUSED("form-phone", "phone", "", "12345");
    REFUSED("form-phone", "phone", "", "067 CALL ME");
}

static void a_place_is_on_earth(void **state)
{
    TAKEN("place", "", "48.3794,28.8645");
    REFUSED("form-place", "place", "", "98.3,28.8");
    REFUSED("form-place", "place", "", "48.3 28.8");
    REFUSED("form-place", "place", "", "nan,1");
}

static const char *const PEOPLE = ",\"choices\":[{\"value\":\"5\"},{\"value\":\"6\"}]";

static void who_cannot_be_chosen_any_more_is_named(void **state)
{
    TAKEN("staffs", PEOPLE, "5\n6");
    dismissed = true;
    REFUSED("form-dismissed", "staffs", PEOPLE, "5\n7");
    dismissed = false, closed = true;
    REFUSED("form-closed", "staff", PEOPLE, "7");
    closed = false;
    REFUSED("form-no-role", "staff", PEOPLE, "7");
    REFUSED("form-choice", "staff", PEOPLE, "8");
    REFUSED("form-closed", "organisation", PEOPLE, "9");
    REFUSED("form-choice", "choice", PEOPLE, "9");
}

static void a_file_is_a_fresh_upload_or_stands_there_already(void **state)
{
    own_upload = "fresh";
    TAKEN("files", "", "fresh\nshown");
    REFUSED("form-file", "files", "", "stranger");
}

static void a_file_is_of_a_kind_that_its_field_takes(void **state)
{
    static const char kinds[] = ",\"choices\":[{\"value\":\"photo\",\"label\":\"фото\"},{\"value\":\"video\",\"label\":\"відео\"}]";
    own_upload = "paper";
    TAKEN("files", "", "paper");
    TAKEN("files", kinds, "shown");
    REFUSED("form-kind", "files", kinds, "shown\npaper");
}

static void what_is_not_declared_does_not_come_in(void **state)
{
    struct viche_turn *t = &((struct fake *)*state)->turn;
    json_t *fields = json_loads("[{\"name\":\"x\",\"kind\":\"text\"}]", 0, NULL);
    json_t *values = json_pack("{s:s, s:s, s:i}", "x", "1", "clerk", "2", "state", 3);
    struct form_fault fault;
    assert_true(form_take(t, NULL, fields, values, NULL, &fault));
    assert_string_equal(viche_get(t, "clerk"), "");
    assert_int_equal(((struct fake *)*state)->count, 1);
    json_decref(fields);
    json_decref(values);
}

#define FORM_TEST(name) cmocka_unit_test_setup_teardown(name, fake_open, fake_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FORM_TEST(what_is_required_is_asked_for), FORM_TEST(texts_have_their_length), FORM_TEST(numbers_and_dates_are_what_they_say),
        FORM_TEST(a_phone_is_kept_one_way), FORM_TEST(a_place_is_on_earth), FORM_TEST(who_cannot_be_chosen_any_more_is_named),
        FORM_TEST(a_file_is_a_fresh_upload_or_stands_there_already), FORM_TEST(a_file_is_of_a_kind_that_its_field_takes),
        FORM_TEST(what_is_not_declared_does_not_come_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
