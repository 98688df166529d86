/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a video: blanked within its bounds, and soon. Whoever lets an item lie upon the boxes themselves only spoils the file. */
#include <stdint.h>
#include <stdlib.h>

#include "store/media.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf file = {0};
    buf_add(&file, data, size);
    if (media_is(&file))
        media_clean(&file);
    if (file.size != size)
        abort();
    buf_free(&file);
    return 0;
}
