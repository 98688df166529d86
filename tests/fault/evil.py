#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Whatever a plugin does, the town next door does not notice, the citizen gets an honest sentence, and the rest goes on."""
import json
import pathlib
import threading
import time

from host import Chat, Host, Listener, run, wait_for

TEXTS = pathlib.Path(__file__).parents[2] / "core/texts/uk.json"
PARKED = json.loads(TEXTS.read_text(encoding="utf-8"))["parked"]  # the honest sentence


class Neighbour(threading.Thread):
    """Talks all the time in the quiet town; the longest wait for an acknowledgement is what it noticed."""

    def __init__(self, host):
        super().__init__(daemon=True)
        self.chat = Chat(host, "quiet")
        self.chat.say("/ledger")
        self.listener = Listener(self.chat)
        self.longest_s, self.count, self.go = 0.0, 0, True
        self.trouble = None
        self.start()

    def run(self):
        try:
            while self.go:
                began = time.monotonic()
                self.chat.say(f"word {self.count}")
                self.longest_s = max(self.longest_s, time.monotonic() - began)
                self.count += 1
                time.sleep(0.005)
        except AssertionError as why:
            self.trouble = why

    def finish(self):
        self.go = False
        self.join()
        assert not self.trouble, self.trouble
        assert self.count > 0 and self.chat.tries == self.count + 2, "the neighbour had to try again"
        assert not self.listener.cut, "the neighbour's stream was cut"
        assert self.longest_s < 1.0, f"the neighbour waited {self.longest_s:.3f} s"
        return f"neighbour waited {self.longest_s * 1000:.0f} ms at most"


def harm(act):
    """One act in the loud town: parked after two crashes, answered, and the town goes on in the same open chat."""
    with Host() as host:
        neighbour = Neighbour(host)
        chat = Chat(host, "loud")
        listener = Listener(chat)
        began = time.monotonic()
        chat.say(f"/evil {act}")
        chat.heard(PARKED)
        took = time.monotonic() - began
        answers = chat.answers()
        assert not any("Зараз побачимо" in a or "Нічого не сталося" in a for a in answers), f"half a turn was heard: {answers}"
        crashes = crash_count(host)
        assert crashes == 2, f"{crashes} crashes instead of 2"
        chat.say("/evil nothing")
        chat.heard("Нічого не сталося")
        wait_for("the answer in the open stream", lambda: any("Нічого не" in m["text"] for m in listener.messages))
        assert not listener.cut, "the citizen's stream was cut"
        return f"parked after {took:.2f} s, {neighbour.finish()}"


def crash_count(host):
    """Over all workers, as /metrics counts them."""
    lines = host.get("/metrics")[1].splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("viche_crashes_total{"))


def make(act):
    def test():
        return harm(act)

    test.__name__ = f"survives_{act.replace('-', '_')}"
    return test


def harmless_mischief_changes_nothing():
    with Host() as host:
        chat = Chat(host, "loud")
        for act in ("stdout", "chdir", "nothing"):
            chat.say(f"/evil {act}")
        wait_for("three answers", lambda: sum("Нічого не сталося" in a for a in chat.answers()) == 3)
        chat.say("/hello")
        chat.heard("звертатися")
        assert crash_count(host) == 0


def switched_off_after_five_crashes_and_only_there():
    host = Host()
    host.town("calm", ["hello", "ledger", "evil"])
    with host:
        loud, calm = Chat(host, "loud"), Chat(host, "calm")
        for count, act in enumerate(("segfault", "abort"), 1):
            loud.say(f"/evil {act}")
            wait_for("parked", lambda: sum(PARKED in a for a in loud.answers()) == count)
            loud.say("/evil nothing")
            wait_for("still on", lambda: sum("Нічого не сталося" in a for a in loud.answers()) == count)
        loud.say("/evil exit")
        wait_for("five crashes", lambda: crash_count(host) >= 5)
        loud.say("/evil nothing")
        loud.say("/ledger")
        loud.heard("Що записати")
        assert sum("Нічого не сталося" in a for a in loud.answers()) == 2, "the plugin is still on"
        assert crash_count(host) == 5
        calm.say("/evil nothing")
        calm.heard("Нічого не сталося")


ACTS = ("segfault", "abort", "exit", "overflow", "free-twice", "smash", "memory", "spin", "deadlock", "sleep")
run([make(act) for act in ACTS] + [harmless_mischief_changes_nothing, switched_off_after_five_crashes_and_only_there])
