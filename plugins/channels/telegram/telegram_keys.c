/* SPDX-License-Identifier: MPL-2.0
 * Buttons of a message. Answers and links stand under it (inline keyboard). What asks for the place or the number of the phone can only
 * stand where the phone's own keyboard is (reply keyboard); a message has one of the two, so there the answers are words. */
#include <string.h>

#include "common/label.h"
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

static bool is_inline(const struct viche_button *button) { return button->kind == VICHE_BUTTON_ANSWER || opens(button); }

static void add_inline(struct paper *out, const struct viche_button *button)
{
    paper_put(out, "{\"text\":");
    telegram_add_quoted(out, button->label);
    paper_put(out, button->kind == VICHE_BUTTON_ANSWER ? ",\"callback_data\":" : ",\"url\":");
    telegram_add_quoted(out, button->value);
    paper_put(out, "}");
}

static bool is_reply(const struct viche_button *button)
{
    return button->kind == VICHE_BUTTON_PLACE || button->kind == VICHE_BUTTON_PHONE || button->kind == VICHE_BUTTON_ANSWER;
}

static void add_reply(struct paper *out, const struct viche_button *button)
{
    paper_put(out, "{\"text\":");
    telegram_add_quoted(out, button->label);
    paper_put(out, button->kind == VICHE_BUTTON_PLACE   ? ",\"request_location\":true}"
                      : button->kind == VICHE_BUTTON_PHONE ? ",\"request_contact\":true}"
                                                           : "}");
}

/* The keys in rows as the message has them, a row broken where it would be too full to read. Returns how many there are. */
static uint32_t add_rows(struct paper *out, const struct viche_list *buttons, bool (*is_key)(const struct viche_button *),
                         void (*add)(struct paper *, const struct viche_button *))
{
    uint32_t count = 0, in_row = 0, number = 0;
    size_t width = 0;
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        if (!is_key(button))
            continue;
        size_t more = telegram_length(button->label);
        if (in_row && (button->row != number || in_row == TELEGRAM_ROW_MAX || width + more > ROW_CHARACTERS)) {
            paper_put(out, "],");
            in_row = 0;
            width = 0;
        }
        paper_put(out, in_row ? "," : "[");
        add(out, button);
        count++;
        in_row++;
        number = button->row;
        width += more;
    }
    paper_put(out, count ? "]" : "");
    return count;
}

const char *telegram_keys(struct viche_turn *t, const struct viche_list *buttons)
{
    struct paper out = {.t = t};
    if (telegram_keys_ask(buttons)) {
        paper_put(&out, "{\"keyboard\":[");
        add_rows(&out, buttons, is_reply, add_reply);
        paper_put(&out, "],\"resize_keyboard\":true,\"one_time_keyboard\":true}");
        return out.text;
    }
    paper_put(&out, "{\"inline_keyboard\":[");
    uint32_t count = add_rows(&out, buttons, is_inline, add_inline);
    paper_put(&out, "]}");
    return count ? out.text : NULL;
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
        const char *longer = number && label_says_number(button->label, value) ? viche_print(t, "%s\n%s", text, button->label)
                                                                  : viche_print(t, "%s\n%s: %s", text, button->label, value);
        text = telegram_length(longer) <= TELEGRAM_TEXT_MAX ? longer : text;
    }
    return text;
}
