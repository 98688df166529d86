/* SPDX-License-Identifier: MPL-2.0
 * load FILE…: loads and checks each plugin as a host does. Ends with 1 if one is refused. */
#include "tool/inspect.h"

int main(int count, char **files)
{
    int code = 0;
    for (int i = 1; i < count; i++)
        code |= inspect_print(files[i], "", stdout);
    return code;
}
