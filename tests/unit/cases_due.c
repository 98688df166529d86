/* SPDX-License-Identifier: MPL-2.0
 * Deadlines of cards, at the border to the calendar: the statutory terms, chosen dates, what is said of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include "cases_town.h"

#include <cmocka.h>

/* The day of the town on which the card is due: "2026-12-25". */
static const char *due_day(int card)
{
    const char *due = strstr(town_show(AUDITOR, card), "due=");
    time_t at = atoll(due + 4) + 2 * 3600; /* Kyiv in winter */
    struct tm day;
    gmtime_r(&at, &day);
    return ask("%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

static void a_month_is_the_default_and_is_explained(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    assert_string_equal(due_day(card), "2026-12-25");
    SAYS(town_show(AUDITOR, card), "Стільки часу дає закон, стаття 20.");
    SAYS(town_show(AUDITOR, card), "25");
}

static void a_month_of_january_ends_with_february(void **state)
{
    (void)state;
    town_declare();
    town_wait(24 * 66); /* Saturday, 30 January 2027 */
    assert_string_equal(due_day(town_open_card("")), "2027-03-01"); /* 28 February is a Sunday */
}

static void fifteen_days_where_nothing_needs_study(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=2&term=quick");
    assert_string_equal(due_day(card), "2026-12-10");
    SAYS(town_show(AUDITOR, card), "протягом 15 днів, тобто до 10 грудня");
}

static void a_chosen_date_says_who_chose_it(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=2&due=2026-12-15&comment=Просте");
    assert_string_equal(due_day(card), "2026-12-15");
    SAYS(town_show(AUDITOR, card), "(Відповідальна)");
    SAYS(town_act(MAYOR, card, "term", "due=2026-11-24&comment=Учора"), "вже минула");
    SAYS(town_act(MAYOR, card, "term", "due=2027-02-01&comment=Узимку"), "довше закон не дозволяє");
    SAYS(town_act(MAYOR, card, "term", "term=longest&comment=Довше"), "Такого терміну");
    DONE(MAYOR, card, "term", "due=2027-01-05&comment=Потрібна комісія");
    assert_string_equal(due_day(card), "2027-01-05");
    SAYS(town_show(AUDITOR, card), "Потрібна комісія");
}

/* Set for 15 December on 25 November; the applicant is waited for from 26 November to 3 December. */
static void a_chosen_date_says_how_long_the_applicant_was_waited_for(void **state)
{
    (void)state;
    town_declare();
    town_say("a", "/counter");
    int card = town_open_card("citizen=1");
    DONE(RESPONSIBLE, card, "address", "decider=2&due=2026-12-15&comment=Просте");
    DONE(MAYOR, card, "appoint", "executors=4");
    DONE(WATER, card, "accept", "comment=Беремо");
    DONE(WATER, card, "ask", "question=Який під’їзд?&comment=Уточнюємо");
    town_wait(24 * 7);
    DONE(WATER, card, "unask", "comment=Знайшли самі");
    assert_string_equal(due_day(card), "2026-12-22");
    SAYS(town_show(AUDITOR, card), "До 22 грудня: 25 листопада визначено термін до 15 грудня (Відповідальна), потім 7 днів чекали на відповідь заявника.");
}

static void what_is_not_ours_is_forwarded_within_five_days(void **state)
{
    (void)state;
    town_declare();
    town_open_card("");
    town_wait(24 * 7);
    SAYS(town_told(RESPONSIBLE), "не зроблено вчасно: Переслати за належністю");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_month_is_the_default_and_is_explained), IN_TOWN(a_month_of_january_ends_with_february),
        IN_TOWN(fifteen_days_where_nothing_needs_study), IN_TOWN(a_chosen_date_says_who_chose_it),
        IN_TOWN(a_chosen_date_says_how_long_the_applicant_was_waited_for),
        IN_TOWN(what_is_not_ours_is_forwarded_within_five_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
