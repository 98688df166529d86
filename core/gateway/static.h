/* SPDX-License-Identifier: MPL-2.0
 * GET /static/<name>: the files of <share>/static, read once, held in memory; <name>.gz beside a file is its smaller form. */
#ifndef GATEWAY_STATIC_H
#define GATEWAY_STATIC_H

#include "gateway/serve.h"

struct statics;

struct statics *static_open(const char *share); /* a folder that is not there has no files */
void static_close(struct statics *statics);
void static_answer(const struct statics *statics, struct exchange *exchange);

#endif
