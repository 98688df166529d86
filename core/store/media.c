/* SPDX-License-Identifier: MPL-2.0 */
#include "store/media.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum { ITEMS_MAX = 4096, NAME = 4, FULL = 4 /* a version and flags stand before the content of many boxes */ };

/* Bytes not read yet. */
struct span {
    unsigned char *at;
    size_t left;
};

struct box {
    char name[NAME + 1];
    unsigned char *start;
    struct span content;
};

struct media {
    struct span whole;
    size_t blanked; /* of samples and items: never more than there is, however often a file names the same bytes */
    bool fragments; /* samples stand in moof, too */
};

/* ---- reading ---- */

/* A number of 0, 1, 2, 4 or 8 bytes; false: it is not all there. */
static bool take(struct span *in, size_t size, uint64_t *out)
{
    if (in->left < size)
        return false;
    *out = 0;
    for (size_t i = 0; i < size; i++)
        *out = *out << 8 | in->at[i];
    in->at += size;
    in->left -= size;
    return true;
}

static bool skip(struct span *in, size_t size)
{
    if (in->left < size)
        return false;
    in->at += size;
    in->left -= size;
    return true;
}

/* false: what is left is no box. */
static bool next_box(struct span *in, struct box *out)
{
    const struct span before = *in;
    uint64_t size = 0;
    *out = (struct box){.start = in->at};
    if (!take(in, 4, &size) || in->left < NAME)
        return false;
    memcpy(out->name, in->at, NAME);
    skip(in, NAME);
    if (size == 1 && !take(in, 8, &size))
        return false;
    if (size == 0)
        size = before.left;
    size_t head = before.left - in->left;
    if (size < head || size > before.left)
        return false;
    out->content = (struct span){in->at, (size_t)size - head};
    return skip(in, (size_t)size - head);
}

static bool find(struct span in, const char *name, struct box *out)
{
    while (next_box(&in, out))
        if (text_is(out->name, name))
            return true;
    return false;
}

/* Who handles the track or the items: "vide", "soun", "pict". */
static bool handler_is_one_of(struct span in, const char *list)
{
    struct box box;
    char name[NAME + 1] = "";
    if (!find(in, "hdlr", &box) || box.content.left < FULL + 2 * NAME)
        return false;
    memcpy(name, box.content.at + FULL + NAME, NAME);
    return text_in_list(list, name);
}

/* ---- blanking ---- */

static void blank(struct box *box)
{
    memcpy(box->start + 4, "free", NAME);
    memset(box->content.at, 0, box->content.left);
}

static bool blank_at(struct media *media, struct span in, uint64_t offset, uint64_t size)
{
    if (size > in.left || offset > in.left - size || size > media->whole.left - media->blanked)
        return false;
    media->blanked += size;
    memset(in.at + offset, 0, (size_t)size);
    return true;
}

/* When it was made and changed: 32 or 64 bits each. */
static void blank_times(struct box *box)
{
    size_t size = box->content.left && box->content.at[0] == 1 ? 16 : 8;
    if (box->content.left >= FULL + size)
        memset(box->content.at + FULL, 0, size);
}

/* ---- a track that is neither seen nor heard: places along the way, movements of the telephone ---- */

/* The tables of a track's samples, each behind its head. */
struct samples {
    struct span sizes, chunks, runs;
    uint64_t size, count, chunk_count, offset_bytes;
    uint64_t each; /* samples of the chunk that was looked at last */
};

static bool read_samples(struct span stbl, struct samples *out)
{
    struct box box;
    *out = (struct samples){.offset_bytes = 4};
    if (!find(stbl, "stsz", &box))
        return false;
    out->sizes = box.content;
    if (!skip(&out->sizes, FULL) || !take(&out->sizes, 4, &out->size) || !take(&out->sizes, 4, &out->count))
        return false;
    if (!find(stbl, "stco", &box)) {
        out->offset_bytes = 8;
        if (!find(stbl, "co64", &box))
            return false;
    }
    out->chunks = box.content;
    if (!skip(&out->chunks, FULL) || !take(&out->chunks, 4, &out->chunk_count) || !find(stbl, "stsc", &box))
        return false;
    out->runs = box.content;
    return skip(&out->runs, FULL + 4);
}

/* How many samples the chunk (from 1, one after the other) has: runs say from which chunk on there are how many. */
static uint64_t samples_in(struct samples *table, uint64_t chunk)
{
    struct span ahead = table->runs;
    uint64_t first = 0, each = 0;
    while (take(&ahead, 4, &first) && first <= chunk && take(&ahead, 4, &each) && skip(&ahead, 4)) {
        table->runs = ahead;
        table->each = each;
    }
    return table->each;
}

static bool blank_samples(struct media *media, struct span stbl)
{
    struct samples table;
    uint64_t sample = 0, offset = 0;
    if (!read_samples(stbl, &table) || media->fragments)
        return false;
    for (uint64_t chunk = 1; chunk <= table.chunk_count && sample < table.count; chunk++) {
        if (!take(&table.chunks, table.offset_bytes, &offset))
            return false;
        uint64_t end = sample + samples_in(&table, chunk);
        for (; sample < end && sample < table.count; sample++) {
            uint64_t size = table.size;
            if ((size == 0 && !take(&table.sizes, 4, &size)) || !blank_at(media, media->whole, offset, size))
                return false;
            offset += size;
        }
    }
    return sample == table.count;
}

/* ---- items of a picture: its tiles, and Exif and XMP beside them ---- */

/* Is it part of what is drawn? known: its entry was understood. */
static bool is_drawn(struct span iinf, uint64_t id, bool *known)
{
    static const char drawn[] = "hvc1 hvt1 lhv1 av01 avc1 vvc1 grid iovl iden tmap";
    uint64_t version = 0, count = 0, item = 0;
    struct box infe;
    *known = take(&iinf, 1, &version) && skip(&iinf, 3) && take(&iinf, version ? 4 : 2, &count) && count <= ITEMS_MAX;
    while (*known && next_box(&iinf, &infe)) {
        struct span in = infe.content;
        *known = take(&in, 1, &version) && version >= 2 && skip(&in, 3) && take(&in, version == 2 ? 2 : 4, &item) && skip(&in, 2) &&
                 in.left >= NAME;
        if (!*known || item != id)
            continue;
        char type[NAME + 1] = "";
        memcpy(type, in.at, NAME);
        return text_in_list(drawn, type);
    }
    return false;
}

/* How an iloc writes its numbers. */
struct widths {
    uint64_t version, offset, length, base, index;
};

static bool blank_extents(struct media *media, struct span *iloc, const struct widths *widths, struct span where, bool drawn)
{
    uint64_t base = 0, count = 0, index = 0, offset = 0, length = 0;
    if (!take(iloc, widths->base, &base) || !take(iloc, 2, &count) || count > ITEMS_MAX)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        if (!take(iloc, widths->index, &index) || !take(iloc, widths->offset, &offset) || !take(iloc, widths->length, &length))
            return false;
        if (!drawn && (length == 0 || base > UINT64_MAX - offset || !blank_at(media, where, base + offset, length)))
            return false;
    }
    return true;
}

static bool read_widths(struct span *iloc, struct widths *out, uint64_t *count)
{
    uint64_t first = 0, second = 0;
    if (!take(iloc, 1, &out->version) || out->version > 2 || !skip(iloc, 3) || !take(iloc, 1, &first) || !take(iloc, 1, &second))
        return false;
    out->offset = first >> 4;
    out->length = first & 15;
    out->base = second >> 4;
    out->index = out->version ? second & 15 : 0;
    bool plain = out->offset <= 8 && out->length <= 8 && out->base <= 8 && out->index <= 8;
    return plain && take(iloc, out->version < 2 ? 2 : 4, count) && *count <= ITEMS_MAX;
}

static bool blank_items(struct media *media, struct span meta)
{
    struct box box;
    struct widths widths;
    uint64_t count = 0, id = 0, method = 0;
    struct span iinf = {0}, idat = {0};
    if (find(meta, "iinf", &box))
        iinf = box.content;
    if (find(meta, "idat", &box))
        idat = box.content;
    if (!find(meta, "iloc", &box) || !read_widths(&box.content, &widths, &count))
        return false;
    for (uint64_t i = 0; i < count; i++) {
        bool known = false;
        if (!take(&box.content, widths.version < 2 ? 2 : 4, &id) || (widths.version && !take(&box.content, 2, &method)) ||
            !skip(&box.content, 2))
            return false;
        bool drawn = is_drawn(iinf, id, &known);
        bool elsewhere = (method & 15) > 1;
        if (!known || (elsewhere && !drawn) ||
            !blank_extents(media, &box.content, &widths, (method & 15) == 1 ? idat : media->whole, drawn))
            return false;
    }
    return true;
}

/* ---- boxes ---- */

static const struct rule {
    const char *in, *kept, *entered;
} rules[] = {
    {"", "ftyp styp mdat mfra sidx ssix prft wide", "moov moof meta"},
    {"moov", "mvhd iods mvex", "trak"},
    {"moof", "mfhd traf", ""},
    {"meta", "hdlr pitm iinf iloc iprp iref idat dinf grpl ipro", ""},
    {"trak", "tkhd edts tref tapt", "mdia"},
    {"mdia", "mdhd hdlr elng", "minf"},
    {"minf", "vmhd smhd nmhd gmhd sthd hmhd dinf hdlr", "stbl"},
    {"stbl", "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stps sdtp sbgp sgpd subs saiz saio padb stdp", ""},
};

static const struct rule *rule_for(const char *name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (text_is(rules[i].in, name))
            return &rules[i];
    return NULL;
}

static bool clean(struct media *media, const char *name, struct span in);

/* One that is neither seen nor heard goes with its samples, wherever they lie. */
static bool clean_track(struct media *media, struct box *trak)
{
    struct box mdia, minf, stbl;
    if (!find(trak->content, "mdia", &mdia))
        return false;
    if (handler_is_one_of(mdia.content, "vide soun text sbtl subt clcp auxv pict tmcd hint"))
        return clean(media, "trak", trak->content);
    bool gone = find(mdia.content, "minf", &minf) && find(minf.content, "stbl", &stbl) && blank_samples(media, stbl.content);
    blank(trak);
    return gone;
}

static bool clean_meta(struct media *media, struct box *meta)
{
    struct span in = meta->content;
    if (!skip(&in, FULL) || !handler_is_one_of(in, "pict")) {
        blank(meta);
        return true;
    }
    return blank_items(media, in) && clean(media, "meta", in);
}

static bool clean_box(struct media *media, const struct rule *rule, struct box *box)
{
    if (text_in_list("mvhd tkhd mdhd", box->name))
        blank_times(box);
    if (text_in_list(rule->kept, box->name))
        return true;
    if (!text_in_list(rule->entered, box->name)) {
        blank(box);
        return true;
    }
    if (text_is(box->name, "trak"))
        return clean_track(media, box);
    return text_is(box->name, "meta") ? clean_meta(media, box) : clean(media, box->name, box->content);
}

static bool clean(struct media *media, const char *name, struct span in)
{
    struct box box;
    while (next_box(&in, &box))
        if (!clean_box(media, rule_for(name), &box))
            return false;
    memset(in.at, 0, in.left); /* no box any more */
    return true;
}

bool media_is(const struct buf *file)
{
    char name[NAME + 1] = "";
    if (file->size < 4 + NAME)
        return false;
    memcpy(name, file->data + 4, NAME);
    return text_in_list("ftyp styp moov mdat wide free skip pnot", name);
}

bool media_clean(struct buf *file)
{
    struct media media = {.whole = {(unsigned char *)file->data, file->size}};
    struct box box;
    media.fragments = find(media.whole, "moof", &box);
    return clean(&media, "", media.whole);
}
