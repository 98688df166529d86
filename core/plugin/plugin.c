/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/plugin.h"

#include "base/text.h"

const struct viche_dialog *plugin_dialog(const struct plugin *plugin, const char *id)
{
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, plugin->decl->dialogs);
    for (uint32_t i = 0; i < plugin->decl->dialogs.count; i++)
        if (text_is(dialogs[i].id, id))
            return &dialogs[i];
    return NULL;
}

const struct viche_step *plugin_step(const struct viche_dialog *dialog, const char *name)
{
    const struct viche_step *steps = PLUGIN_ITEMS(struct viche_step, dialog->steps);
    if (!name)
        return NULL;
    for (uint32_t i = 0; i < dialog->steps.count; i++)
        if (text_is(steps[i].name, name))
            return &steps[i];
    for (uint32_t i = 0; i < dialog->steps.count; i++)
        if (text_is(steps[i].formerly, name))
            return &steps[i];
    return NULL;
}
