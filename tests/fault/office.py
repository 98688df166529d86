#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What a staff desk stands on: views of all plugins, streams that end at once, rules in files that are looked at before they count,
the audit chain that finds whoever changed it."""
import http.client
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time

from host import BUILD, Chat, Host, kill, run, wait_for



class Desk(Host):
    def __init__(self, rules="так, папір\n", **more):
        super().__init__(towns={}, **more)
        self.rules(rules)
        self.shelf()

    def rules(self, text):
        (self.folder / "towns" / "rules").mkdir(exist_ok=True)
        (self.folder / "towns" / "rules" / "shelf.txt").write_bytes(text if isinstance(text, bytes) else text.encode())

    def shelf(self, more="", options="rules = rules/shelf.txt\n"):
        self.town("quiet", ["hello", "ledger"], more=f"\n[office]\n{more}\n[shelf]\n{options}")

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, f"/quiet{path}", body.encode() if isinstance(body, str) else body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), answer.headers
        finally:
            connection.close()

    def well(self, method, path, body=None, headers=None):
        status, text, _ = self.ask(method, path, body, headers)
        assert status == 200, f"{path}: {status} {text}"
        return text

    def viche(self, *words, code=0, stdin=None):
        done = subprocess.run([BUILD / "core" / "viche", *words, "--config", self.folder / "viche.ini"], capture_output=True,
                              timeout=120, input=stdin)
        assert done.returncode == code, f"{words}: {done.returncode} {done.stdout.decode()}{done.stderr.decode()}"
        return (done.stderr if code else done.stdout).decode()


class Stream(threading.Thread):
    """An open tab: what it heard, and when it was ended."""

    def __init__(self, host, at):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=60)
        self.connection.request("GET", f"/quiet/office/stream?at={at}")
        self.answer = self.connection.getresponse()
        self.heard, self.ended = [], None
        self.start()

    def run(self):
        try:
            for line in iter(self.answer.readline, b""):
                if line.startswith(b"data:"):
                    self.heard.append(line[5:].strip().strip(b'"').decode())
        except (OSError, http.client.HTTPException):
            pass
        self.ended = time.monotonic()


def views_of_all_plugins_are_drawn_in_their_own_name():
    with Desk() as host:
        assert host.well("POST", "/office/put", "лист") == "done"
        text = host.well("GET", "/office/views")
        expected = ["shelf/things «Полиця»", "row 1", "value лист", "more ", "value На полиці «7», міток: 3", "action put", "Контора"]
        assert text.splitlines() == expected, text
        assert host.well("POST", "/office/put?stamp=old", "ще") == "Хтось уже поклав"


def a_view_that_was_compiled_when_views_were_new_is_drawn():
    host = Desk()
    ini = host.folder / "viche.ini"
    ini.write_text(ini.read_text().replace("plugins = ", f"plugins = {BUILD}/tests/abi/v0-1:"))
    host.town("quiet", ["hello", "ledger"], more="\n[office]\n\n[view]\n")
    with host:
        assert host.well("POST", "/office/put", "лист") == "done"
        lines = host.well("GET", "/office/views").splitlines()
        assert lines[0].startswith("view/notes «") and lines[1:3] == ["row 1", "value лист"] and "action put" in lines, lines


def a_stream_of_a_plugin_hears_every_turn_and_ends_at_once():
    with Desk() as host:
        one, other, clock = Stream(host, "desk"), Stream(host, "other"), Stream(host, "clock")
        host.well("POST", "/office/push?at=desk", "один")
        wait_for("the push", lambda: one.heard == ["один"])
        host.well("POST", "/office/plan")
        wait_for("the push of a schedule", lambda: clock.heard == ["tick"])
        began = time.monotonic()
        host.well("POST", "/office/end?at=desk")
        wait_for("the end", lambda: one.ended)
        took = one.ended - began
        assert took < 1, f"{took:.2f} s"
        assert one.heard == ["один", "last"] and not other.ended and other.heard == []
        return f"ended after {took * 1000:.0f} ms"


def streams_come_back_after_a_crash():
    """Who was revoked in that very moment must not listen on: a worker's death ends the streams of desks, and the browser asks again."""
    with Desk() as host:
        stream = Stream(host, "desk")
        for pid in host.pids("worker"):
            kill(pid)
        wait_for("the worker's streams end with it", lambda: stream.ended)
        stream = Stream(host, "desk")
        host.well("POST", "/office/push?at=desk", "знову")
        wait_for("the push is heard", lambda: "знову" in stream.heard)
        host.process.send_signal(signal.SIGHUP)
        wait_for("new workers", lambda: "new configuration taken over" in host.log_text())
        host.well("POST", "/office/push?at=desk", "після")
        wait_for("a reload ends no stream", lambda: "після" in stream.heard)
        kill(host.pids("gateway")[0])
        wait_for("the gateway's streams end with it", lambda: stream.ended)
        wait_for("a new gateway", host.is_ready)
        again = Stream(host, "desk")
        host.well("POST", "/office/push?at=desk", "потім")
        wait_for("the push after the restart", lambda: again.heard == ["потім"])


def routes_know_who_asks_and_say_what_they_like():
    with Desk() as host:
        status, text, headers = host.ask("GET", "/office/who", headers={"Cookie": "session=1; csrf=2"})
        assert (status, text.splitlines()) == (200, ["127.0.0.1", f"http://127.0.0.1:{host.port}", "session=1; csrf=2"]), text
        assert headers.get_all("Set-Cookie") == ["session=1; HttpOnly", "csrf=2"], headers
        assert headers.get_all("Content-Security-Policy") == ["default-src 'self'"], headers


def behind_a_proxy_the_address_and_https_are_the_clients():
    host = Desk()
    ini = host.folder / "viche.ini"
    ini.write_text(ini.read_text().replace("[host]\n", "[host]\nproxy = yes\n"))
    with host:
        _, text, _ = host.ask("GET", "/office/who", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})
        assert text.splitlines()[:2] == ["203.0.113.9", f"https://127.0.0.1:{host.port}"], text
        assert "203.0.113.9" not in host.log_text()


def a_signed_in_clerk_works_as_fast_as_they_can():
    host = Desk()
    ini = host.folder / "viche.ini"
    ini.write_text(ini.read_text().replace("requests-minute = 1000000", "requests-minute = 30"))
    with host:
        signed = [host.ask("GET", "/office/who", headers={"Cookie": "session=1"})[0] for _ in range(200)]
        assert set(signed) == {200}, signed
        strangers = [host.ask("GET", "/office/who")[0] for _ in range(60)]
        assert strangers.count(429) >= 25, strangers


def a_file_is_handed_out_by_its_name_and_kept_by_nobody_else():
    with Desk() as host:
        pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        status, file, _ = host.ask("POST", "/office/files", pdf)
        assert status == 200, file
        status, text, headers = host.ask("GET", f"/office/files/{file}")
        assert status == 200 and text.startswith("%PDF")
        assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%B0%D0%BA%D1%82%20"), headers
        assert headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"].startswith("private"), headers
        assert host.ask("GET", "/office/files/none")[0] == 404


def rules_are_looked_at_before_they_count():
    with Desk() as host:
        assert "all is well" in host.viche("check")
        assert host.well("GET", "/shelf/rules") == "так, папір\n"
        host.rules("так\nні, скло\nні, камінь\n")
        words = host.viche("check", code=1)
        assert "2 things to be put right" in words, words
        assert "shelf: rules/shelf.txt:2: правило починається не з «так»" in words and "shelf.txt:3" in words, words
        host.process.send_signal(signal.SIGHUP)
        wait_for("the refusal in the log", lambda: "shelf.txt:3" in host.log_text())
        assert host.well("GET", "/shelf/rules") == "так, папір\n", "what was refused is in force"
        for pid in host.pids("worker"):
            kill(pid)
        wait_for("a new worker", lambda: host.ask("GET", "/shelf/rules")[:2] == (200, "так, папір\n"))
        host.rules("так, дерево\n")
        assert host.well("GET", "/shelf/rules") == "так, папір\n", "nobody has asked for a reload"
        host.process.send_signal(signal.SIGHUP)
        wait_for("the new rules", lambda: host.ask("GET", "/shelf/rules")[:2] == (200, "так, дерево\n"))
        (host.folder / "towns" / "rules" / "shelf.txt").unlink()
        for pid in host.pids("worker"):
            kill(pid)
        wait_for("a worker with the copy", lambda: host.ask("GET", "/shelf/rules")[:2] == (200, "так, дерево\n"))
        assert len(sqlite3.connect(f"file:{host.folder}/data/quiet/town.db?mode=ro&immutable=1", uri=True)
                   .execute("SELECT name FROM shelf").fetchall()) == 0


def a_file_of_rules_that_is_no_text_is_refused_with_its_line():
    with Desk() as host:
        host.rules("так\nтак\n".encode() + b"\xff\xfe\n")
        assert "rules/shelf.txt:3: Тут не UTF-8" in host.viche("check", code=1)
        host.rules("так\n" * 200000)
        assert "Файл більший за 1 МіБ" in host.viche("check", code=1)
        host.shelf(options="rules = rules/none.txt\n")
        words = host.viche("check", code=1)
        assert re.search(r"quiet\.ini:\d+: \[shelf\] rules: rules/none\.txt: Такого файла немає\. Шукали тут: .*/towns/rules/none\.txt", words), words


# ---- the audit chain ----

def rewrite(host, sql):
    """What somebody with the file in their hands can do."""
    base = sqlite3.connect(host.folder / "data/quiet/town.db")
    for trigger in ("audit_changes", "audit_shrinks", "audit_jumps"):
        base.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    base.executescript(sql)
    base.commit()
    base.close()


def the_chain_holds_and_finds_whoever_changed_it():
    with Desk() as host:
        key = host.folder / "key"
        assert host.well("POST", "/office/audit?count=100") == "100 office looked cards/99"
        said = host.viche("audit", "verify", "quiet")
        assert "holds: 100 rows" in said, said
        host.viche("keys", "quiet", key)
        text = (host.folder / "towns/quiet.ini").read_text()
        (host.folder / "towns/quiet.ini").write_text(text.replace("[town]\n", f"[town]\nlist-key = {key}\n"))
        anchor = host.viche("audit", "verify", "quiet").split("elsewhere: ")[1].strip()
        assert "signature=" in anchor, anchor
        rows = host.viche("audit", "list", "quiet").splitlines()
        assert len(rows) == 100 and rows[0].split("\t")[2:] == ["office", "1", "looked", "cards/0"], rows[0]
        host.stop()
        assert "every anchor fits" in host.viche("audit", "verify", "quiet", "--anchor", anchor)
        assert "not signed by the town's key" in host.viche("audit", "verify", "quiet", "--anchor", anchor.replace("rows=100", "rows=99"), code=1)
        rewrite(host, "UPDATE audit SET object = 'cards/500' WHERE id = 42")
        assert "row 42 is not as it was written" in host.viche("audit", "verify", "quiet", code=1)
        rewrite(host, "UPDATE audit SET object = 'cards/41' WHERE id = 42; DELETE FROM audit WHERE id = 7")
        assert "row 7 is missing" in host.viche("audit", "verify", "quiet", code=1)
        rewrite(host, "DELETE FROM audit WHERE id > 90 OR id < 8; UPDATE audit SET id = id - 7")
        assert "row 1 is not" in host.viche("audit", "verify", "quiet", code=1)


def a_tail_that_was_cut_is_found_by_an_anchor():
    with Desk() as host:
        host.well("POST", "/office/audit?count=20")
        anchor = host.viche("audit", "verify", "quiet").split("elsewhere: ")[1].strip()
        log = f"Nov 25 host viched: gateway note audit anchor {anchor}\nother words\n".encode()
        assert "every anchor fits" in host.viche("audit", "verify", "quiet", "--anchor", "-", stdin=log)
        host.stop()
        rewrite(host, "DELETE FROM audit WHERE id > 15")
        assert "holds: 15 rows" in host.viche("audit", "verify", "quiet")
        words = host.viche("audit", "verify", "quiet", "--anchor", anchor, code=1)
        assert "the tail is cut: rows 16 to 20 are missing" in words, words


def a_restored_town_has_a_chain_that_holds():
    with Desk() as host:
        host.well("POST", "/office/audit?count=30")
        host.viche("backup", "quiet", host.folder / "copy")
        host.well("POST", "/office/audit?count=30")
        host.viche("restore", "quiet", host.folder / "copy")
        assert "holds: 30 rows" in host.viche("audit", "verify", "quiet")
        assert host.well("POST", "/office/audit?count=1").startswith("31 ")
        assert "holds: 31 rows" in host.viche("audit", "verify", "quiet")


class Slow:
    """A client that takes an answer of a hundred parts, which no buffer between holds, as slowly as it likes."""
    PARTS, SIZE = 100, 256 * 1024

    def __init__(self, host, query=""):
        self.connection = socket.socket()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        self.connection.settimeout(60)
        self.connection.connect(("127.0.0.1", host.port))
        path = f"/quiet/office/pages?last={self.PARTS - 1}&size={self.SIZE}{query}"
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: viche\r\n\r\n".encode())
        self.answer = http.client.HTTPResponse(self.connection)
        self.answer.begin()
        assert self.answer.status == 200

    def close(self):
        self.answer.close()
        self.connection.close()


def a_long_answer_waits_for_its_client_and_citizens_speak_between_its_parts():
    with Desk() as host:
        chat = Chat(host, "quiet")
        chat.say("/ledger")
        slow = Slow(host)
        assert slow.answer.read(1) == b"a"
        for _ in range(5):
            chat.say("слово")
        said = int(host.well("GET", "/office/said"))
        assert said < Slow.PARTS, f"{said} parts were made for a client that has taken one byte"
        rest = slow.answer.read()
        assert len(rest) == Slow.PARTS * Slow.SIZE - 1, len(rest)
        for part in range(1, Slow.PARTS):
            at = part * Slow.SIZE - 1
            assert rest[at:at + Slow.SIZE] == bytes([97 + part % 26]) * Slow.SIZE, f"part {part}"
        slow.close()
        return f"{said} of {Slow.PARTS} parts before the client went on"


def who_leaves_in_the_middle_is_asked_for_nothing_more():
    with Desk() as host:
        for _ in range(8):
            slow = Slow(host)
            slow.answer.read(1)
            slow.close()
        wait_for("the gateway holds nothing for them", lambda: host.get("/metrics")[1].count("viche_connections 1\n") == 1)
        said = host.well("GET", "/office/said")
        assert int(said) < 8 * Slow.PARTS, said
        Chat(host, "quiet").say("слово")
        assert host.well("GET", "/office/said") == said, "parts are made for nobody"


def a_long_answer_goes_on_with_the_next_worker():
    with Desk() as host:
        slow = Slow(host)
        slow.answer.read(1)
        kill(host.pids("worker")[0])
        assert len(slow.answer.read()) == Slow.PARTS * Slow.SIZE - 1
        slow.close()


def an_answer_that_is_refused_in_the_middle_breaks_off():
    with Desk() as host:
        slow = Slow(host, "&refused=3")
        try:
            slow.answer.read()
            assert False, "the answer seems to be whole"
        except http.client.IncompleteRead as broken:
            assert len(broken.partial) <= 3 * Slow.SIZE
        slow.close()
        assert host.well("GET", "/office/who")


def the_body_of_a_request_comes_again_with_each_part():
    with Desk() as host:
        assert host.well("POST", "/office/pages?last=3", "слово") == "слово" * 4


def citizens_do_not_wait_for_who_looks():
    """Six officials ask for reports of some 25 ms each, one after another; a citizen goes on talking."""
    with Desk(turn_ms=60000) as host:
        began = time.monotonic()
        host.well("GET", "/office/slow?steps=100000")
        steps = int(100000 * 0.025 / (time.monotonic() - began))
        go, seen = [True], [0] * 6

        def look(index):
            connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
            while go[0]:
                connection.request("GET", f"/quiet/office/slow?steps={steps}")
                assert connection.getresponse().read()
                seen[index] += 1

        officials = [threading.Thread(target=look, args=(i,)) for i in range(6)]
        for official in officials:
            official.start()
        chat = Chat(host, "quiet")
        chat.say("/ledger")
        waited = []
        for _ in range(200):
            began = time.monotonic()
            chat.say("слово")
            waited.append((time.monotonic() - began) * 1000)
        go[0] = False
        for official in officials:
            official.join()
        waited.sort()
        assert min(seen) > 0, f"an official waited for ever: {seen}"
        assert waited[-3] < 300, f"{waited[-10:]}"  # 100 where nobody else is busy
        return f"p50 {waited[100]:.0f} ms, p99 {waited[-3]:.0f} ms, beside {sum(seen)} reports of 25 ms"


def a_million_rows_are_verified_in_ten_seconds():
    with Desk(turn_ms=60000) as host:
        for _ in range(20):
            host.well("POST", "/office/audit?count=50000")
        chat = Chat(host, "quiet")
        chat.say("/ledger")
        worst, go = [0.0], [True]

        def write():
            while go[0]:
                began = time.monotonic()
                chat.say("слово")
                worst[0] = max(worst[0], time.monotonic() - began)

        writer = threading.Thread(target=write)
        writer.start()
        began = time.monotonic()
        said = host.viche("audit", "verify", "quiet")
        running = time.monotonic() - began
        go[0] = False
        writer.join()
        assert "holds: 1000000 rows" in said, said
        host.stop()
        began = time.monotonic()
        assert "holds: 1000000 rows" in host.viche("audit", "verify", "quiet")
        stopped = time.monotonic() - began
        assert running < 10 and stopped < 10, f"{running:.1f} s, {stopped:.1f} s"
        return f"{running:.1f} s beside a citizen, who waited {worst[0] * 1000:.0f} ms at most; {stopped:.1f} s on a stopped host"


run([views_of_all_plugins_are_drawn_in_their_own_name, a_view_that_was_compiled_when_views_were_new_is_drawn,
     a_stream_of_a_plugin_hears_every_turn_and_ends_at_once,
     streams_come_back_after_a_crash, routes_know_who_asks_and_say_what_they_like,
     behind_a_proxy_the_address_and_https_are_the_clients, a_signed_in_clerk_works_as_fast_as_they_can,
     a_file_is_handed_out_by_its_name_and_kept_by_nobody_else, rules_are_looked_at_before_they_count,
     a_file_of_rules_that_is_no_text_is_refused_with_its_line, the_chain_holds_and_finds_whoever_changed_it,
     a_tail_that_was_cut_is_found_by_an_anchor, a_restored_town_has_a_chain_that_holds, citizens_do_not_wait_for_who_looks,
     a_long_answer_waits_for_its_client_and_citizens_speak_between_its_parts, who_leaves_in_the_middle_is_asked_for_nothing_more,
     a_long_answer_goes_on_with_the_next_worker, an_answer_that_is_refused_in_the_middle_breaks_off,
     the_body_of_a_request_comes_again_with_each_part, a_million_rows_are_verified_in_ten_seconds])
