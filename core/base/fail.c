/* SPDX-License-Identifier: MPL-2.0 */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>

bool fail_set(struct fail *fail, const char *format, ...)
{
    if (!fail)
        return false;
    fail->again = false;
    va_list args;
    va_start(args, format);
    vsnprintf(fail->words, sizeof fail->words, format, args);
    va_end(args);
    return false;
}
