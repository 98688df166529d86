/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as an INI file: refused with words, or every key is found again under its own section. */
#include <string.h>

#include "base/text.h"
#include "config/host.h"
#include "config/ini.h"
#include "config/value.h"
#include "file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void find_all(const struct ini *ini)
{
    for (size_t i = 0; i < ini->key_count; i++) {
        const struct ini_key *key = &ini->keys[i];
        if (ini_find(ini, key->section, key->name) != key || !ini_section(ini, key->section) || key->line < 1)
            abort();
        if (!text_valid(key->value, strlen(key->value)))
            abort();
    }
}

/* As the host's own section: whatever the file says, a value or words. */
static void check_host(const struct ini *ini)
{
    size_t count = 0;
    const struct viche_option *options = host_options("host", &count);
    const char *values[64] = {0};
    struct fail fail = {0};
    if (!value_section(ini, "host", options, count, values, &fail) && !fail.words[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    int fd = fuzz_file(data, size, path);
    struct ini ini;
    struct fail fail = {0};
    if (ini_read(&ini, path, NULL, &fail)) {
        find_all(&ini);
        check_host(&ini);
        ini_close(&ini);
    } else if (!fail.words[0]) {
        abort();
    }
    close(fd);
    return 0;
}
