/* SPDX-License-Identifier: MPL-2.0
 * What plugins themselves find wrong with a town's configuration, before it is taken over. */
#ifndef WORKER_CHECK_H
#define WORKER_CHECK_H

#include "town/town.h"

/* Runs viche_plugin.check of each of the town's plugins, over empty tables in memory that are forgotten with the town. false: words
 * list the findings, a line each. */
bool check_town(struct town *town, struct fail *fail);

#endif
