/* SPDX-License-Identifier: MPL-2.0 */
#include "base/log.h"

#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char role[24] = "viche";
static enum log_level least = LOG_NOTE;
static unsigned char key[32];
static bool key_set;
static bool terminal; /* a person reads along: the time instead of what systemd wants */
static char held[PIPE_BUF]; /* by log_gather; what is written at once stays together up to this size */
static size_t held_bytes;
static _Thread_local bool gathers;

static const char *const names[] = {"debug", "note", "warn", "ALARM"};
static const char *const priorities[] = {"<7>", "<6>", "<4>", "<2>"}; /* as systemd reads them */

void log_open(const char *role_name, enum log_level least_level)
{
    snprintf(role, sizeof role, "%s", role_name);
    least = least_level;
    terminal = isatty(STDERR_FILENO);
}

static size_t stamp(char *line, size_t room, enum log_level level)
{
    if (!terminal)
        return (size_t)snprintf(line, room, "%s", priorities[level]);
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return strftime(line, room, "%H:%M:%S ", &local);
}

/* One write: lines of several processes do not mix. A full pipe loses the line, never the event. */
static void write_out(const char *lines, size_t size_bytes)
{
    ssize_t ignored = write(STDERR_FILENO, lines, size_bytes);
    (void)ignored;
}

void log_gather(void) { gathers = true; }

void log_flush(void)
{
    if (held_bytes)
        write_out(held, held_bytes);
    held_bytes = 0;
}

static void put(enum log_level level, const char *line, size_t size_bytes)
{
    if (!gathers) {
        write_out(line, size_bytes);
        return;
    }
    if (held_bytes + size_bytes > sizeof held)
        log_flush();
    memcpy(held + held_bytes, line, size_bytes);
    held_bytes += size_bytes;
    if (level >= LOG_WARN)
        log_flush();
}

void log_line(enum log_level level, const char *stage, const char *what, const char *format, ...)
{
    if (level < least)
        return;
    char line[2048];
    size_t used = stamp(line, sizeof line, level);
    used += (size_t)snprintf(line + used, sizeof line - used, "%s %s %s %s%s", role, names[level], stage, what,
                             *format ? " " : "");
    va_list args;
    va_start(args, format);
    int more = used < sizeof line ? vsnprintf(line + used, sizeof line - used, format, args) : 0;
    va_end(args);
    used += more > 0 ? (size_t)more : 0;
    if (used > sizeof line - 2)
        used = sizeof line - 2;
    for (size_t i = 0; i < used; i++)
        if (line[i] == '\n' || line[i] == '\r')
            line[i] = ' ';
    line[used] = '\n';
    put(level, line, used + 1);
}

void log_key(const unsigned char new_key[32])
{
    memcpy(key, new_key, sizeof key);
    key_set = true;
}

const char *log_chat(const char *address, char out[12])
{
    if (!key_set) {
        randombytes_buf(key, sizeof key);
        key_set = true;
    }
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)address, strlen(address), key, sizeof key);
    sodium_bin2base64(out, 12, hash, 8, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return out;
}
