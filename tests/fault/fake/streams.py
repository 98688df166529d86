# SPDX-License-Identifier: MPL-2.0
"""Open streams (server-sent events)."""
import resource
import socket
import time

from fake import MEMORY, Fake, rss_kb, run, wait_for

CLIENTS = 1000


class Stream:
    def __init__(self, host, topic, last=0, version="1.1"):
        self.socket = socket.create_connection(("127.0.0.1", host.port), timeout=10)
        self.socket.sendall(f"GET /a/stream?topic={topic} HTTP/{version}\r\nHost: x\r\nLast-Event-ID: {last}\r\n\r\n".encode())
        self.seen = b""

    def until(self, words, seconds=10):
        self.socket.settimeout(seconds)
        while words not in self.seen:
            part = self.socket.recv(65536)
            assert part, f"cut before {words}: {self.seen[-200:]}"
            self.seen += part
        return self

    def ended(self, seconds=10):
        self.socket.settimeout(seconds)
        while not self.seen.endswith(b"\r\n0\r\n\r\n"):
            part = self.socket.recv(1 << 20)
            assert part, "cut, not ended"
            self.seen += part
        return True


def pushed(host, topic, number, size=10):
    assert host.ask(f"/a/push?topic={topic}&id={number}&size={size}")[2] == "pushed"


def a_stream_gets_what_is_newer_than_what_it_has_once_and_in_order():
    with Fake() as host:
        fresh = Stream(host, "t").until(b": hello\n\n")
        resumed = Stream(host, "t", last=2).until(b": hello\n\n")
        other = Stream(host, "u").until(b": hello\n\n")
        for number in [1, 2, 2, 1, 3, 4]:
            pushed(host, "t", number)
        fresh.until(b"id: 4\n")
        resumed.until(b"id: 4\n")
        ids = [line for line in fresh.seen.split(b"\n") if line.startswith(b"id:")]
        assert ids == [b"id: 1", b"id: 2", b"id: 3", b"id: 4"], ids
        assert b"id: 2\n" not in resumed.seen and b"id: 3\n" in resumed.seen
        assert b"id:" not in other.seen
        assert b"text/event-stream" in fresh.seen


def a_client_too_slow_is_cut_and_nobody_else():
    with Fake() as host:
        slow = Stream(host, "t").until(b": hello\n\n")
        quick = Stream(host, "t", version="1.0").until(b": hello\n\n")
        before = rss_kb(host.pid_of("gateway"))
        for number in range(1, 800):
            pushed(host, "t", number, 25_000)
            quick.until(f"id: {number}\n".encode())
            quick.seen = b""
        grown = rss_kb(host.pid_of("gateway")) - before
        assert grown < 6000 * MEMORY, f"{grown} kB"
        assert slow.ended()
        assert b"id: 799\n" not in slow.seen
        return f"{grown} kB more while 20 MB were pushed"


def streams_live_through_a_worker_crash():
    with Fake() as host:
        stream = Stream(host, "t").until(b": hello\n\n")
        (host.folder / "flag").touch()
        assert host.ask(f"/a/crash?once={host.folder}/flag")[2] == "survived"
        pushed(host, "t", 7)
        stream.until(b"id: 7\n")


def a_client_that_left_is_forgotten():
    with Fake() as host:
        stream = Stream(host, "t").until(b": hello\n\n")
        assert host.metric("streams") == 1
        stream.socket.close()
        pushed(host, "t", 1)
        pushed(host, "t", 2)
        wait_for("no stream", lambda: host.metric("streams") == 0)


def a_stop_ends_streams_properly():
    with Fake() as host:
        stream = Stream(host, "t").until(b": hello\n\n")
        code, seconds = host.stop()
        assert code == 0 and stream.ended()
        return f"{seconds * 1000:.0f} ms"


def a_thousand_idle_streams_cost_little():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    with Fake() as host:
        gateway = host.pid_of("gateway")
        host.ask("/a/x")
        before = rss_kb(gateway)
        streams = [Stream(host, "t") for _ in range(CLIENTS)]
        for stream in streams:
            stream.until(b": hello\n\n")
        grown = rss_kb(gateway) - before
        began = time.monotonic()
        pushed(host, "t", 1)
        for stream in streams:
            stream.until(b"id: 1\n")
        took = time.monotonic() - began
        assert grown < 20_000 * MEMORY, f"{grown} kB"
        for stream in streams:
            stream.socket.close()
        return f"{before} kB + {grown} kB for {CLIENTS}; all of them told within {took * 1000:.0f} ms"


run([a_stream_gets_what_is_newer_than_what_it_has_once_and_in_order, a_client_too_slow_is_cut_and_nobody_else,
     streams_live_through_a_worker_crash, a_client_that_left_is_forgotten, a_stop_ends_streams_properly,
     a_thousand_idle_streams_cost_little])
