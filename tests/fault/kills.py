#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""kill -9 of workers, again and again, old ones and newborn ones, while citizens write. The ledger: whatever was acknowledged
stands exactly once in the history, has exactly one effect in the plugin's table, and was answered exactly once.
VICHE_KILLS: how many; VICHE_SEED: the same moments again."""
import collections
import os
import random
import sqlite3
import threading
import time

from host import Chat, Host, is_own, kill, run, wait_for

KILLS = int(os.environ.get("VICHE_KILLS", "300"))
SEED = int(os.environ.get("VICHE_SEED", str(random.randrange(10**9))))
TOWNS = [f"town-{number}" for number in range(6)]  # a worker each


class Writer(threading.Thread):
    def __init__(self, host, town, chance):
        super().__init__(daemon=True)
        self.town, self.chance = town, chance
        self.chat = Chat(host, town)
        self.chat.say("/ledger")
        self.acknowledged, self.times, self.trouble, self.go = [], [], None, True

    def run(self):
        try:
            while self.go:
                text = f"{self.town} {len(self.acknowledged)}"
                self.chat.say(text)
                self.times.append(time.monotonic())
                self.acknowledged.append(text)
                time.sleep(self.chance.uniform(0.002, 0.015))
        except AssertionError as why:
            self.trouble = why


class Killer(threading.Thread):
    """Kills one worker in pairs: after a second of life, and its successor in its first moments."""

    def __init__(self, host, number, count, chance):
        super().__init__(daemon=True)
        self.host, self.name_, self.count, self.chance = host, f"worker-{number}", count, chance
        self.times, self.trouble = [], None

    def strike(self, age_s):
        time.sleep(age_s)
        before = self.host.pids(self.name_)
        self.times.append(time.monotonic())
        for pid in before:
            kill(pid)
        wait_for(f"a new {self.name_}", lambda: set(self.host.pids(self.name_)) - set(before))

    def run(self):
        try:
            while len(self.times) < self.count:
                newborn = len(self.times) % 2 == 1
                self.strike(self.chance.uniform(0.001, 0.08) if newborn else self.chance.uniform(1.0, 1.1))
        except AssertionError as why:
            self.trouble = why


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
    for writer in writers:
        db = sqlite3.connect(host.folder / "data" / writer.town / "town.db")
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        rows = collections.Counter(text for (text,) in db.execute("SELECT text FROM ledger"))
        db.close()
        doubled = [text for text, count in rows.items() if count > 1]
        lost = [text for text in writer.acknowledged if rows[text] == 0]
        assert not lost and not doubled, f"{writer.town}: lost {len(lost)} {lost[:3]}, doubled {len(doubled)} {doubled[:3]}"


def gaps_ms(killers, writers):
    """From each kill to the next acknowledgement in that town, which had been quiet for want of a worker."""
    gaps = []
    for killer, writer in zip(killers, writers):
        for moment in killer.times:
            after = [t for t in writer.times if t > moment]
            gaps += [(after[0] - moment) * 1000] if after else []
    return sorted(gaps)


def nothing_lost_nothing_doubled():
    with Host(towns={town: ["ledger"] for town in TOWNS}, workers=len(TOWNS)) as host:
        chances = [random.Random(SEED + i) for i in range(2 * len(TOWNS))]
        writers = [Writer(host, town, chances.pop()) for town in TOWNS]
        killers = [Killer(host, i, -(-KILLS // len(TOWNS)), chances.pop()) for i in range(len(TOWNS))]
        for thread in writers + killers:
            thread.start()
        for thread in killers:
            thread.join()
        for writer in writers:
            writer.go = False
        for thread in writers + killers:
            thread.join()
            assert not thread.trouble, f"{thread.trouble} (seed {SEED})"
        for writer in writers:
            check_history(writer)
        code, _ = host.stop()
        assert code == 0, f"viched ended with {code}"
        check_effects(host, writers)
        kills, words = sum(len(k.times) for k in killers), sum(len(w.acknowledged) for w in writers)
        gaps = gaps_ms(killers, writers)
        return (f"{kills} kills, {words} acknowledged, 0 lost, 0 doubled; next acknowledgement after {gaps[len(gaps) // 2]:.0f} ms "
                f"(median), {gaps[int(len(gaps) * 0.99)]:.0f} ms (99 of 100), {gaps[-1]:.0f} ms (worst); seed {SEED}")


run([nothing_lost_nothing_doubled])
