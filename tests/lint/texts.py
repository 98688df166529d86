#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What citizens read: complete in uk and en, and written as docs and orthography want it."""
import json
import re
import subprocess
import sys

PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
VARIABLE = re.compile(r"{{\s*(\w+)")
CYRILLIC = "А-Яа-яЁёҐґЄєІіЇї"
EMOJI = re.compile("[\U0001F300-\U0001FAFF\u2600-\u27BF]")
found = []


def bad(where, words):
    found.append(f"{where}: {words}")


def judge(where, language, text):
    """The rules one sentence must keep."""
    if "!!" in text:
        bad(where, "exclamation marks in a row")
    if len(EMOJI.findall(text)) > 1:
        bad(where, "more than one emoji")
    if re.search(r"\berror\b|помилка", text, re.I):
        bad(where, "never speak of an error: say what happened and what to do")
    if text != text.strip():
        bad(where, "space at an end")
    if language == "uk":
        if re.search(f"[{CYRILLIC}]['`ʼ][{CYRILLIC}]", text):
            bad(where, "the apostrophe is ’ (U+2019)")
        if '"' in text or "“" in text:
            bad(where, "quotation marks are «»")
        if re.search(f"[{CYRILLIC}][A-Za-z]|[A-Za-z][{CYRILLIC}]", VARIABLE.sub("", text)):
            bad(where, "a Latin letter in a Ukrainian word")
        if re.search("[ЁёЪъЫыЭэ]", text):
            bad(where, "a letter that Ukrainian has not")


def stems(keys):
    return {PLURAL.sub("", key) for key in keys}


def compare(folder, texts):
    uk, en = texts["uk"], texts["en"]
    for key in sorted(stems(uk) ^ stems(en)):
        bad(f"{folder}", f"“{key}” stands in one of uk.json and en.json only")
    for stem in sorted(stems(uk) & stems(en)):
        variables = [
            {v for key, text in file.items() if PLURAL.sub("", key) == stem for v in VARIABLE.findall(text)}
            for file in (uk, en)
        ]
        if variables[0] != variables[1]:
            bad(f"{folder}/{stem}", f"variables differ: {variables[0]} and {variables[1]}")


def read_folder(folder):
    texts = {}
    for language in ("uk", "en"):
        path = f"{folder}/{language}.json"
        try:
            with open(path, encoding="utf-8") as file:
                texts[language] = json.load(file)
        except (OSError, ValueError) as why:
            bad(path, str(why))
            continue
        for key, text in texts[language].items():
            judge(f"{path} {key}", language, text)
    if len(texts) == 2:
        compare(folder, texts)


tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True)
names = [n for n in tracked.stdout.splitlines() if "node_modules/" not in n and not n.startswith("tests/")]
folders = {n.rsplit("/", 1)[0] for n in names if "/texts/" in f"/{n}" and n.endswith(".json")}
for folder in sorted(folders):
    read_folder(folder)
for name in names:
    if name.endswith((".csv", ".talk", ".html")) or name.startswith("conf/"):
        with open(name, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.startswith((">", "#", ";")) and re.search(f"[{CYRILLIC}]['`ʼ][{CYRILLIC}]", line):
                    bad(f"{name}:{number}", "the apostrophe is ’ (U+2019)")

print("\n".join(found) if found else f"{len(folders)} folders of texts are fine")
sys.exit(1 if found else 0)
