/* SPDX-License-Identifier: MPL-2.0
 * Brings a file that a citizen sent: getFile tells where it lies, and there it is taken. The address of the second holds the token,
 * so it exists only as a template here and only in the gateway with the token in it. */
#include <string.h>

#include "telegram.h"

enum { UNAVAILABLE_S = 5 }; /* the same words stand for a file that never was: the host gives up in time */

/* A path of ours, not a way out of it. */
static bool is_plain(const char *path)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
    return *path && *path != '/' && strspn(path, fine) == strlen(path) && !strstr(path, "..");
}

static const char *place_of(struct viche_turn *t, const struct viche_result *last)
{
    struct telegram_answer answer = telegram_answer(last);
    const char *path = telegram_string(answer.result, "file_path");
    bool fits = telegram_number(answer.result, "file_size") <= TELEGRAM_FILE_MAX;
    const char *copy = is_plain(path) && fits ? viche_print(t, "%s", path) : NULL;
    if (strstr(answer.why, "temporarily unavailable"))
        viche_later(t, UNAVAILABLE_S);
    telegram_answer_end(&answer);
    return copy;
}

uint32_t telegram_fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out)
{
    if (!last) {
        *out = telegram_call(t, "getFile", json_pack("{s:s}", "file_id", remote));
        return VICHE_FETCH_ASK;
    }
    const char *path = place_of(t, last);
    if (!path)
        return 0;
    *out = (struct viche_request){.size = sizeof *out, .timeout_s = 120,
                                  .url = viche_print(t, "%s/file/bot{secret:token}/%s", viche_option(t, "api"), path)};
    return VICHE_FETCH_TAKE;
}
