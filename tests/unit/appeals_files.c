/* SPDX-License-Identifier: MPL-2.0
 * Files in the chat, where the regulation takes photos only: whoever sends something else is told so at once, and their words stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases_town.h"
#include "folder.h"

#include <cmocka.h>

static int open_town(void **state)
{
    struct buf regulation = {.cap = 1 << 20};
    struct talk_plan plan = {.plugin = BUILD_DIR "/plugins/appeals/appeals.so", .names = "calendar cases tracking", .options = {.cap = 4096}};
    if (folder_make(state) != 0 || !buf_read_file(&regulation, SOURCE_DIR "/conf/regulations/small-town.ini"))
        return -1;
    buf_print(&regulation, "\n[field files]\ntakes = photo\n");
    buf_print(&plan.options, "regulation = %s\n", folder_put("photos.ini", buf_str(&regulation)));
    int opened = town_open_plan(plan);
    buf_free(&regulation);
    buf_free(&plan.options);
    return opened;
}

static int close_town(void **state) { return town_close_gate(state) == 0 ? folder_drop(state) : -1; }

/* What is answered to a series of words; "@name" is a file. */
#define HEARS(part, ...) hears(part, (const char *const[]){__VA_ARGS__, NULL})
static void hears(const char *part, const char *const *lines)
{
    *said = '\0';
    for (; *lines; lines++)
        if (**lines == '@')
            town_upload("a", *lines + 1);
        else
            town_say("a", *lines);
    if (!strstr(said, part))
        fail_msg("not said: %s\n%s", part, said);
}

static void writes_an_appeal(void)
{
    HEARS("своїми словами", "/appeals", "Поскаржитися", "ЦНАП");
    HEARS("файл «опис.txt» сюди не підходить. Підійдуть: фото", "Ліфт не працює вже тиждень.", "@яма.jpg", "@опис.txt", "Готово");
    HEARS("Надішліть файли, які підходять", "Готово");
    HEARS("«відео.txt» сюди не підходить", "@відео.txt", "Готово");
    HEARS("прізвище", "@ліфт.jpg", "Готово");
}

static void an_appeal_keeps_its_words_when_a_file_does_not_fit(void **state)
{
    (void)state;
    writes_an_appeal();
    HEARS("Ліфт не працює вже тиждень.", "Коваль Олена Петрівна", "вул. Шкільна, 5", "067 123 45 67");
    SAYS(said, "Додано 1 файл");
    HEARS("зареєстровано", "Надіслати");
}

static void what_is_added_to_a_card_keeps_its_words_too(void **state)
{
    (void)state;
    writes_an_appeal();
    HEARS("зареєстровано", "Коваль Олена Петрівна", "вул. Шкільна, 5", "067 123 45 67", "Надіслати");
    HEARS("сюди не підходить", "/mine_write 1", "Диспетчер не відповідає.", "@лист.pdf", "Готово");
    HEARS("Дописано", "Пропустити");
    HEARS("Диспетчер не відповідає.", "/mine history 1");
    HEARS("сюди не підходить", "/mine_write 1", "@лист.pdf", "Готово");
    HEARS("№ Г-2026-1", "Пропустити");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_appeal_keeps_its_words_when_a_file_does_not_fit, open_town, close_town),
        cmocka_unit_test_setup_teardown(what_is_added_to_a_card_keeps_its_words_too, open_town, close_town),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
