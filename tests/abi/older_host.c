/* SPDX-License-Identifier: MPL-2.0
 * A plugin of today in a host of yesterday: it can ask before it calls what that host does not have. */
#include <viche/viche.h>

static uint32_t asked;

static void log_what(struct viche_turn *t, const char *what)
{
    (void)t;
    asked += what[0] == '?';
}

static void handler_of_a_plugin(struct viche_turn *t)
{
    viche_log(t, viche_has(t, channel) ? "!" : "?");
}

int main(void)
{
    const struct viche_host yesterday = {.size = offsetof(struct viche_host, channel), .log = log_what};
    const struct viche_host today = {.size = sizeof today, .log = log_what};
    struct viche_turn turn = {&yesterday};
    handler_of_a_plugin(&turn);
    turn.host = &today;
    handler_of_a_plugin(&turn);
    return asked == 1 ? 0 : 1;
}
