/* SPDX-License-Identifier: MPL-2.0
 * What the reader and the prover of regulations find: each finding by the smallest change of a regulation that holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases_town.h"

#include <cmocka.h>

/* The regulation with the first `old` made `new`. */
static const char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    if (!at)
        fail_msg("“%s” is not there", old);
    return arena_print(town.arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

/* The line of the text that begins with this. */
static int line_of(const char *text, const char *begins)
{
    int line = 1;
    for (const char *at = text; at; at = strchr(at, '\n'), at = at ? at + 1 : NULL, line++)
        if (text_starts(at, begins))
            return line;
    return 0;
}

static void what_is_shipped_holds(void **state)
{
    (void)state;
    assert_string_equal(town_ask("declare", "", town_regulation("kalush.ini")), "");
    assert_string_equal(town_ask("declare", "", town_regulation("small-town.ini")), "");
}

struct change {
    const char *old, *new, *says;
};

/* Each change is found by itself. */
static void are_found(const struct change *changes, size_t count)
{
    const char *whole = town_regulation("small-town.ini");
    for (size_t i = 0; i < count; i++) {
        const char *said_now = town_ask("declare", "", changed(whole, changes[i].old, changes[i].new));
        if (!strstr(said_now, changes[i].says))
            fail_msg("%s → %s: %s", changes[i].old, changes[i].new, *said_now ? said_now : "nothing was found");
    }
}

#define ARE_FOUND(changes) are_found(changes, sizeof(changes) / sizeof *(changes))

static void each_finding_is_said_with_its_line(void **state)
{
    (void)state;
    static const struct change changes[] = {
        /* words that are not known */
        {"role = responsible\nfrom = new\nto = decided", "role = clerk\nfrom = new\nto = decided", "there is no role 'clerk'"},
        {"from = new\nto = decided", "from = newest\nto = decided", "there is no state 'newest'"},
        {"require = question\n", "require = questions\n", "there is no field 'questions'"},
        {"does = address term", "does = adress term", "there is no effect 'adress'"},
        {"tell = decider\n", "tell = boss\n", "there is no role 'boss'"},
        {"require = surname", "require = surename", "there is no field 'surename'"},
        {"takes = photo", "takes = film", "there is no kind of file 'film'"},
        {"[field executed]", "[field answer]", "[field answer] is no field with files"},
        {"takes = photo video\n", "article = 1\n", "must say 'takes = …'"},
        {"[action lead]", "[axion lead]", "there are no sections [axion …]"},
        {"does = lead", "do = lead", "has no entry 'do'"},
        {"role = executor\nfrom = working\nto = asked", "from = working\nto = asked", "must say 'role = …'"},
        {"term = 1 month", "term = 1 moon", "[term month] term: '1 moon' is no time"},
        {"end = explained", "end = finished", "ends as 'finished', which is not known"},
        {"[action bar]", "[action join]", "[action join] is there already"},
        {"[action bar]", "[action bar", "the section is not closed"},
        {"begin = yes\n", "", "where does a card begin?"},
        {"role = decider\nfrom = decided working", "role = decider\nrole = decider\nfrom = decided working", "'role' is set already"},
        {"needs = considered\n", "needs = considered|photo\n", "there is no proof 'considered|photo'"},
        {"[action bar]", "[right 2]\n\n[action bar]", "[right 2] says nothing"},
        /* ways */
        {"from = working\nto = asked", "from = working", "[state asked] is never reached"},
        {"to = done explained refused foreign", "to = proposed", "is never reached"},
        {"waits = responsible\nname.uk = На перевірці", "name.uk = На перевірці", "waits for nobody"},
        /* honest ends */
        {"needs = survey|executed", "needs = considered", "[state done] can be reached without proof"},
        {"needs = survey|executed", "needs = survey|grounds", "[state done] can be reached without proof"},
        {"needs = survey|executed\n", "", "[state done] can be reached without proof"},
        {"needs = grounds\n", "", "[state refused] can be reached without proof"},
        {"role = responsible\nfrom = proposed\nto = done", "role = executor\nfrom = proposed\nto = done", "closes by one hand"},
        {"role = responsible\nfrom = proposed\nto = done", "role = responsible\nfrom = new proposed\nto = done", "closes by one hand"},
        {"from = proposed\nto = done explained", "to = done explained", "closes a card wherever it is"},
        {"to = done explained refused foreign", "to = done explained refused foreign withdrawn", "[action close] ends in 'withdrawn', which only"},
        {"role = applicant\nfrom = new decided", "role = applicant responsible\nfrom = new decided", "[action withdraw] ends in 'withdrawn'"},
        {"to = withdrawn", "to = withdrawn done", "[action withdraw] lets the applicant end in 'done' without the proof"},
        /* forms */
        {"does = lead\nrequire = title", "does = lead", "'lead' needs the field title"},
        {"require = decider\n", "", "'address' needs the field decider"},
        {"staff = executor\nseat = executor\n", "seat = executor\n", "nobody can take it"},
        {"staff = executor\nseat = executor\n", "staff = executor\nseat = executor\ncomments = yes\n", "is done without a comment"},
        /* terms */
        {"late = responsible\nname.uk = Передати", "name.uk = Передати", "[term refer] is watched by nobody"},
        {"escalates = decider\n", "", "[term month] escalates to nobody"},
        /* duties and rights */
        {"[term quick]", "[duty 1]\nrole = executor\nby = sing\n[term quick]", "a duty without an action"},
        {"[term quick]", "[right 2]\nrole = executor\nby = close\n[term quick]", "[right 2] has no holder: executor may not 'close'"},
        {"[term quick]", "[duty 3]\nrole = executor\nby = close\n[term quick]", "[duty 3] cannot be fulfilled"},
        /* requests */
        {"[term quick]", "[request more]\nrole = executor\ndecides = decider\nfrom = working\n[term quick]", "without a justification"},
    };
    ARE_FOUND(changes);
}

static void a_value_that_nothing_knows_is_found(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"staff = responsible", "staff = mayor", "[role responsible] staff: nothing knows 'mayor'. Known: responsible"},
        {"staff = responsible", "staff = auditor", "nothing knows 'auditor'"},
        {"seat = executor", "seat = throne", "[role executor] seat: nothing knows 'throne'"},
        {"seat = executor", "seat = executor\ncomments = always", "nothing knows 'always'"},
        {"deliver = working hours", "deliver = monday", "deliver: nothing knows 'monday'"},
        {"pauses = yes", "pauses = ja", "pauses: nothing knows 'ja'"},
        {"bulk = yes", "bulk = true", "[action address] bulk: nothing knows 'true'"},
        {"term = 5 days\nrepeat", "term = soon\nrepeat", "[survey] term: 'soon' is no time"},
        {"warn = 5 days, 1 day", "warn = 5 days, soonish", "[term month] warn: 'soonish' is no time"},
        {"warn = 5 days, 1 day", "warn = 1 month", "warn: '1 month' is not counted here"},
        {"escalate = 1 day", "escalate = never", "[term month] escalate: 'never' is no time"},
        {"longest = 30 days", "longest = forever", "[bar] longest: 'forever' is no time"},
        {"longest = 30 days", "longest = 1 month", "[bar] longest: '1 month' is not counted here"},
    };
    ARE_FOUND(changes);
}

static void a_name_that_a_language_lacks_is_found(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"name.en = Give to the head\n", "", "[action address] has no name.en, and the town speaks 'en'"},
        {"name.uk = Виконавець\n", "", "[role executor] has no name.uk"},
        {"citizen.uk = Зареєстровано\n", "", "[state new] has no citizen.uk"},
        {"name.uk = 15 днів\n", "", "[term quick] has no name.uk"},
    };
    ARE_FOUND(changes);
}

static void the_line_is_the_right_one(void **state)
{
    (void)state;
    const char *text = changed(town_regulation("small-town.ini"), "require = question\n", "require = questions\n");
    const char *expected = arena_print(town.arena, "test.ini:%d: ", line_of(text, "require = questions"));
    assert_true(text_starts(town_ask("declare", "", text), expected));
}

static void a_dead_end_is_found(void **state)
{
    (void)state;
    const char *text = town_regulation("small-town.ini");
    text = changed(text, "[action ask]", "[state limbo]\nwaits = executor\nname.uk = Ніде\n\n"
                                         "[action lose]\nrole = executor\nfrom = working\nto = limbo\nname.uk = Загубити\n\n"
                                         "[action stare]\nrole = executor\nfrom = limbo\nrequire = comment\nname.uk = Дивитися\n\n[action ask]");
    assert_non_null(strstr(town_ask("declare", "", text), "[state limbo] is a dead end"));
}

static void a_secret_type_asks_nobody_s_name(void **state)
{
    (void)state;
    assert_non_null(strstr(town_ask("declare", "flags=1", town_regulation("small-town.ini")), "[card] demands 'surname' of people whose"));
    const char *text = changed(town_regulation("small-town.ini"), "require = surname first_name phone essence", "require = essence");
    assert_string_equal(town_ask("declare", "flags=1", text), "");
}

static void lines_go_on_and_comments_are_skipped(void **state)
{
    (void)state;
    const char *text = changed(town_regulation("small-town.ini"), "from = new decided working proposed\ndoes = term",
                               "# somewhere\nfrom = new decided\n  working\n  proposed\n; and more\ndoes = term");
    assert_string_equal(town_ask("declare", "", text), "");
    char line[300];
    memset(line, 'x', sizeof line - 1), line[sizeof line - 1] = '\0';
    text = changed(town_regulation("small-town.ini"), "version = 1", arena_print(town.arena, "version = %s", line));
    assert_non_null(strstr(town_ask("declare", "", text), "the line is too long"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_is_shipped_holds), IN_TOWN(each_finding_is_said_with_its_line), IN_TOWN(the_line_is_the_right_one),
        IN_TOWN(a_value_that_nothing_knows_is_found), IN_TOWN(a_name_that_a_language_lacks_is_found), IN_TOWN(a_dead_end_is_found), IN_TOWN(a_secret_type_asks_nobody_s_name), IN_TOWN(lines_go_on_and_comments_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
