# SPDX-License-Identifier: MPL-2.0
"""Requests that plugins ask for."""
import http.server
import socket
import threading
import time
import urllib.parse

from fake import Fake, run, wait_for


class Upstream(http.server.ThreadingHTTPServer):
    """Remembers what it was asked; answers slowly, hugely or with a redirect where the path says so."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.under_way, self.most = [], 0, 0
        self.lock = threading.Lock()
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
        if "slow" in self.path:
            time.sleep(0.3)
        if "never" in self.path:
            time.sleep(5)
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
        assert 1.9 < time.monotonic() - began < 2.6
        assert fetched(host, "http://127.0.0.1:1/").startswith("status=0 error=")


def together(host, paths, **query):
    threads = []
    for path in paths:
        threads.append(threading.Thread(target=fetched, args=(host, path), kwargs=query))
        threads[-1].start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()


def one_lane_goes_one_at_a_time_in_order_and_holds_up_nobody():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        together(host, [f"{upstream.url}/slow{i}" for i in range(4)], lane="chat-1")
        assert upstream.most == 1 and [a[1] for a in upstream.asked] == [f"/slow{i}" for i in range(4)]
        began = time.monotonic()
        together(host, [f"{upstream.url}/slow{i}" for i in range(20)])
        assert upstream.most > 10 and time.monotonic() - began < 1.5


def a_worker_crash_neither_repeats_nor_loses_a_request_under_way():
    upstream = Upstream()
    with Fake(host="fetch-private = yes") as host:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(fetched(host, upstream.url + "/slow")))
        thread.start()
        wait_for("asked", lambda: upstream.asked)
        (host.folder / "flag").touch()
        assert host.ask(f"/a/crash?once={host.folder}/flag")[2] == "survived"
        thread.join()
        assert answers[0].startswith("status=200") and len(upstream.asked) == 1, (answers, upstream.asked)


run([secrets_are_filled_in_on_the_way_out_only, private_addresses_are_refused,
     redirects_are_not_followed_and_long_answers_are_cut, an_answer_that_never_comes_ends_at_its_deadline,
     one_lane_goes_one_at_a_time_in_order_and_holds_up_nobody, a_worker_crash_neither_repeats_nor_loses_a_request_under_way])
