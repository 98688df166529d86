/* SPDX-License-Identifier: MPL-2.0
 * The applicant's side: asked, told, surveyed; not fixed, withdrawn, joined to an incident, barred. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <sqlite3.h>

#include "cases_town.h"

#include <cmocka.h>

static void citizen_of(const char *chat) { town_say(chat, "/start"); }

static int working(const char *more)
{
    int card = town_open_card(more);
    DONE(RESPONSIBLE, card, "address", "decider=2&term=month");
    DONE(MAYOR, card, "appoint", "executors=4");
    DONE(WATER, card, "accept", "comment=Беремо");
    DONE(WATER, card, "review", "comment=Переглянуто");
    DONE(WATER, card, "confirm-competence", "comment=Наше");
    return card;
}

static int proposed(const char *more)
{
    int card = working(more);
    DONE(WATER, card, "propose", "outcome=done&answer=Трубу замінили&comment=Зроблено");
    return card;
}

static const char *citizen(int who, int card, const char *what)
{
    return town_ask("citizen", ask("citizen=%d&card=%d&%s", who, card, what), NULL);
}

static void the_applicant_is_asked_and_the_term_stands_still(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = working("citizen=1");
    SAYS(said, "Звернення Г-2026-1: Виконується.");
    const char *before = strstr(town_show(WATER, card), "due=");
    DONE(WATER, card, "ask", "question=Який поверх?&comment=Уточнюємо");
    SAYS(said, "Який поверх?");
    SAYS(citizen(1, card, "do=find"), "asked=1");
    SAYS(town_show(WATER, card), "state=Уточнюємо в заявника");
    town_wait(24 * 3);
    assert_string_equal(citizen(1, card, "do=add&words=Третій"), "");
    SAYS(town_show(WATER, card), "message Заявник: Третій");
    SAYS(town_show(WATER, card), "state=Компетенцію підтверджено");
    SAYS(town_told(WATER), "Заявник: «Відповісти»");
    int64_t due = atoll(before + 4), later = atoll(strstr(town_show(WATER, card), "due=") + 4);
    assert_true(later >= due + 3 * 86400);
}

static void silence_is_not_consent(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = proposed("citizen=1");
    SAYS(said, "Чи вирішено?");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Так"), "ще відповідає");
    town_wait(24 * 6);
    SAYS(town_told(RESPONSIBLE), "мовчання, а не згода");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Так"), "Потрібне підтвердження");
    DONE(RESPONSIBLE, card, "return", "reason=Додайте фото");
    SAYS(town_told(WATER), "Повернути на доопрацювання");
}

static void who_confirms_is_answered(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = proposed("citizen=1");
    SAYS(citizen(1, card, "do=find"), "surveyed=1");
    assert_string_equal(citizen(1, card, "do=rate&verdict=2&words=Майже"), "");
    SAYS(town_show(RESPONSIBLE, card), "verdict=Вирішено частково.");
    SAYS(citizen(1, card, "do=rate&verdict=1"), "не чекає на Вашу оцінку");
    DONE(RESPONSIBLE, card, "close", "comment=Так");
    SAYS(citizen(1, card, "do=find"), "answer=Трубу замінили");
    SAYS(citizen(1, card, "do=add&words=Ще"), "вже закрито");
}

/* A regulation in force is changed as no prover lets it be: by the file of another release. */
static void slip_into_regulation(const char *old, const char *new)
{
    sqlite3 *db;
    struct fail fail = {0};
    talk_gate_close(&gate);
    assert_int_equal(sqlite3_open(ask("%s/%s/town.db", town.host.data, town.id), &db), SQLITE_OK);
    const char *sql = ask("UPDATE cases_type SET regulation = replace(regulation, '%s', '%s')", old, new);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_true(talk_gate_open(&gate, (struct talk_death){0}, &fail));
}

static void no_official_withdraws_for_the_applicant(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = working("citizen=1");
    slip_into_regulation("to = done explained refused foreign", "to = done explained refused foreign withdrawn");
    DONE(WATER, card, "propose", "outcome=withdrawn&answer=Заявник передумав&comment=Так");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Так"), "Це може лише заявник");
}

static void not_fixed_goes_to_the_same_executor_again(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = proposed("citizen=1");
    SAYS(citizen(1, card, "do=rate&verdict=3&words=Тече далі"), "2 Г-2026-2 assigned");
    SAYS(town_show(WATER, 2), "Причина: Тече далі");
    SAYS(town_show(WATER, 2), "repeat_of=cases/cards/1 Г-2026-1");
    SAYS(town_told(WATER), "Г-2026-2: повторно за Г-2026-1");
    SAYS(town_show(WATER, card), "state=Не вирішено: створено повторне");
    DONE(WATER, 2, "accept", "comment=Беремо знову");
}

static void only_ones_own_cards_are_found(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a"), citizen_of("b");
    int card = town_open_card("citizen=1");
    SAYS(citizen(2, card, "do=find"), "серед Ваших немає");
    SAYS(citizen(2, card, "do=add&words=Я"), "серед Ваших немає");
    SAYS(citizen(2, card, "do=withdraw"), "серед Ваших немає");
    SAYS(citizen(0, card, "do=find"), "серед Ваших немає");
    assert_string_equal(citizen(1, card, "do=withdraw&words=Передумали"), "");
    SAYS(town_show(RESPONSIBLE, card), "state=Відкликано заявником");
}

static void a_duplicate_is_answered_with_the_first_card(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a"), citizen_of("b"), citizen_of("c");
    int first = working("citizen=1"), second = town_open_card("citizen=2"), third = town_open_card("citizen=3");
    SAYS(town_act(RESPONSIBLE, second, "duplicate", "original=Г-2026-9"), "з таким номером немає");
    SAYS(town_act(RESPONSIBLE, second, "duplicate", "original=Г-2026-2"), "з таким номером немає");
    DONE(RESPONSIBLE, third, "duplicate", "original=Г-2026-2");
    SAYS(said, "Звернення Г-2026-3 – про те саме, що й Г-2026-2.");
    DONE(MAYOR, second, "duplicate", "original=Г-2026-1&comment=Та сама труба");
    SAYS(town_act(RESPONSIBLE, first, "duplicate", "original=Г-2026-3"), "з таким номером немає");
    SAYS(town_show(RESPONSIBLE, second), "duplicate_of=cases/cards/1 Г-2026-1\n");
    SAYS(town_show(RESPONSIBLE, second), "state=Об’єднано з карткою про те саме\n");
    SAYS(town_show(RESPONSIBLE, first), "duplicates=cases/cards/2 Г-2026-2\n");
    SAYS(town_show(RESPONSIBLE, first), "event Міський голова: Об’єднано з карткою про те саме: Г-2026-2");
    SAYS(citizen(1, first, "do=withdraw"), "ще одне про те саме");
    DONE(WATER, first, "propose", "outcome=done&answer=Прорив усунули&comment=Так");
    assert_string_equal(citizen(1, first, "do=rate&verdict=1"), "");
    *said = '\0';
    DONE(RESPONSIBLE, first, "close", "comment=Так");
    SAYS(said, "Звернення Г-2026-2: розглянуто звернення Г-2026-1 про те саме.\n  Прорив усунули");
    SAYS(said, "Звернення Г-2026-3: розглянуто звернення Г-2026-2 про те саме.\n  Прорив усунули");
}

static void an_incident_answers_everybody(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a"), citizen_of("b"), citizen_of("c");
    int lead = working("citizen=1&lat=49.0&lon=24.3"), other = town_open_card("citizen=2&lat=49.0005&lon=24.3");
    int far = town_open_card("lat=49.01&lon=24.3");
    SAYS(town_show(RESPONSIBLE, other), "similar=cases/cards/1 Г-2026-1");
    assert_null(strstr(town_show(RESPONSIBLE, far), "similar="));
    DONE(MAYOR, lead, "lead", "title=Прорив на Дзвонарській");
    DONE(RESPONSIBLE, other, "join", "incident=1");
    SAYS(said, "приєднано до відомої проблеми");
    assert_string_equal(citizen(3, 1, "do=join"), "");
    SAYS(town_ask("list", "clerk=1&view=incidents", NULL), "people=3");
    SAYS(citizen(1, lead, "do=withdraw"), "чекають і інші");
    DONE(WATER, lead, "propose", "outcome=done&answer=Прорив усунули&comment=Так");
    assert_string_equal(citizen(1, lead, "do=rate&verdict=1"), "");
    *said = '\0';
    DONE(RESPONSIBLE, lead, "close", "comment=Так");
    SAYS(said, "Звернення Г-2026-1 виконано.");
    SAYS(said, "Звернення Г-2026-2: проблему, до якої його приєднано, вирішено.");
    SAYS(said, "Проблему «Прорив на Дзвонарській», на яку Ви теж чекали, вирішено.");
}

/* The end of a lead card: what those hear who joined with a card and without. */
static void ends(const char *form)
{
    town_declare();
    citizen_of("a"), citizen_of("b"), citizen_of("c");
    int lead = working("citizen=1"), other = town_open_card("citizen=2");
    DONE(MAYOR, lead, "lead", "title=Немає світла");
    DONE(RESPONSIBLE, other, "join", "incident=1");
    assert_string_equal(citizen(3, 1, "do=join"), "");
    DONE(WATER, lead, "propose", form);
    town_wait(24 * 6);
    *said = '\0';
    DONE(RESPONSIBLE, lead, "close", "comment=Так");
    assert_null(strstr(said, "вирішено"));
}

static void what_is_not_ours_is_not_said_to_be_solved(void **state)
{
    (void)state;
    ends("outcome=foreign&addressee=Обленерго, 0 800 123 456&answer=Передали&comment=Так");
    SAYS(said, "Звернення Г-2026-2: проблему, до якої його приєднано, має вирішити не міська рада. Переслали тому, хто відповідає: Обленерго");
    SAYS(said, "Проблему «Немає світла», про яку Ви теж повідомили, має вирішити не міська рада. Переслали тому, хто відповідає: Обленерго");
}

static void a_refusal_says_its_grounds_and_how_to_appeal(void **state)
{
    (void)state;
    ends(ask("outcome=refused&grounds=Стаття 8&answer=Не можемо&comment=Так&considered=%s", town_send("executor", "акт.pdf")));
    static const char *const whose[] = {"У зверненні Г-2026-1 відмовлено.",
                                        "Звернення Г-2026-2: у вирішенні проблеми, до якої його приєднано, відмовлено.",
                                        "У вирішенні проблеми «Немає світла», про яку Ви теж повідомили, відмовлено."};
    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++) {
        const char *told = strstr(said, whose[i]);
        assert_non_null(told);
        SAYS(told, "Підстави: Стаття 8");
        SAYS(told, "звернутися до суду");
    }
}

static const char *bar(int clerk, int id, const char *action, const char *form)
{
    return town_ask("act", ask("view=bars&clerk=%d&card=%d&action=%s&%s", clerk, id, action, form), NULL);
}

static void a_person_bars_another_confirms_and_it_ends(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int card = town_open_card("citizen=1");
    SAYS(town_act(RESPONSIBLE, card, "bar", "reason=Образи&days=7"), "Цитата");
    DONE(RESPONSIBLE, card, "bar", "reason=Образи&quote=…&days=7");
    assert_string_equal(citizen(1, 0, "do=barred"), "");
    SAYS(bar(RESPONSIBLE, 1, "confirm", "comment=Так"), "Це вирішує");
    SAYS(town_ask("list", "view=bars&tasks=1&clerk=2", NULL), "row 1");
    assert_string_equal(bar(MAYOR, 1, "confirm", "comment=Так"), "");
    SAYS(said, "нові звернення від Вас тут не приймаються. Причина: Образи");
    SAYS(citizen(1, 0, "do=barred"), "Причина: Образи");
    SAYS(town_ask("open", "citizen=1&surname=А&essence=Ще", NULL), "не приймаються");
    assert_string_equal(citizen(1, card, "do=add&words=Під наглядом"), "");
    assert_string_equal(citizen(1, 0, "do=contest&words=Це було цитування"), "");
    SAYS(citizen(1, 0, "do=contest&words=Ще раз"), "вже розглядають");
    SAYS(town_ask("list", "view=bars&tasks=1&clerk=3", NULL), "state=contested");
    SAYS(bar(MAYOR, 1, "uphold", "comment=Так"), "потрібна друга людина");
    assert_string_equal(bar(DEPUTY, 1, "uphold", "comment=Слова дослівні"), "");
    SAYS(said, "Слова дослівні");
    SAYS(town_ask("list", "view=bars&clerk=3", NULL), "state=barred");
    town_wait(24 * 7);
    assert_string_equal(citizen(1, 0, "do=barred"), "");
    SAYS(town_ask("list", "view=bars&clerk=2", NULL), "state=expired");
}

static void a_caller_s_card_cannot_be_written_to(void **state)
{
    (void)state;
    town_declare();
    SAYS(town_ask("act", "clerk=7&action=register-appeal&essence=Тече&channel=phone", NULL), "unseen");
    int card = working("");
    SAYS(town_act(WATER, card, "ask", "question=Що?&comment=Так"), "не через чат");
}

static void erased_citizens_are_detached_from_what_the_archive_keeps(void **state)
{
    (void)state;
    town_declare();
    citizen_of("a");
    int closed = town_open_card("citizen=1"), still_open = working("citizen=1");
    assert_string_equal(citizen(1, closed, "do=withdraw"), "");
    town_say("a", "/mydata"), town_say("a", "Показати");
    SAYS(said, "Тече труба");
    town_say("a", "/mydata "), town_say("a", "Видалити все"), town_say("a", "Так");
    SAYS(said, "Усе видалено");
    SAYS(citizen(1, still_open, "do=find"), "серед Ваших немає");
    SAYS(town_show(RESPONSIBLE, still_open), "applicant=Коваль");
    SAYS(town_act(WATER, still_open, "write", "message=Є новини&comment=Так"), "не через чат");
    assert_null(strstr(town_ask("list", "clerk=1&search=Коваль", NULL), "row 1"));
    SAYS(town_ask("list", "clerk=1&search=Коваль", NULL), "row 2");
    SAYS(town_show(RESPONSIBLE, closed), "applicant=Коваль");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_applicant_is_asked_and_the_term_stands_still), IN_TOWN(silence_is_not_consent), IN_TOWN(who_confirms_is_answered),
        IN_TOWN(no_official_withdraws_for_the_applicant),
        IN_TOWN(not_fixed_goes_to_the_same_executor_again), IN_TOWN(only_ones_own_cards_are_found), IN_TOWN(an_incident_answers_everybody),
        IN_TOWN(what_is_not_ours_is_not_said_to_be_solved), IN_TOWN(a_refusal_says_its_grounds_and_how_to_appeal),
        IN_TOWN(a_duplicate_is_answered_with_the_first_card),
        IN_TOWN(a_person_bars_another_confirms_and_it_ends), IN_TOWN(a_caller_s_card_cannot_be_written_to),
        IN_TOWN(erased_citizens_are_detached_from_what_the_archive_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
