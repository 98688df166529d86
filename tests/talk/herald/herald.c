/* SPDX-License-Identifier: MPL-2.0
 * Has news told by the service of another plugin, whose tables it cannot reach itself. */
#include <viche/services/news.h>
#include <viche/viche.h>

static viche_next tell(struct viche_turn *t)
{
    const struct viche_news *news = viche_service(t, VICHE_NEWS);
    const struct viche_news_item item = {.size = sizeof item, .key = "herald", .title = viche_args(t), .title_en = "", .text = "Слухайте!",
                                         .text_en = "", .topic = "culture", .area = "", .picture = ""};
    struct viche_news_preview preview = {.size = sizeof preview};
    struct viche_news_progress progress = {.size = sizeof progress};
    const char *refusal = news->keep(t, &item);
    if (!refusal)
        refusal = news->preview(t, "herald", &preview);
    if (!refusal)
        refusal = news->publish(t, "herald", preview.token);
    if (!refusal)
        refusal = news->progress(t, "herald", &progress);
    if (refusal) {
        viche_say_text(t, refusal);
        return viche_done(t);
    }
    viche_let(t, "greeting", viche_option(t, "greeting")); /* ours again */
    viche_let_number(t, "people", progress.people);
    viche_say(t, "told");
    return viche_done(t);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.test.herald", .name = "Herald", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_NEWS,
    .options = VICHE_LIST(struct viche_option, { .name = "greeting", .help = "Said at the end.", .fallback = "Віват" }),
    .dialogs = VICHE_LIST(struct viche_dialog, { .id = "herald", .opens = "/herald", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "tell", .enter = tell }) }),
};
