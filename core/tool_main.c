/* SPDX-License-Identifier: MPL-2.0
 * `viche`, the operator's and the author's tool. */
#include "tool/tool.h"

int main(int argc, char **argv) { return tool_run(argc, argv); }
