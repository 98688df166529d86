/* SPDX-License-Identifier: MPL-2.0 */
#include "desk_fake.h"

#include "services/desk/desk_sheet.c"

/* ---- the rest of the desk, on paper ---- */

static const struct viche_field due = {.name = "due", .label = "due", .kind = VICHE_FIELD_DUE};
static const struct viche_field asked = {.name = "due", .label = "asked", .kind = VICHE_FIELD_DATE};

const struct viche_field *view_field(const struct viche_view *view, const char *name) { return (void)view, strcmp(name, "due") == 0 ? &due : NULL; }
void view_enter(struct viche_turn *t, struct view *view) { (void)t, (void)view; }
void view_leave(struct viche_turn *t, struct view *view) { (void)t, (void)view; }
const char *mask(struct viche_turn *t, const struct viche_field *field, const char *value) { return (void)t, (void)field, value; }
const char *field_label(struct viche_turn *t, const char *label) { return (void)t, label; }
const char *field_words(struct viche_turn *t, const struct viche_field *field, const char *value) { return (void)t, (void)field, (void)value, NULL; }
bool line_among(const char *lines, const char *line) { return strstr(lines, line) != NULL; }
const char *line_next(struct viche_turn *t, const char **lines) { return (void)t, (void)lines, NULL; }
json_t *text_json(const char *text) { return text ? json_string(text) : json_null(); }
json_t *field_json(struct viche_turn *t, const struct viche_field *field, bool choosing)
{
    (void)t, (void)choosing;
    return json_pack("{s:s, s:s, s:b}", "name", field->name, "kind", field->kind == VICHE_FIELD_DATE ? "date" : "due", "kept",
                     (field->flags & VICHE_FIELD_KEPT) != 0);
}

static void in_march(struct viche_turn *t, int64_t at, struct viche_local *out)
{
    (void)t;
    *out = (struct viche_local){.size = out->size, .year = 2027, .month = 3, .day = (int32_t)at};
}

/* ---- a page with one action, whose form has a date ---- */

static bool shows_asked;

static void show_page(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    (void)t, (void)clerk, (void)id;
    static const struct viche_field form = {.name = "due", .label = "until", .kind = VICHE_FIELD_DATE, .flags = VICHE_FIELD_KEPT};
    const struct viche_action grant = {.id = "grant", .label = "grant", .fields = {sizeof form, 1, &form}};
    viche_sheet_value(sheet, "due", "9");
    if (shows_asked)
        viche_sheet_field(sheet, &asked, "2027-03-20");
    viche_sheet_action(sheet, &grant);
}

static const char *begins_with(void **state)
{
    struct fake *f = *state;
    f->host.local = in_march;
    const struct viche_view drawn = {.id = "cards", .show = show_page};
    struct view view = {.view = &drawn};
    struct sheet sheet = sheet_open(&f->turn, &drawn);
    sheet_show(&f->turn, &view, "1", &sheet);
    const json_t *field = json_array_get(json_object_get(sheet_action(&sheet, "grant"), "fields"), 0);
    const char *value = viche_print(&f->turn, "%s", json_string_value(json_object_get(field, "value")));
    sheet_close(&sheet);
    return value;
}

static void a_date_begins_with_a_date_else_with_the_day_of_a_deadline(void **state)
{
    shows_asked = true;
    assert_string_equal(begins_with(state), "2027-03-20");
    shows_asked = false;
    assert_string_equal(begins_with(state), "2027-03-09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_date_begins_with_a_date_else_with_the_day_of_a_deadline, fake_open, fake_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
