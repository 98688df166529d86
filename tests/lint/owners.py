#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""A table is named in SQL by the file that owns it, and by those that are named after it (cases_card.c, cases_card_find.c).

The owner is who writes it. Who else must read it, because no function of the owner's could answer as fast or as plainly, stands in
READERS with the reason. Making and changing tables (CREATE, ALTER, DROP) belongs to the migrations, wherever they stand."""
import pathlib
import re
import subprocess
import sys

READERS = {
    'cases_card': {'cases_quality.c': 'marks are averaged by the scope of the card that was rated'},
    'cases_event': {'cases_card_list.c': 'what waits for an official is found in one walk of an index'},
    'cases_executor': {'cases_card_list.c': 'whose cards an official sees is asked of each card in that walk',
                       'cases_card_find.c': 'as cases_request'},
    'cases_message': {'cases_event.c': 'the applicant reads events and messages in one order'},
    'cases_request': {'cases_card_list.c': 'as cases_event', 'cases_card_find.c': 'which open cards wait for somebody who has left'},
    'cases_scope': {'cases_sum.c': 'sums are grouped by what their scopes stand for'},
    'news': {'news_recipient.c': 'which recipients are meant follows from how far their item has come'},
}

LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
COMMENT = re.compile(r'/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', re.S)
# Literals that stand one behind the other, with nothing but names of macros between them, are one text.
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:[\s\\]*(?:[A-Z_0-9]+[\s\\]+)?"(?:[^"\\\n]|\\.)*")*')
MADE = re.compile(r'\bCREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)')
SCHEMA = re.compile(r'\b(?:CREATE|ALTER|DROP) (?:TABLE|VIRTUAL|UNIQUE|INDEX|TRIGGER|VIEW)\b')
NAMED = re.compile(r'\b(?P<verb>FROM|JOIN|INTO|UPDATE|UPDATE OR \w+)\s+(?P<table>\w+)')
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO)\s+(\w+)')


def texts(source):
    """Each text of SQL with its line, comments left out."""
    plain = COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else re.sub(r'[^\n]', ' ', m[0]), source)
    for found in TEXT.finditer(plain):
        yield plain.count('\n', 0, found.start()) + 1, ''.join(part[1:-1] for part in LITERAL.findall(found[0]))


def sql_of(files):
    """What is in the files: tables that are made, and (file, line, table, writes) wherever one is named."""
    made, named = set(), []
    for file in files:
        for line, text in texts(file.read_text()):
            made.update(MADE.findall(text))
            if SCHEMA.search(text):
                continue
            written = set(WRITES.findall(text))
            named += [(file, line, table, table in written) for table in {m['table'] for m in NAMED.finditer(text)}]
    return made, named


def is_after(file, owner):
    return file.stem == owner.stem or file.stem.startswith(owner.stem + '_')


def judge(table, uses):
    writers = sorted({file for file, _, _, writes in uses if writes}, key=lambda file: (len(file.stem), file.stem))
    if not writers:
        return [f'{file}:{line}: {table} is read, but nobody writes it' for file, line, _, _ in uses]
    owner, reasons = writers[0], READERS.get(table, {})
    return [f'{file}:{line}: {table} is {"written" if writes else "read"} here, but it belongs to {owner}: call a function of that file'
            for file, line, _, writes in uses if not is_after(file, owner) and (writes or file.name not in reasons)]


def houses():
    """The sources of each plugin, and of the host: a table's name means something in its own house only."""
    listed = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard', '--', 'core', 'plugins'], capture_output=True, text=True,
                            check=True).stdout.split()
    houses = {}
    for name in listed:
        file = pathlib.Path(name)
        if file.suffix in ('.c', '.h') and file.exists():
            houses.setdefault(file.parts[0] if file.parts[0] == 'core' else file.parent, []).append(file)
    return houses.values()


def main():
    bad, seen = [], set()
    for files in houses():
        made, named = sql_of(files)
        for table in sorted(made):
            uses = [use for use in named if use[2] == table]
            bad += judge(table, uses)
            seen.update((table, file.name) for file, _, _, writes in uses if not writes)
    bad += [f'tests/lint/owners.py: {file} does not read {table} any more; take it out of READERS'
            for table, files in READERS.items() for file in files if (table, file) not in seen]
    print('\n'.join(bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
