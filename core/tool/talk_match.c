/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_match.h"

#include <string.h>

#include "base/text.h"

/* "[Сайт]" also means "[Сайт → https://…]". */
static bool same_label(const char *expected, const char *said)
{
    size_t length = strlen(expected);
    return strncmp(expected, said, length) == 0 && (said[length] == '\0' || text_starts(said + length, " → "));
}

bool talk_match(const struct talk_line *expected, const struct talk_line *said)
{
    if (!(expected->open_end ? text_starts(said->text, expected->text) : text_is(expected->text, said->text)))
        return false;
    if (expected->label_count == 0)
        return true;
    if (expected->label_count != said->label_count)
        return false;
    for (size_t i = 0; i < said->label_count; i++) {
        if (!same_label(expected->labels[i], said->labels[i]))
            return false;
    }
    return true;
}

/* ---- the difference, line by line ---- */

static size_t line_bytes(const char *at) { return strcspn(at, "\n") + (strchr(at, '\n') ? 1 : 0); }

static void write_lines(struct buf *report, const char *mark, const char *from, const char *to)
{
    while (from < to) {
        size_t bytes = strcspn(from, "\n");
        bytes = bytes > (size_t)(to - from) ? (size_t)(to - from) : bytes;
        buf_print(report, "    %s %.*s\n", mark, (int)bytes, from);
        from += bytes + 1;
    }
}

/* What both begin with and end with is written once. */
static void write_difference(struct buf *report, const char *a, const char *b)
{
    const char *from_a = a, *from_b = b;
    while (*from_a && line_bytes(from_a) == line_bytes(from_b) && memcmp(from_a, from_b, line_bytes(from_a)) == 0) {
        from_b += line_bytes(from_b);
        from_a += line_bytes(from_a);
    }
    const char *end_a = a + strlen(a), *end_b = b + strlen(b);
    const char *to_a = end_a, *to_b = end_b;
    for (const char *x = end_a, *y = end_b; x > from_a && y > from_b && x[-1] == y[-1];) {
        x--;
        y--;
        if ((x == from_a || x[-1] == '\n') && (y == from_b || y[-1] == '\n')) {
            to_a = x;
            to_b = y;
        }
    }
    write_lines(report, " ", a, from_a);
    write_lines(report, "-", from_a, to_a);
    write_lines(report, "+", from_b, to_b);
    write_lines(report, " ", to_a, end_a);
}

bool talk_match_all(const struct talk_line *expected, size_t expected_count, const struct talk_line *said, size_t said_count,
                    struct buf *report)
{
    struct buf wanted = {0}, came = {0};
    bool same = expected_count == said_count;
    for (size_t i = 0; i < expected_count || i < said_count; i++) {
        bool fits = i < expected_count && i < said_count && talk_match(&expected[i], &said[i]);
        same = same && fits;
        if (i < expected_count)
            buf_text(&wanted, expected[i].raw);
        if (i < said_count)
            buf_text(&came, fits ? expected[i].raw : said[i].raw);
    }
    if (!same)
        write_difference(report, buf_str(&wanted), buf_str(&came));
    buf_free(&wanted);
    buf_free(&came);
    return same;
}
