/* SPDX-License-Identifier: MPL-2.0
 * The roles of the regulation, and three of the desk's own: operator, auditor (reads, never writes), admin (no personal data). */
#include <string.h>

#include "desk.h"

const char *const roles[] = {"responsible", "decider", "executor", "pr", "operator", "auditor", "admin", NULL};

bool role_known(const char *role)
{
    for (size_t i = 0; roles[i]; i++)
        if (strcmp(roles[i], role) == 0)
            return true;
    return false;
}

bool role_lonely(const char *role) { return strcmp(role, "auditor") == 0 || strcmp(role, "admin") == 0; }

bool role_writes(const char *held) { return *held && !role_among(held, "auditor"); }

static bool has_word(const char *list, const char *word, size_t length)
{
    while (*list) {
        list += strspn(list, " ");
        size_t here = strcspn(list, " ");
        if (here && here == length && strncmp(list, word, here) == 0)
            return true;
        list += here;
    }
    return false;
}

bool role_among(const char *held, const char *wanted)
{
    while (wanted && *wanted) {
        wanted += strspn(wanted, " ");
        size_t length = strcspn(wanted, " ");
        if (length && has_word(held, wanted, length))
            return true;
        wanted += length;
    }
    return false;
}
