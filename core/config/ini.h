/* SPDX-License-Identifier: MPL-2.0
 * An INI file as sections and keys that know their line. Refuses, with file:line and the remedy: a line of 199 bytes or more
 * (inih would cut it silently; long values go on in indented lines), a value that inih would cut at " ;", a duplicate
 * key or section, a BOM, CR LF, broken UTF-8, a file over 1 MiB. */
#ifndef CONFIG_INI_H
#define CONFIG_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fail.h"

struct ini_key {
    const char *section, *name, *value; /* continued lines are joined by one '\n' */
    int line;
};

struct ini_section {
    const char *name;
    int line;
};

struct ini {
    const char *path;
    const char *folder;  /* where relative paths in it begin: the file's own folder, unless it is a copy from elsewhere */
    struct arena *arena; /* owns all of it */
    struct ini_section *sections;
    size_t section_count;
    struct ini_key *keys; /* in the order of the file */
    size_t key_count;
};

/* folder: see above; NULL: the file's own. On failure nothing is left to close. */
bool ini_read(struct ini *ini, const char *path, const char *folder, struct fail *fail);
void ini_close(struct ini *ini);
const struct ini_section *ini_section(const struct ini *ini, const char *section);
const struct ini_key *ini_find(const struct ini *ini, const char *section, const char *name);
const char *ini_path(const struct ini *ini, const char *path); /* as the file means it: absolute */

#endif
