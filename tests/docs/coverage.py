#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""coverage.py BUILD: every row of docs/coverage.md is there once, in order, and is "open" or names tests that exist."""
import pathlib
import re
import subprocess
import sys

ROWS = {"S0": 48, "S1": 80, "S2": 22, "S3": 10, "S4": 31}  # things that each document asks for
PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/coverage.md"


def main(build):
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], capture_output=True, text=True, check=True).stdout
    tests = set(re.findall(r"Test +#\d+: (\S+)", listed))
    wanted = [f"{kind}-{number:02}" for kind, count in ROWS.items() for number in range(1, count + 1)]
    found = []
    rows = []
    for number, line in enumerate(PAGE.read_text().split("\n"), 1):
        row = re.match(r"\| (S\d-\d\d) \| .+ \| (.+) \|$", line)
        if not row:
            if re.match(r"\| S\d", line):
                found.append(f"{number}: not a row of id, what, proved by")
            continue
        rows.append(row[1])
        names = re.findall(r"`([^`]+)`", row[2])
        if row[2] != "open" and " ".join(f"`{name}`" for name in names) != row[2]:
            found.append(f'{number}: {row[1]} is neither "open" nor a list of `tests`')
        found += [f"{number}: {row[1]}: there is no test {name}" for name in names if name not in tests]
    if rows != wanted:
        lost = next((a for a, b in zip(wanted, rows + [""]) if a != b), "the end")
        found.append(f"0: rows are missing, doubled or out of order at {lost}")
    for words in found:
        print(f"{PAGE}:{words}")
    return 1 if found else 0


sys.exit(main(sys.argv[1]))
