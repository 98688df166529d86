/* SPDX-License-Identifier: MPL-2.0
 * Files of cards: the archive keeps them whatever becomes of who brought them, and lets them go when its time is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases_town.h"

#include <cmocka.h>

enum { DAY_H = 24, RETENTION_DAYS = 1826 };

static const char *citizen(int who, int card, const char *what)
{
    return town_ask("citizen", ask("citizen=%d&card=%d&%s", who, card, what), NULL);
}

static void erase(const char *chat) { town_say(chat, "/mydata"), town_say(chat, "Видалити все"), town_say(chat, "Так"); }

static int open_with(const char *files) { return town_open_card(ask("citizen=1&files=%s", files)); }

static void erasing_a_citizen_leaves_the_files_of_the_card_and_takes_the_others(void **state)
{
    (void)state;
    town_declare();
    const char *photo = town_send("a", "яма.jpg"), *other = town_send("a", "кіт.jpg");
    int card = open_with(photo);
    const char *later = town_send("a", "ще.png");
    assert_string_equal(citizen(1, card, ask("do=add&words=Ось&files=%s", later)), "");
    assert_true(town_has_file(photo) && town_has_file(later) && town_has_file(other));
    erase("a");
    SAYS(said, "Усе видалено");
    SAYS(town_show(RESPONSIBLE, card), photo);
    SAYS(town_show(RESPONSIBLE, card), later);
    assert_true(town_has_file(photo) && town_has_file(later));
    assert_false(town_has_file(other));
}

static void what_a_citizen_may_know_of_themselves_names_the_files_of_their_cards(void **state)
{
    (void)state;
    town_declare();
    const char *files = ask("%s\n%s", town_send("a", "яма.jpg"), town_send("a", "акт.pdf"));
    open_with(files);
    town_say("a", "/mydata"), town_say("a", "Показати");
    SAYS(said, "яма.jpg");
    SAYS(said, "акт.pdf");
}

/* From the address to the proposal, with a photo of the work. */
static void work_on(int card, const char *executed)
{
    DONE(RESPONSIBLE, card, "address", "decider=2&term=month");
    DONE(MAYOR, card, "appoint", "executors=4");
    DONE(WATER, card, "accept", "comment=Беремо");
    DONE(WATER, card, "review", "comment=Переглянуто");
    DONE(WATER, card, "confirm-competence", "comment=Наше");
    DONE(WATER, card, "propose", ask("outcome=done&answer=Трубу замінили&comment=Так&executed=%s", executed));
}

static void the_night_forgets_who_wrote_and_their_files_when_the_archive_s_time_is_over(void **state)
{
    (void)state;
    town_declare();
    const char *photo = town_send("a", "яма.jpg"), *executed = town_send("executor", "готово.jpg"), *young = town_send("c", "нова.jpg");
    int card = open_with(photo);
    work_on(card, executed);
    assert_string_equal(citizen(1, card, "do=rate&verdict=1&words=Дякую"), "");
    DONE(RESPONSIBLE, card, "close", "comment=Так");
    erase("a");
    town_wait((RETENTION_DAYS - 1) * DAY_H);
    SAYS(town_show(RESPONSIBLE, card), "applicant=Коваль");
    assert_true(town_has_file(photo));
    int still_open = town_open_card(ask("files=%s", young));
    town_wait(2 * DAY_H);
    const char *page = town_show(RESPONSIBLE, card);
    SAYS(page, "applicant=  \n");
    SAYS(page, "essence=\n");
    SAYS(page, "received-files=\n");
    SAYS(page, "number=Г-2026-1");
    SAYS(page, ask("executed=%s", executed));
    assert_null(strstr(page, "Дякую"));
    assert_false(town_has_file(photo));
    assert_true(town_has_file(executed));
    assert_null(strstr(town_ask("list", "clerk=1&search=Коваль&stage=closed", NULL), ask("row %d", card)));
    SAYS(town_show(RESPONSIBLE, still_open), "applicant=Коваль");
}

static void a_repeated_card_keeps_the_photo_that_both_have(void **state)
{
    (void)state;
    town_declare();
    int card = open_with("");
    work_on(card, town_send("executor", "готово.jpg"));
    const char *still = town_send("a", "досі тече.jpg");
    SAYS(citizen(1, card, ask("do=rate&verdict=3&words=Тече&files=%s", still)), "Г-2026-2");
    town_wait((RETENTION_DAYS + 1) * DAY_H);
    SAYS(town_show(RESPONSIBLE, card), "applicant=  \n");
    assert_true(town_has_file(still));
    assert_string_equal(citizen(1, card + 1, "do=withdraw&words=Уже ні"), "");
    town_wait((RETENTION_DAYS + 1) * DAY_H);
    SAYS(town_show(RESPONSIBLE, card + 1), "applicant=  \n");
    assert_false(town_has_file(still));
}

/* Nothing in the town's files tells whose they were. */
static void who_is_unknown_is_not_known_by_their_files(void **state)
{
    (void)state;
    assert_string_equal(town_ask("declare", "flags=1", town_regulation("communal.ini")), "");
    const char *photo = town_send("a", "яма.jpg");
    int card = open_with(photo);
    assert_int_equal(card, 1);
    erase("a");
    assert_true(town_has_file(photo));
}

/* ---- kinds ---- */

static void a_proof_of_execution_is_seen_a_proof_of_consideration_is_read(void **state)
{
    (void)state;
    town_declare();
    int card = open_with("");
    const char *paper = town_send("executor", "акт.pdf"), *photo = town_send("executor", "готово.jpg");
    const char *propose = "outcome=done&answer=Замінили&comment=Так";
    work_on(card, photo);
    DONE(RESPONSIBLE, card, "return", "reason=Де акт?&comment=Ні");
    const char *refusal = town_act(WATER, card, "propose", ask("%s&executed=%s\n%s", propose, photo, paper));
    SAYS(refusal, "«Підтвердження виконання»: файл «акт.pdf» сюди не підходить. Підійдуть: фото, відео.");
    SAYS(refusal, "усе інше, що Ви написали, збережено");
    SAYS(town_show(WATER, card), "state=Компетенцію підтверджено");
    SAYS(town_act(WATER, card, "propose", ask("%s&executed=no-such-file", propose)), "цього файлу вже немає");
    DONE(WATER, card, "propose", ask("%s&executed=%s&considered=%s", propose, photo, paper));
}

static void what_an_applicant_brings_is_of_a_kind_that_the_regulation_takes(void **state)
{
    (void)state;
    assert_string_equal(town_ask("declare", "", ask("%s\n[field files]\ntakes = photo", town_regulation("small-town.ini"))), "");
    const char *words = town_send("a", "опис.txt"), *photo = town_send("a", "яма.jpg");
    const char *form = "citizen=1&surname=Коваль&essence=Яма";
    SAYS(town_ask("open", ask("%s&files=%s", form, words), NULL), "«Файли»: файл «опис.txt» сюди не підходить. Підійдуть: фото.");
    SAYS(town_ask("open", ask("%s&files=%s", form, photo), NULL), "Г-2026-1");
    SAYS(citizen(1, 1, ask("do=add&words=Ось&files=%s", words)), "сюди не підходить");
    assert_null(strstr(town_show(RESPONSIBLE, 1), "Ось"));
    assert_string_equal(citizen(1, 1, ask("do=add&words=Ось&files=%s", photo)), "");
}

static void a_field_of_a_type_s_own_has_its_kinds_and_its_files_are_the_card_s(void **state)
{
    (void)state;
    town_declare();
    const char *photo = town_send("a", "яма.jpg"), *scheme = town_send("a", "схема.pdf");
    const char *form = "citizen=1&surname=Коваль&essence=Яма";
    SAYS(town_ask("open", ask("%s&scheme=%s", form, photo), NULL), "«Схема»: файл «яма.jpg» сюди не підходить. Підійдуть: документ.");
    SAYS(town_ask("open", ask("%s&scheme=%s", form, scheme), NULL), "Г-2026-1");
    erase("a");
    SAYS(town_show(RESPONSIBLE, 1), ask("scheme=%s", scheme));
    assert_true(town_has_file(scheme));
    assert_false(town_has_file(photo));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(erasing_a_citizen_leaves_the_files_of_the_card_and_takes_the_others),
        IN_TOWN(what_a_citizen_may_know_of_themselves_names_the_files_of_their_cards),
        IN_TOWN(the_night_forgets_who_wrote_and_their_files_when_the_archive_s_time_is_over),
        IN_TOWN(a_repeated_card_keeps_the_photo_that_both_have),
        IN_TOWN(who_is_unknown_is_not_known_by_their_files),
        IN_TOWN(a_proof_of_execution_is_seen_a_proof_of_consideration_is_read),
        IN_TOWN(a_field_of_a_type_s_own_has_its_kinds_and_its_files_are_the_card_s),
        IN_TOWN(what_an_applicant_brings_is_of_a_kind_that_the_regulation_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
