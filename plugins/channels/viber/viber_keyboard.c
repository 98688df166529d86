/* SPDX-License-Identifier: MPL-2.0
 * Keyboards: a grid of six columns that stands where one types. What is pressed comes back as an ordinary text, the button's
 * ActionBody. */
#include <string.h>

#include "common/label.h"
#include "viber.h"

enum { COLUMNS = 6, ROWS_MAX = 12, API_DEVICE = 3 /* the level that knows share-phone and location-picker */ };

/* A button's text takes a little HTML; a label is none. */
static const char *escaped(struct viche_turn *t, const char *label)
{
    char *out = viche_memory(t, strlen(label) * 5 + 1), *to = out;
    for (; *label; label++) {
        const char *word = *label == '&' ? "&amp;" : *label == '<' ? "&lt;" : *label == '>' ? "&gt;" : NULL;
        size_t length = word ? strlen(word) : 1;
        memcpy(to, word ? word : label, length);
        to += length;
    }
    return out;
}

static json_t *button(struct viche_turn *t, const char *label, const char *type, const char *body, int columns)
{
    return json_pack("{s:i, s:i, s:s, s:s, s:s, s:s}", "Columns", columns, "Rows", 1, "Text", escaped(t, label), "TextSize",
                     "regular", "ActionType", type, "ActionBody", body);
}

static const char *marked(struct viche_turn *t, const char *value)
{
    return *value == '/' ? value : viche_print(t, VIBER_PRESSED "%s", value);
}

/* Silent: the chat does not show what the button sends. */
static json_t *answer(struct viche_turn *t, const char *label, const char *value, int columns)
{
    json_t *json = button(t, label, "reply", marked(t, value), columns);
    json_object_set_new(json, "Silent", json_true());
    return json;
}

json_t *viber_button(struct viche_turn *t, const char *label, const char *value) { return answer(t, label, value, COLUMNS); }

static bool opens(const struct viche_button *button)
{
    return strncmp(button->value, "https://", 8) == 0 || strncmp(button->value, "http://", 7) == 0;
}

/* A file is sent by Viber's own button; telephone numbers and the like stand in the text. */
static bool can_show(const struct viche_button *button)
{
    return button->kind == VICHE_BUTTON_LINK ? opens(button) : button->kind <= VICHE_BUTTON_PHONE;
}

const char *viber_with_links(struct viche_turn *t, const char *text, const struct viche_list *buttons)
{
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        if (button->kind != VICHE_BUTTON_LINK || opens(button))
            continue;
        const char *colon = strchr(button->value, ':'), *value = colon ? colon + 1 : button->value;
        bool whole = strncmp(button->value, "tel:", 4) == 0 && label_says_number(button->label, value);
        text = viche_print(t, "%s%s%s%s%s", text, *text ? "\n" : "", button->label, whole ? "" : ": ", whole ? "" : value);
    }
    return text;
}

static json_t *one(struct viche_turn *t, const struct viche_button *wish, int columns, int *api)
{
    if (wish->kind == VICHE_BUTTON_ANSWER)
        return answer(t, wish->label, wish->value, columns);
    if (wish->kind == VICHE_BUTTON_LINK)
        return button(t, wish->label, "open-url", wish->value, columns);
    if (*api < API_DEVICE)
        *api = API_DEVICE;
    bool place = wish->kind == VICHE_BUTTON_PLACE;
    return button(t, wish->label, place ? "location-picker" : "share-phone", place ? "place" : "phone", columns);
}

/* How many buttons from `first` on stand in one row, as the host laid them out. */
static uint32_t row_length(const struct viche_list *buttons, uint32_t first)
{
    uint32_t row = ((const struct viche_button *)viche_item(buttons, first))->row, count = 1;
    while (first + count < buttons->count && ((const struct viche_button *)viche_item(buttons, first + count))->row == row)
        count++;
    return count;
}

static uint32_t rows_of(const struct viche_list *buttons)
{
    uint32_t rows = 0;
    for (uint32_t i = 0; i < buttons->count; i += row_length(buttons, i))
        rows++;
    return rows;
}

json_t *viber_keyboard(struct viche_turn *t, const struct viche_list *buttons, int *api)
{
    /* Where the rows would not fit: as many beside each other as must be. */
    uint32_t packed = rows_of(buttons) > ROWS_MAX ? (buttons->count + ROWS_MAX - 1) / ROWS_MAX : 0;
    json_t *list = json_array();
    for (uint32_t i = 0, length = 0; i < buttons->count; i += length) {
        length = packed ? packed : row_length(buttons, i);
        for (uint32_t j = i; j < i + length && j < buttons->count; j++) {
            const struct viche_button *wish = viche_item(buttons, j);
            if (can_show(wish))
                json_array_append_new(list, one(t, wish, length <= COLUMNS ? COLUMNS / (int)length : 1, api));
        }
    }
    if (json_array_size(list) > 0)
        return json_pack("{s:s, s:b, s:o}", "Type", "keyboard", "DefaultHeight", 0, "Buttons", list);
    json_decref(list);
    return NULL;
}
