/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a transcript: every line of it is in exactly one entry, or it is refused with words. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tool/talk_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct talk_file file;
    struct fail fail = {0};
    if (talk_file_parse(&file, arena, "x.talk", (const char *)data, size, &fail)) {
        size_t bytes = 0;
        for (size_t i = 0; i < file.count; i++)
            bytes += strlen(file.lines[i].raw);
        if (bytes != size)
            abort();
    } else if (!fail.words[0]) {
        abort();
    }
    arena_free(arena);
    return 0;
}
