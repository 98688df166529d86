#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""freeze.py vX-Y: keeps today's public headers as those of this minor, and writes down where every field stands (layout.c,
layout_services.c).

Run when a minor is released, never for an older one. For a new minor: copy the plugins of the last one, let them use what is new,
run this, and let CMakeLists.txt compare the new probe."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
API = HERE / "../../plugin-api"

HEAD = """/* SPDX-License-Identifier: MPL-2.0
 * Where every field of every public struct stands, on every 64-bit machine, for as long as the ABI's major lives. A line that
 * fails to compile is a broken plugin somewhere. Written by freeze.py when a minor is released; between two minors only a SIZE
 * may grow, and of a service not even that. */
%s
#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type " has another size")
#define AT(type, field, bytes) _Static_assert(offsetof(struct type, field) == (bytes), #type "." #field " has moved")
"""


CORE = [f"viche/{name}.h" for name in ("list", "turn", "desk", "channel", "plugin")]


def services():
    return [f"viche/services/{path.name}" for path in sorted((API / "viche/services").glob("*.h"))]


def field_names(declaration):
    """The names in `const char *a, *b` or in `void (*run)(…)`."""
    function = re.search(r"\(\*(\w+)\)\(", declaration)
    if function:
        return [function.group(1)]
    return [re.search(r"(\w+)$", part.strip()).group(1) for part in declaration.split(",")]


def structs(header):
    text = (API / header).read_text()
    text = re.sub(r"/\*.*?\*/|\\\n|__attribute__\(\(format\([^)]*\)\)\)", "", text, flags=re.S)
    for name, body in re.findall(r"^struct (viche_\w+) \{(.*?)^\};", text, flags=re.S | re.M):
        declarations = [" ".join(part.split()) for part in body.split(";")]
        yield name, [field for one in declarations if one for field in field_names(one)]


def layout(headers):
    """What the compiler says of each struct in them, as a file of assertions."""
    includes = "".join(f"#include <{header}>\n" for header in headers)
    lines = [includes, "#include <stdio.h>", "int main(void) {"]
    for header in headers:
        for name, fields in structs(header):
            lines.append(f'printf("\\nSIZE({name}, %zu);\\n", sizeof(struct {name}));')
            lines += [f'printf("AT({name}, {field}, %zu);\\n", offsetof(struct {name}, {field}));' for field in fields]
    lines.append("return 0; }")
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/layout"
        subprocess.run(["cc", "-I", API, "-x", "c", "-", "-o", program], input="\n".join(lines), text=True, check=True)
        return HEAD % includes + subprocess.run([program], capture_output=True, text=True, check=True).stdout


def main():
    folder = HERE / sys.argv[1]
    shutil.rmtree(folder / "viche", ignore_errors=True)
    shutil.copytree(API / "viche", folder / "viche")
    (HERE / "layout.c").write_text(layout(CORE))
    (HERE / "layout_services.c").write_text(layout(services()))


main()
