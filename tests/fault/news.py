#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""A broadcast under kill -9 of its worker every 300 ms: each citizen has the notice exactly once in the web chat, and the final count
says so. Nobody publishes over the network. Pause, resume and stop hold at once; the pace is never exceeded. VICHE_CITIZENS: how many."""
import collections
import concurrent.futures
import http.client
import os
import random
import re
import subprocess
import threading
import time

from host import BUILD, Chat, Host, is_own, kill, run, wait_for
from messenger import Citizen, Messenger

CITIZENS = int(os.environ.get("VICHE_CITIZENS", "2000"))
CSV = "id,title,text,topic,emergency\nbridge,Міст перекрито,До п’ятниці.,roads,\nflood,Вода прибуває,Ідіть на пагорб.,safety,yes\n"


def viche(host, *words):
    done = subprocess.run([BUILD / "core" / "viche", *words, "--config", host.folder / "viche.ini"], capture_output=True, timeout=120,
                          check=True, text=True)
    return done.stdout


def make_host(per_second, post=""):
    host = Host(towns={"town": ["news"]}, workers=1)
    messenger = f"\n[post]\nurl = {post}\n" if post else ""
    host.town("town", ["news"], more=f"per_second = {per_second}\nquiet =\n{messenger}")
    (host.folder / "news.csv").write_text(CSV, encoding="utf-8")
    return host


def make_citizens(host, count, words):
    def one(_):
        chat = Chat(host, "town")
        chat.say(words)
        return chat

    with concurrent.futures.ThreadPoolExecutor(16) as crew:
        return list(crew.map(one, range(count)))


def publish(host, item):
    viche(host, "import", "town", "news", host.folder / "news.csv")
    preview = viche(host, "news", "town", "preview", item)
    viche(host, "news", "town", "publish", item, re.search(rf"publish {item} (\d+)", preview)[1])
    return preview


def counts(host, item):
    status = viche(host, "news", "town", "status", item)
    found = collections.Counter({name: int(number) for name, number in re.findall(r"^(\w[\w ]*): (\d+)$", status, re.M)})
    found["state"] = status.split(":")[0]
    return found


def notices(chat, title):
    return sum(title in (m["text"] or "") for m in chat.history() if not is_own(m))


def check_each(chats, title):
    with concurrent.futures.ThreadPoolExecutor(16) as crew:
        heard = collections.Counter(crew.map(lambda chat: notices(chat, title), chats))
    assert heard == {1: len(chats)}, f"notices a citizen: {dict(heard)}"


class Killer(threading.Thread):
    """kill -9 of the worker every 300 ms."""

    def __init__(self, host):
        super().__init__(daemon=True)
        self.host, self.ends, self.kills = host, threading.Event(), 0

    def run(self):
        while not self.ends.wait(random.uniform(0.25, 0.35)):
            for pid in self.host.pids("worker-0"):
                kill(pid)
                self.kills += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join()


def killed_all_the_time_everybody_has_it_once():
    with make_host(per_second=200) as host:
        chats = make_citizens(host, CITIZENS, "/subscribe roads")
        preview = publish(host, "bridge")
        assert f"{CITIZENS} people will get it" in preview, preview
        with Killer(host) as killer:
            time.sleep(CITIZENS / 200 + 3)
        wait_for("the end of the broadcast", lambda: counts(host, "bridge")["state"] == "sent", 60)
        check_each(chats, "Міст перекрито")
        assert counts(host, "bridge")["delivered"] == CITIZENS, counts(host, "bridge")
        return f"{CITIZENS} citizens, {killer.kills} kills, 0 missed, 0 twice"


def an_emergency_reaches_who_never_subscribed():
    with make_host(per_second=100) as host:
        chats = make_citizens(host, 150, "/news")
        publish(host, "flood")
        wait_for("the end", lambda: counts(host, "flood")["state"] == "sent", 30)
        check_each(chats, "Вода прибуває")


def pause_and_stop_hold():
    with make_host(per_second=20) as host:
        chats = make_citizens(host, 200, "/subscribe roads")
        publish(host, "bridge")
        time.sleep(2.2)
        viche(host, "news", "town", "pause", "bridge")
        held = counts(host, "bridge")["waiting"]
        time.sleep(2.5)
        assert counts(host, "bridge")["waiting"] == held and 100 <= held <= 180, held
        viche(host, "news", "town", "resume", "bridge")
        time.sleep(1.2)
        viche(host, "news", "town", "stop", "bridge")
        wait_for("what was under way", lambda: counts(host, "bridge")["under way"] == 0)
        after = counts(host, "bridge")
        assert after["state"] == "stopped" and after["delivered"] + after["not sent"] == 200, after
        assert after["not sent"] < held, after
        times = collections.Counter(m["at"] for chat in chats for m in chat.history() if "Міст" in (m["text"] or ""))
        assert sum(times.values()) == after["delivered"] and max(times.values()) <= 40, times
        return f"paused with {held} waiting, stopped with {after['not sent']} unsent; at most {max(times.values())} in one second"


def who_is_erased_gets_nothing_and_is_counted():
    with make_host(per_second=1) as host:
        make_citizens(host, 3, "/subscribe roads")
        publish(host, "bridge")
        viche(host, "news", "town", "pause", "bridge")
        waiting = counts(host, "bridge")["waiting"]
        assert waiting >= 1
        viche(host, "erase", "town", "3")
        viche(host, "news", "town", "resume", "bridge")
        wait_for("the end", lambda: counts(host, "bridge")["state"] == "sent", 20)
        final = counts(host, "bridge")
        assert final["delivered"] == 2 and final["not sent"] == 1, final


def nobody_but_the_operator_sends():
    with make_host(per_second=20) as host:
        viche(host, "import", "town", "news", host.folder / "news.csv")
        for action in ("list", "preview", "publish", "picture"):
            connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=10)
            connection.request("POST", f"/town/news/{action}?id=bridge", b"", {"x-forwarded-for": "127.0.0.1"})
            status = connection.getresponse().status
            connection.close()
            assert status == 403, f"{action}: {status}"
        assert host.get("/town/news/list")[0] in (403, 405)


def over_a_messenger_nobody_is_missed():
    """Of 300 people 20 have a chat on the site, too; of them 10 have shut the messenger out, as have 10 others."""
    with Messenger() as messenger, make_host(per_second=60, post=messenger.url) as host:
        people = [Citizen(host, number, "town") for number in range(300)]
        for person in people:
            person.write("/subscribe roads")
            messenger.heard(person.chat, "надсилатимемо")
        both, shut = people[:20], people[10:30]
        for person in both:
            person.join(person.go_on(messenger, "/join code"))
            person.write("/news")  # written from here last
        messenger.shut = {person.chat for person in shut}
        assert "300 people will get it" in publish(host, "bridge")
        with Killer(host) as killer:
            time.sleep(300 / 60 + 3)
        wait_for("the end of the broadcast", lambda: counts(host, "bridge")["state"] == "sent", 60)
        final = counts(host, "bridge")
        assert final["delivered"] == 290 and final["unreachable"] == 10, final

        def taken(person):
            return sum("Міст перекрито\n" in text for text in messenger.taken[person.chat])

        twice = [taken(person) - 1 for person in people if person not in shut]
        assert min(twice) == 0, f"{twice.count(-1)} were missed"
        assert max(twice) <= killer.kills and all(taken(person) == 0 for person in shut)
        site = [notices(person.web, "Міст перекрито\n") for person in both]
        assert site == [0] * 10 + [1] * 10, site
        return f"300 people, {killer.kills} kills, 0 missed, {sum(twice)} came twice; 10 moved to the site, 10 unreachable"


def a_messenger_that_stands_still_holds_up_nobody_else():
    """Its token is revoked with an ordinary item under way. The site gets the rest of it, then an emergency; so it does without the
    messenger's section."""
    csv = CSV + "storm,Буревій іде,Сховайтеся.,safety,yes\n"
    with Messenger() as messenger, make_host(per_second=3, post=messenger.url) as host:
        (host.folder / "news.csv").write_text(csv, encoding="utf-8")
        for number in range(60):
            person = Citizen(host, number, "town")
            person.write("/subscribe roads")
            messenger.heard(person.chat, "надсилатимемо")
        moved = Citizen(host, 60, "town")
        moved.write("/subscribe roads")
        moved.join(moved.go_on(messenger, "/join code"))
        moved.write("/news")  # written from the messenger last
        messenger.heard(moved.chat, "Що цікавить|До відома|новин")
        chats = make_citizens(host, 3, "/subscribe roads")
        messenger.status = 401
        publish(host, "bridge")
        wait_for("the site, behind sixty who wait", lambda: all(notices(chat, "Міст перекрито") for chat in chats), 40)
        assert 3 <= counts(host, "bridge")["under way"] <= 9, counts(host, "bridge")
        publish(host, "flood")
        wait_for("the emergency on the site", lambda: all(notices(chat, "Вода прибуває") for chat in chats), 5)
        host.town("town", ["news"], more="per_second = 3\nquiet =\n")
        host.reload()
        publish(host, "storm")
        wait_for("the emergency without the messenger", lambda: all(notices(chat, "Буревій іде") for chat in chats), 10)
        wait_for("who agreed to be written to on the site", lambda: notices(moved.web, "Буревій іде") == 1, 10)
        wait_for("who cannot be reached", lambda: counts(host, "storm")["unreachable"] == 60 and counts(host, "storm")["state"] == "sent", 20)
        check_each(chats, "Міст перекрито")


run([nobody_but_the_operator_sends, who_is_erased_gets_nothing_and_is_counted, killed_all_the_time_everybody_has_it_once,
     over_a_messenger_nobody_is_missed, a_messenger_that_stands_still_holds_up_nobody_else, an_emergency_reaches_who_never_subscribed, pause_and_stop_hold])
