# SPDX-License-Identifier: MPL-2.0
"""A host with the fake worker: towns a, b and c, what it is asked to do stands in the path (see worker.c)."""
import http.client
import pathlib
import re
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from host import BUILD, Host, kill, run, wait_for  # noqa: E402,F401

PROGRAM = BUILD / "tests" / "fault" / "fake" / "viched_fake"

HOST_INI = """[host]
listen = 127.0.0.1:0
data = data
share = share
workers = 2
{host}
[limits]
{limits}
"""

MEMORY = 20 if "sanitize" in BUILD.name else 1  # how much more a sanitizer's build may take
DEFAULT_LIMITS = {"requests-minute": 1000000, "connections-ip": 20000}


class Fake(Host):
    def __init__(self, host="", **limits):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="viche-fake-"))
        (self.folder / "towns").mkdir()
        (self.folder / "share" / "static").mkdir(parents=True)
        (self.folder / "share" / "static" / "a.js").write_text("hello")
        (self.folder / "share" / "static" / "a.js.gz").write_bytes(b"zipped")
        (self.folder / "token").write_text("s3cret\n")
        self.write_conf(host, **limits)
        for town in "abc":
            self.write_town(town)
        self.log = open(self.folder / "log", "wb")
        self.process = None
        self.port = 0

    def __enter__(self):
        return self.start()

    def __exit__(self, *what):
        if self.process.poll() is None:
            self.stop()
        found = re.search(r"^.*(Sanitizer|runtime error).*$", self.log_text(), re.M)
        super().__exit__(*what)
        assert not found, found

    def write_conf(self, host="", **limits):
        limits = DEFAULT_LIMITS | {key.replace("_", "-"): value for key, value in limits.items()}
        text = HOST_INI.format(host=host, limits="\n".join(f"{key} = {value}" for key, value in limits.items()))
        (self.folder / "viche.ini").write_text(text)

    def write_town(self, town, more=""):
        text = f"[town]\nname.uk = {town}\nname.en = {town}\nlanguages = uk en\nzone = Europe/Kyiv\n{more}"
        (self.folder / "towns" / f"{town}.ini").write_text(text)

    def start(self):
        before = len(self.log_text())
        self.process = subprocess.Popen([PROGRAM, "--config", self.folder / "viche.ini"], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, cwd=self.folder)
        serving = lambda: re.search(r"serving address=http://127\.0\.0\.1:(\d+)/", self.log_text()[before:])
        self.port = int(wait_for("serving", serving).group(1))
        return self

    def ask(self, path, method="GET", body=None, headers=None, seconds=20):
        """status, headers, body"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def raw(self, data, seconds=10):
        """Sends bytes, returns all that comes until the host closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as s:
            got = b""
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
            except OSError:  # the host had enough
                pass
            while True:
                try:
                    part = s.recv(65536)
                except OSError:
                    break
                if not part:
                    break
                got += part
            return got

    def operator(self, path):
        """The same over the control socket."""
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.folder / "data" / "control"))
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def metric(self, name):
        return int(re.search(rf"^viche_{re.escape(name)} (\d+)$", self.ask("/metrics")[2], re.M).group(1))

    def pid_of(self, role):
        return next(pid for pid, name in self.children().items() if name.startswith(role))


def rss_kb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))
