/* SPDX-License-Identifier: MPL-2.0
 * A copy of the configuration's INI files in <data>/.conf/<number>/: what was checked is what runs, and a worker restarted after
 * a crash never meets a half-edited file. */
#ifndef SUPERVISOR_SNAPSHOT_H
#define SUPERVISOR_SNAPSHOT_H

#include <stdbool.h>

#include "config/host.h"

/* Reads conf/viche.ini and copies it and its towns; then reads the copy into *host, whose base and towns_base remain those
 * of the original. folder: 4096 bytes; receives the copy's. */
bool snapshot_take(struct host_config *host, const char *config, const struct host_overrides *over, unsigned number,
                   char *folder, struct fail *fail);
void snapshot_remove(const char *folder);
void snapshot_remove_all(const char *data); /* what a former run left */
/* Words about the copy as words about the original. */
void snapshot_translate(const char *folder, const char *config, const struct host_config *host, struct fail *fail);

#endif
