/* SPDX-License-Identifier: MPL-2.0 */
#include "services/cases/cases_open311_hide.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static char heap[1 << 16];
static size_t used;

static void *memory(struct viche_turn *t, size_t size)
{
    (void)t;
    void *out = heap + used;
    used += size;
    assert_true(used <= sizeof heap);
    return memset(out, 0, size);
}

static const struct viche_host host = {.size = sizeof host, .memory = memory};
static struct viche_turn turn = {&host};

static const struct {
    const char *words, *shown;
} cases[] = {
    {"Яма на Шкільній, 15", "Яма на Шкільній, 15"},
    {"Дзвоніть 067 111-22-33", "Дзвоніть …"},
    {"Дзвоніть +38(067)1112233!", "Дзвоніть …!"},
    {"тел.0671112233", "тел.…"},
    {"пишіть на me@example.org, будь ласка", "пишіть на …, будь ласка"},
    {"телеграм @nick або t.me/nick", "телеграм … або …"},
    {"Я, Бондаренко Олена, пишу", "Я, … …, пишу"},
    {"Бондаренка не чують, «Бондаренко» каже", "… не чують, «…» каже"},
    {"Я, БОНДАРЕНКО ОЛЕНА, ПИШУ", "Я, … …, ПИШУ"},
    {"бондаренку не кажіть, T.me/Nick", "… не кажіть, …"},
    {"Олег і Олена", "Олег і …"},
    {"картка 4149 4993 1234 5678", "картка …"},
    {"будинки 12, 14, 16 і 2026 рік", "будинки 12, 14, 16 і 2026 рік"},
    {"Іван Ів", "Іван Ів"},
    {"", ""},
};

static void persons_are_taken_out_of_public_words(void **state)
{
    (void)state;
    static const char *const names[] = {"Бондаренко", "Олена", "Ів"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        used = 0;
        assert_string_equal(hide_person(&turn, cases[i].words, names, 3), cases[i].shown);
    }
}

static void xml_holds_only_what_it_may(void **state)
{
    (void)state;
    used = 0;
    struct paper out = {.t = &turn};
    paper_element(&out, "a", "<&>\"' \x01\x1f\t\xEF\xBF\xBE\xEF\xBF\xBD яма");
    paper_element(&out, "b", "");
    paper_element(&out, "c", NULL);
    assert_string_equal(out.text, "<a>&lt;&amp;&gt;&quot;&#39; \t\xEF\xBF\xBD яма</a><b/>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_are_taken_out_of_public_words),
        cmocka_unit_test(xml_holds_only_what_it_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
