/* SPDX-License-Identifier: MPL-2.0 */
#include "config/town.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "folder.h"

#define NAMED "[town]\nname.uk = Крижопільська громада\n"

static struct town_config town;

static void read_good(const char *text)
{
    struct fail fail = {0};
    if (!town_read(&town, folder_put("kryzhopil.ini", text), NULL, &fail))
        fail_msg("%s", fail.words);
}

static void refuse(const char *text, const char *words)
{
    struct fail fail = {0};
    if (town_read(&town, folder_put("kryzhopil.ini", text), NULL, &fail))
        fail_msg("taken: %s", text);
    if (!strstr(fail.words, "kryzhopil.ini") || !strstr(fail.words, words))
        fail_msg("expected “%s”, got: %s", words, fail.words);
}

static void a_name_is_enough(void **state)
{
    (void)state;
    read_good(NAMED);
    assert_string_equal(town.id, "kryzhopil");
    assert_string_equal(town.languages, "uk en");
    assert_string_equal(town.zone, "Europe/Kyiv");
    assert_string_equal(town.site, "");
    assert_int_equal(town.pilot, 0);
    assert_true(town.latitude == 0 && town.longitude == 0);
    assert_int_equal(town.block_count, 0);
    assert_int_equal(town.plugin_count, 0);
    town_config_close(&town);
}

static void everything_of_a_town_is_read(void **state)
{
    (void)state;
    read_good(NAMED "name.en = Kryzhopil community\nlanguages = uk  en sr-Latn\nlatitude = 48.3794\nlongitude = -28.8645\n"
                    "site = https://k.ua\nphone = +380 4340 0 00 00\nemblem = К\npilot = yes\n");
    assert_string_equal(town.languages, "uk en sr-Latn");
    assert_true(town.latitude > 48.3793 && town.latitude < 48.3795);
    assert_true(town.longitude < -28.8644 && town.longitude > -28.8646);
    assert_string_equal(town.emblem, "К");
    assert_int_equal(town.pilot, 1);
    town_config_close(&town);
}

static void words_fall_back_to_the_main_language(void **state)
{
    (void)state;
    read_good(NAMED "name.en = Kryzhopil community\n");
    assert_string_equal(town_word(&town, "name", "en"), "Kryzhopil community");
    assert_string_equal(town_word(&town, "name", "uk"), "Крижопільська громада");
    assert_string_equal(town_word(&town, "name", "hu"), "Крижопільська громада");
    assert_string_equal(town_word(&town, "intro", "en"), "");
    town_config_close(&town);
}

static void the_menu_keeps_the_order_of_the_file(void **state)
{
    (void)state;
    read_good(NAMED "[menu]\nservices = /directory\n  /cnap\nservices.label.uk = Послуги\ncabinet = /mydata\n");
    assert_int_equal(town.block_count, 2);
    assert_string_equal(town.blocks[0].name, "services");
    assert_string_equal(town.blocks[0].items, "/directory\n/cnap");
    assert_string_equal(town_label(&town, &town.blocks[0], "uk"), "Послуги");
    assert_string_equal(town_label(&town, &town.blocks[0], "en"), "Послуги");
    assert_string_equal(town.blocks[1].name, "cabinet");
    assert_null(town_label(&town, &town.blocks[1], "uk"));
    town_config_close(&town);
}

static void every_other_section_is_a_plugin(void **state)
{
    (void)state;
    read_good("[web]\n" NAMED "[hello]\nx = y\n[menu]\n[directory]\n");
    assert_int_equal(town.plugin_count, 3);
    assert_string_equal(town.plugins[0], "web");
    assert_string_equal(town.plugins[1], "hello");
    assert_string_equal(town.plugins[2], "directory");
    town_config_close(&town);
}

static void what_is_wrong_has_its_place_and_remedy(void **state)
{
    (void)state;
    refuse("[web]\n", "no section [town]");
    refuse("[town]\nzone = Europe/Kyiv\n", "lacks the key 'name.<language>'");
    refuse("[town]\nname.en = K\n", "Add: name.uk");
    refuse("[town]\nname.uk =\n", "Add: name.uk");
    refuse(NAMED "languages = uk EN uk\n", "'uk' is no language code, or stands there twice");
    refuse(NAMED "languages = uk e\n", "'e' is no language code");
    refuse(NAMED "name.ua = K\n", "kryzhopil.ini:3: [town] name.ua: 'ua' is no language of this town");
    refuse(NAMED "latitude = 48.1\n", "only one of latitude and longitude");
    refuse(NAMED "latitude = 91\nlongitude = 28\n", "latitude: '91'");
    refuse(NAMED "latitude = inf\nlongitude = 28\n", "latitude: 'inf'");
    refuse(NAMED "latitude = 48,1\nlongitude = 28\n", "48,1");
    refuse(NAMED "pilots = yes\n", "Did you mean 'pilot'?");
    refuse(NAMED "emblem = Герб\n", "0 to 2 characters");
    refuse(NAMED "[menu]\nservices =\n", "kryzhopil.ini:4: [menu] services");
    refuse(NAMED "[menu]\nПослуги = /directory\n", "a-z");
    refuse(NAMED "[menu]\nservices.label.uk = Послуги\n", "a block that is not there above it");
    refuse(NAMED "[menu]\nservices = /x\nservices.label.ua = Послуги\n", "'ua' is no language");
    refuse(NAMED "[../evil]\n", "no name of a plugin");
}

static void the_files_name_is_the_towns_id(void **state)
{
    (void)state;
    static const char *const bad[] = {"Kryzhopil.ini", "крижопіль.ini", "a b.ini", ".ini", "healthz.ini", "kryzhopil.conf",
                                      "a1234567890123456789012345678901234567890.ini"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fail fail = {0};
        if (town_read(&town, folder_put(bad[i], NAMED), NULL, &fail))
            fail_msg("taken: %s", bad[i]);
        assert_non_null(strstr(fail.words, "a town's file is called <id>.ini"));
    }
}

static void the_shipped_towns_are_good(void **state)
{
    (void)state;
    struct fail fail = {0};
    if (!town_read(&town, SOURCE_DIR "/conf/towns/kryzhopil.ini", NULL, &fail))
        fail_msg("%s", fail.words);
    assert_int_equal(town.block_count, 4);
    size_t plugins = town.plugin_count;
    town_config_close(&town);
    if (!town_read(&town, SOURCE_DIR "/conf/towns/sharhorod.ini", NULL, &fail))
        fail_msg("%s", fail.words);
    assert_true(town.plugin_count < plugins);
    town_config_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_name_is_enough),
        IN_FOLDER(everything_of_a_town_is_read),
        IN_FOLDER(words_fall_back_to_the_main_language),
        IN_FOLDER(the_menu_keeps_the_order_of_the_file),
        IN_FOLDER(every_other_section_is_a_plugin),
        IN_FOLDER(what_is_wrong_has_its_place_and_remedy),
        IN_FOLDER(the_files_name_is_the_towns_id),
        IN_FOLDER(the_shipped_towns_are_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
