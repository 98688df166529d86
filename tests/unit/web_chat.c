/* SPDX-License-Identifier: MPL-2.0 */
#include "web_fake.h"

#include "channels/web/web.c"
#include "channels/web/web_chat.c"
#include "channels/web/web_files.c"
#include "channels/web/web_gate.c"
#include "channels/web/web_json.c"
#include "channels/web/web_official.c"
#include "channels/web/web_page.c"
#include "channels/web/web_qr.c"

static const struct viche_pair none[] = {{0}};

static struct viche_http request(const char *body)
{
    return (struct viche_http){
        .size = sizeof(struct viche_http), .method = "POST", .path = "/", .body = body, .body_size = (uint32_t)strlen(body),
        .query = none, .headers = none, .origin = "https://chat.example"};
}

/* As the chat of this token, asking for the chat of `chat`. */
static struct viche_http as(struct fake *f, const char *token, const char *chat, const char *body)
{
    struct viche_http http = request(body);
    struct viche_pair *headers = arena_alloc(f->arena, 2 * sizeof *headers);
    headers[0] = (struct viche_pair){"authorization", arena_print(f->arena, "Bearer %s", token)};
    http.headers = headers;
    f->path[0] = (struct viche_pair){"chat", chat};
    return http;
}

static struct fake *knowing(void **state, const char *known)
{
    struct fake *f = *state;
    f->known = known;
    return f;
}

static void put_old(struct fake *f, uint64_t id)
{
    struct viche_message *old = &f->history[f->history_count++];
    *old = (struct viche_message){.size = sizeof *old, .id = id, .at = 1, .text = "x"};
}

static void starts_a_chat_whose_address_is_the_hash_of_its_token(void **state)
{
    struct fake *f = *state;
    struct viche_http http = request("{\"language\":\"en\",\"start\":\"cnap\"}");
    web_start(&f->turn, &http);
    assert_int_equal(f->status, 201);
    assert_int_equal(f->event.kind, VICHE_EVENT_START);
    assert_string_equal(f->event.text, "cnap");
    assert_string_equal(f->event.language, "en");
    const char *token = f->event.address + strlen("hash-of-");
    assert_int_equal(strlen(token), 43);
    const char *wanted = arena_print(f->arena, "{\"chat\":\"hash-of-%s\",\"token\":\"%s\"}", token, token);
    assert_string_equal(f->body, wanted);
}

static void a_broken_wish_starts_nothing(void **state)
{
    struct fake *f = *state;
    struct viche_http http = request("{\"language\":");
    web_start(&f->turn, &http);
    assert_int_equal(f->status, 400);
    assert_int_equal(f->events, 0);
    assert_non_null(strstr(f->body, "\"code\":\"bad-json\""));
    assert_non_null(strstr(f->body, "line 1"));
}

static void the_key_decides_who_may_come_in(void **state)
{
    static const struct {
        const char *token, *chat;
        uint32_t status;
        const char *code;
    } doors[] = {
        {"forged", "hash-of-a", 401, "bad-token"},
        {"b", "hash-of-a", 403, "not-yours"},
        {"b", "hash-of-nobody", 404, "not-here"},
        {"erased", "hash-of-erased", 404, "not-here"},
        {"a", "hash-of-a", 202, "\"from\":\"me\""},
    };
    struct fake *f = knowing(state, "hash-of-a hash-of-b");
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        struct viche_http http = as(f, doors[i].token, doors[i].chat, "{\"origin\":\"1\",\"text\":\"добрий день\"}");
        web_messages(&f->turn, &http);
        assert_int_equal(f->status, doors[i].status);
        assert_non_null(strstr(f->body, doors[i].code));
    }
    struct viche_http http = as(f, "a", "hash-of-a", "{}");
    http.headers = none;
    web_messages(&f->turn, &http);
    assert_int_equal(f->status, 401);
    assert_string_equal(fake_header(f, "www-authenticate"), "Bearer");
    assert_int_equal(f->events, 1);
}

static void origins_of_two_chats_never_meet(void **state)
{
    struct fake *f = knowing(state, "hash-of-a hash-of-b");
    struct viche_http http = as(f, "a", "hash-of-a", "{\"origin\":\"1\",\"value\":\"/menu\",\"label\":\"Меню\"}");
    web_messages(&f->turn, &http);
    assert_string_equal(f->event.origin, "hash-of-a.1");
    assert_int_equal(f->event.kind, VICHE_EVENT_BUTTON);
    assert_string_equal(f->event.text, "Меню");
    http = as(f, "b", "hash-of-b", "{\"origin\":\"1\",\"place\":{\"latitude\":48.5,\"longitude\":28}}");
    web_messages(&f->turn, &http);
    assert_string_equal(f->event.origin, "hash-of-b.1");
    assert_int_equal(f->event.kind, VICHE_EVENT_PLACE);
    assert_true(f->event.latitude > 48.4);
}

static void every_tab_hears_what_was_said_under_its_id(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    struct viche_http http = as(f, "a", "hash-of-a", "{\"origin\":\"k\",\"text\":\"рядок\\nдругий\"}");
    web_messages(&f->turn, &http);
    assert_string_equal(f->pushed, "id: 1\nevent: message\ndata: {\"id\":1,\"at\":1763740800,\"from\":\"me\","
                                   "\"text\":\"рядок\\nдругий\",\"origin\":\"k\"}\n\n");
}

static void events_give_what_came_after_and_then_stream(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    for (uint32_t i = 0; i < 3; i++)
        put_old(f, i + 5);
    struct viche_http http = as(f, "a", "hash-of-a", "");
    const struct viche_pair after[] = {{"after", "5"}, {0}};
    http.query = after;
    web_events(&f->turn, &http);
    assert_int_equal(f->status, 200);
    assert_null(strstr(f->body, "id: 5\n"));
    assert_non_null(strstr(f->body, "id: 6\n"));
    assert_non_null(strstr(f->body, "event: ready\n"));
    assert_string_equal(f->streamed, "hash-of-a");
    assert_int_equal(f->streamed_from, 7);
}

static void a_long_history_comes_in_pages(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    for (uint32_t i = 0; i < 201; i++)
        put_old(f, i + 1);
    struct viche_http http = as(f, "a", "hash-of-a", "");
    web_events(&f->turn, &http);
    assert_non_null(strstr(f->body, "id: 200\n"));
    assert_non_null(strstr(f->body, "event: more\n"));
    assert_null(f->streamed);
}

static void a_last_id_that_is_no_number_is_refused(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    struct viche_http http = as(f, "a", "hash-of-a", "");
    const struct viche_pair after[] = {{"after", "-1"}, {0}};
    http.query = after;
    web_events(&f->turn, &http);
    assert_int_equal(f->status, 400);
}

static void a_file_sent_twice_is_kept_once(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    struct viche_http http = as(f, "a", "hash-of-a", "");
    const struct viche_pair query[] = {{"origin", "k"}, {"name", "../../яма.jpg"}, {0}};
    http.query = query;
    http.file = "upload-1";
    http.file_size = 10;
    web_upload(&f->turn, &http);
    assert_int_equal(f->status, 201);
    assert_string_equal(f->event.file, "kept-upload-1-яма.jpg");
    web_upload(&f->turn, &http);
    assert_int_equal(f->status, 201);
    assert_int_equal(f->events, 1);
    f->files_refused = true;
    const struct viche_pair again[] = {{"origin", "k2"}, {0}};
    http.query = again;
    web_upload(&f->turn, &http);
    assert_int_equal(f->status, 415);
    assert_int_equal(f->events, 1);
}

static void only_files_of_the_chats_history_come_down(void **state)
{
    struct fake *f = knowing(state, "hash-of-a");
    for (uint32_t i = 0; i < 300; i++)
        put_old(f, i + 1);
    f->history[250].files = fake_files(f, "mine");
    struct viche_http http = as(f, "a", "hash-of-a", "");
    f->path[1] = (struct viche_pair){"file", "theirs"};
    web_download(&f->turn, &http);
    assert_int_equal(f->status, 404);
    assert_null(f->file_replied);
    f->path[1].value = "mine";
    web_download(&f->turn, &http);
    assert_string_equal(f->file_replied, "mine");
}

static void only_listed_sites_may_embed(void **state)
{
    static const struct {
        const char *site;
        bool allowed;
    } sites[] = {
        {"https://school.example", true}, {"https://chat.example", true}, {"http://chat.example:80", true},
        {"https://school.example.evil", false}, {"https://school", false}, {"null", false},
    };
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
        struct fake *f = *state;
        f->header_count = f->status = 0;
        const struct viche_pair headers[] = {{"origin", sites[i].site}, {"host", "chat.example:80"}, {0}};
        struct viche_http http = request("");
        http.headers = headers;
        web_preflight(&f->turn, &http);
        assert_int_equal(f->status, sites[i].allowed ? 204 : 403);
        const char *told = fake_header(f, "access-control-allow-origin");
        assert_true(sites[i].allowed ? text_is(told, sites[i].site) : told == NULL);
    }
}

static void the_page_escapes_every_word_and_drops_unsafe_links(void **state)
{
    struct fake *f = *state;
    struct viche_http http = request("");
    const struct viche_pair headers[] = {{"accept-language", "en-GB, uk;q=0.5"}, {0}};
    http.headers = headers;
    web_page(&f->turn, &http);
    assert_int_equal(f->status, 200);
    assert_string_equal(f->languages_asked, "en-GB, uk;q=0.5");
    assert_non_null(strstr(f->body, "<h1>Крижопіль &lt;b&gt;</h1>"));
    assert_non_null(strstr(f->body, "https://t.me/kryzhopil_bot?start=&quot;&lt;x&gt;"));
    assert_null(strstr(f->body, "javascript:"));
    assert_non_null(strstr(f->body, "tel:+380434021234"));
    assert_non_null(strstr(f->body, "/kryzhopil/web/qr/telegram.svg"));
    assert_non_null(strstr(fake_header(f, "content-security-policy"), "default-src 'none'"));
}

static void a_code_is_drawn_for_channels_the_town_has(void **state)
{
    struct fake *f = *state;
    struct viche_http http = request("");
    f->path[0] = (struct viche_pair){"channel", "telegram.svg"};
    web_qr(&f->turn, &http);
    assert_int_equal(f->status, 200);
    assert_string_equal(f->type, "image/svg+xml");
    f->path[0].value = "viber.svg";
    web_qr(&f->turn, &http);
    assert_int_equal(f->status, 404);
}

static void a_link_carries_its_payload_escaped(void **state)
{
    struct fake *f = *state;
    assert_string_equal(deep_link(&f->turn, "a b&ї"), "https://chat.example/kryzhopil/?start=a%20b%26%D1%97");
}

int main(void)
{
#define ON_PAPER(test) cmocka_unit_test_setup_teardown(test, fake_open, fake_close)
    const struct CMUnitTest tests[] = {
        ON_PAPER(starts_a_chat_whose_address_is_the_hash_of_its_token),
        ON_PAPER(a_broken_wish_starts_nothing),
        ON_PAPER(the_key_decides_who_may_come_in),
        ON_PAPER(origins_of_two_chats_never_meet),
        ON_PAPER(every_tab_hears_what_was_said_under_its_id),
        ON_PAPER(events_give_what_came_after_and_then_stream),
        ON_PAPER(a_long_history_comes_in_pages),
        ON_PAPER(a_last_id_that_is_no_number_is_refused),
        ON_PAPER(a_file_sent_twice_is_kept_once),
        ON_PAPER(only_files_of_the_chats_history_come_down),
        ON_PAPER(only_listed_sites_may_embed),
        ON_PAPER(the_page_escapes_every_word_and_drops_unsafe_links),
        ON_PAPER(a_code_is_drawn_for_channels_the_town_has),
        ON_PAPER(a_link_carries_its_payload_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
