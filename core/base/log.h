/* SPDX-License-Identifier: MPL-2.0
 * One line an event on stderr: `stage plugin what key=value`. Never a citizen's words, name, phone or a token; a chat is
 * written as log_chat gives it. systemd adds the time; on a terminal we do. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

enum log_level { LOG_DEBUG_, LOG_NOTE, LOG_WARN, LOG_ALARM };

void log_open(const char *role, enum log_level least); /* role: "supervisor", "gateway", "worker-1" */
/* stage: the file that decides; what: a few words; format: key=value pairs or "". */
void log_line(enum log_level level, const char *stage, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* From now on this thread's lines wait for log_flush, or for one that is a warning: for who can write when nobody waits for it. */
void log_gather(void);
void log_flush(void);
/* A keyed hash of a chat's address, 11 characters: the same within one run of the host, worthless outside. The key is drawn
 * at start; set it to share it between processes (32 bytes). */
void log_key(const unsigned char key[32]);
const char *log_chat(const char *address, char out[12]);

#endif
