#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""The gateway dies, the whole host dies, the host is asked to end: nothing acknowledged is lost, and all comes back."""
import collections
import time

from host import Chat, Host, is_own, kill, run, wait_for


def texts(chat, own):
    return collections.Counter(m["text"] for m in chat.history() if is_own(m) == own)


def the_chat_goes_on_after_the_gateway_was_killed():
    with Host() as host:
        chat = Chat(host, "loud")
        chat.say("/ledger")
        worst = 0.0
        for number in range(4):
            time.sleep(1.1)  # one that dies young is started again only after a pause
            chat.say(f"before {number}")
            (pid,) = host.pids("gateway")
            kill(pid)
            began = time.monotonic()
            chat.say(f"after {number}")
            worst = max(worst, time.monotonic() - began)
        own, answers = texts(chat, True), texts(chat, False)
        for number in range(4):
            for word in ("before", "after"):
                assert own[f"{word} {number}"] == 1 and answers[f"Записано: {word} {number}"] == 1, f"{word} {number}"
        return f"next answer after {worst * 1000:.0f} ms at worst"


def a_stream_resumes_where_it_was_cut():
    with Host() as host:
        chat = Chat(host, "loud")
        chat.say("/ledger")
        last = max(m["id"] for m in chat.history())
        chat.say("one")
        (pid,) = host.pids("gateway")
        kill(pid)
        chat.say("two")
        chat.heard("Записано: two")
        rest = [m["text"] for m in chat.events(after=last, until_ready=True)]
        assert rest == ["one", "Записано: one", "two", "Записано: two"], rest


def everything_killed_at_once_comes_back_with_all_that_was_acknowledged():
    with Host() as host:
        chat = Chat(host, "loud")
        chat.say("/ledger")
        for number in range(50):
            chat.say(f"word {number}")
        pids = [*host.children(), host.process.pid]
        kill(host.process.pid)
        host.process.wait()
        wait_for("the children to end without their supervisor", lambda: not [p for p in pids if alive(p)], 10)
        host.start()
        own, answers = texts(chat, True), texts(chat, False)
        assert all(own[f"word {n}"] == 1 and answers[f"Записано: word {n}"] == 1 for n in range(50))
        chat.say("and on")
        chat.heard("Записано: and on")


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def sigterm_ends_cleanly():
    with Host() as host:
        chat = Chat(host, "quiet")
        chat.say("/ledger")
        chat.say("the last word")
        pids = list(host.children())
        code, took = host.stop()
        assert code == 0, f"exit code {code}"
        assert took < 5, f"took {took:.1f} s"
        assert not [p for p in pids if alive(p)], "a process was left behind"
        host.start()
        chat.heard("Записано: the last word")
        return f"{took * 1000:.0f} ms"


run([the_chat_goes_on_after_the_gateway_was_killed, a_stream_resumes_where_it_was_cut,
     everything_killed_at_once_comes_back_with_all_that_was_acknowledged, sigterm_ends_cleanly])
