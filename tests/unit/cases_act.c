/* SPDX-License-Identifier: MPL-2.0
 * The regulation of Kalush, lived through by a staff: every action by every role, and the ways a card may go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases_town.h"

#include <cmocka.h>

static void until_working(int card)
{
    DONE(RESPONSIBLE, card, "address", "decider=2&term=month");
    DONE(MAYOR, card, "appoint", "executors=4");
    DONE(WATER, card, "accept", "comment=Беремо");
    DONE(WATER, card, "review", "comment=Переглянуто");
    DONE(WATER, card, "confirm-competence", "comment=Наше");
}

/* The whole way, article by article. */
static void a_card_lives_from_receipt_to_closing(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    SAYS(town_show(RESPONSIBLE, card), "number=Г-2026-1\n");
    SAYS(town_told(RESPONSIBLE), "Нове: Звернення Г-2026-1");
    until_working(card);
    SAYS(town_told(WATER), "Г-2026-1. Міський голова: «Призначити виконавців»");
    assert_string_equal(town_act(WATER, card, "propose", "outcome=done&answer=Полагодили"), "Заповніть, будь ласка: «Коментар».");
    DONE(WATER, card, "propose", "outcome=done&answer=Полагодили&comment=Зроблено");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Перевірено"), "Потрібне підтвердження заявника");
    DONE(WATER, card, "prove-executed", ask("executed=%s&comment=Фото", town_send("executor", "труба.jpg")));
    DONE(RESPONSIBLE, card, "close", "comment=Перевірено");
    SAYS(town_show(RESPONSIBLE, card), "state=Виконано\n");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Ще раз"), "Зараз картка в стані «Виконано»");
    SAYS(town_act(MAYOR, card, "bonus", "comment=Добре"), "Спершу оцініть");
    DONE(MAYOR, card, "assess", "timeliness=5&quality=4&comment=Добре");
    DONE(MAYOR, card, "bonus", "comment=Добре");
    SAYS(town_act(MAYOR, card, "discipline-late", "measure=Догана"), "Термін не порушено");
}

static void numbers_have_no_gaps_and_begin_anew_each_year(void **state)
{
    (void)state;
    town_declare();
    assert_string_equal(town_ask("open", "essence=Без прізвища", NULL), "Заповніть, будь ласка: «Прізвище».");
    SAYS(town_ask("open", "surname=А&essence=Перше&key=k1", NULL), "Г-2026-1");
    SAYS(town_ask("open", "surname=А&essence=Перше&key=k1", NULL), "Г-2026-1");
    SAYS(town_ask("open", "surname=А&essence=Друге", NULL), "Г-2026-2");
    town_wait(24 * 37);
    SAYS(town_ask("open", "surname=А&essence=Третє", NULL), "Г-2027-1");
}

static void requests_are_decided_by_another(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    SAYS(town_act(WATER, card, "ask-executor-change", "comment=Не наше"), "Обґрунтування");
    DONE(WATER, card, "ask-executor-change", "comment=Не наше&justification=Це дорога, а не труба");
    SAYS(town_act(WATER, card, "ask-executor-change", "comment=Ще&justification=Це дорога, а не труба"), "уже подано");
    SAYS(town_act(DEPUTY, card, "grant-executor-change", "executors=5"), "Це робить");
    DONE(MAYOR, card, "reject-executor-change", "comment=Це ваше");
    SAYS(town_told(WATER), "Відхилити: Зміна виконавця");
    DONE(WATER, card, "ask-executor-change", "comment=Не наше&justification=Труба не на балансі");
    SAYS(town_act(MAYOR, card, "grant-executor-change", "executors=9"), "установу закрито");
    DONE(MAYOR, card, "grant-executor-change", "executors=5");
    SAYS(town_act(WATER, card, "accept", "comment=Беру"), "unseen");
    DONE(ROADS, card, "accept", "comment=Беру");
    DONE(ROADS, card, "ask-longer-term", "comment=Зима&justification=Асфальт узимку не кладуть&due=2027-01-05");
    SAYS(town_show(MAYOR, card), "event Шляхи: Запит: Довший термін: Асфальт узимку не кладуть\nдо ");
    const char *page = town_ask("show", ask("view=requests&clerk=2&card=%d", card), NULL);
    SAYS(page, "card=cases/cards/1 Г-2026-1\nessence=Тече труба\nexecutor=5\n");
    SAYS(page, "justification=Асфальт узимку не кладуть\ndue=2027-01-05\n");
    DONE(MAYOR, card, "grant-longer-term", "due=2027-01-05");
    SAYS(town_act(ROADS, card, "ask-additional-control", "comment=Зима&justification=Асфальт узимку не кладуть&due=2026-11-01"), "вже минула");
    DONE(ROADS, card, "ask-strategic-plan", "comment=Кошти&justification=Потрібні кошти бюджету розвитку&plan=Дороги 2027");
    DONE(MAYOR, card, "grant-strategic-plan", "plan=Дороги 2027");
    SAYS(town_show(MAYOR, card), "state=Включено до стратегічного плану\n");
}

static void a_grant_begins_with_the_date_asked_for_or_of_several_with_the_term(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    const char *requests = ask("view=requests&clerk=2&card=%d", card);
    DONE(WATER, card, "ask-longer-term", "comment=Зима&justification=Асфальт узимку не кладуть&due=2027-01-05");
    SAYS(town_ask("show", requests, NULL), "\ndue=2027-01-05\n");
    DONE(WATER, card, "ask-additional-control", "comment=Довго&justification=Роботи тривають до весни&due=2027-04-01");
    const char *page = town_ask("show", requests, NULL);
    SAYS(page, "\ndue-asked=2027-01-05\n");
    SAYS(page, "\ndue-asked=2027-04-01\n");
    assert_null(strstr(page, "\ndue=2027"));
}

static void a_term_beyond_the_law_needs_additional_control(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    SAYS(town_act(MAYOR, card, "term", "due=2027-01-20&comment=Довше"), "Найпізніше");
    DONE(WATER, card, "ask-additional-control", "comment=Довго&justification=Роботи тривають до весни&due=2027-04-01");
    DONE(MAYOR, card, "grant-additional-control", "due=2027-04-01");
    SAYS(town_show(MAYOR, card), "control=yes\n");
}

static void parts_of_co_executors_come_first(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=3");
    DONE(DEPUTY, card, "appoint", "executors=4\n5");
    DONE(WATER, card, "accept", "comment=Беру");
    DONE(WATER, card, "review", "comment=Так");
    SAYS(town_act(ROADS, card, "review", "comment=Так"), "Це робить: Виконавець");
    SAYS(town_act(WATER, card, "propose", "outcome=explained&answer=Ось&comment=Так"), "Шляхи");
    DONE(ROADS, card, "part-done", "comment=Зроблено");
    DONE(WATER, card, "propose", "outcome=explained&answer=Ось&comment=Так");
    SAYS(town_act(RESPONSIBLE, card, "close", "comment=Так"), "звернення розглянуто");
    DONE(RESPONSIBLE, card, "demand", "reason=Дайте акт");
    DONE(WATER, card, "prove-considered", ask("considered=%s&comment=Акт", town_send("executor", "акт.pdf")));
    DONE(RESPONSIBLE, card, "return", "reason=Погана відповідь");
    SAYS(town_act(WATER, card, "propose", "outcome=explained&answer=Ось&comment=Так"), "Шляхи");
}

static void who_is_complained_about_neither_sees_nor_decides(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("about=2");
    assert_string_equal(town_show(MAYOR, card), "unseen");
    SAYS(town_act(RESPONSIBLE, card, "address", "decider=2"), "скарга саме на цю особу");
    DONE(RESPONSIBLE, card, "address", "decider=3");
    assert_null(strstr(town_ask("list", "clerk=2", NULL), "row"));
    SAYS(town_ask("list", "clerk=3", NULL), "row 1");
}

static void two_officials_at_once_the_second_is_told(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    const char *stamp = strstr(town_show(RESPONSIBLE, card), "stamp=");
    assert_non_null(stamp);
    int revision = atoi(stamp + 6);
    DONE(RESPONSIBLE, card, "address", ask("decider=2&stamp=%d", revision));
    SAYS(town_act(RESPONSIBLE_TOO, card, "address", ask("decider=3&stamp=%d", revision)), "Відповідальна");
}

static void hatred_is_not_processed_by_two_hands(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "suspect", "decider=2&grounds=Заклик до ворожнечі");
    SAYS(town_act(RESPONSIBLE, card, "reject", "comment=Так"), "Це робить");
    DONE(MAYOR, card, "reject", "comment=Так");
    SAYS(town_show(MAYOR, card), "state=Не опрацьовується");
}

static void the_work_leaves_a_trace(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    SAYS(town_act(WATER, card, "check", "facts=Труба 1974 року"), "Коментар");
    DONE(WATER, card, "check", "facts=Труба 1974 року&comment=Оглянуто");
    DONE(WATER, card, "decide", "decision=Замінити 12 метрів&comment=Погоджено");
    DONE(WATER, card, "comment", "comment=Чекаємо на трубу");
    DONE(RESPONSIBLE, card, "remind", "comment=Коли?");
    DONE(MAYOR, card, "control", "comment=Тримаю на контролі");
    SAYS(town_told(WATER), "Міський голова: «Доручення в порядку контролю»");
    DONE(WATER, card, "ask-executor-addition", "comment=Самі не встигнемо&justification=Потрібен екскаватор Шляхів");
    DONE(MAYOR, card, "grant-executor-addition", "executors=5");
    const char *scheme = town_send("executor", "схема.pdf");
    DONE(ROADS, card, "supply", ask("materials=%s&comment=Схема", scheme));
    const char *page = town_show(AUDITOR, card);
    SAYS(page, "event Водоканал: Записати перевірку фактів: Труба 1974 року");
    SAYS(page, "event Водоканал: Записати прийняте рішення: Замінити 12 метрів");
    SAYS(page, "event Водоканал: Стан розгляду: Чекаємо на трубу");
    SAYS(page, "event Міський голова: Погодити: Залучення інших виконавців");
    SAYS(town_act(MAYOR, card, "replace", "executors=5&comment=Інша"), "Цей виконавець працює");
    SAYS(page, ask("materials=%s", scheme));
    SAYS(page, "executors=Водоканал, water – відповідає за виконання\nШляхи, roads\n");
}

static void poor_work_has_consequences(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    DONE(WATER, card, "propose", ask("outcome=done&answer=Готово&comment=Так&executed=%s", town_send("executor", "готово.jpg")));
    DONE(RESPONSIBLE, card, "close", "comment=Так");
    SAYS(town_act(MAYOR, card, "discipline-quality", "measure=Догана"), "Спершу оцініть");
    DONE(MAYOR, card, "assess", "timeliness=5&quality=1&comment=Халтура");
    DONE(MAYOR, card, "discipline-quality", "measure=Догана");
    DONE(RESPONSIBLE, card, "repeat", "reason=Тече знову");
    SAYS(town_show(WATER, 2), "Причина: Тече знову");
    SAYS(town_ask("list", "clerk=4&tasks=1", NULL), "row 2");
}

static void whoever_leaves_leaves_no_card_behind(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    assert_null(strstr(town_ask("list", "clerk=2&tasks=1", NULL), "row 1"));
    SAYS(town_show(MAYOR, card), "stuck=\n");
    town_ask("dismiss", "clerk=4", NULL);
    SAYS(town_ask("list", "clerk=2&tasks=1", NULL), "row 1");
    SAYS(town_show(MAYOR, card), "stuck=Потрібен інший виконавець: Водоканал");
    assert_null(strstr(town_ask("list", "clerk=1&tasks=1", NULL), "row 1"));
    town_ask("dismiss", "clerk=2", NULL);
    SAYS(town_ask("list", "clerk=1&tasks=1", NULL), "row 1");
    SAYS(town_show(RESPONSIBLE, card), "stuck=Немає кому вирішувати: Міський голова");
    DONE(RESPONSIBLE, card, "readdress", "decider=3&comment=Голови немає");
    assert_null(strstr(town_ask("list", "clerk=1&tasks=1", NULL), "row 1"));
    SAYS(town_ask("list", "clerk=3&tasks=1", NULL), "row 1");
    DONE(DEPUTY, card, "replace", "executors=5&comment=Водоканалу немає");
    assert_null(strstr(town_ask("list", "clerk=3&tasks=1", NULL), "row 1"));
    SAYS(town_ask("list", "clerk=5&tasks=1", NULL), "row 1");
    SAYS(town_show(DEPUTY, card), "stuck=\n");
}

static void a_part_of_whoever_left_stops_nobody(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=2");
    DONE(MAYOR, card, "appoint", "executors=4\n5");
    DONE(WATER, card, "accept", "comment=Беру");
    DONE(WATER, card, "review", "comment=Так");
    SAYS(town_show(MAYOR, card), "action relieve Усі співвиконавці");
    town_ask("dismiss", "clerk=5", NULL);
    SAYS(town_ask("list", "clerk=2&tasks=1", NULL), "row 1");
    SAYS(town_ask("list", "clerk=2&tasks=1", NULL), "Замінити або зняти співвиконавця");
    assert_null(strstr(town_ask("list", "clerk=5&tasks=1", NULL), "row 1"));
    SAYS(town_show(MAYOR, card), "stuck=Шляхи своєї частини не завершить");
    SAYS(town_act(WATER, card, "propose", "outcome=explained&answer=Ось&comment=Так"), "Шляхи своєї частини не завершить");
    SAYS(town_act(MAYOR, card, "relieve", "executors=9&comment=Так"), "установу закрито");
    DONE(MAYOR, card, "relieve", "comment=Шляхів немає");
    SAYS(town_show(MAYOR, card), "stuck=\n");
    SAYS(town_show(MAYOR, card), "state=Попередньо розглянуто");
    assert_null(strstr(town_ask("list", "clerk=2&tasks=1", NULL), "row 1"));
    SAYS(town_act(MAYOR, card, "relieve", "comment=Ще раз"), "Усі співвиконавці");
    DONE(WATER, card, "propose", "outcome=explained&answer=Ось&comment=Так");
}

static void a_part_of_whoever_left_goes_to_another_found_by_whoever_decides(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=2");
    DONE(MAYOR, card, "appoint", "executors=5\n4");
    DONE(ROADS, card, "accept", "comment=Беру");
    town_ask("dismiss", "clerk=4", NULL);
    town_ask("dismiss", "clerk=2", NULL);
    SAYS(town_ask("list", "clerk=1&tasks=1", NULL), "row 1");
    SAYS(town_show(RESPONSIBLE, card), "stuck=Немає кому вирішувати: Міський голова");
    DONE(RESPONSIBLE, card, "readdress", "decider=3&comment=Голови немає");
    SAYS(town_ask("list", "clerk=3&tasks=1", NULL), "row 1");
    DONE(DEPUTY, card, "relieve", "executors=5&comment=Самі впораються");
    SAYS(town_show(DEPUTY, card), "executors=Шляхи, roads – відповідає за виконання\n");
    SAYS(town_show(DEPUTY, card), "state=Прийнято в роботу");
}

/* What the state of things forbids stands beside the button, not behind its form. */
static void what_cannot_be_done_says_so_before_its_form(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    SAYS(town_show(MAYOR, card), "action replace Цей виконавець працює");
    SAYS(town_show(MAYOR, card), "action discipline-late Термін не порушено");
    SAYS(town_show(RESPONSIBLE, card), "action report-late Термін не порушено");
    SAYS(town_show(RESPONSIBLE, card), "action bar Це звернення надійшло не через чат");
    SAYS(town_show(WATER, card), "action write Заявник звернувся не через чат");
    town_ask("dismiss", "clerk=4", NULL);
    town_wait(24 * 40);
    SAYS(town_show(MAYOR, card), "action replace !");
    SAYS(town_show(MAYOR, card), "action discipline-late !");
    SAYS(town_show(RESPONSIBLE, card), "action report-late !");
}

static void people_with_privileges_come_first(void **state)
{
    (void)state;
    town_declare();
    town_open_card("");
    town_open_card("privilege=Особа з інвалідністю внаслідок війни");
    const char *list = town_ask("list", "clerk=1&tasks=1", NULL);
    SAYS(list, "row 1");
    SAYS(town_ask("list", "clerk=1", NULL), "action address !");
    assert_null(strstr(town_ask("list", "clerk=4", NULL), "action address"));
    assert_true(strstr(list, "row 2") < strstr(list, "row 1"));
    SAYS(town_told(RESPONSIBLE), "Нове, першочергово: Звернення Г-2026-2");
}

static void nobody_outside_sees_a_card(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    until_working(card);
    static const int sees[] = {RESPONSIBLE, MAYOR, DEPUTY, WATER, OPERATOR, AUDITOR, RESPONSIBLE_TOO};
    for (int clerk = 0; clerk <= RESPONSIBLE_TOO + 1; clerk++) {
        bool may_see = false;
        for (size_t i = 0; i < sizeof sees / sizeof *sees; i++)
            may_see = may_see || sees[i] == clerk;
        assert_int_equal(strcmp(town_show(clerk, card), "unseen") != 0, may_see);
        assert_int_equal(strstr(town_ask("list", ask("clerk=%d", clerk), NULL), "row 1") != NULL, may_see);
        assert_int_equal(strstr(town_ask("list", ask("clerk=%d&search=труба", clerk), NULL), "row 1") != NULL, may_see);
        assert_int_equal(strstr(town_ask("list", ask("clerk=%d&search=2026-1", clerk), NULL), "row 1") != NULL, may_see);
    }
}

/* What the citizen in the chat was not asked, the state's report needs. */
static void an_official_says_which_question_of_the_classifier_it_is(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("lat=49.0&lon=24.3"), other = town_open_card("lat=49.0005&lon=24.3");
    SAYS(town_show(RESPONSIBLE, other), "similar=cases/cards/1 Г-2026-1");
    assert_string_equal(town_act(RESPONSIBLE, card, "classify", "category=1"), "Заповніть, будь ласка: «Коментар».");
    SAYS(town_act(RESPONSIBLE, card, "classify", "category=77&comment=Так"), "Такого питання в класифікаторі немає");
    SAYS(town_act(RESPONSIBLE, card, "classify", "category=1&kind=plea&comment=Так"), "Такого виду звернення немає");
    SAYS(town_act(WATER, card, "classify", "category=1&comment=Так"), "unseen");
    DONE(RESPONSIBLE, card, "classify", "category=1&kind=request&comment=Не лише яма");
    SAYS(town_show(RESPONSIBLE, card), "category=Дороги\n");
    SAYS(town_show(RESPONSIBLE, card), "kind=request\n");
    SAYS(town_show(RESPONSIBLE, card), "Питання за класифікатором: Дороги\nНе лише яма\nВид звернення: Прохання");
    assert_null(strstr(town_show(RESPONSIBLE, other), "similar=c"));
    DONE(RESPONSIBLE, other, "address", "decider=2&category=1");
    SAYS(town_show(RESPONSIBLE, other), "category=Дороги\n");
    SAYS(town_show(RESPONSIBLE, other), "similar=cases/cards/1 Г-2026-1");
}

static void not_ours_is_forwarded(void **state)
{
    (void)state;
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "refer", "decider=2&addressee=Обленерго, 0 800 50 50 50&comment=Світло");
    DONE(MAYOR, card, "forward", "comment=Так");
    SAYS(town_show(MAYOR, card), "state=Переслано за належністю");
    SAYS(town_show(MAYOR, card), "addressee=Обленерго");
}

static void nights_are_waited_for_and_misses_are_escalated(void **state)
{
    (void)state;
    town_declare();
    town_wait(10); /* 20:00 */
    int card = town_open_card("");
    assert_string_equal(town_told(RESPONSIBLE), "");
    town_wait(14);
    SAYS(town_told(RESPONSIBLE), "Нове");
    DONE(RESPONSIBLE, card, "address", "decider=2");
    DONE(MAYOR, card, "appoint", "executors=4");
    town_wait(24 * 4);
    SAYS(town_told(WATER), "не зроблено вчасно: Прийняти в роботу");
    town_wait(24 * 40);
    SAYS(town_told(WATER), "виконати до");
    SAYS(town_told(WATER), "термін минув");
    SAYS(town_told(MAYOR), "Потрібне Ваше втручання");
    SAYS(town_ask("list", "clerk=1&stage=overdue", NULL), "row 1");
    DONE(RESPONSIBLE, card, "report-late", "comment=Прострочено");
    DONE(MAYOR, card, "discipline-late", "measure=Догана");
}

/* ---- every action by every role ----------------------------------------------------------------------------------------------- */

struct cell {
    const char *action;
    int clerks[4]; /* who may, of the staff, in some state */
};

static bool may(const struct cell *cell, int clerk)
{
    for (size_t i = 0; i < 4; i++)
        if (cell->clerks[i] == clerk)
            return true;
    return false;
}

static void every_action_is_its_role_s_and_nobody_else_s(void **state)
{
    (void)state;
    static const struct cell cells[] = {
        {"suspect", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"reject", {MAYOR}}, {"process", {MAYOR}}, {"bar", {RESPONSIBLE, RESPONSIBLE_TOO}},
        {"address", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"term", {RESPONSIBLE, RESPONSIBLE_TOO, MAYOR}}, {"readdress", {RESPONSIBLE, RESPONSIBLE_TOO}},
        {"classify", {RESPONSIBLE, RESPONSIBLE_TOO}},
        {"appoint", {MAYOR}}, {"replace", {MAYOR}}, {"relieve", {MAYOR}}, {"refer", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"forward", {MAYOR}}, {"keep", {MAYOR}},
        {"join", {RESPONSIBLE, RESPONSIBLE_TOO, MAYOR}}, {"duplicate", {RESPONSIBLE, RESPONSIBLE_TOO, MAYOR}}, {"lead", {RESPONSIBLE, RESPONSIBLE_TOO, MAYOR}},
        {"ask-executor-change", {WATER}}, {"grant-executor-change", {MAYOR}}, {"reject-executor-change", {MAYOR}},
        {"ask-executor-addition", {WATER}}, {"grant-executor-addition", {MAYOR}}, {"reject-executor-addition", {MAYOR}},
        {"ask-longer-term", {WATER}}, {"grant-longer-term", {MAYOR}}, {"reject-longer-term", {MAYOR}},
        {"ask-additional-control", {WATER}}, {"grant-additional-control", {MAYOR}}, {"reject-additional-control", {MAYOR}},
        {"ask-strategic-plan", {WATER}}, {"grant-strategic-plan", {MAYOR}}, {"reject-strategic-plan", {MAYOR}},
        {"accept", {WATER}}, {"review", {WATER}}, {"confirm-competence", {WATER}}, {"ask", {WATER, ROADS}}, {"unask", {WATER}}, {"answer", {0}},
        {"add", {0}}, {"check", {WATER, ROADS}}, {"decide", {WATER}}, {"part-done", {ROADS}}, {"propose", {WATER}},
        {"close", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"return", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"demand", {RESPONSIBLE, RESPONSIBLE_TOO}},
        {"supply", {WATER, ROADS}}, {"remind", {RESPONSIBLE, RESPONSIBLE_TOO, MAYOR}}, {"report-late", {RESPONSIBLE, RESPONSIBLE_TOO}},
        {"assess", {MAYOR}}, {"discipline-late", {MAYOR}}, {"discipline-quality", {MAYOR}}, {"bonus", {MAYOR}}, {"control", {MAYOR}},
        {"comment", {WATER, ROADS}}, {"prove-considered", {WATER, ROADS}}, {"prove-executed", {WATER, ROADS}},
        {"write", {RESPONSIBLE, RESPONSIBLE_TOO, WATER}}, {"rate", {0}}, {"dispute", {0}}, {"repeat", {RESPONSIBLE, RESPONSIBLE_TOO}}, {"withdraw", {0}},
    };
    const char *regulation = town_regulation("kalush.ini");
    town_declare();
    int card = town_open_card("");
    DONE(RESPONSIBLE, card, "address", "decider=2");
    DONE(MAYOR, card, "appoint", "executors=4\n5");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        for (int clerk = RESPONSIBLE; clerk <= RESPONSIBLE_TOO; clerk++) {
            const char *words = town_act(clerk, card, cells[i].action, "stamp=");
            bool role = !strstr(words, "Це робить") && strcmp(words, "unseen") != 0;
            if (role != may(&cells[i], clerk) || !*words)
                fail_msg("%s by %d: %s", cells[i].action, clerk, *words ? words : "was done");
        }
    /* A new action of the regulation must have its row. */
    for (const char *at = strstr(regulation, "\n[action "); at; at = strstr(at + 1, "\n[action ")) {
        size_t size = strcspn(at + 9, "]"), found = 0;
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
            found += strlen(cells[i].action) == size && strncmp(cells[i].action, at + 9, size) == 0;
        if (found != 1)
            fail_msg("[action %.*s] has no row in this test", (int)size, at + 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_card_lives_from_receipt_to_closing), IN_TOWN(numbers_have_no_gaps_and_begin_anew_each_year),
        IN_TOWN(requests_are_decided_by_another), IN_TOWN(a_grant_begins_with_the_date_asked_for_or_of_several_with_the_term),
        IN_TOWN(a_term_beyond_the_law_needs_additional_control),
        IN_TOWN(parts_of_co_executors_come_first), IN_TOWN(who_is_complained_about_neither_sees_nor_decides),
        IN_TOWN(two_officials_at_once_the_second_is_told), IN_TOWN(hatred_is_not_processed_by_two_hands), IN_TOWN(not_ours_is_forwarded),
        IN_TOWN(an_official_says_which_question_of_the_classifier_it_is),
        IN_TOWN(the_work_leaves_a_trace), IN_TOWN(poor_work_has_consequences), IN_TOWN(people_with_privileges_come_first),
        IN_TOWN(nobody_outside_sees_a_card), IN_TOWN(whoever_leaves_leaves_no_card_behind),
        IN_TOWN(a_part_of_whoever_left_stops_nobody), IN_TOWN(a_part_of_whoever_left_goes_to_another_found_by_whoever_decides),
        IN_TOWN(what_cannot_be_done_says_so_before_its_form),
        IN_TOWN(nights_are_waited_for_and_misses_are_escalated), IN_TOWN(every_action_is_its_role_s_and_nobody_else_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
