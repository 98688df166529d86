#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""SIGHUP under load: a good configuration replaces the workers, a broken one changes nothing and says so."""
import collections
import re
import signal
import threading

from host import Chat, Host, is_own, run, wait_for


class Load:
    """Citizens who write all the time."""

    def __init__(self, host):
        self.chats = [Chat(host, town) for town in ("quiet", "loud") for _ in range(2)]
        self.counts, self.troubles, self.go = [0] * len(self.chats), [], True
        self.threads = [threading.Thread(target=self.write, args=(i,), daemon=True) for i in range(len(self.chats))]
        for chat in self.chats:
            chat.say("/ledger")
        for thread in self.threads:
            thread.start()

    def write(self, index):
        try:
            while self.go:
                self.chats[index].say(f"word {self.counts[index]}")
                self.counts[index] += 1
        except AssertionError as why:
            self.troubles.append(why)

    def finish(self):
        self.go = False
        for thread in self.threads:
            thread.join()
        assert not self.troubles, self.troubles[0]
        for chat, count in zip(self.chats, self.counts):
            history = chat.history()
            own = collections.Counter(m["text"] for m in history if is_own(m))
            answers = collections.Counter(m["text"] for m in history if not is_own(m))
            for number in range(count):
                assert own[f"word {number}"] == 1 and answers[f"Записано: word {number}"] == 1, f"word {number}"
        return sum(self.counts)


def hang_up(host):
    host.process.send_signal(signal.SIGHUP)


def a_good_configuration_replaces_the_workers_under_load():
    with Host() as host:
        load = Load(host)
        for _ in range(5):
            before = set(host.pids("worker"))
            gateway = host.pids("gateway")
            hang_up(host)
            wait_for("new workers", lambda: len(host.pids("worker")) == 2 and not before & set(host.pids("worker")), 30)
            assert host.pids("gateway") == gateway, "the gateway was replaced too"
        return f"5 reloads, {load.finish()} messages, 0 lost, 0 doubled"


def a_new_plugin_is_there_after_a_reload():
    with Host() as host:
        chat = Chat(host, "quiet")
        host.town("quiet", ["hello", "ledger", "evil"])
        hang_up(host)

        def there():
            chat.say("/evil nothing")
            return any("Нічого не сталося" in a for a in chat.answers())

        wait_for("the new plugin", there)


def a_broken_configuration_changes_nothing_and_says_where():
    with Host() as host:
        load = Load(host)
        before = set(host.pids("worker"))
        host.town("quiet", ["hello", "ledger"], more="\n[hello-world]\nno = such\n")
        hang_up(host)
        wait_for("the refusal in the log", lambda: "quiet.ini" in host.log_text())
        host.town("quiet", ["hello", "ledger"], more="\n[ledger]\n")
        hang_up(host)
        assert set(host.pids("worker")) == before, "workers were replaced"
        return f"{load.finish()} messages meanwhile"


def another_place_needs_a_restart_and_says_so():
    with Host() as host:
        ini = host.folder / "viche.ini"
        before = set(host.pids("worker"))
        ini.write_text(re.sub(r"(?m)^data = .*$", "data = elsewhere", ini.read_text(encoding="utf-8")), encoding="utf-8")
        hang_up(host)
        wait_for("the refusal in the log", lambda: "Restart it" in host.log_text())
        assert set(host.pids("worker")) == before, "workers were replaced"
        assert not (host.folder / "elsewhere" / "quiet").exists()


run([a_good_configuration_replaces_the_workers_under_load, a_new_plugin_is_there_after_a_reload,
     a_broken_configuration_changes_nothing_and_says_where, another_place_needs_a_restart_and_says_so])
