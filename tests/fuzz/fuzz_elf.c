/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a plugin's file: refused with words or fit for dlopen (which is not called: it may run what it loads). */
#include "file.h"
#include "plugin/elf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    struct fail fail = {0};
    int fd = fuzz_file(data, size, path);
    if (!elf_fits(path, &fail) && !fail.words[0])
        abort();
    close(fd);
    return 0;
}
