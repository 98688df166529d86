# SPDX-License-Identifier: MPL-2.0
"""Requests that plugins ask for."""
import http.server
import socket
import threading
import time
import urllib.parse

from fake import Fake, run, wait_for


class Upstream(http.server.ThreadingHTTPServer):
    """Remembers what it was asked; answers late, hugely or with a redirect where the path says so."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.under_way, self.most = [], 0, 0
        self.lock, self.go_on = threading.Lock(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            self.server.asked.append((self.command, self.path, self.headers.get("X-Token"), body))
            self.server.under_way += 1
            self.server.most = max(self.server.most, self.server.under_way)
        if "hold" in self.path:
            self.server.go_on.wait(30)
        if "never" in self.path:
            time.sleep(30)
        with self.server.lock:
            self.server.under_way -= 1
        answer = b"y" * 3_000_000 if "huge" in self.path else b"answer to " + self.path.encode()
        self.send_response(302 if "away" in self.path else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            pass

    do_POST = do_GET

    def log_message(self, *_):
        pass


def fetched(host, url, body=None, **query):
    query = urllib.parse.urlencode({"url": url} | query)
    return host.ask(f"/a/fetch?{query}", "POST" if body else "GET", body)[2]


def secrets_are_filled_in_on_the_way_out_only():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        answer = fetched(host, upstream.url + "/bot{secret:token}/x", body="pin={secret:token}")
        assert upstream.asked == [("POST", "/bots3cret/x", "Bearer s3cret", b"pin=s3cret")], upstream.asked
        assert answer.startswith("status=200 error= type=text/plain")
        upstream.asked.clear()
        fetched(host, upstream.url + "/x", body="{secret:token}", words="yes")  # a citizen may write that
        assert upstream.asked[0][3] == b"{secret:token}", upstream.asked
        assert "secret this plugin does not have" in fetched(host, upstream.url + "/{secret:other}")
        assert "s3cret" not in host.log_text()


def private_addresses_are_refused():
    upstream = Upstream()
    with Fake() as host:
        port = upstream.server_port
        for name in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "127.1",
                     "2130706433", "0x7f.1", "[fe80::1]", "[fc00::1]"]:
            answer = fetched(host, f"http://{name}:{port}/")
            assert answer.startswith("status=0 error="), (name, answer)
        assert not upstream.asked
        for url in ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"]:
            assert fetched(host, url).startswith("status=0 error=")


def redirects_are_not_followed_and_long_answers_are_cut():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        away, huge = fetched(host, upstream.url + "/away"), fetched(host, upstream.url + "/huge")
        assert away.startswith("status=302"), away[:200]
        assert " size=1048576\n" in huge, huge[:200]


def an_answer_that_never_comes_ends_at_its_deadline():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host, socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        began = time.monotonic()
        assert "no answer in time" in fetched(host, f"http://127.0.0.1:{deaf.getsockname()[1]}/", timeout=1)
        assert "no answer in time" in fetched(host, upstream.url + "/never", timeout=1)
        assert 1.9 < time.monotonic() - began < 20
        assert fetched(host, "http://127.0.0.1:1/").startswith("status=0 error=")


def begin(host, urls, **query):
    """One after the other has reached the gateway."""
    threads = []
    for url in urls:
        before = host.metric("fetches_total")
        threads.append(threading.Thread(target=fetched, args=(host, url), kwargs=query))
        threads[-1].start()
        wait_for("the request is made", lambda: host.metric("fetches_total") > before)
    return threads


def one_lane_goes_one_at_a_time_in_order_and_holds_up_nobody():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        lane = begin(host, [f"{upstream.url}/hold{i}" for i in range(4)], lane="chat-1")
        others = begin(host, [f"{upstream.url}/hold-other" for _ in range(20)])
        wait_for("all others and one of the lane", lambda: upstream.under_way == 21)
        upstream.go_on.set()
        for thread in lane + others:
            thread.join()
        assert [path for _, path, _, _ in upstream.asked if "other" not in path] == [f"/hold{i}" for i in range(4)]
        assert upstream.most == 21, upstream.most


def a_worker_crash_neither_repeats_nor_loses_a_request_under_way():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(fetched(host, upstream.url + "/hold")))
        thread.start()
        wait_for("asked", lambda: upstream.asked)
        (host.folder / "flag").touch()
        assert host.ask(f"/a/crash?once={host.folder}/flag")[2] == "survived"
        upstream.go_on.set()
        thread.join()
        assert answers[0].startswith("status=200") and len(upstream.asked) == 1, (answers, upstream.asked)


run([secrets_are_filled_in_on_the_way_out_only, private_addresses_are_refused,
     redirects_are_not_followed_and_long_answers_are_cut, an_answer_that_never_comes_ends_at_its_deadline,
     one_lane_goes_one_at_a_time_in_order_and_holds_up_nobody, a_worker_crash_neither_repeats_nor_loses_a_request_under_way])
