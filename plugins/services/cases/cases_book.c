/* SPDX-License-Identifier: MPL-2.0
 * An XLSX is a zip of XML. All of its members but the sheet are the same in every workbook; the sheet comes last, deflated by zlib and
 * flushed after each part, with its sizes behind it, so nothing written has to be touched again. ECMA-376, APPNOTE.TXT. */
#include "cases_book.h"

#include <string.h>
#include <zlib.h>

enum {
    CELL_UNITS_MAX = 32767, /* of UTF-16: a spreadsheet takes no more in one cell */
    STORED = 0,
    DEFLATED = 8,
    SIZES_BEHIND = 8, /* flag: checksum and sizes follow the data */
    VERSION = 20,
    DAY_ONE = 0x21, /* 1 January 1980: the file says nothing of when */
    WINDOW = -15,   /* bare deflate, without zlib's own head */
    MEMORY = 8
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct member {
    const char *name, *text;
} members[] = {
    {"[Content_Types].xml",
     XML "<Types xmlns=\"" PACKAGE "content-types\">"
         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
         "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/>"
         "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/></Types>"},
    {"_rels/.rels", XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
                        "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/workbook.xml", XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">"
                            "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
         "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"rId2\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"xl/styles.xml", XML "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                          "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                          "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
                          "</fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                          "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                          "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
                          "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>"},
};
enum { MEMBERS = sizeof members / sizeof *members };
static const char SHEET[] = "xl/worksheets/sheet1.xml";

/* ---- the sheet ------------------------------------------------------------------------------------------------------ */

void book_begin(struct book *book, struct paper *sheet)
{
    *book = (struct book){0};
    paper_put(sheet, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"
                         "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                         "<cols><col min=\"1\" max=\"40\" width=\"24\" customWidth=\"1\"/></cols><sheetData>");
}

void book_row(struct paper *sheet) { paper_put(sheet, "<row>"); }
void book_row_end(struct paper *sheet) { paper_put(sheet, "</row>\n"); }

/* What fits into a cell of what is said. */
static const char *fitting(struct paper *sheet, const char *words)
{
    size_t units = 0;
    for (const char *at = words; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        units += (byte & 0xC0) != 0x80; /* a character begins */
        units += byte >= 0xF0;          /* and needs two */
        if (units > CELL_UNITS_MAX)
            return viche_print(sheet->t, "%.*s", (int)(at - words), words);
    }
    return words;
}

void book_text(struct paper *sheet, const char *words, bool heading)
{
    paper_put(sheet, heading ? "<c t=\"inlineStr\" s=\"1\">" : "<c t=\"inlineStr\">");
    paper_put(sheet, "<is><t xml:space=\"preserve\">");
    paper_escaped(sheet, fitting(sheet, words));
    paper_put(sheet, "</t></is></c>");
}

void book_number(struct paper *sheet, double number) { paper_put(sheet, viche_print(sheet->t, "<c><v>%.15g</v></c>", number)); }

/* ---- the zip -------------------------------------------------------------------------------------------------------- */

static void put_16(struct paper *file, uint32_t value)
{
    paper_bytes(file, (const char[]){(char)(value & 0xFF), (char)(value >> 8 & 0xFF)}, 2);
}

static void put_32(struct paper *file, uint32_t value)
{
    put_16(file, value & 0xFFFF);
    put_16(file, value >> 16);
}

struct entry {
    const char *name;
    uint32_t flags, method, at; /* at: of its head in the file */
    struct book is;
};

/* What the head of a member and its line in the directory have in common. */
static void put_common(struct paper *file, const struct entry *entry)
{
    put_16(file, VERSION);
    put_16(file, entry->flags);
    put_16(file, entry->method);
    put_16(file, 0);
    put_16(file, DAY_ONE);
    put_32(file, entry->is.crc);
    put_32(file, entry->is.packed);
    put_32(file, entry->is.raw);
    put_16(file, (uint32_t)strlen(entry->name));
    put_16(file, 0); /* nothing extra */
}

static void put_head(struct paper *file, const struct entry *entry)
{
    put_32(file, 0x04034b50);
    put_common(file, entry);
    paper_put(file, entry->name);
}

static void put_in_directory(struct paper *file, const struct entry *entry)
{
    put_32(file, 0x02014b50);
    put_16(file, VERSION);
    put_common(file, entry);
    put_16(file, 0); /* no comment, */
    put_16(file, 0); /* the first disk, */
    put_16(file, 0); /* no attributes */
    put_32(file, 0);
    put_32(file, entry->at);
    paper_put(file, entry->name);
}

static struct entry entry_of(const struct member *member, uint32_t at)
{
    uint32_t size = (uint32_t)strlen(member->text);
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)member->text, size);
    return (struct entry){.name = member->name, .method = STORED, .at = at, .is = {crc, size, size}};
}

/* All that stands before the bytes of the sheet: the same in every workbook, so that the end knows where everything is. */
static void put_front(struct paper *file, struct entry entries[MEMBERS + 1])
{
    for (size_t i = 0; i < MEMBERS; i++) {
        entries[i] = entry_of(&members[i], (uint32_t)file->size);
        put_head(file, &entries[i]);
        paper_put(file, members[i].text);
    }
    entries[MEMBERS] = (struct entry){.name = SHEET, .flags = SIZES_BEHIND, .method = DEFLATED, .at = (uint32_t)file->size};
    put_head(file, &entries[MEMBERS]);
}

static void put_end(struct paper *file, const struct book *book)
{
    struct paper front = {.t = file->t}, directory = {.t = file->t};
    struct entry entries[MEMBERS + 1];
    put_front(&front, entries);
    entries[MEMBERS].is = *book;
    for (size_t i = 0; i <= MEMBERS; i++)
        put_in_directory(&directory, &entries[i]);
    put_32(file, 0x08074b50); /* behind the sheet: what its head could not know */
    put_32(file, book->crc);
    put_32(file, book->packed);
    put_32(file, book->raw);
    paper_bytes(file, directory.text, directory.size);
    put_32(file, 0x06054b50);
    put_32(file, 0); /* one disk */
    put_16(file, MEMBERS + 1);
    put_16(file, MEMBERS + 1);
    put_32(file, (uint32_t)directory.size);
    put_32(file, (uint32_t)front.size + book->packed + 16);
    put_16(file, 0); /* no comment */
}

/* A flushed part stands for itself: the next begins with an empty window. */
static void deflate_part(struct book *book, const struct paper *sheet, bool last, struct paper *file)
{
    z_stream stream = {.next_in = (Bytef *)sheet->text, .avail_in = (uInt)sheet->size};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    size_t room = deflateBound(&stream, (uLong)sheet->size) + 64;
    char *packed = viche_memory(sheet->t, room);
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    deflate(&stream, last ? Z_FINISH : Z_FULL_FLUSH);
    paper_bytes(file, packed, stream.total_out);
    book->packed += (uint32_t)stream.total_out;
    deflateEnd(&stream);
}

void book_pack(struct book *book, struct paper *sheet, bool first, bool last, struct paper *file)
{
    struct entry entries[MEMBERS + 1];
    if (first)
        put_front(file, entries);
    if (last)
        paper_put(sheet, "</sheetData></worksheet>");
    book->crc = (uint32_t)crc32(book->crc, (const Bytef *)sheet->text, (uInt)sheet->size);
    book->raw += (uint32_t)sheet->size;
    deflate_part(book, sheet, last, file);
    if (last)
        put_end(file, book);
}
