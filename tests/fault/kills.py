#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""kill -9 of workers, again and again, while citizens write. The ledger: whatever was acknowledged stands exactly once in the
history, has exactly one effect in the plugin's table, and was answered exactly once. Replay with VICHE_SEED."""
import collections
import os
import random
import sqlite3
import threading
import time

from host import Chat, Host, is_own, kill, run, wait_for

KILLS = int(os.environ.get("VICHE_KILLS", "300"))
SEED = int(os.environ.get("VICHE_SEED", str(random.randrange(10**9))))
WRITERS = 3  # of each town


class Writer(threading.Thread):
    def __init__(self, host, town, number):
        super().__init__(daemon=True)
        self.name_ = f"{town}-{number}"
        self.chat = Chat(host, town)
        self.chat.say("/ledger")
        self.acknowledged, self.trouble, self.go = [], None, True

    def run(self):
        try:
            while self.go:
                text = f"{self.name_}-{len(self.acknowledged)}"
                self.chat.say(text)
                self.acknowledged.append(text)
        except AssertionError as why:
            self.trouble = why


def kill_and_wait(host, chance):
    """Kills one worker at random; returns how long its town gave no answer."""
    victim = wait_for("a worker to kill", lambda: host.pids("worker"))
    pid = chance.choice(victim)
    kill(pid)
    began = time.monotonic()
    wait_for("two workers", lambda: len(set(host.pids("worker")) - {pid}) >= 2)
    return time.monotonic() - began


def check_history(writer):
    history = writer.chat.history()
    own = collections.Counter(m["text"] for m in history if is_own(m))
    answers = collections.Counter(m["text"] for m in history if not is_own(m))
    for text in writer.acknowledged:
        assert own[text] == 1, f"{text} stands {own[text]} times in the history"
        count = answers[f"Записано: {text}"]
        assert count == 1, f"{text} was answered {count} times"
    ids = [m["id"] for m in history]
    assert ids == sorted(set(ids)), "ids of the history do not rise"


def check_effects(host, writers):
    rows = collections.Counter()
    for town in ("quiet", "loud"):
        db = sqlite3.connect(host.folder / "data" / town / "town.db")
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        rows.update(text for (text,) in db.execute("SELECT text FROM ledger"))
        db.close()
    doubled = [text for text, count in rows.items() if count > 1]
    lost = [text for writer in writers for text in writer.acknowledged if rows[text] == 0]
    assert not lost and not doubled, f"lost: {lost[:5]} of {len(lost)}, doubled: {doubled[:5]} of {len(doubled)}"


def nothing_lost_nothing_doubled():
    chance = random.Random(SEED)
    with Host() as host:
        writers = [Writer(host, town, n) for town in ("quiet", "loud") for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        gaps = []
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.005, 0.06))
            gaps.append(kill_and_wait(host, chance))
        for writer in writers:
            writer.go = False
        for writer in writers:
            writer.join()
            assert not writer.trouble, writer.trouble
        for writer in writers:
            wait_for("the last answer", lambda: f"Записано: {writer.acknowledged[-1]}" in writer.chat.answers())
            check_history(writer)
        code, _ = host.stop()
        assert code == 0, f"viched ended with {code}"
        check_effects(host, writers)
        count = sum(len(w.acknowledged) for w in writers)
        tries = sum(w.chat.tries for w in writers)
        gaps.sort()
        return (f"{KILLS} kills, {count} acknowledged ({tries} posts), 0 lost, 0 doubled; a new worker after "
                f"{gaps[len(gaps) // 2] * 1000:.0f} ms (median), {gaps[-1] * 1000:.0f} ms (worst); seed {SEED}")


run([nothing_lost_nothing_doubled])
