/* SPDX-License-Identifier: MPL-2.0
 * The square code that opens a channel of the town on a telephone, as a picture. */
#include <qrencode.h>
#include <string.h>

#include "web.h"

enum { QUIET = 4 }; /* modules of white around, ISO/IEC 18004 */

/* One run of dark modules as a rectangle of the path: fewer bytes than a square each. */
static void put_row(struct paper *out, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
    for (int x = 0; x < code->width; x++) {
        int from = x;
        while (x < code->width && row[x] & 1)
            x++;
        if (x > from)
            paper_put(out, viche_print(out->t, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from));
    }
}

bool web_qr_draw(struct paper *out, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    int side = code->width + 2 * QUIET;
    static const char head[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
                               "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"";
    paper_put(out, viche_print(out->t, head, side, side, side, side));
    for (int y = 0; y < code->width; y++)
        put_row(out, code, y);
    paper_put(out, "\"/></svg>");
    QRcode_free(code);
    return true;
}

void web_qr(struct viche_turn *t, const struct viche_http *http)
{
    if (!web_open(t, http))
        return;
    const char *name = viche_get(t, "channel"); /* "telegram.svg" */
    size_t length = strlen(name);
    bool picture = length > 4 && strcmp(name + length - 4, ".svg") == 0;
    const char *link = picture ? web_link(t, http, viche_print(t, "%.*s", (int)length - 4, name)) : NULL;
    struct paper out = {.t = t};
    if (!link || !web_qr_draw(&out, link)) {
        web_refuse(t, &web_not_here, NULL);
        return;
    }
    viche_reply_header(t, "content-security-policy", "default-src 'none'");
    viche_reply_header(t, "cache-control", "max-age=3600");
    viche_reply(t, 200, "image/svg+xml", out.text, out.size);
}
