/* SPDX-License-Identifier: MPL-2.0
 * The verbs for the town's files: taking one in, knowing what it is, keeping it whatever becomes of who sent it, and letting it go. */
#include "base/log.h"
#include "base/text.h"
#include "flow/verb.h"
#include "flow/vintage.h"
#include "store/file.h"

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

const char *verb_keep_file(struct viche_turn *t, const char *upload, const char *name, const char *type)
{
    (void)type; /* what the sender says of it decides nothing */
    struct turn *turn = of(t);
    struct fail why;
    const char *id = file_keep(turn->town->db, turn->arena, turn->town->folder, upload, name, (int64_t)turn->citizen.id, &why);
    if (!id)
        log_line(LOG_NOTE, "file", "an upload is not taken", "town=%s why=\"%s\"", turn->town->id, why.words);
    return id;
}

static const char *kind_of(const char *type)
{
    if (text_starts(type, "image/"))
        return "photo";
    if (text_starts(type, "video/"))
        return "video";
    return text_starts(type, "audio/") ? "audio" : "document";
}

uint32_t verb_file_about(struct viche_turn *t, const char *file_id, struct viche_file_about *out)
{
    struct file_info info;
    if (!file_find(of(t)->town->db, of(t)->arena, file_id, &info))
        return 0;
    const struct viche_file_about today = {.bytes = (uint64_t)info.size_bytes, .at = info.at, .name = info.name, .type = info.type,
                                           .kind = kind_of(info.type)};
    vintage_give(out, &today, sizeof today);
    return 1;
}

uint32_t verb_hold_file(struct viche_turn *t, const char *file_id)
{
    return file_hold(of(t)->town->db, file_id, of(t)->plugin->plugin->name);
}

void verb_drop_file(struct viche_turn *t, const char *file_id)
{
    if (file_drop(of(t)->town->db, file_id, of(t)->plugin->plugin->name))
        of(t)->flow->sweep = true;
}
