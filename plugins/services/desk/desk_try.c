/* SPDX-License-Identifier: MPL-2.0
 * How often something may be tried: one row a bucket, emptied when its time is over. Owns the table `desk_try`. */
#include "desk.h"

static struct viche_rows *row_of(struct viche_turn *t, const char *bucket)
{
    return viche_sql(t, "SELECT count, until_at FROM desk_try WHERE bucket = ? AND until_at > ?", VICHE_TEXT_VALUE(bucket),
                     VICHE_INT_VALUE(viche_now(t)));
}

int64_t try_so_far(struct viche_turn *t, const char *bucket)
{
    struct viche_rows *row = row_of(t, bucket);
    return viche_row(t, row) ? viche_row_integer(t, row, 0) : 0;
}

bool try_allowed(struct viche_turn *t, const char *bucket, uint32_t most)
{
    return try_so_far(t, bucket) < most;
}

int64_t try_wait_s(struct viche_turn *t, const char *bucket)
{
    struct viche_rows *row = row_of(t, bucket);
    return viche_row(t, row) ? viche_row_integer(t, row, 1) - viche_now(t) : 1;
}

void try_count(struct viche_turn *t, const char *bucket, uint32_t seconds)
{
    viche_sql(t, "INSERT INTO desk_try(bucket, count, until_at) VALUES(?1, 1, ?2) ON CONFLICT(bucket) DO UPDATE SET"
                 " count = CASE WHEN until_at > ?3 THEN count + 1 ELSE 1 END, until_at = CASE WHEN until_at > ?3 THEN until_at ELSE ?2 END",
              VICHE_TEXT_VALUE(bucket), VICHE_INT_VALUE(viche_now(t) + seconds), VICHE_INT_VALUE(viche_now(t)));
}

void try_forget(struct viche_turn *t, const char *bucket)
{
    viche_sql(t, "DELETE FROM desk_try WHERE bucket = ?", VICHE_TEXT_VALUE(bucket));
}

void try_sweep(struct viche_turn *t) { viche_sql(t, "DELETE FROM desk_try WHERE until_at <= ?", VICHE_INT_VALUE(viche_now(t))); }
