/* SPDX-License-Identifier: MPL-2.0 */
#include "store/audit_check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FINDINGS_MAX = 100, AT_CHARS = 32 };

enum finding_kind { CHANGED, MISSING, MOVED, ANCHOR };

struct finding {
    enum finding_kind kind;
    int64_t first, last; /* rows; of MOVED the place it should have and the one it has */
    int64_t at;          /* of an anchor */
    unsigned char before[AUDIT_HASH_BYTES]; /* what row `first` must stand on */
};

struct audit_check {
    const struct audit_anchor *anchors;
    size_t anchor_count;
    struct audit_anchor head;               /* the last row seen */
    unsigned char sealed[AUDIT_HASH_BYTES]; /* the last row's hash as it should be */
    bool blind; /* what stands before the next row is not known: it is taken as it is */
    struct finding findings[FINDINGS_MAX];
    size_t count, more;
};

struct audit_check *audit_check_begin(const struct audit_anchor *anchors, size_t count)
{
    struct audit_check *check = mem_alloc(sizeof *check);
    check->anchors = anchors;
    check->anchor_count = count;
    return check;
}

static bool same(const unsigned char *a, const unsigned char *b) { return memcmp(a, b, AUDIT_HASH_BYTES) == 0; }

static void add(struct audit_check *check, const struct finding *finding)
{
    if (check->count < FINDINGS_MAX)
        check->findings[check->count++] = *finding;
    else
        check->more++;
}

static bool fits(const unsigned char *before, const struct audit_row *row, int64_t place, unsigned char sealed[AUDIT_HASH_BYTES])
{
    struct audit_row there = *row;
    there.id = place;
    audit_seal(before, &there, sealed);
    return same(sealed, row->hash);
}

/* The row behind one that is wrong stands on a hash that is not there. */
static void forget(struct audit_check *check, int64_t id)
{
    for (size_t i = 0; i < check->count; i++) {
        if (check->findings[i].kind == CHANGED && check->findings[i].first == id) {
            check->findings[i] = check->findings[--check->count];
            return;
        }
    }
}

/* Is this row the one that a place before it misses? */
static bool was_moved(struct audit_check *check, const struct audit_row *row)
{
    unsigned char sealed[AUDIT_HASH_BYTES];
    for (size_t i = 0; i < check->count; i++) {
        struct finding *finding = &check->findings[i];
        if (finding->kind != CHANGED || finding->first == row->id || !fits(finding->before, row, finding->first, sealed))
            continue;
        finding->kind = MOVED;
        finding->last = row->id;
        forget(check, finding->first + 1);
        return true;
    }
    return false;
}

static bool is_sound(struct audit_check *check, const struct audit_row *row)
{
    unsigned char sealed[AUDIT_HASH_BYTES];
    bool sound = fits(check->head.head, row, row->id, sealed) || check->blind;
    if (!sound && check->head.rows) /* only the hash before this row was touched: what it stood on is the right one */
        sound = fits(check->sealed, row, row->id, sealed);
    memcpy(check->sealed, sealed, sizeof sealed);
    return sound;
}

static void compare_anchors(struct audit_check *check, const struct audit_row *row)
{
    for (size_t i = 0; i < check->anchor_count; i++)
        if (check->anchors[i].rows == row->id && !same(check->anchors[i].head, row->hash))
            add(check, &(struct finding){.kind = ANCHOR, .first = row->id, .at = check->anchors[i].at});
}

void audit_check_row(struct audit_check *check, const struct audit_row *row)
{
    if (row->id != check->head.rows + 1) {
        add(check, &(struct finding){.kind = MISSING, .first = check->head.rows + 1, .last = row->id - 1});
        check->blind = true;
    }
    struct finding finding = {.kind = CHANGED, .first = row->id};
    memcpy(finding.before, check->head.head, sizeof finding.before);
    bool sound = is_sound(check, row);
    check->blind = false;
    if (!sound && was_moved(check, row))
        check->blind = true;
    else if (!sound)
        add(check, &finding);
    compare_anchors(check, row);
    check->head.rows = row->id;
    check->head.at = row->at;
    memcpy(check->head.head, row->hash, AUDIT_HASH_BYTES);
}

void audit_check_head(const struct audit_check *check, struct audit_anchor *head) { *head = check->head; }

/* ---- words ---- */

static const char *moment(int64_t at, char out[AT_CHARS])
{
    time_t seconds = (time_t)at;
    struct tm when;
    strftime(out, AT_CHARS, "%Y-%m-%d %H:%M UTC", gmtime_r(&seconds, &when));
    return out;
}

static void say(const struct finding *finding, struct buf *out)
{
    char at[AT_CHARS];
    switch (finding->kind) {
    case CHANGED:
        buf_print(out, "row %" PRId64 " is not as it was written\n", finding->first);
        break;
    case MISSING:
        if (finding->first == finding->last)
            buf_print(out, "row %" PRId64 " is missing\n", finding->first);
        else
            buf_print(out, "rows %" PRId64 " to %" PRId64 " are missing\n", finding->first, finding->last);
        break;
    case MOVED:
        buf_print(out, "row %" PRId64 " stands at place %" PRId64 ": the rows were put into another order\n", finding->first,
                  finding->last);
        break;
    case ANCHOR:
        buf_print(out, "row %" PRId64 " is not the one that the anchor of %s knows: the chain was written anew up to it\n",
                  finding->first, moment(finding->at, at));
        break;
    }
}

static bool tail_is_there(const struct audit_check *check, struct buf *out)
{
    char at[AT_CHARS];
    const struct audit_anchor *longest = NULL;
    for (size_t i = 0; i < check->anchor_count; i++)
        if (check->anchors[i].rows > check->head.rows && (!longest || check->anchors[i].rows > longest->rows))
            longest = &check->anchors[i];
    if (longest)
        buf_print(out, "the tail is cut: rows %" PRId64 " to %" PRId64 " are missing, which the anchor of %s knows\n",
                  check->head.rows + 1, longest->rows, moment(longest->at, at));
    return !longest;
}

bool audit_check_end(struct audit_check *check, struct buf *out)
{
    for (size_t i = 0; i < check->count; i++)
        say(&check->findings[i], out);
    if (check->more)
        buf_print(out, "… and %zu more\n", check->more);
    bool holds = tail_is_there(check, out) && check->count == 0;
    free(check);
    return holds;
}
