/* SPDX-License-Identifier: MPL-2.0
 * «Мої дані»: a citizen sees what is kept and may have it erased; and the same for staff (`viche export-citizen`, `viche erase`). */
#ifndef BUILTIN_MYDATA_H
#define BUILTIN_MYDATA_H

#include "flow/turn.h"

viche_next mydata_ask(struct viche_turn *t);
viche_next mydata_answer(struct viche_turn *t, const char *choice);
viche_next mydata_sure(struct viche_turn *t, const char *answer);

/* Everything the plugins keep about the citizen, by their hooks: one call of `emitted` a row. */
void mydata_export(struct flow *flow, const struct citizen *citizen, turn_emitted *emitted, void *context);
/* What the host itself keeps: addresses and what was said. */
void mydata_export_host(struct flow *flow, const struct citizen *citizen, turn_emitted *emitted, void *context);
/* Erases it over all plugins and the host's own tables. false: a plugin's hook failed; the transaction must not be committed. */
bool mydata_erase(struct flow *flow, const struct citizen *citizen);

#endif
