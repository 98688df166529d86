/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_play.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "config/value.h"
#include "plugin/words.h"
#include "tool/talk_gate.h"
#include "tool/talk_match.h"
#include "tool/talk_name.h"
#include "tool/talk_sample.h"

static const char DEFAULT_NOW[] = "2026-11-25 10:00";

/* A message that arrived and was not looked at yet. */
struct heard {
    struct heard *next;
    const char *chat;
    struct talk_line line;
};

struct play {
    const struct talk_file *file;
    const struct talk_way *way;
    struct talk_outcome *outcome;
    struct arena *arena;
    struct talk_town town;
    struct talk_gate gate;
    struct heard *heard, **heard_end;
    struct talk_name *names; /* words that differ each time */
    bool *asked;         /* for each line of the file: this request has been made */
    size_t turn, turn_end;
    int chats;           /* how many citizens there were */
    const char *chat;    /* who is talking */
    const char *language;
    int events;
    bool wrong;          /* this turn */
};

static void complain(struct play *p, int line, const char *what, const char *detail)
{
    buf_print(&p->outcome->report, "%s:%d: %s%s\n", p->file->path, line, what, detail);
    p->wrong = true;
}

static bool refuse(const struct play *p, const struct talk_line *line, const char *what, struct fail *fail)
{
    return fail_set(fail, "%s:%d: %s", p->file->path, line->line, what);
}

/* ---- what comes out ---- */

static void hear(void *context, const char *chat, const char *lines)
{
    struct play *p = context;
    struct talk_file said = {0};
    struct fail fail = {0};
    const char *text = arena_print(p->arena, "> .\n%s", lines); /* a message must follow something */
    if (!talk_file_parse(&said, p->arena, chat, text, strlen(text), &fail) || said.count < 2) {
        complain(p, p->file->lines[p->turn].line, "the console channel wrote no line of a transcript: ", lines);
        return;
    }
    struct heard *one = arena_alloc(p->arena, sizeof *one);
    *one = (struct heard){.chat = arena_copy(p->arena, chat), .line = said.lines[1]};
    *p->heard_end = one;
    p->heard_end = &one->next;
}

static bool is_request(const struct talk_line *line, const char *method, const char *url)
{
    return line->kind == TALK_FETCH && text_is(line->method, method) && text_is(line->text, url);
}

/* The answer that stands in this turn, else the last that was given: after a crash a request is made again. */
static const struct talk_line *find_request(struct play *p, const char *method, const char *url)
{
    const struct talk_file *file = p->file;
    for (size_t i = p->turn; i < p->turn_end; i++) {
        if (is_request(&file->lines[i], method, url) && !p->asked[i]) {
            p->asked[i] = true;
            return &file->lines[i];
        }
    }
    for (size_t i = file->count; i-- > 0;) {
        if (is_request(&file->lines[i], method, url) && p->asked[i])
            return &file->lines[i];
    }
    return NULL;
}

/* "body", or the bytes of "@file" beside the transcript. */
static const char *body_of(struct play *p, const struct talk_line *line)
{
    if (line->rest[0] != '@')
        return line->rest;
    struct buf body = {.cap = FRAME_MAX_BYTES / 2};
    const char *path = talk_sample_beside(p->arena, p->file->path, line->rest + 1);
    if (!buf_read_file(&body, path))
        complain(p, line->line, "cannot be read: ", path);
    const char *copy = arena_copy(p->arena, buf_str(&body));
    buf_free(&body);
    return copy;
}

static struct talk_answer answer(void *context, const char *method, const char *url)
{
    struct play *p = context;
    const struct talk_line *line = find_request(p, method, url);
    if (line)
        return (struct talk_answer){.status = line->status, .body = body_of(p, line)};
    complain(p, p->file->lines[p->turn].line, "the town asks, and no ? line answers: ", arena_print(p->arena, "%s %s", method, url));
    return (struct talk_answer){0};
}

/* ---- what goes in ---- */

static bool ask(struct play *p, const struct talk_line *line, struct http_request *request, struct talk_reply *reply, struct fail *fail)
{
    struct fail why = {0};
    if (talk_gate_ask(&p->gate, request, reply, &why))
        return true;
    return refuse(p, line, why.words, fail);
}

static bool do_act(struct play *p, const struct talk_line *line, struct fail *fail)
{
    const bool is_file = *line->rest != '\0';
    const char *words = talk_name_fill(p->arena, p->names, line->text);
    struct http_request request = {.method = "POST", .upload = "", .body = words, .body_bytes = strlen(words)};
    request.path = arena_print(p->arena, "/console/chats/%s%s", p->chat, is_file ? "/files" : "");
    request.query[0] = (struct pair){"origin", arena_print(p->arena, "%d", ++p->events)};
    request.query[1] = (struct pair){"language", p->language};
    if (is_file) {
        request.query[2] = (struct pair){"name", line->rest};
        request.body_bytes = 0;
        request.upload = talk_sample(p->arena, p->town.folder, p->events, p->file->path, line->rest, &request.upload_bytes, fail);
        if (!request.upload)
            return false;
    }
    struct talk_reply reply;
    if (!ask(p, line, &request, &reply, fail))
        return false;
    if (reply.status == 404 && !is_file)
        complain(p, line->line, "no message shows this button: ", line->text);
    else if (reply.status < 200 || reply.status > 299)
        complain(p, line->line, "the town does not take this: ", arena_print(p->arena, "HTTP %u %s", reply.status, reply.body));
    return true;
}

/* ---- orders ---- */

static bool read_now(struct play *p, const struct talk_line *line, int64_t *now_ms, struct fail *fail)
{
    struct viche_local at = {.size = sizeof at};
    char rest = '\0';
    if (sscanf(line->rest, "%d-%d-%d %d:%d%c", &at.year, &at.month, &at.day, &at.hour, &at.minute, &rest) != 5)
        return refuse(p, line, "a moment is written as ! now 2026-11-25 18:00", fail);
    *now_ms = words_moment(p->town.config.zone, &at) * 1000;
    return true;
}

static bool order_now(struct play *p, const struct talk_line *line, struct fail *fail)
{
    int64_t until_ms = 0;
    if (!read_now(p, line, &until_ms, fail))
        return false;
    if (until_ms < p->gate.now_ms)
        return refuse(p, line, "time cannot go back; put this order in front of everything else", fail);
    return talk_gate_wait(&p->gate, until_ms, fail);
}

static bool order_wait(struct play *p, const struct talk_line *line, struct fail *fail)
{
    const struct viche_option duration = {.name = "wait", .kind = VICHE_OPTION_SECONDS};
    const char *text = NULL;
    int64_t seconds = 0;
    const char *where = arena_print(p->arena, "%s:%d", p->file->path, line->line);
    if (!value_check(p->arena, &duration, line->rest, where, &text, fail) || !text_number(text, &seconds))
        return false;
    return talk_gate_wait(&p->gate, p->gate.now_ms + seconds * 1000, fail);
}

static bool order_restart(struct play *p, const struct talk_line *line, struct fail *fail)
{
    (void)line;
    return talk_gate_restart(&p->gate, (struct talk_death){0}, fail);
}

/* The next commit is not made: the worker dies in front of it, and another one begins the turn again. */
static bool order_crash(struct play *p, const struct talk_line *line, struct fail *fail)
{
    (void)line;
    return talk_gate_restart(&p->gate, (struct talk_death){.kill = TALK_KILL_BEFORE, .at = 1}, fail);
}

static bool order_language(struct play *p, const struct talk_line *line, struct fail *fail)
{
    (void)fail;
    p->language = line->rest;
    return true;
}

static bool order_new(struct play *p, const struct talk_line *line, struct fail *fail)
{
    if (!text_is(line->rest, "citizen"))
        return refuse(p, line, "this is written as ! new citizen", fail);
    p->chat = arena_print(p->arena, "citizen-%d", ++p->chats);
    return true;
}

static bool order_citizen(struct play *p, const struct talk_line *line, struct fail *fail)
{
    int64_t number = 0;
    if (!text_number(line->rest, &number) || number < 1 || number > p->chats)
        return refuse(p, line, "there is no such citizen; ! citizen 1 is who talked first", fail);
    p->chat = arena_print(p->arena, "citizen-%d", (int)number);
    return true;
}

static bool order_import(struct play *p, const struct talk_line *line, struct fail *fail)
{
    char *name = arena_copy(p->arena, line->rest);
    char *file = strchr(name, ' ');
    if (!file)
        return refuse(p, line, "this is written as ! import dataset file.csv", fail);
    *file++ = '\0';
    struct buf csv = {.cap = FRAME_MAX_BYTES / 2};
    const char *path = talk_sample_beside(p->arena, p->file->path, file);
    if (!buf_read_file(&csv, path))
        return refuse(p, line, arena_print(p->arena, "%s: cannot be read: %s", path, strerrordesc_np(errno)), fail);
    struct http_request request = {.method = "POST", .upload = "", .body = buf_str(&csv), .body_bytes = csv.size, .admin = true};
    request.path = arena_print(p->arena, "/admin/import/%s", name);
    struct talk_reply reply;
    bool ok = ask(p, line, &request, &reply, fail);
    buf_free(&csv);
    if (ok && reply.status != 200)
        return refuse(p, line, reply.body, fail);
    return ok;
}

/* What the plugin answers the operator is held against the transcript as if it were said in the chat. */
static void hear_reply(struct play *p, const struct talk_reply *reply)
{
    char *rest = arena_copy(p->arena, reply->body), *line = NULL;
    const char *lines = "<";
    while ((line = strsep(&rest, "\n")))
        if (*line || rest)
            lines = arena_print(p->arena, "%s %s\n ", lines, line);
    hear(p, p->chat, arena_print(p->arena, "%.*s", (int)strlen(lines) - 1, lines));
}

/* The next word of *rest; in name="…" blanks belong to it. */
static char *call_word(char **rest)
{
    char *word = *rest, *mark = strstr(word, "=\"");
    size_t length = strcspn(word, " ");
    if (mark && mark < word + length) {
        memmove(mark + 1, mark + 2, strlen(mark + 1));
        length = (size_t)(mark - word) + 1 + strcspn(mark + 1, "\"");
    }
    *rest = word[length] ? word + length + 1 : NULL;
    word[length] = '\0';
    while (*rest && **rest == ' ')
        ++*rest;
    return word;
}

static bool order_call(struct play *p, const struct talk_line *line, struct fail *fail)
{
    char *rest = arena_copy(p->arena, line->rest);
    struct http_request request = {.method = "POST", .upload = "", .body = "", .admin = true};
    request.path = arena_print(p->arena, "/%s", call_word(&rest));
    for (size_t i = 0; rest && *rest && i + 1 < REPLY_PAIRS; i++) {
        char *value = call_word(&rest);
        const char *name = strsep(&value, "=");
        if (*name == '@' && !(request.upload = talk_sample(p->arena, p->town.folder, ++p->events, p->file->path, name + 1,
                                                           &request.upload_bytes, fail)))
            return false;
        if (*name != '@')
            request.query[i] = (struct pair){name, value ? value : ""};
    }
    struct talk_reply reply;
    if (!ask(p, line, &request, &reply, fail))
        return false;
    hear_reply(p, &reply);
    return true;
}

static bool order_early(struct play *p, const struct talk_line *line, struct fail *fail)
{
    return refuse(p, line, "this order stands in front of everything else, because the town is made from it", fail);
}

static bool do_order(struct play *p, const struct talk_line *line, struct fail *fail)
{
    static const struct {
        const char *name;
        bool (*run)(struct play *, const struct talk_line *, struct fail *);
    } orders[] = {{"now", order_now},           {"wait", order_wait},       {"restart", order_restart}, {"crash", order_crash},
                  {"language", order_language}, {"new", order_new},         {"citizen", order_citizen}, {"import", order_import},
                  {"call", order_call},         {"option", order_early},    {"plugins", order_early}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (text_is(orders[i].name, line->text))
            return orders[i].run(p, line, fail);
    }
    return refuse(p, line, "there is no such order", fail);
}

/* ---- a turn ---- */

/* What was said to the citizen who talks, in order; taken out of what was heard. */
static struct talk_line *take_heard(struct play *p, size_t *count)
{
    size_t room = 0;
    for (const struct heard *one = p->heard; one; one = one->next)
        room++;
    struct talk_line *out = arena_alloc(p->arena, (room + 1) * sizeof *out);
    *count = 0;
    for (struct heard **at = &p->heard; *at;) {
        if (text_is((*at)->chat, p->chat)) {
            out[(*count)++] = (*at)->line;
            *at = (*at)->next;
        } else {
            at = &(*at)->next;
        }
    }
    for (p->heard_end = &p->heard; *p->heard_end;)
        p->heard_end = &(*p->heard_end)->next;
    return out;
}

static const char *join(struct arena *arena, const struct talk_line *lines, size_t count)
{
    struct buf text = {0};
    for (size_t i = 0; i < count; i++)
        buf_text(&text, lines[i].raw);
    const char *copy = arena_copy(arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* Names in what is expected stand for what was said there. */
static void know_names(struct play *p, struct talk_line *expected, size_t expected_count, struct talk_line *said, size_t said_count)
{
    for (size_t i = 0; i < expected_count; i++) {
        if (i < said_count)
            talk_name_learn(p->arena, &p->names, expected[i].text, said[i].text);
        const char *filled = talk_name_fill(p->arena, p->names, expected[i].text);
        if (!text_is(filled, expected[i].text) && i < said_count && text_is(filled, said[i].text))
            said[i].raw = expected[i].raw; /* --write leaves the name */
        expected[i].text = filled;
    }
}

static void hold_against(struct play *p)
{
    const struct talk_line *lines = p->file->lines, *first = &lines[p->turn];
    struct talk_line *expected = arena_alloc(p->arena, (p->turn_end - p->turn) * sizeof *expected);
    size_t expected_count = 0, said_count = 0;
    for (size_t i = p->turn; i < p->turn_end; i++) {
        if (lines[i].kind == TALK_EXPECT)
            expected[expected_count++] = lines[i];
        if (lines[i].kind == TALK_FETCH && !p->asked[i])
            complain(p, lines[i].line, "the town does not ask for this: ", lines[i].text);
    }
    struct talk_line *said = take_heard(p, &said_count);
    know_names(p, expected, expected_count, said, said_count);
    p->outcome->said[p->turn] = join(p->arena, said, said_count);
    struct buf difference = {0};
    if (!talk_match_all(expected, expected_count, said, said_count, &difference)) {
        const char *what = arena_print(p->arena, "\n      %.*s", (int)strcspn(first->raw, "\n"), first->raw);
        complain(p, first->line, "the town says something else (- expected, + came)", what);
        buf_text(&p->outcome->report, buf_str(&difference));
    }
    buf_free(&difference);
}

static bool play_turn(struct play *p, struct fail *fail)
{
    const struct talk_line *line = &p->file->lines[p->turn];
    p->wrong = false;
    bool ok = line->kind == TALK_DO ? do_act(p, line, fail) : do_order(p, line, fail);
    if (!ok)
        return false;
    hold_against(p);
    p->outcome->turns++;
    p->outcome->wrong += p->wrong;
    return !p->way->restart || talk_gate_restart(&p->gate, (struct talk_death){0}, fail);
}

static size_t next_turn(const struct talk_file *file, size_t from)
{
    while (from < file->count && !talk_begins(&file->lines[from]))
        from++;
    return from;
}

static bool play_turns(struct play *p, size_t first, struct fail *fail)
{
    for (p->turn = next_turn(p->file, first); p->turn < p->file->count; p->turn = p->turn_end) {
        p->turn_end = next_turn(p->file, p->turn + 1);
        if (!play_turn(p, fail))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

/* Orders at the top of the file that say what the town is made of. Returns the line behind them. */
static size_t read_plan(struct play *p, struct talk_plan *plan)
{
    size_t i = 0;
    for (; i < p->file->count; i++) {
        const struct talk_line *line = &p->file->lines[i];
        if (line->kind == TALK_ORDER && text_is(line->text, "option"))
            buf_print(&plan->options, "%s\n", line->rest);
        else if (line->kind == TALK_ORDER && text_is(line->text, "plugins"))
            plan->names = line->rest;
        else if (line->kind != TALK_NOTE)
            break;
    }
    return i;
}

/* The stopped clock begins with the first order, if that is `now`. */
static bool set_clock(struct play *p, size_t first, struct fail *fail)
{
    const struct talk_line *line = first < p->file->count ? &p->file->lines[first] : NULL;
    const struct talk_line usual = {.rest = DEFAULT_NOW};
    bool given = line && line->kind == TALK_ORDER && text_is(line->text, "now");
    return read_now(p, given ? line : &usual, &p->gate.now_ms, fail);
}

static bool play_in_town(struct play *p, size_t first, struct fail *fail)
{
    struct fail why = {0};
    p->gate = (struct talk_gate){.arena = p->arena, .host = &p->town.host, .town = p->town.id, .origin = TALK_ORIGIN};
    p->gate.ears = (struct talk_ears){hear, answer, p};
    if (!set_clock(p, first, fail))
        return false;
    bool ok = talk_gate_open(&p->gate, p->way->death, &why) || fail_set(fail, "%s: %s", p->file->path, why.words);
    ok = ok && play_turns(p, first, fail);
    p->outcome->commits = p->gate.worker.commits;
    talk_gate_close(&p->gate);
    return ok;
}

bool talk_play(const struct talk_file *file, const struct talk_plan *plan, const struct talk_way *way, struct arena *arena,
               struct talk_outcome *outcome, struct fail *fail)
{
    struct talk_plan mine = *plan;
    mine.options = (struct buf){0};
    mine.beside = file->path;
    struct play p = {.file = file, .way = way, .outcome = outcome, .arena = arena, .chats = 1, .chat = "citizen-1", .language = "uk"};
    *outcome = (struct talk_outcome){.said = arena_alloc(arena, (file->count + 1) * sizeof *outcome->said)};
    p.asked = arena_alloc(arena, (file->count + 1) * sizeof *p.asked);
    p.heard_end = &p.heard;
    size_t first = read_plan(&p, &mine);
    bool ok = talk_town_make(&p.town, &mine, fail);
    buf_free(&mine.options);
    if (!ok)
        return false;
    ok = play_in_town(&p, first, fail);
    talk_town_remove(&p.town);
    return ok;
}
