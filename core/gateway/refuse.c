/* SPDX-License-Identifier: MPL-2.0
 * The words stand here and not in texts/: they must be sayable when nothing else works. */
#include "gateway/refuse.h"

#include <stdio.h>
#include <string.h>

#include "gateway/parts.h"

struct words {
    unsigned status;
    const char *code, *uk, *en;
};

static const struct words table[] = {
    [REFUSE_TARGET] = {400, "bad-address", "Такої адреси не буває. Перевірте посилання.",
                       "This cannot be an address. Please check the link."},
    [REFUSE_AMBIGUOUS] = {400, "ambiguous", "Запит записано суперечливо. Спробуйте, будь ласка, з іншого браузера.",
                          "The request contradicts itself. Please try another browser."},
    [REFUSE_UNPROVEN] = {403, "unproven", "Ця адреса лише для месенджера. Напишіть нам, будь ласка, у чаті.",
                         "This address is for the messenger only. Please write to us in a chat."},
    [REFUSE_UNKNOWN] = {404, "not-found", "Такої сторінки немає. Перевірте адресу або почніть із головної.",
                        "There is no such page. Please check the address or begin at the front page."},
    [REFUSE_METHOD] = {405, "method", "Так сюди звертатися не можна.", "This address cannot be asked that way."},
    [REFUSE_TOO_LARGE] = {413, "too-large", "Завелике. Надішліть, будь ласка, менший файл або коротший текст.",
                          "Too large. Please send a smaller file or a shorter text."},
    [REFUSE_TOO_LONG] = {414, "address-too-long", "Адреса задовга.", "The address is too long."},
    [REFUSE_ENCODING] = {415, "encoding", "Стиснені дані тут не приймаються. Надішліть їх без стискання.",
                         "Compressed bodies are not taken here. Send it without Content-Encoding."},
    [REFUSE_TOO_OFTEN] = {429, "too-often", "Забагато звернень за короткий час. Зачекайте, будь ласка, і спробуйте ще раз.",
                          "Too many requests in a short time. Please wait a little and try again."},
    [REFUSE_HEADERS] = {431, "headers", "Браузер надіслав забагато службових даних. Очистьте куки цього сайту.",
                        "Your browser sent too many headers. Please clear the cookies of this site."},
    [REFUSE_SPOOL] = {503, "no-room", "Зараз файл нікуди покласти. Спробуйте, будь ласка, трохи згодом.",
                      "There is no room for the file just now. Please try a little later."},
    [REFUSE_BUSY] = {503, "busy", "Зараз дуже багато звернень. Спробуйте, будь ласка, за хвилину.",
                     "Very many people are asking at once. Please try again in a minute."},
    [REFUSE_LATER] = {503, "no-answer", "Відповідь ще не готова. Спробуйте, будь ласка, за хвилину: нічого не втрачено.",
                      "The answer is not ready yet. Please try again in a minute: nothing is lost."},
    [REFUSE_STOPPING] = {503, "stopping", "Сервіс перезапускається. Спробуйте, будь ласка, за хвилину.",
                         "The service is restarting. Please try again in a minute."},
};

void refuse(struct exchange *exchange, enum refusal refusal, uint32_t retry_after_s)
{
    if (exchange->parts) {
        parts_break(exchange);
        return;
    }
    const struct words *words = &table[refusal];
    const char *message = strncmp(exchange_header(exchange, "accept-language"), "en", 2) == 0 ? words->en : words->uk;
    bool browser = strstr(exchange_header(exchange, "accept"), "text/html");
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%u", retry_after_s);
    const struct pair headers[] = {
        {"Content-Type", browser ? "text/plain; charset=utf-8" : "application/json"},
        {"Cache-Control", "no-store"},
        {"Access-Control-Allow-Origin", "*"}, /* no secret in it, and the widget on another site must know when to come again */
        {"Access-Control-Expose-Headers", "Retry-After"},
        {retry_after_s ? "Retry-After" : NULL, seconds},
        {NULL, NULL},
    };
    struct buf body = {0};
    if (browser)
        buf_print(&body, "%s\n", message);
    else
        buf_print(&body, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}\n", words->code, message);
    exchange_answer(exchange, words->status, headers, body.data, body.size);
    buf_free(&body);
}
