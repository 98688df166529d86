/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_sample.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { SAMPLE_BYTES_MAX = 32 * 1024 * 1024 };

static const unsigned char jpeg[] = {
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 'J', 'F', 'I', 'F', 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0xFF, 0xD9};
static const unsigned char png[] = {
    0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 'I', 'H', 'D', 'R', 0x00, 0x00, 0x00, 0x01,
    0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xDE, 0x00, 0x00, 0x00, 0x0C, 'I', 'D', 'A',
    'T', 0x08, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0x18, 0xDD, 0x8D, 0xB0, 0x00, 0x00, 0x00,
    0x00, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82};
static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
static const char words[] = "sample\n";

static const struct sample {
    const char *suffixes;
    const void *data;
    size_t size_bytes;
} samples[] = {
    {".jpg .jpeg", jpeg, sizeof jpeg}, {".png", png, sizeof png}, {".pdf", pdf, sizeof pdf - 1}, {"", words, sizeof words - 1}};

static const struct sample *sample_of(const char *name)
{
    const char *suffix = strrchr(name, '.');
    size_t last = sizeof samples / sizeof *samples - 1;
    for (size_t i = 0; i < last && suffix; i++) {
        if (text_in_list(samples[i].suffixes, suffix))
            return &samples[i];
    }
    return &samples[last];
}

char *talk_sample_beside(struct arena *arena, const char *talk_path, const char *name)
{
    return *name == '/' ? arena_copy(arena, name) : arena_print(arena, "%s/%s", dirname(arena_copy(arena, talk_path)), name);
}

char *talk_sample(struct arena *arena, const char *folder, int number, const char *talk_path, const char *name,
                  uint64_t *size_bytes, struct fail *fail)
{
    struct buf data = {.cap = SAMPLE_BYTES_MAX};
    if (!buf_read_file(&data, talk_sample_beside(arena, talk_path, name))) {
        const struct sample *sample = sample_of(name);
        buf_clear(&data);
        buf_add(&data, sample->data, sample->size_bytes);
    }
    char *path = arena_print(arena, "%s/upload-%d", folder, number);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, data.data, data.size) == (ssize_t)data.size;
    if (!ok)
        fail_set(fail, "%s: cannot be written: %s", path, strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    *size_bytes = data.size;
    buf_free(&data);
    return ok ? path : NULL;
}
