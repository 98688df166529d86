/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a picture: what comes out is one again, and not much longer: notes which way is up, and an end. */
#include <stdint.h>
#include <stdlib.h>

#include "store/picture.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { NOTE = 36, END = 2 };
    struct buf in = {0}, out = {0}, again = {0};
    buf_add(&in, data, size);
    bool picture = picture_clean(&in, &out);
    if (picture ? out.size > 2 * size + NOTE + END || !picture_clean(&out, &again) : out.size > 0)
        abort();
    buf_free(&in);
    buf_free(&out);
    buf_free(&again);
    return 0;
}
