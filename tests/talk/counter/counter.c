/* SPDX-License-Identifier: MPL-2.0
 * For tests of cards: a counter at which a fixed staff works, without signing in. Offers ua.viche.staff/1, declares a type of card, and
 * does over HTTP what a desk would do: ?clerk=4&card=1&action=accept&comment=… */
#include <stdlib.h>
#include <string.h>

#include <viche/services/cases.h>
#include <viche/services/staff.h>
#include <viche/viche.h>

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;

/* ---- staff -------------------------------------------------------------------------------------------------------------- */

static const struct person {
    const char *name, *organisation, *role;
} people[] = {
    {"", "", ""},
    {"Відповідальна", "", "responsible"},
    {"Міський голова", "", "decider"},
    {"Заступниця", "", "decider"},
    {"Водоканал", "water", "executor"},
    {"Шляхи", "roads", "executor"},
    {"Диспетчер", "", "operator"},
    {"Ревізор", "", "auditor"},
    {"Пресслужба", "", "pr"},
    {"Зачинене", "closed", "executor"},
    {"Друга відповідальна", "", "responsible"},
};
enum { PEOPLE = sizeof people / sizeof *people };

static uint32_t find(struct viche_turn *t, uint64_t id, struct viche_clerk *out)
{
    (void)t;
    if (!id || id >= PEOPLE)
        return 0;
    *out = (struct viche_clerk){.size = sizeof *out, .id = id, .name = people[id].name, .post = "", .organisation = people[id].organisation,
                                .roles = people[id].role};
    return 1;
}

static bool is_dismissed(struct viche_turn *t, uint64_t id)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    bool is = viche_row(t, viche_sql(t, "SELECT 1 FROM counter_dismissed WHERE clerk = ?", VICHE_INT_VALUE(id)));
    viche_act(t, caller);
    return is;
}

static uint32_t next(struct viche_turn *t, uint64_t from, struct viche_clerk *out)
{
    uint64_t id = from ? from : 1;
    while (id < PEOPLE && is_dismissed(t, id))
        id++;
    return find(t, id, out);
}

static uint32_t who(struct viche_turn *t, const struct viche_http *http, struct viche_clerk *out)
{
    (void)http;
    return find(t, strtoull(viche_get(t, "clerk"), NULL, 10), out);
}

/* A town's official for the whole town, an organisation's for it. */
static uint32_t holds(struct viche_turn *t, uint64_t id, const char *role, const char *type, const char *organisation)
{
    (void)type;
    return id && id < PEOPLE && !is_dismissed(t, id) && strcmp(people[id].role, role) == 0 &&
           (!*people[id].organisation || strcmp(people[id].organisation, organisation) == 0);
}

static uint32_t organisation(struct viche_turn *t, const char *id, struct viche_organisation *out)
{
    static const char *const names[] = {"closed", "roads", "water"};
    (void)t;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], id) > 0) {
            *out = (struct viche_organisation){sizeof *out, i == 0, names[i], names[i]};
            return 1;
        }
    return 0;
}

static void notice(struct viche_turn *t, uint64_t clerk, const char *view, const char *id, const char *key, const char *words)
{
    (void)view, (void)id, (void)key;
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    viche_sql(t, "INSERT INTO counter(clerk, words) VALUES(?, ?)", VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(words));
    viche_act(t, caller);
}

static void changed(struct viche_turn *t, const char *view, const char *id) { (void)t, (void)view, (void)id; }

static const struct viche_staff staff = {sizeof staff, 0, who, next, find, holds, organisation, notice, changed};

/* ---- a sheet that writes lines ------------------------------------------------------------------------------------------- */

struct page {
    struct viche_sheet sheet;
    struct viche_turn *t;
    const char *text;
};

#define WRITE(...) (page_of(s)->text = viche_print(page_of(s)->t, __VA_ARGS__))
static struct page *page_of(struct viche_sheet *s) { return (struct page *)s; }

static void row(struct viche_sheet *s, const char *id) { WRITE("%srow %s\n", page_of(s)->text, id); }
static void value(struct viche_sheet *s, const char *f, const char *v) { WRITE("%s%s=%s\n", page_of(s)->text, f, v); }
static void more(struct viche_sheet *s, const char *after, int64_t total) { (void)total, WRITE("%smore %s\n", page_of(s)->text, after); }
static void field(struct viche_sheet *s, const struct viche_field *f, const char *v) { value(s, f->name, v); }
static void section(struct viche_sheet *s, const char *title) { (void)s, (void)title; }
static void event(struct viche_sheet *s, int64_t at, const char *by, const char *title, const char *words, const char *files)
{
    (void)at, (void)files;
    WRITE("%sevent %s: %s: %s\n", page_of(s)->text, by, title, words);
}
static void message(struct viche_sheet *s, int64_t at, const char *by, uint32_t citizen, const char *words, const char *files)
{
    (void)at, (void)files, (void)citizen;
    WRITE("%smessage %s: %s\n", page_of(s)->text, by, words);
}
static void action(struct viche_sheet *s, const struct viche_action *a)
{
    WRITE("%saction %s %s\n", page_of(s)->text, a->id, a->wait ? a->wait : "!");
}
static void chart(struct viche_sheet *s, const char *title, uint32_t kind, const char *unit) { (void)s, (void)title, (void)kind, (void)unit; }
static void point(struct viche_sheet *s, const char *a, const char *b, double c, const char *d) { (void)s, (void)a, (void)b, (void)c, (void)d; }

static struct page page_new(struct viche_turn *t)
{
    return (struct page){{sizeof(struct viche_sheet), 0, row, value, more, field, section, event, message, action, chart, point}, t, ""};
}

/* ---- routes --------------------------------------------------------------------------------------------------------------- */

static const struct viche_cases *cases(struct viche_turn *t) { return viche_service(t, VICHE_CASES); }

static const char *ask(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

static uint64_t ask_number(const struct viche_http *http, const char *name) { return strtoull(ask(http, name), NULL, 10); }

static void say(struct viche_turn *t, const char *words)
{
    viche_reply(t, words ? 200 : 204, "text/plain", words ? words : "", words ? strlen(words) : 0);
}

/* The view of the cards, or another one; everything asked is a value of the form. */
static bool enter(struct viche_turn *t, const struct viche_http *http, struct viche_view_at *out, struct viche_clerk *clerk)
{
    const char *view = *ask(http, "view") ? ask(http, "view") : "cards";
    find(t, ask_number(http, "clerk"), clerk);
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        viche_set(t, pair->name, pair->value);
    for (uint32_t i = 0; viche_next_view(t, i, out); i++)
        if (strcmp(out->plugin_name, "cases") == 0 && strcmp(out->view->id, view) == 0)
            return true;
    return false;
}

static void serve_declare(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_case_type type = {.size = sizeof type, .flags = (uint32_t)ask_number(http, "flags"), .name = "appeal", .title = "title",
                                   .number = "Г-{year}-{n}", .opens = "/counter card", .regulation = http->body,
                                   .regulation_name = "test.ini", .classifier = "1;Дороги;Roads\n1.2;Яма;Pit\n",
                                   .organisations = ask(http, "organisations"),
                                   .fields = VICHE_LIST(struct viche_field, { .name = "scheme", .label = "scheme", .kind = VICHE_FIELD_FILES,
                                       .choices = VICHE_LIST(struct viche_choice, { "document", "paper" }) })};
    say(t, cases(t)->declare(t, &type));
}

static void serve_open(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_case_view view = {.size = sizeof view};
    const struct viche_pair own[] = {{"scheme", ask(http, "scheme")}, {NULL, NULL}};
    struct viche_case from = {.size = sizeof from, .type = "appeal", .values = own, .citizen = ask_number(http, "citizen"), .channel = "web",
                              .kind = "complaint", .surname = ask(http, "surname"), .first_name = "Ольга", .patronymic = "–",
                              .residence = "Калуш, Дзвонарська, 1",
                              .phone = "+380671234567", .essence = ask(http, "essence"), .category = "1.2", .about = ask(http, "about"),
                              .organisation = ask(http, "organisation"), .files = ask(http, "files"),
                              .latitude = strtod(ask(http, "lat"), NULL), .longitude = strtod(ask(http, "lon"), NULL),
                              .key = ask(http, "key"), .privilege = ask(http, "privilege")};
    const char *words = cases(t)->open(t, &from, &view);
    say(t, words ? words : viche_print(t, "%llu %s %s", (unsigned long long)view.id, view.number, view.state));
}

static void serve_act(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_view_at at;
    struct viche_clerk clerk = {.size = sizeof clerk};
    if (!enter(t, http, &at, &clerk))
        return;
    const struct viche_plugin *me = viche_act(t, at.plugin);
    const char *words = at.view->sees(t, &clerk, ask(http, "card"))
                            ? at.view->act(t, &clerk, ask(http, "card"), ask(http, "action"), ask(http, "stamp")) : "unseen";
    viche_act(t, me);
    say(t, words);
}

static void serve_show(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_view_at at;
    struct viche_clerk clerk = {.size = sizeof clerk};
    struct page page = page_new(t);
    if (!enter(t, http, &at, &clerk))
        return;
    const struct viche_plugin *me = viche_act(t, at.plugin);
    if (!at.view->sees(t, &clerk, ask(http, "card")))
        page.text = "unseen";
    else
        at.view->show(t, &clerk, ask(http, "card"), &page.sheet);
    viche_act(t, me);
    say(t, page.text);
}

static void serve_list(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_view_at at;
    struct viche_clerk clerk = {.size = sizeof clerk};
    struct page page = page_new(t);
    if (!enter(t, http, &at, &clerk))
        return;
    const struct viche_pair filter[] = {{"stage", ask(http, "stage")}, {NULL, NULL}};
    struct viche_query query = {.size = sizeof query, .limit = 50, .clerk = &clerk, .search = ask(http, "search"), .order = ask(http, "order"),
                                .after = ask(http, "after"), .filter = filter, .tasks = (uint32_t)ask_number(http, "tasks")};
    const struct viche_plugin *me = viche_act(t, at.plugin);
    at.view->list(t, &query, &page.sheet);
    viche_act(t, me);
    say(t, page.text);
}

/* What a citizen does: ?do=add&citizen=1&card=1&words=… */
static void serve_citizen(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_case_view view = {.size = sizeof view};
    uint64_t citizen = ask_number(http, "citizen"), card = ask_number(http, "card");
    const char *what = ask(http, "do"), *given = ask(http, "words"), *words = NULL, *files = ask(http, "files");
    if (strcmp(what, "add") == 0)
        words = cases(t)->add(t, citizen, card, given, files);
    else if (strcmp(what, "rate") == 0)
        words = cases(t)->rate(t, citizen, card, (uint32_t)ask_number(http, "verdict"), given, files, &view);
    else if (strcmp(what, "withdraw") == 0)
        words = cases(t)->withdraw(t, citizen, card, given);
    else if (strcmp(what, "join") == 0)
        words = cases(t)->join(t, citizen, card);
    else if (strcmp(what, "contest") == 0)
        words = cases(t)->contest(t, citizen, given);
    else if (strcmp(what, "barred") == 0)
        words = cases(t)->barred(t, citizen, "appeal");
    else
        words = cases(t)->find(t, citizen, card, &view);
    if (!words && view.id)
        words = viche_print(t, "%llu %s %s asked=%u surveyed=%u answer=%s why=%s", (unsigned long long)view.id, view.number, view.state,
                            view.asked, view.surveyed, view.answer, view.why_due);
    say(t, words);
}

/* What was told to an official: ?clerk=4 */
static void serve_told(struct viche_turn *t, const struct viche_http *http)
{
    const char *out = "";
    struct viche_rows *rows = viche_sql(t, "SELECT words FROM counter WHERE clerk = ? ORDER BY id",
                                        VICHE_INT_VALUE(ask_number(http, "clerk")));
    while (viche_row(t, rows))
        out = viche_print(t, "%s%s\n", out, viche_row_text(t, rows, 0));
    say(t, out);
}

/* ?clerk=4 */
static void serve_dismiss(struct viche_turn *t, const struct viche_http *http)
{
    viche_sql(t, "INSERT INTO counter_dismissed(clerk) VALUES(?)", VICHE_INT_VALUE(ask_number(http, "clerk")));
    say(t, NULL);
}

/* ---- files that citizens bring: /counter, then the file --------------------------------------------------------------------- */

static viche_next take(struct viche_turn *t, const char *file)
{
    viche_sql(t, "INSERT INTO counter_file(file) VALUES(?)", VICHE_TEXT_VALUE(file));
    return viche_done(t);
}

/* «<id> <name> <type> <bytes>» of the last one brought; "" when it is gone */
static void serve_file(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    struct viche_rows *rows = viche_sql(t, "SELECT file FROM counter_file ORDER BY id DESC LIMIT 1");
    struct viche_file_about about;
    const char *file = viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
    say(t, viche_file_about(t, file, &about)
               ? viche_print(t, "%s %s %s %llu", file, about.name, about.type, (unsigned long long)about.bytes) : NULL);
}

static void nothing(struct viche_turn *t) { (void)t; }

#define ROUTE(name) { .method = "POST", .path = "/" #name, .serve = serve_##name }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.counter", .name = "Counter", .version = "1.0", .licence = "MPL-2.0",
    .routes = VICHE_LIST(struct viche_route, ROUTE(declare), ROUTE(open), ROUTE(act), ROUTE(show), ROUTE(list), ROUTE(citizen), ROUTE(told),
                         ROUTE(dismiss), ROUTE(file)),
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "counter", .opens = "/counter", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "file", .ask = "file", .kind = VICHE_FILE, .save = "file", .answer = take }) }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE counter(id INTEGER PRIMARY KEY, clerk INTEGER NOT NULL, words TEXT NOT NULL)",
                             "CREATE TABLE counter_dismissed(clerk INTEGER PRIMARY KEY)",
                             "CREATE TABLE counter_file(id INTEGER PRIMARY KEY, file TEXT NOT NULL)"),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_STAFF, &staff }),
    .export_citizen = nothing, .erase_citizen = nothing,
};
