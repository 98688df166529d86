/* SPDX-License-Identifier: MPL-2.0
 * The files that options name (VICHE_OPTION_FILE). They belong to the configuration: the first process that reads a copy of the INI
 * puts a copy of the file beside it, so that what was checked is what every later worker runs with. */
#ifndef TOWN_OPTION_FILE_H
#define TOWN_OPTION_FILE_H

#include "town/town.h"

/* Reads those of one plugin into plugin->files; of a secret's file, only when it was written: it is the gateway that reads it, later.
 * Words name the line of the INI, or of the file itself. */
bool option_files_read(struct town *town, struct town_plugin *plugin, struct fail *fail);

#endif
