/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/story.h"

#include <string.h>

#include "base/text.h"
#include "store/file.h"

enum { WORDS_MAX = 2000, FILES_MAX = 10 };

static const char words_of[] = "words", file_of[] = "file", place_of[] = "place";

/* All pieces of a kind, a line each. */
static const char *gather(struct turn *turn, const char *kind, size_t *count)
{
    const char *all = "";
    size_t i = 0;
    json_t *piece = NULL;
    *count = 0;
    json_array_foreach(turn->dialog->picked, i, piece)
    {
        if (!text_is(json_string_value(json_array_get(piece, 0)), kind))
            continue;
        const char *value = json_string_value(json_array_get(piece, 1));
        all = *count ? arena_print(turn->arena, "%s\n%s", all, value) : arena_copy(turn->arena, value);
        ++*count;
    }
    return all;
}

static void put(struct turn *turn, const char *kind, const char *value)
{
    json_array_append_new(turn->dialog->picked, json_pack("[s,s]", kind, value));
}

static bool take_words(struct turn *turn, const char *text)
{
    size_t count = 0;
    text += strspn(text, " \t\r\n");
    size_t max = turn->dialog->step->max > 0 ? (size_t)turn->dialog->step->max : WORDS_MAX;
    if (*text == '\0' || text_length(gather(turn, words_of, &count)) + text_length(text) > max)
        return false;
    put(turn, words_of, text);
    return true;
}

static bool take_files(struct turn *turn, const struct viche_event *event)
{
    struct file_info info;
    size_t count = 0, length = 0;
    gather(turn, file_of, &count);
    const char *ids = event->file;
    bool taken = false;
    for (const char *id = text_line(&ids, &length); id; id = text_line(&ids, &length)) {
        if (count >= FILES_MAX || !file_find(turn->town->db, turn->arena, arena_copy_bytes(turn->arena, id, length), &info))
            continue;
        put(turn, file_of, info.id);
        taken = true;
        count++;
    }
    if (taken && event->text)
        take_words(turn, event->text); /* what stands under the photo */
    return taken;
}

/* A story has one place: the last. */
static bool take_place(struct turn *turn, const struct viche_event *event)
{
    const char *place = NULL;
    if (!answer_place(turn->arena, arena_print(turn->arena, "%.6f,%.6f", event->latitude, event->longitude), &place))
        return false;
    for (size_t i = json_array_size(turn->dialog->picked); i-- > 0;)
        if (text_is(json_string_value(json_array_get(json_array_get(turn->dialog->picked, i), 0)), place_of))
            json_array_remove(turn->dialog->picked, i);
    put(turn, place_of, place);
    return true;
}

enum answer story_take(struct turn *turn, const struct viche_event *event)
{
    bool taken = false;
    if (event->kind == VICHE_EVENT_TEXT)
        taken = take_words(turn, event->text);
    else if (event->kind == VICHE_EVENT_FILE)
        taken = take_files(turn, event);
    else if (event->kind == VICHE_EVENT_PLACE)
        taken = take_place(turn, event);
    return taken ? ANSWER_PICKED : ANSWER_MISFIT;
}

enum answer story_finish(struct turn *turn, const char **value)
{
    struct dialog *dialog = turn->dialog;
    size_t words = 0, files = 0, places = 0;
    *value = gather(turn, words_of, &words);
    const char *all_files = gather(turn, file_of, &files), *place = gather(turn, place_of, &places);
    if (words + files + places == 0 || (int64_t)text_length(*value) < dialog->step->min)
        return ANSWER_MISFIT;
    if (dialog->step->save) {
        dialog_set(dialog, arena_print(turn->arena, "%s_files", dialog->step->save), all_files);
        dialog_set(dialog, arena_print(turn->arena, "%s_place", dialog->step->save), place);
    }
    return ANSWER_FITS;
}
