/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that looks at its rules before they count: none of them is empty. */
#include <string.h>
#include <viche/viche.h>

static void check(struct viche_turn *t)
{
    const char *at = viche_option_file(t, "rules");
    for (int line = 1; *at; line++) {
        if (*at == '\n')
            viche_bad(t, viche_print(t, "%s:%d", viche_option(t, "rules"), line), viche_text(t, "retry"));
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.rules", .name = "Rules", .version = "1.0",
    .options = VICHE_LIST(struct viche_option, { .name = "rules", .help = "Rules.", .fallback = "", .kind = VICHE_OPTION_FILE }),
    .check = check,
};
