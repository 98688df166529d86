# SPDX-License-Identifier: MPL-2.0
"""A host under test: two towns on a temporary folder and a free port, and citizens who speak the web channel's protocol
(docs/web-channel.md). Everything started here is ended here, by its own pid."""
import ctypes
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

BUILD = pathlib.Path(sys.argv[1]).resolve()

HOST_INI = """[host]
listen = 127.0.0.1:{port}
data = {folder}/data
towns = {folder}/towns
plugins = {build}/plugins:{build}/tests/plugins
share = {share}
workers = {workers}
fetch-private = yes

[limits]
requests-minute = 1000000
chats-hour = 1000000
connections-ip = 4096
messages-minute = 10000
turn-ms = {turn_ms}
"""

TOWN_INI = """[town]
name.uk = {name}
name.en = {name}
languages = uk en
zone = Europe/Kyiv

[menu]
main = {menu}
main.label.uk = Усе
main.label.en = All

[web]
{plugins}"""


def wait_for(what, ask, seconds=20):
    """Asks until the answer is true; says what it waited for when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds} s for: {what}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def end_with_us():
    """In the child: SIGTERM when this driver ends in any way, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Host:
    """viched with towns of its own; unless told otherwise `quiet` and `loud`, which has the plugin that misbehaves."""

    def __init__(self, turn_ms=400, towns=None, workers=2):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="viche-fault-"))
        self.port = free_port()
        (self.folder / "towns").mkdir()
        (self.folder / "data").mkdir()
        self.write_conf(turn_ms, workers)
        for town, plugins in (towns or {"quiet": ["hello", "ledger"], "loud": ["hello", "ledger", "evil"]}).items():
            self.town(town, plugins)
        self.log = open(self.folder / "log", "wb")
        self.process = None

    def write_conf(self, turn_ms, workers):
        share = BUILD / "share"
        text = HOST_INI.format(port=self.port, folder=self.folder, build=BUILD, share=share,
                               turn_ms=turn_ms, workers=workers)
        (self.folder / "viche.ini").write_text(text, encoding="utf-8")

    def town(self, name, plugins, more=""):
        sections = "".join(f"\n[{plugin}]\n" for plugin in plugins)
        text = TOWN_INI.format(name=name, menu=" ".join("/" + p for p in plugins), plugins=sections) + more
        (self.folder / "towns" / f"{name}.ini").write_text(text, encoding="utf-8")

    def start(self):
        self.process = subprocess.Popen([BUILD / "core" / "viched", "--config", self.folder / "viche.ini"],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd=self.folder,
                                        preexec_fn=end_with_us)
        self.wait_ready()
        return self

    def wait_ready(self):
        wait_for("readyz", self.is_ready, 30)

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"viched ended with {self.process.returncode}\n{self.log_text()[-3000:]}")
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False

    def get(self, path, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def log_text(self):
        return (self.folder / "log").read_text(errors="replace")

    def children(self):
        """pid → name of the processes that viched started: gateway, worker-0, …"""
        names = {}
        try:
            pids = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except OSError:
            return names
        for pid in map(int, pids):
            try:
                names[pid] = pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
            except OSError:
                continue
        return names

    def pids(self, name):
        return [pid for pid, full in self.children().items() if full.startswith(name)]

    def reload(self):
        """Until the new workers have taken over."""
        before = set(self.pids("worker"))
        self.process.send_signal(signal.SIGHUP)
        wait_for("new workers", lambda: len(self.pids("worker")) == len(before) and not before & set(self.pids("worker")), 30)
        self.wait_ready()

    def stop(self):
        """SIGTERM; returns the exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        return code, time.monotonic() - began

    def __enter__(self):
        try:
            return self.start()
        except BaseException as why:
            self.__exit__(type(why), why, None)
            raise

    def __exit__(self, kind, value, trace):
        if kind:
            print(self.log_text()[-6000:], file=sys.stderr)
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Chat:
    """One citizen in one town. Posts are repeated under the same origin until they are acknowledged."""

    def __init__(self, host, town, language="uk"):
        self.host, self.town = host, town
        self.sent = 0
        self.tries = 0
        self.connection = None
        _, body = self.call("POST", "/chats", {"language": language})
        self.chat, self.token = body["chat"], body["token"]

    def call(self, method, path, body=None, seconds=60):
        """Until the host takes it: a refused or cut connection and 503 are tried again. Returns status and JSON."""
        headers = {"Content-Type": "application/json", "Accept-Language": "uk"}
        if hasattr(self, "token"):
            headers["Authorization"] = "Bearer " + self.token
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.tries += 1
            try:
                if not self.connection:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=30)
                text = None if body is None else json.dumps(body)
                self.connection.request(method, f"/{self.town}/web{path}", text, headers)
                answer = self.connection.getresponse()
                data = answer.read()
                if answer.status < 300:
                    return answer.status, json.loads(data) if data else None
                if answer.status != 503:
                    raise AssertionError(f"{method} {path}: {answer.status} {data[:300]!r}")
            except (OSError, http.client.HTTPException):
                pass
            if self.connection:
                self.connection.close()
            self.connection = None
            time.sleep(0.02)
        raise AssertionError(f"{method} {path} was not taken within {seconds} s\n{self.host.log_text()[-2000:]}")

    def say(self, text, seconds=60):
        """Returns the id under which the message stands in the history, once it is acknowledged."""
        self.sent += 1
        body = {"origin": f"m{self.sent}", "text": text}
        return self.call("POST", f"/chats/{self.chat}/messages", body, seconds)[1]["id"]

    def history(self):
        """Everything, as a client that has nothing yet gets it."""
        return list(self.events(until_ready=True))

    def events(self, after=0, until_ready=False, seconds=20):
        """The stream, from `after` on; ends after seconds, when cut, or at `ready`."""
        more = True
        while more:
            more = False
            connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=seconds)
            headers = {"Authorization": "Bearer " + self.token, "Last-Event-ID": str(after)}
            try:
                connection.request("GET", f"/{self.town}/web/chats/{self.chat}/events", headers=headers)
                answer = connection.getresponse()
                assert answer.status == 200, f"events: {answer.status}"
                for kind, data in parse_events(answer):
                    if kind == "message":
                        after = max(after, data["id"])
                        yield data
                    elif kind == "more":
                        more = True
                    elif kind == "ready" and until_ready:
                        return
            finally:
                connection.close()

    def answers(self):
        return [m["text"] for m in self.history() if not is_own(m)]

    def heard(self, words, seconds=20):
        """Waits until one of the town's messages contains the words."""
        return wait_for(f"«{words}» in {self.town}", lambda: any(words in (a or "") for a in self.answers()), seconds)


def is_own(message):
    return message["from"] == "me"


def parse_events(answer):
    kind, data = "message", []
    while True:
        line = answer.readline()
        if not line:
            return
        line = line.decode().rstrip("\r\n")
        if line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].strip())
        elif not line:
            if data:
                yield kind, json.loads("\n".join(data))
            kind, data = "message", []


class Listener(threading.Thread):
    """One open stream, as a browser tab has it; knows whether it was ever cut."""

    def __init__(self, chat):
        super().__init__(daemon=True)
        self.chat, self.messages, self.cut = chat, [], False
        self.start()

    def run(self):
        try:
            for message in self.chat.events(seconds=120):
                self.messages.append(message)
        except (OSError, AssertionError, http.client.HTTPException):
            pass
        self.cut = True


def kill(pid):
    """SIGKILL to a process of ours."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(tests):
    """Runs the functions, prints each name as a promise."""
    failed = 0
    for test in tests:
        began = time.monotonic()
        try:
            said = test()
            print(f"ok   {test.__name__}  {time.monotonic() - began:.1f} s{'  ' + said if said else ''}", flush=True)
        except Exception as why:  # every promise is tried, whatever became of the others
            failed += 1
            print(f"FAIL {test.__name__}: {type(why).__name__}: {why}", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
