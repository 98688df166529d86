# SPDX-License-Identifier: MPL-2.0
"""The same job by viche, grammY, telegraf and a Node.js server tuned by hand: update, dedupe, session, a menu of three questions, a
durable store, sendMessage. Interleaved in one run on loopback; prints ratios. Everything started here is ended here, by its pid."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SECRET = "bench-secret"
CONNECTIONS = 40

HOST_INI = """[host]
listen = 127.0.0.1:{port}
origin = http://127.0.0.1:{port}
data = {folder}/data
towns = {folder}/towns
plugins = {build}/plugins:{build}/tests/plugins
share = {build}/share
workers = 1
fetch-private = yes

[limits]
requests-minute = 1000000
connections-ip = 4096
messages-minute = 10000
"""

TOWN_INI = """[town]
name.uk = Місто
name.en = Town
languages = uk en
zone = Europe/Kyiv

[menu]
main = /book
main.label.uk = Запис
main.label.en = Booking

[telegram]
token = {folder}/token
webhook-secret = {folder}/secret
mode = webhook
api = http://127.0.0.1:{api}
per-second = {per_second}
gap-ms = 0

[threesteps]
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """One bot: a process with a webhook on a free port and a database in a folder of its own."""

    def __init__(self, name, number, bench):
        self.name, self.number, self.bench = name, number, bench
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"viche-bench-{name}-", dir=bench.scratch))
        self.port = free_port()
        self.path = "/hook"
        self.process = None

    def command(self):
        peer, _, way = self.name.partition("+")
        arguments = [str(self.port), str(self.bench.api), SECRET, self.folder / "bot.db", *([way] if way else [])]
        return ["node", HERE / "peers" / f"{peer}.mjs", *arguments]

    def start(self):
        """Returns the milliseconds until its first answer."""
        command = [str(part) for part in self.command()]
        if self.bench.pin:
            command = ["taskset", "-c", "0", *command]
        log = open(self.folder / "log", "ab")
        began = time.monotonic_ns()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)
        done_us = int(self.bench.ask(f"first {self.number} {self.port} {self.path}"))
        if done_us < 0:
            raise SystemExit(f"{self.name} does not answer:\n{(self.folder / 'log').read_text()[-2000:]}")
        return done_us / 1000 - began / 1e6

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def run(self, rate, seconds, warm_s=0.2):
        line = self.bench.ask(f"run {self.number} {self.port} {self.path} {self.process.pid} {rate:.0f}"
                              f" {warm_s * 1000:.0f} {seconds * 1000:.0f}")
        result = {key: float(value) for key, value in re.findall(r"(\w+)=([-\d.]+)", line)}
        if not result or result["bad"] or result["extra"] or result["lost"]:
            print(f"  {self.name}: {line}")
        return result


class Viche(Server):
    def __init__(self, name, number, bench):
        super().__init__(name, number, bench)
        self.path = "/bench/telegram/hook"
        (self.folder / "towns").mkdir()
        (self.folder / "data").mkdir()
        for file, words in {"token": "7:bench", "secret": SECRET}.items():
            (self.folder / file).write_text(words)
            (self.folder / file).chmod(0o600)
        known = {"folder": self.folder, "port": self.port, "build": bench.build, "api": bench.api, "per_second": bench.per_second}
        (self.folder / "viche.ini").write_text(HOST_INI.format(**known), encoding="utf-8")
        (self.folder / "towns" / "bench.ini").write_text(TOWN_INI.format(**known), encoding="utf-8")

    def command(self):
        return [self.bench.build / "core" / "viched", "--config", self.folder / "viche.ini"]


class Bench:
    def __init__(self, build, pin, per_second=0):
        self.build, self.pin, self.per_second = pathlib.Path(build).resolve(), pin, per_second
        self.scratch = tempfile.mkdtemp(prefix="viche-bench-", dir=self.build)
        self.api = free_port()
        command = [str(self.build / "tests" / "bench" / "bench_driver"), str(self.api), SECRET, str(CONNECTIONS)]
        if pin:
            command = ["taskset", "-c", "1", *command]
        self.driver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.driver.stdin.write(line + "\n")
        self.driver.stdin.flush()
        return self.driver.stdout.readline().strip()

    def close(self):
        self.driver.stdin.close()
        self.driver.wait()
        shutil.rmtree(self.scratch)


PEERS = ["grammy", "telegraf", "tuned"]
IN_BODY = [f"{peer}+body" for peer in PEERS]
BARS = """updates/s at peak       {grammy:5.1f} × grammY                 bar  8      {grammy_ok}
                        {telegraf:5.1f} × telegraf               bar  8      {telegraf_ok}
                        {tuned:5.2f} × the tuned Node server  bar  1      {tuned_ok}
CPU an update at 150/s  {cpu:5.2f} × grammY                 bar  0.25   {cpu_ok}
p99 at half of peak     {p99:5.1f} ms                       bar 10      {p99_ok}
memory under load       {pss:5.1f} MB                       bar 30      {pss_ok}
cold start              {cold:5.0f} ms                       bar 150     {cold_ok}"""


def median(rounds, key):
    return statistics.median(round[key] for round in rounds) if rounds else float("nan")


def spread(rounds, key):
    values = [round[key] for round in rounds]
    return f"{min(values):.0f}–{max(values):.0f}"


def measure(servers, rounds, seconds):
    """Each round runs every server once at its peak, once at half of it, once at 150/s."""
    found = {server.name: {"peak": [], "half": [], "slow": [], "cold": []} for server in servers}
    for server in servers:
        for _ in range(3):
            server.stop()
            found[server.name]["cold"].append({"ms": server.start()})
        server.run(0, 1)
    for number in range(rounds):
        for server in servers if number % 2 == 0 else reversed(servers):
            peak = server.run(0, seconds)
            found[server.name]["peak"].append(peak)
            found[server.name]["half"].append(server.run(peak["rate"] / 2, seconds))
            found[server.name]["slow"].append(server.run(150, 2 * seconds))
    return found


def print_table(found):
    print(f"\n{'':13} {'upd/s':>7} {'(range)':>13} {'CPU µs':>7} {'p50':>6} {'p99 ms':>7} {'PSS MB':>7} {'cold ms':>8}"
          f" | half: {'p50':>5} {'p99 ms':>7} | 150/s: {'CPU µs':>7} {'p50':>5} {'p99 ms':>7}")
    for name, rows in found.items():
        peak, half, slow = rows["peak"], rows["half"], rows["slow"]
        print(f"{name:13} {median(peak, 'rate'):7.0f} {spread(peak, 'rate'):>13} {median(peak, 'cpu_us'):7.0f}"
              f" {median(peak, 'p50_ms'):6.2f} {median(peak, 'p99_ms'):7.2f} {median(peak, 'pss_kb') / 1024:7.1f}"
              f" {median(rows['cold'], 'ms'):8.0f} | {'':5} {median(half, 'p50_ms'):5.2f} {median(half, 'p99_ms'):7.2f} | {'':6}"
              f" {median(slow, 'cpu_us'):7.0f} {median(slow, 'p50_ms'):5.2f} {median(slow, 'p99_ms'):7.2f}")


def print_bars(found):
    def ratio(name, part, key):
        """The median over the rounds: what disturbs the machine for longer than a round disturbs both."""
        pairs = zip(found["viche"][part], found.get(name, {part: []})[part])
        ratios = [own[key] / other[key] for own, other in pairs if other[key]]
        return statistics.median(ratios) if ratios else float("nan")

    values = {name: ratio(name, "peak", "rate") for name in PEERS}
    values |= {"cpu": ratio("grammy", "slow", "cpu_us"), "p99": median(found["viche"]["half"], "p99_ms"),
               "pss": median(found["viche"]["peak"], "pss_kb") / 1024, "cold": median(found["viche"]["cold"], "ms")}
    holds = {"grammy": values["grammy"] >= 8, "telegraf": values["telegraf"] >= 8, "tuned": values["tuned"] > 1,
             "cpu": values["cpu"] <= 0.25, "p99": values["p99"] <= 10, "pss": values["pss"] <= 30, "cold": values["cold"] <= 150}
    print("\n" + BARS.format(**values, **{f"{name}_ok": "pass" if held else "FAIL" for name, held in holds.items()}))
    for name in (name for name in IN_BODY if name in found):
        print(f"no bar: {ratio(name, 'peak', 'rate'):5.2f} × {name} in updates/s, {ratio(name, 'slow', 'cpu_us'):5.2f} × its CPU at 150/s")


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run telegram")
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--only", default=" ".join(["viche", *PEERS, *IN_BODY]),
                        help="which servers; +body: as viche, a reply rides in the answer to the webhook")
    parser.add_argument("--no-pin", action="store_true", help="let every server use every core")
    wanted = parser.parse_args()
    pin = not wanted.no_pin and len(os.sched_getaffinity(0)) > 1
    bench = Bench(wanted.build, pin)
    servers = []
    try:
        for number, name in enumerate(wanted.only.split()):
            servers.append((Viche if name == "viche" else Server)(name, number, bench))
        print(f"{wanted.rounds} rounds of {wanted.seconds:g} s at peak and at half of it, {2 * wanted.seconds:g} s at 150/s; {CONNECTIONS} connections;"
              f" {'servers on core 0, driver on core 1' if pin else 'not pinned'}; load {os.getloadavg()[0]:.1f}", flush=True)
        found = measure(servers, wanted.rounds, wanted.seconds)
        print_table(found)
        if "viche" in found:
            print_bars(found)
    finally:
        for server in servers:
            server.stop()
        bench.close()


if __name__ == "__main__":
    main()
