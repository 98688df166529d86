/* SPDX-License-Identifier: MPL-2.0
 * Buttons of a message. Answers and links stand under it (inline keyboard). What asks for the place or the number of the phone can only
 * stand where the phone's own keyboard is (reply keyboard); a message has one of the two, so there the answers are words. */
#include <string.h>

#include "telegram.h"

enum { ROW_CHARACTERS = 32 }; /* of all labels of a row: more is cut to dots on a phone */

static bool opens(const struct viche_button *button)
{
    return button->kind == VICHE_BUTTON_LINK &&
           (strncmp(button->value, "https://", 8) == 0 || strncmp(button->value, "http://", 7) == 0);
}

bool telegram_keys_ask(const struct viche_list *buttons)
{
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        if (button->kind == VICHE_BUTTON_PLACE || button->kind == VICHE_BUTTON_PHONE)
            return true;
    }
    return false;
}

static json_t *inline_key(const struct viche_button *button)
{
    if (button->kind == VICHE_BUTTON_ANSWER)
        return json_pack("{s:s, s:s}", "text", button->label, "callback_data", button->value);
    return opens(button) ? json_pack("{s:s, s:s}", "text", button->label, "url", button->value) : NULL;
}

static json_t *reply_key(const struct viche_button *button)
{
    if (button->kind == VICHE_BUTTON_PLACE)
        return json_pack("{s:s, s:b}", "text", button->label, "request_location", true);
    if (button->kind == VICHE_BUTTON_PHONE)
        return json_pack("{s:s, s:b}", "text", button->label, "request_contact", true);
    return button->kind == VICHE_BUTTON_ANSWER ? json_pack("{s:s}", "text", button->label) : NULL;
}

/* The keys in rows as the message has them, a row broken where it would be too full to read. */
static json_t *rows_of(const struct viche_list *buttons, json_t *(*key_of)(const struct viche_button *))
{
    json_t *rows = json_array();
    json_t *row = NULL;
    uint32_t number = 0;
    size_t width = 0;
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        json_t *key = key_of(button);
        if (!key)
            continue;
        size_t more = telegram_length(button->label);
        if (!row || button->row != number || json_array_size(row) == TELEGRAM_ROW_MAX || width + more > ROW_CHARACTERS) {
            row = json_array();
            json_array_append_new(rows, row);
            width = 0;
        }
        json_array_append_new(row, key);
        number = button->row;
        width += more;
    }
    return rows;
}

json_t *telegram_keys(const struct viche_list *buttons)
{
    if (telegram_keys_ask(buttons))
        return json_pack("{s:o, s:b, s:b}", "keyboard", rows_of(buttons, reply_key), "resize_keyboard", true, "one_time_keyboard", true);
    json_t *rows = rows_of(buttons, inline_key);
    if (json_array_size(rows))
        return json_pack("{s:o}", "inline_keyboard", rows);
    json_decref(rows);
    return NULL;
}

/* "☎️ +380 (4340) 0-00-01" says +380434000001 already. */
static bool names(const char *label, const char *number)
{
    for (; *number; number++) {
        if (*number < '0' || *number > '9')
            continue;
        label = strchr(label, *number);
        if (!label)
            return false;
        label++;
    }
    return true;
}

const char *telegram_keys_as_text(struct viche_turn *t, const char *text, const struct viche_list *buttons)
{
    bool asks = telegram_keys_ask(buttons);
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        if (button->kind != VICHE_BUTTON_LINK || (opens(button) && !asks))
            continue;
        bool number = strncmp(button->value, "tel:", 4) == 0;
        const char *value = number ? button->value + 4 : button->value;
        value = strncmp(value, "mailto:", 7) == 0 ? value + 7 : value;
        const char *longer = number && names(button->label, value) ? viche_print(t, "%s\n%s", text, button->label)
                                                                  : viche_print(t, "%s\n%s: %s", text, button->label, value);
        text = telegram_length(longer) <= TELEGRAM_TEXT_MAX ? longer : text;
    }
    return text;
}
