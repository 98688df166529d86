#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""blocks.py [--write] BUILD FILE: runs a page of the documentation, so that it cannot rot. The page is read from top to bottom in one
empty folder, against an installation of BUILD under a prefix of its own. What stands behind a block's language says what it is:

    ```c file=meter.c      writes that file           ```sh run              runs it; it must succeed
    ```text shows          what the last run printed; a line of … stands for any lines, … for the rest of a line
    ```text fails          the same, and the last run had to fail
    ```c same=PATH         that file of the repository, word for word
    ```sh test=NAME        the ctest of that name runs this; the block only tells of it
    ```nginx example       for other programs, which are not here to prove it
    <!-- run               the lines up to -->: as `sh run`, not shown to readers: what the page takes for granted

A block with nothing behind its language is refused: nobody would notice when it is wrong. --write puts into the page what the
commands print now, where a block has no … in it."""
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*) ?(.*)$|^<!-- (run)$")


class Wrong(Exception):
    pass


def read_blocks(lines):
    """Yields (line number of the fence from 0, language, what it is, first line, line behind the last)."""
    at = 0
    while at < len(lines):
        opened = FENCE.match(lines[at])
        if opened:
            end = at + 1
            while end < len(lines) and lines[end] not in ("```", "-->"):
                end += 1
            if end == len(lines):
                raise Wrong(f"{at + 1}: this block never ends")
            yield at, opened[1] or "", opened[3] or opened[2], at + 1, end
            at = end
        at += 1


def tests_of(build):
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], capture_output=True, text=True, check=True).stdout
    deep = (TOP / "tests/deep/CMakeLists.txt").read_text()  # not of every tree, but of scripts/test
    return set(re.findall(r"Test +#\d+: (\S+)", listed)) | set(re.findall(r"add_test\(NAME ([a-z.]+)", deep))


def install(build, box):
    """The host and the SDK under a prefix; `viche` finds its plugins and texts there, as it would in /usr."""
    prefix = box / "prefix"
    for component in ("dev", "host"):
        subprocess.run(["cmake", "--install", build, "--component", component, "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
    commands, work = box / "commands", box / "work"
    commands.mkdir()
    work.mkdir()
    for name, word in (("viche", "$1"), ("viched", "")):
        wrapper = commands / name
        wrapper.write_text(f'#!/bin/sh\nword={word}; {"shift" if word else ":"}\n'
                           f'[ ! -e {work}/etc/viche.ini ] || set -- --config {work}/etc/viche.ini "$@"\n'
                           f'exec {prefix}/bin/{name} $word --plugins {prefix}/lib/viche/plugins'
                           f' --share {prefix}/share/viche "$@"\n')
        wrapper.chmod(0o755)
    env = dict(os.environ, PATH=f"{commands}:{os.environ['PATH']}", PKG_CONFIG_PATH=f"{prefix}/share/pkgconfig",
               CMAKE_PREFIX_PATH=str(prefix), PREFIX=str(prefix), SOURCE=str(TOP), HOME=str(work), LC_ALL="C.UTF-8")
    return work, env


class Page:
    def __init__(self, path, build, write):
        self.path, self.build, self.write = path, build, write
        self.lines = path.read_text().split("\n")
        self.said, self.code, self.cwd, self.env, self.box = "", 0, None, None, None
        self.changes, self.groups = [], []

    def end(self):
        """What a page has started in the background ends with it."""
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if self.box:
            self.box.cleanup()

    def place(self):
        if not self.box:
            self.box = tempfile.TemporaryDirectory(prefix="viche-docs-")
            self.cwd, self.env = install(self.build, pathlib.Path(self.box.name))

    def run(self, script):
        self.place()
        end = pathlib.Path(self.box.name) / "cwd"
        shell = subprocess.Popen(["sh", "-ec", f"trap 'pwd >{end}' EXIT\n{script}"], cwd=self.cwd, env=self.env, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        self.groups.append(shell.pid)
        self.said, self.code = shell.communicate(timeout=120)[0], shell.returncode
        self.cwd = pathlib.Path(end.read_text().strip())

    def compare(self, first, end):
        wanted = self.lines[first:end]
        said = [line.rstrip() for line in self.said.rstrip("\n").split("\n")]
        pattern = "".join("(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + "\n"
                          for line in wanted)
        if re.fullmatch(pattern, "\n".join(said) + "\n"):
            return
        if self.write and "…" not in "".join(wanted):
            self.changes.append((first, end, said))
            return
        raise Wrong(f"{first}: the page shows something else than the command prints:\n" + "\n".join(said))

    def block(self, fence, language, what, first, end):
        kind, _, value = what.partition("=")
        text = "\n".join(self.lines[first:end]) + "\n"
        if kind == "file":
            self.place()
            target = self.cwd / value
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        elif kind == "run":
            if self.code:
                raise Wrong(f"{fence + 1}: the command before this one failed:\n{self.said}")
            self.run(text)
        elif kind in ("shows", "fails"):
            if (self.code != 0) != (kind == "fails"):
                raise Wrong(f"{fence + 1}: the command ended with {self.code}:\n{self.said}")
            self.code = 0
            self.compare(first, end)
        elif kind == "same":
            if text != (TOP / value).read_text():
                raise Wrong(f"{fence + 1}: this is not {value} any more; copy it anew")
        elif kind == "example":
            pass
        elif kind == "test":
            if value not in tests_of(self.build):
                raise Wrong(f"{fence + 1}: there is no test {value}")
        else:
            raise Wrong(f"{fence + 1}: nothing proves this block of {language}; see tests/docs/blocks.py")

    def check(self):
        for block in read_blocks(self.lines):
            self.block(*block)
        if self.code:
            raise Wrong(f"the last command failed:\n{self.said}")
        for first, end, said in reversed(self.changes):
            self.lines[first:end] = said
        if self.changes:
            self.path.write_text("\n".join(self.lines))


def main():
    write = "--write" in sys.argv
    build, path = [word for word in sys.argv[1:] if word != "--write"]
    page = Page(pathlib.Path(path), build, write)
    try:
        page.check()
    except Wrong as why:
        sys.exit(f"{path}:{why}")
    finally:
        page.end()


main()
