/* SPDX-License-Identifier: MPL-2.0 */
#include "common/depth.h"

bool depth_fits(const char *json, size_t size_bytes, size_t levels_max)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < size_bytes; i++) {
        char c = json[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > levels_max)
            return false;
        else if (!quoted && (c == '}' || c == ']') && depth > 0)
            depth--;
    }
    return true;
}
