/* SPDX-License-Identifier: MPL-2.0
 * The audit chain, a page at a time, as the fields of a frame: the tool looks whether it holds, so that no turn waits for that. */
#include "admin/call.h"
#include "base/text.h"
#include "store/audit.h"

enum { ROWS_USUAL = 2000, ROWS_MAX = 30000, PAGE_BYTES_MAX = FRAME_MAX_BYTES - 256 * 1024 };

struct audit_page {
    struct buf rows;
    int64_t left;
};

static bool write_row(void *context, const struct audit_row *row)
{
    struct audit_page *page = context;
    frame_u64(&page->rows, (uint64_t)row->id);
    frame_u64(&page->rows, (uint64_t)row->at);
    frame_u64(&page->rows, (uint64_t)row->clerk);
    frame_text(&page->rows, row->plugin);
    frame_text(&page->rows, row->what);
    frame_text(&page->rows, row->object);
    frame_bytes(&page->rows, row->hash, sizeof row->hash);
    return --page->left > 0 && page->rows.size < PAGE_BYTES_MAX;
}

static int64_t asked(const struct admin_call *call, const char *name, int64_t usual, int64_t most)
{
    int64_t number = 0;
    bool given = text_number(pair_get(call->request->query, name), &number) && number > 0;
    return !given ? usual : number < most ? number : most;
}

void audit_rows(struct admin_call *call)
{
    struct audit_page page = {.left = asked(call, "rows", ROWS_USUAL, ROWS_MAX)};
    audit_each(call->town->db, asked(call, "from", 1, INT64_MAX), write_row, &page);
    reply_set(call->reply, 200, "application/octet-stream", buf_str(&page.rows), page.rows.size);
    buf_free(&page.rows);
}
