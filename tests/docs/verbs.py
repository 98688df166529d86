#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""verbs.py TOOL: every verb of the public headers stands in docs/plugin-reference.md, and every verb that stands there is one; every
command of the tool stands in docs/tool.md."""
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
VERB = re.compile(r"^(?:static inline .*?|#define )(viche_[a-z_]+)\(", re.M)


def lost_commands(tool):
    helped = subprocess.run([tool, "help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z-]+) ", helped.split("viche help COMMAND")[0], re.M)
    page = (TOP / "docs/tool.md").read_text()
    return [command for command in commands if command != "help" and f"`{command} " not in page]


def main():
    verbs = set()
    for header in ("turn.h", "channel.h"):
        verbs |= set(VERB.findall((TOP / "plugin-api/viche" / header).read_text()))
    page = (TOP / "docs/plugin-reference.md").read_text()
    table = page.split("## Verbs")[1].split("\n## ")[0]
    told = set(re.findall(r"`(viche_[a-z_]+)`", table))
    known = set(re.findall(r"`(?:[^`]*\b)?(viche_[a-z_]+)\b[^`]*`", page))
    for verb in sorted(verbs - known):
        print(f"docs/plugin-reference.md: {verb} is missing")
    for verb in sorted(told - verbs):
        print(f"docs/plugin-reference.md: there is no verb {verb}")
    commands = lost_commands(sys.argv[1])
    for command in commands:
        print(f"docs/tool.md: viche {command} is missing")
    return 1 if commands or verbs - known or told - verbs else 0


sys.exit(main())
