/* SPDX-License-Identifier: MPL-2.0
 * Random words that open something, and comparing them without telling how far they fit. */
#include <sodium.h>
#include <string.h>

#include "desk.h"

enum { SECRET_BYTES = 32, SHORT_LETTERS = 10 };

const char *secret_random(struct viche_turn *t)
{
    unsigned char bytes[SECRET_BYTES];
    viche_random(t, bytes, sizeof bytes);
    const size_t room = sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return sodium_bin2base64(viche_memory(t, room), room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* No letter looks like another one or like a digit. 31 of them: nearly five bits each. */
const char *secret_short(struct viche_turn *t)
{
    static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
    unsigned char bytes[SHORT_LETTERS];
    char *out = viche_memory(t, SHORT_LETTERS + 2);
    viche_random(t, bytes, sizeof bytes);
    for (size_t i = 0, at = 0; i < SHORT_LETTERS; i++) {
        if (i == SHORT_LETTERS / 2)
            out[at++] = '-';
        out[at++] = letters[bytes[i] % (sizeof letters - 1)];
    }
    return out;
}

bool secret_same(const char *a, const char *b)
{
    size_t length = strlen(a);
    return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}
