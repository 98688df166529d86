/* SPDX-License-Identifier: MPL-2.0
 * The square code by which a telephone takes the secret, as a picture: drawn here, so that no stranger's service ever sees it. */
#include <qrencode.h>
#include <string.h>

#include "desk.h"

enum { QUIET = 4, RUN_BYTES = 40 }; /* QUIET: modules of white around, ISO/IEC 18004 */

/* One run of dark modules as a rectangle of the path: fewer bytes than a square each. */
static char *put_row(struct viche_turn *t, char *to, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
    for (int x = 0; x < code->width; x++) {
        int from = x;
        while (x < code->width && row[x] & 1)
            x++;
        if (x > from) {
            const char *run = viche_print(t, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
            size_t length = strlen(run);
            memcpy(to, run, length);
            to += length;
        }
    }
    return to;
}

const char *qr_svg(struct viche_turn *t, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return NULL;
    int side = code->width + 2 * QUIET;
    char *path = viche_memory(t, (size_t)code->width * (size_t)code->width * RUN_BYTES / 2 + 1), *to = path;
    for (int y = 0; y < code->width; y++)
        to = put_row(t, to, code, y);
    QRcode_free(code);
    return viche_print(t, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
                          "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"%s\"/></svg>", side, side, side, side, path);
}
