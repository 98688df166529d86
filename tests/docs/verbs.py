#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Every verb of the public headers stands in docs/plugin-reference.md, and every verb that stands there is one."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
VERB = re.compile(r"^(?:static inline .*?|#define )(viche_[a-z_]+)\(", re.M)


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
    return 1 if verbs - known or told - verbs else 0


sys.exit(main())
