#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""The drill: a messenger is lost under load. Its token is revoked, then its section is taken out of the town's INI while a hundred
citizens write; later it is back. Nothing may be lost. What was under way to the messenger when its channel went may come twice, at
most one message a chat; everything else comes once."""
import threading

from host import Host, run, wait_for
from messenger import Citizen, Messenger

CITIZENS, JOINED, WORDS = 100, 40, 5


def configure(host, more):
    host.town("quiet", ["hello", "ledger"], more=more)


def words_of(texts):
    return [text for text in texts if text and text.startswith("Записано: c")]


def prepare(host, messenger):
    citizens = [Citizen(host, number) for number in range(CITIZENS)]
    for citizen in citizens[:JOINED]:
        citizen.join(citizen.go_on(messenger, "/join code"))
    citizens[-1].paper = citizens[-1].go_on(messenger, "/join later")
    for citizen in citizens:
        assert citizen.write("/ledger")
        messenger.heard(citizen.chat, "Що записати")
    return citizens


def revoke(host, messenger, citizens):
    """The messenger refuses everything; the town hears its citizens, and officials see it."""
    messenger.status = 401
    threads = [threading.Thread(target=citizen.load, daemon=True) for citizen in citizens]
    for thread in threads:
        thread.start()
    wait_for("words under way", lambda: all(len(citizen.words) >= WORDS for citizen in citizens), 60)
    wait_for("the alarm", lambda: "a channel is down" in host.log_text())
    assert 'viche_channel_up{town="quiet",channel="post"} 0' in host.get("/metrics")[1]
    assert 'viche_channel_up{town="quiet",channel="web"} 1' in host.get("/metrics")[1]
    assert "channel post is down" in host.get("/readyz")[1]
    assert host.log_text().count("a channel is down") == 1, "the alarm was not said once"
    return threads


def a_lost_messenger_loses_nothing():
    with Messenger() as messenger, Host(towns={"quiet": ["hello", "ledger"]}) as host:
        section = f"\n[post]\nurl = {messenger.url}\npolls = yes\n"
        configure(host, section)
        host.reload()
        citizens = prepare(host, messenger)
        threads = revoke(host, messenger, citizens)
        configure(host, "")
        host.reload()
        for thread in threads:
            thread.join()
        wait_for("the missing channel", lambda: "channel post is not configured any more" in host.get("/readyz")[1])
        for citizen in citizens[:JOINED]:
            check_site(citizen)
        last = citizens[-1]
        last.join(last.paper)
        check_site(last)
        messenger.status = 200
        configure(host, section)
        host.reload()
        twice = sum(check_messenger(messenger, citizen) for citizen in citizens[JOINED:-1])
        for citizen in citizens[:JOINED] + [last]:
            with messenger.lock:
                assert not words_of(messenger.taken[citizen.chat]), f"{citizen.chat} was told twice"
        wait_for("the channel", lambda: 'viche_channel_up{town="quiet",channel="post"} 1' in host.get("/metrics")[1])
        total = sum(len(citizen.words) for citizen in citizens)
        return f"{CITIZENS} citizens, {total} answers: 0 lost, {twice} under way twice"


def check_site(citizen):
    wait_for(f"{citizen.chat} on the site", lambda: len(words_of(citizen.web.answers())) >= len(citizen.words))
    assert words_of(citizen.web.answers()) == citizen.words, f"{citizen.web.answers()} instead of {citizen.words}"


def check_messenger(messenger, citizen):
    def taken():
        with messenger.lock:
            return words_of(messenger.taken[citizen.chat])
    wait_for(f"{citizen.chat} in the messenger", lambda: set(taken()) >= set(citizen.words), 60)
    once = list(dict.fromkeys(taken()))
    assert once == citizen.words, f"{once} instead of {citizen.words}"
    twice = len(taken()) - len(once)
    assert twice <= 1, f"{twice} came twice: {taken()}"
    return twice


run([a_lost_messenger_loses_nothing])
