/* SPDX-License-Identifier: MPL-2.0 */
#include "store/picture.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* What is still unread. */
struct bytes {
    const unsigned char *at;
    size_t left;
};

static bool begins(const struct bytes *in, const char *with, size_t size)
{
    return in->left >= size && memcmp(in->at, with, size) == 0;
}

static void skip(struct bytes *in, size_t size)
{
    in->at += size;
    in->left -= size;
}

static void take(struct bytes *in, size_t size, struct buf *out)
{
    buf_add(out, in->at, size);
    skip(in, size);
}

static uint32_t number(const unsigned char *at, size_t size, bool little)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | at[little ? size - 1 - i : i];
    return value;
}

/* ---- JPEG (ITU-T T.81): FF, a marker, two bytes of length, content ---- */

enum { RST0 = 0xD0, EOI = 0xD9, SOS = 0xDA, APP1 = 0xE1, APP2 = 0xE2, APP14 = 0xEE, APP15 = 0xEF, COM = 0xFE };
enum { ORIENTATION = 0x0112, EXIF_HEAD = 6, ENTRY_BYTES = 12 };

/* Which way is up, as Exif says it: 1 to 8. 0: it does not say. */
static uint32_t orientation(const unsigned char *exif, size_t size)
{
    const unsigned char *tiff = exif + EXIF_HEAD;
    if (size < EXIF_HEAD + 8 || memcmp(exif, "Exif\0", EXIF_HEAD) != 0)
        return 0;
    size -= EXIF_HEAD;
    bool little = tiff[0] == 'I';
    size_t at = number(tiff + 4, 4, little);
    if (at > size - 2)
        return 0;
    size_t count = number(tiff + at, 2, little);
    for (at += 2; count > 0 && at + ENTRY_BYTES <= size; at += ENTRY_BYTES, count--)
        if (number(tiff + at, 2, little) == ORIENTATION)
            return number(tiff + at + 8, 2, little);
    return 0;
}

static void put_orientation(uint32_t up, struct buf *out)
{
    if (up < 2 || up > 8)
        return;
    const unsigned char segment[] = {0xFF, APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                     0, 1, ORIENTATION >> 8, ORIENTATION & 0xFF, 0, 3, 0, 0, 0, 1, 0, (unsigned char)up, 0, 0,
                                     0, 0, 0, 0};
    buf_add(out, segment, sizeof segment);
}

/* What is needed to draw it right; content: behind the length. */
static bool is_drawn(unsigned marker, const unsigned char *content, size_t size)
{
    if (marker == COM)
        return false;
    if (marker == APP2)
        return size >= 11 && memcmp(content, "ICC_PROFILE", 11) == 0;
    return marker < APP1 || marker > APP15 || marker == APP14;
}

/* The drawing itself, up to the next marker. */
static void take_scan(struct bytes *in, struct buf *out)
{
    size_t size = 0;
    while (size < in->left) {
        const unsigned char *found = memchr(in->at + size, 0xFF, in->left - size);
        size = found ? (size_t)(found - in->at) : in->left;
        bool end = size + 1 < in->left && found[1] != 0 && found[1] != 0xFF && (found[1] & 0xF8) != RST0;
        if (end || size == in->left)
            break;
        size++;
    }
    take(in, size, out);
}

static bool take_segment(struct bytes *in, struct buf *out)
{
    if (in->left < 4 || in->at[0] != 0xFF)
        return false;
    unsigned marker = in->at[1];
    if (marker == 0xFF) { /* padding */
        skip(in, 1);
        return true;
    }
    size_t size = 2 + (size_t)number(in->at + 2, 2, false);
    if (marker == EOI || size < 4 || size > in->left)
        return false;
    if (marker == APP1)
        put_orientation(orientation(in->at + 4, size - 4), out);
    if (!is_drawn(marker, in->at + 4, size - 4)) {
        skip(in, size);
        return true;
    }
    take(in, size, out);
    if (marker == SOS)
        take_scan(in, out);
    return true;
}

/* Telephones hang whole videos behind the end. */
static void clean_jpeg(struct bytes in, struct buf *out)
{
    static const unsigned char end[] = {0xFF, EOI};
    take(&in, 2, out);
    while (take_segment(&in, out))
        continue;
    buf_add(out, end, sizeof end);
}

/* ---- PNG (ISO/IEC 15948): four bytes of length, a name, content, a checksum ---- */

static void clean_png(struct bytes in, struct buf *out)
{
    static const char drawn[] = "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs sPLT hIST acTL fcTL fdAT";
    take(&in, 8, out);
    while (in.left >= 12) {
        char name[5] = "";
        memcpy(name, in.at + 4, 4);
        size_t size = 12 + (size_t)number(in.at, 4, false);
        if (size > in.left)
            return;
        if (text_in_list(drawn, name))
            take(&in, size, out);
        else
            skip(&in, size);
        if (text_is(name, "IEND"))
            return;
    }
}

/* ---- WebP (RFC 9649): RIFF chunks, a name, four bytes of length, content of an even size ---- */

static bool is_drawn_chunk(const struct bytes *in)
{
    static const char *const drawn[] = {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"};
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        if (begins(in, drawn[i], 4))
            return true;
    return false;
}

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8, HAS_XMP = 0x04, HAS_EXIF = 0x08 };

static void clean_webp(struct bytes in, struct buf *out)
{
    size_t start = out->size;
    take(&in, RIFF_HEAD, out);
    while (in.left >= CHUNK_HEAD) {
        size_t size = CHUNK_HEAD + (size_t)number(in.at + 4, 4, true);
        size += size & 1;
        if (size > in.left)
            break;
        bool extended = begins(&in, "VP8X", 4) && size > CHUNK_HEAD;
        size_t chunk = out->size;
        if (is_drawn_chunk(&in))
            take(&in, size, out);
        else
            skip(&in, size);
        if (extended)
            out->data[chunk + CHUNK_HEAD] = (char)(out->data[chunk + CHUNK_HEAD] & ~(HAS_XMP | HAS_EXIF));
    }
    size_t whole = out->size - start - CHUNK_HEAD;
    for (size_t i = 0; i < 4; i++)
        out->data[start + 4 + i] = (char)(whole >> (8 * i) & 0xFF);
}

/* ---- GIF (89a): a screen, then blocks; extensions are a label and pieces of up to 255 bytes ---- */

enum { GIF_HEAD = 13, GIF_IMAGE = 10, EXTENSION = 0x21, IMAGE = 0x2C, CONTROL = 0xF9, APPLICATION = 0xFF };

static size_t colours(unsigned flags) { return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0; }

/* Of the pieces from `at` to the empty one that ends them; 0: it is not there. */
static size_t pieces(const struct bytes *in, size_t at)
{
    while (at < in->left && in->at[at])
        at += 1 + (size_t)in->at[at];
    return at < in->left ? at + 1 : 0;
}

/* Everything else in an extension is words. */
static bool moves_picture(const struct bytes *in)
{
    return in->at[1] == CONTROL || (in->at[1] == APPLICATION && in->left > 14 && memcmp(in->at + 3, "NETSCAPE2.0", 11) == 0);
}

static bool take_block(struct bytes *in, struct buf *out)
{
    if (in->left < GIF_IMAGE)
        return false;
    bool extension = in->at[0] == EXTENSION;
    size_t head = extension ? 2 : GIF_IMAGE + colours(in->at[9]) + 1;
    size_t size = extension || in->at[0] == IMAGE ? pieces(in, head) : 0;
    if (size && (!extension || moves_picture(in)))
        take(in, size, out);
    else
        skip(in, size);
    return size != 0;
}

static void clean_gif(struct bytes in, struct buf *out)
{
    size_t head = GIF_HEAD + colours(in.at[10]);
    take(&in, head < in.left ? head : in.left, out);
    while (take_block(&in, out))
        continue;
    buf_byte(out, ';');
}

bool picture_clean(const struct buf *picture, struct buf *out)
{
    const struct bytes in = {(const unsigned char *)buf_str(picture), picture->size};
    if (begins(&in, "\xFF\xD8\xFF", 3))
        clean_jpeg(in, out);
    else if (begins(&in, "\x89PNG\r\n\x1a\n", 8))
        clean_png(in, out);
    else if (in.left >= RIFF_HEAD && begins(&in, "RIFF", 4) && memcmp(in.at + 8, "WEBP", 4) == 0)
        clean_webp(in, out);
    else if (in.left >= GIF_HEAD && (begins(&in, "GIF89a", 6) || begins(&in, "GIF87a", 6)))
        clean_gif(in, out);
    else
        return false;
    return true;
}
