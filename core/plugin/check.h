/* SPDX-License-Identifier: MPL-2.0
 * Inside of plugin_check: the parts it is made of. */
#ifndef PLUGIN_CHECK_H
#define PLUGIN_CHECK_H

#include "plugin/plugin.h"

/* A stored name. */
#define CHECK_NAME_RULE "lower-case letters, digits, - and _, a letter first, at most 40"
bool check_name(const char *name);

/* check_dialog.c: the steps of one dialog and the ways between them. */
bool check_dialog(const struct viche_dialog *dialog, struct fail *fail);
/* check_view.c: what the desk will draw. */
bool check_views(const struct viche_plugin *decl, struct fail *fail);
bool check_view_texts(const struct plugin *plugin, const char *language, struct fail *fail);
/* check_texts.c: every text key in every language. */
bool check_texts(const struct plugin *plugin, const char *languages, struct fail *fail);

#endif
