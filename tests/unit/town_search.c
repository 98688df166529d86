/* SPDX-License-Identifier: MPL-2.0 */
#include "town/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "store/migrate.h"

#include <cmocka.h>

static const struct {
    const char *id, *language, *title, *text;
    uint32_t weight;
} entries[] = {
    {"cnap", "uk", "ЦНАП Крижопільської громади", "центр надання адміністративних послуг паспорт довідки прописка Героїв України", 60},
    {"/cnap", "uk", "ЦНАП", "cnap центр адміністративних послуг адреса години роботи графік коли ви працюєте", 0},
    {"cnap-en", "en", "Administrative Services Centre (CNAP)", "цнап passport certificates residence registration", 80},
    {"cnap-horodkivka", "uk", "Віддалене робоче місце ЦНАП у Городківці", "центр надання адміністративних послуг", 0},
    {"council", "uk", "Крижопільська селищна рада", "селищний голова мерія сільрада виконком", 60},
    {"school-1", "uk", "Ліцей № 1", "школа гімназія освіта Шкільна", 0},
    {"school-2", "uk", "Ліцей № 2", "школа освіта Соборна", 0},
    {"school-en", "en", "Lyceum No. 1", "school education", 0},
    {"kindergarten", "uk", "Дитячий садок «Сонечко»", "дитсадок садочок дошкільний заклад ясла Лісова", 0},
    {"hospital", "uk", "Крижопільська лікарня", "больница стаціонар приймальне відділення хірург роддом пологовий", 60},
    {"hospital-en", "en", "Kryzhopil Hospital", "doctor ward", 60},
    {"clinic", "uk", "Поліклініка", "амбулаторія лікар сімейний терапевт щеплення аналізи", 0},
    {"pharmacy", "uk", "Аптека «Здоров’я»", "ліки таблетки рецепт Соборна", 0},
    {"pharmacy-2", "uk", "Аптека № 7", "ліки лекарства Шкільна", 0},
    {"pharmacy-en", "en", "Zdorovia Pharmacy", "chemist medicine drugstore", 0},
    {"vet", "uk", "Ветеринарна лікарня", "ветеринар тварини собака щеплення", 0},
    {"post", "uk", "Укрпошта, відділення 24600", "почта посилка лист пенсія індекс", 0},
    {"nova", "uk", "Нова пошта, відділення 1", "посилка доставка", 0},
    {"bank", "uk", "ПриватБанк", "банкомат гроші картка", 0},
    {"water", "uk", "Водоканал", "вода водопостачання каналізація аварія немає води лічильник", 0},
    {"light", "uk", "Район електромереж", "світло електрика обленерго свет немає світла", 0},
    {"gas", "uk", "Газова служба", "газ витік газу лічильник", 0},
    {"waste", "uk", "Комунальне підприємство «Чисте місто»", "сміття вивезення сміття мусор благоустрій", 0},
    {"roads", "uk", "Повідомити про яму на дорозі", "асфальт яма дорога тротуар ремонт дороги", 0},
    {"repairs", "uk", "Ремонти й перекриття", "асфальт дорога ремонт рух", 0},
    {"bus", "uk", "Автостанція", "автобус автовокзал розклад маршрутка квиток", 0},
    {"train", "uk", "Залізничний вокзал", "поїзд потяг поезд електричка квиток станція", 0},
    {"culture", "uk", "Будинок культури", "клуб концерт гурток кіно", 0},
    {"library", "uk", "Центральна бібліотека", "книги читати читальня", 0},
    {"library-en", "en", "Central Library", "books reading", 0},
    {"museum", "uk", "Краєзнавчий музей", "історія виставка екскурсія", 0},
    {"stadium", "uk", "Стадіон «Колос»", "спорт футбол секція басейн", 0},
    {"police", "uk", "Відділення поліції", "міліція милиция крадіжка дільничний 102", 0},
    {"fire", "uk", "Пожежно-рятувальна частина", "пожежа рятувальники дснс 101", 0},
    {"social", "uk", "Управління соціального захисту", "субсидія допомога пенсія інвалідність впо переселенці", 0},
    {"employment", "uk", "Центр зайнятості", "безробіття вакансії шукати роботу допомога по безробіттю", 0},
    {"pension", "uk", "Пенсійний фонд", "пенсія стаж", 0},
    {"tax", "uk", "Податкова служба", "податки ФОП декларація налоговая", 0},
    {"market", "uk", "Районний ринок", "базар рынок овочі", 0},
    {"church", "uk", "Свято-Михайлівський храм", "церква священник", 0},
    {"court", "uk", "Районний суд", "суддя позов", 0},
    {"notary", "uk", "Нотаріус", "нотаріальна контора довіреність заповіт", 0},
    {"open", "uk", "Що відчинено зараз", "відкрито працює сьогодні", 0},
    {"nearest", "uk", "Найближчі установи", "поруч біля мене близько", 0},
    {"subsidy", "uk", "Як оформити субсидію", "житлова субсидія документи заява", 0},
    {"menu", "uk", "Меню", "привіт вітаю добрий день дякую", 0},
    {"feedback", "uk", "Відгук про чат-бот", "оцінити бот зауваження пропозиція", 0},
};

/* What people write, and what must stand first; NULL: nothing may be shown. */
static const struct {
    const char *language, *text, *first;
} queries[] = {
    /* as it stands there */
    {"uk", "аптека", "pharmacy"},
    {"uk", "лікарня", "hospital"},
    {"uk", "цнап", "/cnap"},
    {"uk", "ЦНАП", "/cnap"},
    {"uk", "водоканал", "water"},
    {"uk", "приватбанк", "bank"},
    {"uk", "Будинок культури", "culture"},
    {"uk", "ліцей № 1", "school-1"},
    {"uk", "ліцей 2", "school-2"},
    {"uk", "нова пошта", "nova"},
    {"uk", "аптека здоровя", "pharmacy"},
    {"uk", "аптека Здоров'я", "pharmacy"},
    {"uk", "аптека здоровʼя", "pharmacy"},
    {"uk", "ветеринарна лікарня", "vet"},
    /* word forms */
    {"uk", "асфальту", "roads"},
    {"uk", "де купити ліків", "pharmacy"},
    {"uk", "до аптеки", "pharmacy"},
    {"uk", "в аптеці", "pharmacy"},
    {"uk", "адреса лікарні", "hospital"},
    {"uk", "у поліклініку", "clinic"},
    {"uk", "сімейний лікар", "clinic"},
    {"uk", "бібліотеку", "library"},
    {"uk", "немає світла", "light"},
    {"uk", "немає води", "water"},
    {"uk", "вивіз сміття", "waste"},
    {"uk", "розклад автобусів", "bus"},
    {"uk", "коли поїзд", "train"},
    {"uk", "телефон поліції", "police"},
    {"uk", "у стадіоні", "stadium"},
    {"uk", "пожежники", "fire"},
    {"uk", "дитячого садка", "kindergarten"},
    {"uk", "оформити субсидію", "subsidy"},
    {"uk", "ями на дорозі", "roads"},
    {"uk", "ремонт дороги", "repairs"},
    {"uk", "шукаю роботу", "employment"},
    {"uk", "селищний голова", "council"},
    /* slips of the finger */
    {"uk", "асфвльт", "roads"},
    {"uk", "асфвльт на шкільній", "roads"},
    {"uk", "аптка", "pharmacy"},
    {"uk", "апетка", "pharmacy"},
    {"uk", "лікраня", "hospital"},
    {"uk", "поліклинніка", "clinic"},
    {"uk", "бібліотка", "library"},
    {"uk", "цнпа", "/cnap"},
    {"uk", "водаканал", "water"},
    {"uk", "автостанция", "bus"},
    {"uk", "пенсіний фонд", "pension"},
    {"uk", "нотаріуса", "notary"},
    /* questions */
    {"uk", "цнап коли працюе", "/cnap"},
    {"uk", "коли працює ЦНАП?", "/cnap"},
    {"uk", "Підкажіть, будь ласка, де знаходиться лікарня", "hospital"},
    {"uk", "аптека поруч", "pharmacy"},
    {"uk", "найближча аптека", "pharmacy"},
    {"uk", "номер телефону водоканалу", "water"},
    {"uk", "до котрої години працює бібліотека", "library"},
    {"uk", "а коли ви працюєте?", "/cnap"},
    {"uk", "що зараз відкрито", "open"},
    {"uk", "що поруч", "nearest"},
    {"uk", "як подати на субсидію", "subsidy"},
    {"uk", "Добрий день! Скажіть де вокзал", "train"},
    {"uk", "привіт", "menu"},
    {"uk", "Добрий день!", "menu"},
    {"uk", "дякую", "menu"},
    /* look-alike letters, another language, another habit */
    {"uk", "цнaп", "/cnap"},
    {"uk", "ЦHAП", "/cnap"},
    {"uk", "cnap", "/cnap"},
    {"uk", "больница", "hospital"},
    {"uk", "где больница", "hospital"},
    {"uk", "библиотека", "library"},
    {"uk", "стадион", "stadium"},
    {"uk", "милиция", "police"},
    {"uk", "рынок", "market"},
    {"uk", "почта", "post"},
    {"uk", "краеведческий музей", "museum"},
    {"uk", "нет света", "light"},
    {"uk", "мусор", "waste"},
    {"uk", "налоговая", "tax"},
    {"uk", "паспорт", "cnap"},
    {"uk", "автовокзал", "bus"},
    {"uk", "дит садок", "kindergarten"},
    /* English */
    {"en", "hospital", "hospital-en"},
    {"en", "where is the library?", "library-en"},
    {"en", "pharmasy", "pharmacy-en"},
    {"en", "nearest chemist", "pharmacy-en"},
    {"en", "passport", "cnap-en"},
    {"en", "schools", "school-en"},
    {"en", "цнап", "cnap-en"},
    /* nothing */
    {"uk", "кіт", NULL},
    {"uk", "привіт мене звати", NULL},
    {"uk", "", NULL},
    {"uk", "?!", NULL},
    {"uk", "ыыыы", NULL},
    {"uk", "піца", NULL},
    {"uk", "qwerty", NULL},
    {"uk", "як справи", NULL},
    {"uk", "хто виграв вчора матч", NULL},
    {"uk", "\" OR search_text MATCH \"*", NULL},
    {"en", "hello", NULL},
    {"en", "pizza", NULL},
    {"en", "thank you", NULL},
};

struct fixture {
    struct db *db;
    struct arena *arena;
};

static void put(struct db *db, const char *id, const char *language, const char *title, const char *text, uint32_t weight)
{
    struct viche_entry entry = {sizeof entry, weight, id, language, title, text, "/directory show 1"};
    search_put(db, "directory", &entry);
}

static int open_empty(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){db_open_memory(), arena_new()};
    struct fail fail;
    if (!migrate(fixture.db, "viche", search_migrations, search_migration_count, &fail)) {
        fprintf(stderr, "%s\n", fail.words);
        return -1;
    }
    db_begin(fixture.db);
    *state = &fixture;
    return 0;
}

static int open_filled(void **state)
{
    if (open_empty(state) != 0)
        return -1;
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        put(fixture->db, entries[i].id, entries[i].language, entries[i].title, entries[i].text, entries[i].weight);
    return 0;
}

static int close_all(void **state)
{
    struct fixture *fixture = *state;
    db_rollback(fixture->db);
    db_close(fixture->db);
    arena_free(fixture->arena);
    return 0;
}

static const char *first(const struct fixture *fixture, const char *language, const char *text, double *score)
{
    struct search_hit hits[3] = {{0}};
    size_t count = search_find(fixture->db, fixture->arena, language, text, hits, 3);
    *score = hits[0].score;
    return count ? hits[0].id : NULL;
}

static void finds_what_people_mean(void **state)
{
    const struct fixture *fixture = *state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        double score = 0;
        const char *got = first(fixture, queries[i].language, queries[i].text, &score);
        if (text_is(got, queries[i].first))
            continue;
        wrong++;
        fprintf(stderr, "«%s»: %s expected, %s found (%.2f)\n", queries[i].text, queries[i].first ? queries[i].first : "nothing",
                got ? got : "nothing", score);
    }
    assert_int_equal(wrong, 0);
}

static void one_clear_answer_stands_far_ahead(void **state)
{
    struct fixture *fixture = *state;
    struct search_hit hits[2] = {{0}};
    assert_true(search_find(fixture->db, fixture->arena, "uk", "водоканал", hits, 2) >= 1);
    assert_true(hits[0].score >= 0.9 && hits[1].score < 0.7);
    assert_int_equal(search_find(fixture->db, fixture->arena, "uk", "цнап коли працюе", hits, 2), 2);
    assert_true(hits[0].score >= 0.9 && hits[1].score < hits[0].score - 0.15);
}

static void folds_spellings_into_one(void **state)
{
    struct arena *arena = ((struct fixture *)*state)->arena;
    static const char *const same[][2] = {{"п’ять", "пʼять"}, {"ЦHAП", "цнап"}, {"Ёлка", "елка"}, {"ґанок", "ганок"},
                                          {"и\xCC\x86од", "йод"}, {"№ 2!", "2"}, {"Šabac", "sabac"}, {"  а – б ", "а б"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(search_fold(arena, same[i][0]), search_fold(arena, same[i][1]));
    assert_string_equal(search_fold(arena, "Plan B"), "plan b");
    assert_string_equal(search_fold(arena, "\xFF\xFE"), "");
}

static void what_is_put_again_replaces_the_old(void **state)
{
    const struct fixture *fixture = *state;
    double score = 0;
    put(fixture->db, "a", NULL, "Каток", "ковзани", 0);
    put(fixture->db, "a", NULL, "Басейн", "плавання", 0);
    assert_null(first(fixture, "uk", "ковзани", &score));
    assert_string_equal(first(fixture, "uk", "плавання", &score), "a");
    assert_int_equal(db_number(fixture->db, "SELECT count(*) FROM search", ""), 1);
}

static void dropping_leaves_no_word_behind(void **state)
{
    const struct fixture *fixture = *state;
    put(fixture->db, "a", NULL, "Заява Петренка", "приватне", 0);
    put(fixture->db, "b", NULL, "Заява", "", 0);
    search_drop(fixture->db, "directory", "a");
    assert_int_equal(db_number(fixture->db, "SELECT count(*) FROM search_word", ""), 1);
    assert_int_equal(db_number(fixture->db, "SELECT count(*) FROM search_text", ""), 1);
    search_drop(fixture->db, "directory", NULL);
    assert_int_equal(db_number(fixture->db, "SELECT count(*) FROM search_word", ""), 0);
}

static void drops_only_what_the_plugin_put(void **state)
{
    const struct fixture *fixture = *state;
    put(fixture->db, "a", NULL, "Каток", "", 0);
    search_drop(fixture->db, "faq", NULL);
    double score = 0;
    assert_string_equal(first(fixture, "uk", "каток", &score), "a");
}

/* A town's words: kinds and streets repeat, names do not. */
static void fill(const struct fixture *fixture, int count)
{
    static const char *const kinds[] = {"Аптека", "Школа", "Крамниця", "Лікарня", "Бібліотека", "Майстерня", "Їдальня", "Перукарня"};
    static const char *const syllables[] = {"ка", "ло", "ви", "не", "ста", "гор", "мі", "бур", "те", "зен", "ро", "пли"};
    for (int i = 0; i < count; i++) {
        char id[16], title[128], text[256];
        snprintf(id, sizeof id, "%d", i);
        snprintf(title, sizeof title, "%s «%s%s%s» № %d", kinds[i % 8], syllables[i % 12], syllables[i / 12 % 12],
                 syllables[i / 144 % 12], i);
        snprintf(text, sizeof text, "вулиця %s%sська %d заклад громади телефон установа послуги", syllables[i % 11],
                 syllables[i / 11 % 12], i % 90);
        put(fixture->db, id, NULL, title, text, 0);
    }
}

static void answers_within_ten_milliseconds_in_ten_thousand(void **state)
{
    const struct fixture *fixture = *state;
    fill(fixture, 10000);
    put(fixture->db, "asphalt", NULL, "Ремонт дороги", "асфальт", 0);
    static const char *const asked[] = {"асфвльту", "де аптека на вулиці", "школа каловите", "найближча лікарня", "кіт"};
    enum { ROUNDS = 20, ASKED = sizeof asked / sizeof *asked };
    clock_t start = clock(); /* of this process: others may keep the machine busy */
    double score = 0;
    for (int i = 0; i < ROUNDS; i++)
        for (size_t k = 0; k < ASKED; k++)
            first(fixture, "uk", asked[k], &score);
    double spent_ms = (double)(clock() - start) * 1000 / CLOCKS_PER_SEC / (ROUNDS * ASKED);
    fprintf(stderr, "%.2f ms a question\n", spent_ms);
    assert_string_equal(first(fixture, "uk", "асфвльту", &score), "asphalt");
    assert_true(spent_ms < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_people_mean, open_filled, close_all),
        cmocka_unit_test_setup_teardown(one_clear_answer_stands_far_ahead, open_filled, close_all),
        cmocka_unit_test_setup_teardown(folds_spellings_into_one, open_empty, close_all),
        cmocka_unit_test_setup_teardown(what_is_put_again_replaces_the_old, open_empty, close_all),
        cmocka_unit_test_setup_teardown(dropping_leaves_no_word_behind, open_empty, close_all),
        cmocka_unit_test_setup_teardown(drops_only_what_the_plugin_put, open_empty, close_all),
        cmocka_unit_test_setup_teardown(answers_within_ten_milliseconds_in_ten_thousand, open_empty, close_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
