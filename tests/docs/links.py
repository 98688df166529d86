#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Every link of the documentation to a file of this repository leads to one."""
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|srcset|href)=\"([^\"#]+)\"")


def main():
    pages = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split()
    lost = 0
    for page in pages:
        for number, line in enumerate((TOP / page).read_text().split("\n"), 1):
            for link in (a or b for a, b in LINK.findall(line)):
                if "://" not in link and "{{" not in link and not (TOP / page).parent.joinpath(link).exists():
                    print(f"{page}:{number}: {link} is not there")
                    lost += 1
    return 1 if lost else 0


sys.exit(main())
