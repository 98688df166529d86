/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { FILE_BYTES_MAX = 1024 * 1024, LABELS_MAX = 64 };

struct reader {
    struct arena *arena;
    const char *path;
    const char *at;
    int line;
    struct fail *fail;
};

static bool refuse(const struct reader *r, int line, const char *what)
{
    return fail_set(r->fail, "%s:%d: %s", r->path, line, what);
}

/* ---- one entry: a mark in the first column, a blank, words; lines that begin with two blanks go on ---- */

static size_t line_bytes(const char *at)
{
    const char *stop = strchr(at, '\n');
    return stop ? (size_t)(stop - at) + 1 : strlen(at);
}

/* Two blanks, and words behind them, maybe after empty lines. */
static bool goes_on(const char *at)
{
    const char *words = at;
    for (; *words == ' ' || *words == '\r' || *words == '\n'; words++)
        at = *words == '\n' ? words + 1 : at;
    return *words && words - at >= 2;
}

/* Takes the entry at r->at; its words, without marks and indents, go to *words. */
static const char *take_entry(struct reader *r, bool may_go_on, const char **words)
{
    const char *start = r->at;
    struct buf text = {0};
    do {
        size_t bytes = line_bytes(r->at), mark = r->at[1] == ' ' ? 2 : 1;
        size_t end = bytes;
        while (end > mark && strchr("\n\r ", r->at[end - 1]))
            end--;
        if (r->at != start)
            buf_byte(&text, '\n');
        if (end > mark)
            buf_add(&text, r->at + mark, end - mark);
        r->at += bytes;
        r->line++;
    } while (may_go_on && goes_on(r->at));
    *words = arena_copy(r->arena, buf_str(&text));
    buf_free(&text);
    return arena_copy_bytes(r->arena, start, (size_t)(r->at - start));
}

/* ---- > ---- */

static bool read_do(const struct reader *r, struct talk_line *out)
{
    out->rest = text_starts(out->text, "@photo ") ? out->text + 7 : text_starts(out->text, "@file ") ? out->text + 6 : "";
    if (*out->text)
        return true;
    return refuse(r, out->line, "nothing is said; write words, [a label], @place 48.38,28.86, @phone +380…, @photo or @file");
}

/* ---- < ---- */

/* "  [A]  [B]": adds the labels; false: the line is no such list. */
static bool read_labels(const struct reader *r, struct talk_line *out, char *line)
{
    const char *found[LABELS_MAX];
    size_t count = 0;
    char *at = line + strspn(line, " ");
    if (*at != '[')
        return false;
    while (*at == '[' && count < LABELS_MAX) {
        char *close = strstr(at, "]  [");
        if (!close)
            close = at + strlen(at) - 1;
        if (*close != ']')
            return false;
        found[count++] = arena_copy_bytes(r->arena, at + 1, (size_t)(close - at - 1));
        at = close + 1;
        at += strspn(at, " ");
    }
    const char **all = arena_alloc(r->arena, (out->label_count + count) * sizeof *all);
    if (out->label_count)
        memcpy(all, out->labels, out->label_count * sizeof *all);
    memcpy(all + out->label_count, found, count * sizeof *all);
    out->labels = all;
    out->label_count += count;
    return *at == '\0';
}

static bool read_expect(const struct reader *r, struct talk_line *out)
{
    struct buf words = {0};
    char *rest = arena_copy(r->arena, out->text), *line = NULL;
    while ((line = strsep(&rest, "\n"))) {
        out->open_end = text_is(line, "...");
        if (out->open_end || read_labels(r, out, line))
            continue;
        if (words.size)
            buf_byte(&words, '\n');
        buf_text(&words, line);
    }
    out->text = arena_copy(r->arena, buf_str(&words));
    buf_free(&words);
    return true;
}

/* ---- ? ---- */

/* The words between quotes, with \n, \" and \\ meant. */
static bool read_quoted(const struct reader *r, const char *in, const char **out)
{
    size_t length = strlen(in);
    if (length < 2 || in[0] != '"' || in[length - 1] != '"')
        return false;
    char *text = arena_alloc(r->arena, length), *put = text;
    for (const char *c = in + 1; c < in + length - 1; c++) {
        if (*c == '\\' && c + 1 < in + length - 1)
            *put++ = *++c == 'n' ? '\n' : *c;
        else
            *put++ = *c;
    }
    *out = text;
    return true;
}

/* Cuts `text` at the last `mark`; what follows it, or NULL. Blanks at the cut go. */
static char *cut_last(char *text, const char *mark)
{
    char *cut = NULL;
    for (char *at = text; (at = strstr(at, mark)); at++)
        cut = at;
    if (!cut)
        return NULL;
    char *rest = cut + strlen(mark);
    while (cut > text && cut[-1] == ' ')
        cut--;
    *cut = '\0';
    return rest + strspn(rest, " ");
}

static bool read_answer(const struct reader *r, struct talk_line *out, char *answer)
{
    out->rest = "";
    if (text_is(answer, "timeout"))
        return true;
    char *body = NULL;
    out->status = (int)strtol(answer, &body, 10);
    body += strspn(body, " ");
    out->rest = *body == '@' ? body : "";
    return out->status >= 100 && out->status <= 599 && (*body == '@' || *body == '\0' || read_quoted(r, body, &out->rest));
}

static bool read_fetch(const struct reader *r, struct talk_line *out)
{
    char *line = arena_copy(r->arena, out->text);
    char *answer = cut_last(line, " = "), *url = strchr(line, ' ');
    if (answer && url) {
        *url = '\0';
        out->method = line;
        out->text = url + 1 + strspn(url + 1, " ");
        if (read_answer(r, out, answer))
            return true;
    }
    return refuse(r, out->line, "a request is written as ? GET https://… = 200 \"body\", = 200 @file, or = timeout");
}

/* ---- ! ---- */

static bool read_order(const struct reader *r, struct talk_line *out)
{
    static const char names[] = "restart crash now wait language option import call new citizen plugins";
    char *line = arena_copy(r->arena, out->text);
    size_t length = strcspn(line, " ");
    out->rest = line[length] ? line + length + strspn(line + length, " ") : "";
    line[length] = '\0';
    out->text = line;
    if (length && text_in_list(names, line))
        return true;
    return fail_set(r->fail, "%s:%d: there is no “! %s”; there are: %s", r->path, out->line, line, names);
}

/* ---- the file ---- */

static bool read_entry(struct reader *r, struct talk_line *out)
{
    static const char *const marks = "><!?";
    static const enum talk_kind kinds[] = {TALK_DO, TALK_EXPECT, TALK_ORDER, TALK_FETCH};
    char first = *r->at;
    const char *mark = first ? strchr(marks, first) : NULL;
    out->line = r->line;
    out->kind = mark ? kinds[mark - marks] : TALK_NOTE;
    bool blank = strspn(r->at, " \r") == strcspn(r->at, "\n");
    if (!mark && first != '#' && !blank)
        return refuse(r, r->line, "a line begins with > < ? ! or #, or with two blanks if it goes on from the line above");
    out->raw = take_entry(r, out->kind == TALK_DO || out->kind == TALK_EXPECT, &out->text);
    switch (out->kind) {
    case TALK_DO: return read_do(r, out);
    case TALK_EXPECT: return read_expect(r, out);
    case TALK_ORDER: return read_order(r, out);
    case TALK_FETCH: return read_fetch(r, out);
    default: return true;
    }
}

/* What the town says and asks must follow something that happens. */
static bool check_order(const struct reader *r, const struct talk_file *file)
{
    bool begun = false;
    for (size_t i = 0; i < file->count; i++) {
        const struct talk_line *line = &file->lines[i];
        begun = begun || talk_begins(line);
        if (!begun && line->kind != TALK_NOTE)
            return refuse(r, line->line, "nothing has happened yet; begin with a > line");
    }
    return true;
}

bool talk_file_parse(struct talk_file *file, struct arena *arena, const char *path, const char *text, size_t size_bytes,
                     struct fail *fail)
{
    if (!text_valid(text, size_bytes))
        return fail_set(fail, "%s: this is no UTF-8 text; save it as UTF-8", path);
    struct reader r = {.arena = arena, .path = path, .at = arena_copy_bytes(arena, text, size_bytes), .line = 1, .fail = fail};
    size_t room = 1;
    for (const char *c = r.at; *c; c++)
        room += *c == '\n';
    *file = (struct talk_file){.path = arena_copy(arena, path), .lines = arena_alloc(arena, room * sizeof *file->lines)};
    while (*r.at) {
        if (!read_entry(&r, &file->lines[file->count++]))
            return false;
    }
    return check_order(&r, file);
}

bool talk_file_read(struct talk_file *file, struct arena *arena, const char *path, struct fail *fail)
{
    struct buf text = {.cap = FILE_BYTES_MAX};
    bool ok = buf_read_file(&text, path);
    if (!ok)
        fail_set(fail, "%s: cannot be read: %s", path, strerrordesc_np(errno));
    ok = ok && talk_file_parse(file, arena, path, buf_str(&text), text.size, fail);
    buf_free(&text);
    return ok;
}

bool talk_begins(const struct talk_line *line) { return line->kind == TALK_DO || line->kind == TALK_ORDER; }
