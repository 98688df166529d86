# SPDX-License-Identifier: MPL-2.0
"""What the gateway takes, refuses and limits."""
import hmac
import os
import socket
import time

from fake import MEMORY, Fake, rss_kb, run, wait_for


def tricks_in_paths_are_refused_before_anything_else():
    with Fake() as host:
        tricks = ["/a/../b/x", "/a/%2e%2e/b", "/a/.%2e/b", "/a//x", "/a/%00", "/a/x%0d%0ay", "/a/%ff", "/a/%c0%af", "/a/%ed%a0%80",
                  "/a/b%2fc", "/a/b%5cc", "/a/%2", "/a/%zz", "//a/x", "/a/./x", "/a/x?q=%ff", "http://a/x", "*"]
        for path in tricks:
            got = host.raw(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            assert got.startswith(b"HTTP/1.1 400 "), (path, got[:80])
        assert host.metric("requests_given_total") == 0
        assert host.ask("/a/%D1%96?q=%D1%96+1")[2].startswith("town=a method=GET path=/і ")


def nonsense_instead_of_http_does_no_harm():
    with Fake() as host:
        for data in [b"\0" * 5000, b"GET", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"POST /a/x HTTP/1.1\r\n\r\n",
                     b"POST /a/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                     b"POST /a/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                     b"POST /a/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", os.urandom(3000)]:
            host.raw(data, 2)
        assert host.ask("/healthz")[0] == 200 and "gateway ended" not in host.log_text()


def a_request_with_two_lengths_reaches_nobody():
    with Fake() as host:
        for more in [b"Content-Length: 1\r\nContent-Length: 5\r\n", b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"]:
            got = host.raw(b"POST /a/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + b"\r\n0\r\n\r\n", 3)
            assert got.startswith(b"HTTP/1.1 400 "), got[:100]
        assert host.metric("requests_given_total") == 0


def a_length_behind_more_headers_than_are_read_reaches_nobody():
    with Fake() as host:
        many = b"".join(b"X-%d: a\r\n" % i for i in range(60))
        for more in [b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n"]:
            head = b"POST /a/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n" + many + more
            got = host.raw(head + b"\r\n0\r\n\r\n", 3)
            assert got.startswith(b"HTTP/1.1 431 "), got[:100]
        assert host.metric("requests_given_total") == 0


def held_bodies_have_a_bound_together():
    with Fake(body_bytes=4_000_000) as host:
        held = []
        statuses = []
        for _ in range(20):
            s = socket.create_connection(("127.0.0.1", host.port), timeout=1)
            s.sendall(b"POST /a/silent HTTP/1.1\r\nHost: x\r\nContent-Length: 3900000\r\n\r\n" + b"b" * 3_900_000)
            held.append(s)
            try:
                statuses.append(s.recv(12) if len(held) > 16 else b"")
            except TimeoutError:
                statuses.append(b"")
        assert statuses.count(b"HTTP/1.1 503") == 3, statuses
        for s in held:
            s.close()
        assert host.ask("/b/x")[0] == 200


def refusals_say_why_in_two_languages():
    with Fake(body_bytes=5000) as host:
        long = "x" * 5000
        cases = [(404, "/zz/x", {}), (405, "/a/x", {"method": "TRACE"}), (405, "/healthz", {"method": "POST"}),
                 (413, "/a/x", {"method": "POST", "body": "y" * 6000}), (413, "/a/small", {"method": "POST", "body": "y" * 101}),
                 (414, "/a/" + long, {}), (431, "/a/x", {"headers": {"X-" + str(i): "y" * 1000 for i in range(9)}}),
                 (415, "/a/x", {"method": "POST", "body": "y", "headers": {"Content-Encoding": "gzip"}}), (404, "/static/no", {})]
        for status, path, more in cases:
            got, headers, body = host.ask(path, **more)
            assert got == status, (path[:20], status, got)
            assert body.startswith('{"error":{"code":"') and headers["Content-Type"] == "application/json", body
        assert "There is no such page" in host.ask("/zz/", headers={"Accept-Language": "en-GB,uk"})[2]
        assert "Такої сторінки немає" in host.ask("/zz/", headers={"Accept": "text/html"})[2]


def a_body_without_a_length_is_cut_at_the_limit():
    with Fake(body_bytes=5000) as host:
        head = b"POST /a/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"1000\r\n" + b"z" * 4096 + b"\r\n"
        assert host.raw(head + chunk + b"0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
        assert host.raw(head + chunk * 3 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413 ")
        host.raw(head + chunk * 2000, 1)
        assert host.ask("/healthz")[0] == 200


def an_upload_goes_to_a_file_and_not_through_memory():
    with Fake() as host:
        gateway = host.pid_of("gateway")
        host.ask("/a/x")
        before = rss_kb(gateway)
        status, _, body = host.ask("/a/upload/123/files", "POST", b"u" * 20_000_000)
        assert status == 200 and "upload=yes upload_bytes=20000000 body_bytes=0" in body, body
        grown = rss_kb(gateway) - before
        assert grown < 2000 * MEMORY, f"{grown} kB"
        wait_for("spool emptied", lambda: not list((host.folder / "data" / ".spool").iterdir()))
        assert host.ask("/a/upload/123/files", "POST", b"u" * 21_000_000)[0] == 413
        return f"{grown} kB more for 20 MB"


def slow_heads_are_cut_and_disturb_nobody():
    with Fake(header_timeout=1) as host:
        slow = []
        for _ in range(300):
            s = socket.create_connection(("127.0.0.1", host.port))
            s.sendall(b"GET /a/x HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            slow.append(s)
        worst = 0
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            for s in slow[:50]:
                try:
                    s.send(b"y")
                except OSError:
                    pass
            began = time.monotonic()
            assert host.ask("/a/x")[0] == 200
            worst = max(worst, time.monotonic() - began)
        open_now = host.metric("connections")
        assert open_now <= 2, open_now
        for s in slow:
            s.close()
        return f"others waited {worst * 1000:.0f} ms at most"


def an_address_that_asks_too_often_is_told_when_to_come_back():
    with Fake(requests_minute=20) as host:
        statuses = [host.ask("/a/x") for _ in range(25)]
        refused = [s for s in statuses if s[0] == 429]
        assert 4 <= len(refused) <= 5 and int(refused[0][1]["Retry-After"]) >= 1
        assert host.ask("/a/x", headers={"X-Forwarded-For": "198.51.100.7"})[0] == 429  # a lie without `proxy`


def behind_a_proxy_its_word_counts():
    with Fake(host="proxy = yes", requests_minute=5, chats_hour=2) as host:
        def ask(address, path="/a/x", method="GET"):
            return host.ask(path, method, headers={"X-Forwarded-For": f"9.9.9.9, {address}", "X-Forwarded-Proto": "https"})
        assert [ask("198.51.100.7")[0] for _ in range(6)] == [200] * 5 + [429]
        assert "origin=https://127.0.0.1" in ask("198.51.100.8")[2]
        assert [ask("2001:db8::1", "/a/web/chats", "POST")[0] for _ in range(3)] == [200, 200, 429]
        assert ask("2001:db8::2", "/a/web/chats", "POST")[0] == 429  # the same household


def too_many_waiting_requests_are_refused_with_a_time():
    with Fake(waiting=3) as host:
        held = []
        for _ in range(3):
            s = socket.create_connection(("127.0.0.1", host.port))
            s.sendall(b"GET /a/silent HTTP/1.1\r\nHost: x\r\n\r\n")
            held.append(s)
        wait_for("held", lambda: host.metric("requests_held") == 3)
        status, headers, body = host.ask("/b/x")
        assert status == 503 and headers["Retry-After"] == "5" and "busy" in body
        assert "admin=1" in host.operator("/b/x")  # the operator gets through
        for s in held:
            s.close()


def only_the_control_socket_makes_an_operator():
    with Fake() as host:
        assert "admin=1" in host.operator("/a/admin/queue")
        assert "admin=0" in host.ask("/a/admin/queue", headers={"X-Admin": "1"})[2]
        assert os.stat(host.folder / "data" / "control").st_mode & 0o777 == 0o600


def a_messengers_hook_is_closed_to_who_does_not_know_the_secret():
    with Fake(requests_minute=10) as host:
        def call(path, proof, body="{}"):
            return host.ask(path, "POST", body, {"X-Proof": proof} if proof else {})
        signature = hmac.new(b"s3cret", "повідомлення".encode(), "sha256").hexdigest()
        assert call("/a/secret", "s3cret")[0] == 200
        assert call("/a/signed", signature, "повідомлення".encode())[0] == 200
        for path, proof in [("/a/secret", ""), ("/a/secret", "s3cre"), ("/a/secret", "s3crett"), ("/a/secret", signature),
                            ("/a/signed", signature), ("/a/signed", "s3cret"), ("/a/closed", ""), ("/a/closed", "s3cret")]:
            status, _, body = call(path, proof)
            assert status == 403 and "unproven" in body and "s3cret" not in body, (path, proof, status)
        given = host.metric("requests_given_total")
        assert given == 2, given
        assert all(call("/a/secret", "s3cret")[0] == 200 for _ in range(20))  # a messenger speaks for many


def guessing_the_secret_is_slow_and_harms_nobody_who_knows_it():
    with Fake(host="proxy = yes", requests_minute=10) as host:
        def call(peer, proof):
            return host.ask("/a/secret", "POST", "{}", {"X-Proof": proof, "X-Forwarded-For": peer})
        answers = [call("198.51.100.7", f"guess {i}") for i in range(45)]
        assert [status for status, _, _ in answers[:30]] == [403] * 30
        assert answers[-1][0] == 429 and int(answers[-1][1]["Retry-After"]) > 0
        assert call("198.51.100.8", "guess")[0] == 403  # another address is another caller
        assert all(call(peer, "s3cret")[0] == 200 for peer in ["198.51.100.7", "198.51.100.8"] * 20)
        assert host.metric("requests_given_total") == 40


def what_shows_the_secret_does_not_reach_the_worker():
    with Fake() as host:
        assert 'proof=""' in host.ask("/a/secret", "POST", "{}", {"X-Proof": "s3cret"})[2]
        assert 'proof="s3cret"' in host.ask("/a/x", "POST", "{}", {"X-Proof": "s3cret"})[2]


def static_files_have_etag_and_a_smaller_form():
    with Fake() as host:
        status, headers, body = host.ask("/static/a.js")
        assert (status, body, headers["X-Content-Type-Options"]) == (200, "hello", "nosniff")
        assert host.ask("/static/a.js", headers={"If-None-Match": headers["ETag"]})[0] == 304
        status, headers, body = host.ask("/static/a.js?v=1", headers={"Accept-Encoding": "br, gzip"})
        assert (headers["Content-Encoding"], body) == ("gzip", "zipped") and "immutable" in headers["Cache-Control"]
        assert headers["Content-Type"].startswith("text/javascript")
        assert host.ask("/static/a.js", "HEAD")[2] == ""


def monitors_are_answered_and_strangers_see_no_metrics():
    with Fake() as host:
        assert host.ask("/healthz")[0] == 200 and host.ask("/readyz")[0] == 200
        assert host.ask("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})[0] == 404
        assert "viche_towns_ready 3" in host.ask("/metrics")[2]
        status, headers, _ = host.ask("/a")
        assert (status, headers["Location"]) == (308, "/a/")


run([tricks_in_paths_are_refused_before_anything_else, nonsense_instead_of_http_does_no_harm,
     a_request_with_two_lengths_reaches_nobody, a_length_behind_more_headers_than_are_read_reaches_nobody,
     held_bodies_have_a_bound_together, refusals_say_why_in_two_languages,
     a_body_without_a_length_is_cut_at_the_limit, an_upload_goes_to_a_file_and_not_through_memory,
     slow_heads_are_cut_and_disturb_nobody, an_address_that_asks_too_often_is_told_when_to_come_back,
     behind_a_proxy_its_word_counts, too_many_waiting_requests_are_refused_with_a_time,
     only_the_control_socket_makes_an_operator, a_messengers_hook_is_closed_to_who_does_not_know_the_secret,
     guessing_the_secret_is_slow_and_harms_nobody_who_knows_it,
     what_shows_the_secret_does_not_reach_the_worker, static_files_have_etag_and_a_smaller_form,
     monitors_are_answered_and_strangers_see_no_metrics])
