/* SPDX-License-Identifier: MPL-2.0
 * Declared settings and the check of what an INI file says of them: one way for the host's keys, the town's and the
 * plugins'. The kinds are those of viche/plugin.h. A declared name may end in "<language>": "name.<language>" stands for
 * name.uk, name.en, … */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include <viche/plugin.h>

#include "config/ini.h"

/* Checks every key of `section` against the declared options and fills values[i] (text; a duration as seconds, a flag as "1" or
 * "0", a secret as the absolute path of its file or "") for each, the fallback where the key is absent; NULL for a name with
 * <language>. Refuses an unknown key (naming the nearest declared one), a wrong type, a value out of range, a missing mandatory
 * key, a secret file that others may read or that is not there. */
bool value_section(const struct ini *ini, const char *section, const struct viche_option *options, size_t count,
                   const char **values, struct fail *fail);
/* One value by its kind; `where` stands in front of the words ("conf/viche.ini:12 [host] workers"). Empty is fine where the
 * fallback is "". The path of a secret must be absolute. */
bool value_check(struct arena *arena, const struct viche_option *option, const char *text, const char *where, const char **out,
                 struct fail *fail);
/* Does the key stand for this option? */
bool value_is_named(const struct viche_option *option, const char *key);

#endif
