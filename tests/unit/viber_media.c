/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_fake.h"

static uint32_t fetch(struct fake *f, const char *url)
{
    struct viche_request request = {.size = sizeof request};
    uint32_t answer = viber_fetch_file(&f->turn, url, NULL, &request);
    if (answer)
        assert_string_equal(request.url, url);
    return answer;
}

static void files_come_from_viber_only(void **state)
{
    struct fake *f = *state;
    assert_int_equal(fetch(f, "https://dl-media.viber.com/5/x.jpg?Expires=1"), VICHE_FETCH_TAKE);
    static const char *const others[] = {
        "http://dl-media.viber.com/x.jpg", "https://viber.com.evil.example/x.jpg", "https://evil-viber.com/x.jpg", "https://evil.example/.viber.com",
        "https://evil.example?.viber.com/", "https://dl-media.viber.com@evil.example/x", "https://evil.example#.viber.com/", "ftp://dl.viber.com/x",
        "https://.viber.com/x", "https://dl-media.viber.com/{secret:token}", "https://dl-media.viber.com\\@evil.example/", "file:///etc/passwd", "",
        "https://dl-media.viber.com:8443/x"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (fetch(f, others[i]) != 0)
            fail_msg("%s was fetched", others[i]);
}

static void a_town_may_name_hosts_and_whole_origins(void **state)
{
    struct fake *f = *state;
    f->media_hosts = "cdn.example  http://127.0.0.1:8081";
    assert_int_equal(fetch(f, "https://cdn.example/x"), VICHE_FETCH_TAKE);
    assert_int_equal(fetch(f, "http://127.0.0.1:8081/x"), VICHE_FETCH_TAKE);
    assert_int_equal(fetch(f, "http://127.0.0.1:80812/x"), 0);
    assert_int_equal(fetch(f, "https://a.cdn.example/x"), 0);
    f->media_hosts = "";
    assert_int_equal(fetch(f, "https://dl-media.viber.com/x"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {PROMISE(files_come_from_viber_only), PROMISE(a_town_may_name_hosts_and_whole_origins)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
