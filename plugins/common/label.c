/* SPDX-License-Identifier: MPL-2.0 */
#include "common/label.h"

#include <string.h>

bool label_says_number(const char *label, const char *number)
{
    for (; *number; number++) {
        if (*number < '0' || *number > '9')
            continue;
        label = strchr(label, *number);
        if (!label)
            return false;
        label++;
    }
    return true;
}
