/* SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <viche/plugin.h> /* before cmocka, whose fail() is a macro */

#include "gateway/proof.h"

#include <cmocka.h>

/* Case 2 of RFC 4231. */
#define SECRET "Jefe"
#define BODY "what do ya want for nothing?"
#define MAC "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

struct world {
    struct arena *arena;
    struct secrets secrets;
    struct target target;
};

static int open_world(void **state)
{
    static struct world world;
    world = (struct world){.arena = arena_new(), .target = {.town = "kryzhopil"}};
    char path[] = "/tmp/viche-unit-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, SECRET "\n", sizeof SECRET), sizeof SECRET);
    close(fd);
    assert_true(secret_load(&world.secrets, "kryzhopil", "viber/token", path));
    unlink(path);
    *state = &world;
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;
    secret_close(&world->secrets);
    arena_free(world->arena);
    return 0;
}

/* Somebody calls with this header, or with none. */
static bool holds(struct world *world, uint32_t proof, const char *secret, const char *shown, const char *body)
{
    struct pair headers[] = {{"accept", "*/*"}, {shown ? "x-proof" : NULL, shown}, {NULL, NULL}};
    struct exchange exchange = {.arena = world->arena, .target = &world->target, .headers = headers};
    buf_text(&exchange.body, body);
    const struct crew_route route = {.pattern = "/viber/webhook", .proof = proof, .proof_header = "x-proof", .proof_secret = secret};
    bool answer = proof_holds(&world->secrets, &route, &exchange);
    assert_string_equal(exchange_header(&exchange, "x-proof"), ""); /* the worker never sees it */
    assert_string_equal(exchange_header(&exchange, "accept"), "*/*");
    buf_free(&exchange.body);
    return answer;
}

static void the_secret_itself_opens_and_nothing_near_it(void **state)
{
    static const char *const wrong[] = {NULL, "", "Jef", "Jefee", "jefe", MAC};
    assert_true(holds(*state, VICHE_PROOF_SECRET, "viber/token", SECRET, BODY));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(holds(*state, VICHE_PROOF_SECRET, "viber/token", wrong[i], BODY));
}

static void a_signature_holds_for_its_body_only(void **state)
{
    assert_true(holds(*state, VICHE_PROOF_HMAC, "viber/token", MAC, BODY));
    assert_false(holds(*state, VICHE_PROOF_HMAC, "viber/token", MAC, "what do ya want for nothing!"));
    assert_false(holds(*state, VICHE_PROOF_HMAC, "viber/token", MAC, ""));
    assert_false(holds(*state, VICHE_PROOF_HMAC, "viber/token", SECRET, BODY));
    assert_false(holds(*state, VICHE_PROOF_HMAC, "viber/token", NULL, BODY));
}

static void a_secret_that_is_not_set_opens_nothing(void **state)
{
    assert_false(holds(*state, VICHE_PROOF_SECRET, "telegram/token", SECRET, BODY));
    assert_false(holds(*state, VICHE_PROOF_SECRET, "telegram/token", "", BODY));
    assert_false(holds(*state, VICHE_PROOF_HMAC, "telegram/token", MAC, BODY));
}

static void a_kind_of_tomorrow_opens_nothing(void **state)
{
    assert_false(holds(*state, 99, "viber/token", SECRET, BODY));
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
#define PROMISE(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        PROMISE(the_secret_itself_opens_and_nothing_near_it),
        PROMISE(a_signature_holds_for_its_body_only),
        PROMISE(a_secret_that_is_not_set_opens_nothing),
        PROMISE(a_kind_of_tomorrow_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
