# SPDX-License-Identifier: MPL-2.0
"""A town with 100,000 cards of one year: how long the desk's list and report take, by HTTP from outside, and what citizens notice
meanwhile. Cards come into the database while the host is not running, as an old register would."""
import argparse
import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/fault"))
from host import BUILD, Chat, Host  # noqa: E402

YEAR_S, DAY_S = 365 * 86400, 86400
STREETS = "Шкільна Садова Соборна Медична Вокзальна Героїв_України Калинова Лісова Набережна Польова".split()
THINGS = ["яма на дорозі", "не горить ліхтар", "не вивезли сміття", "тече труба", "повалене дерево", "немає опалення у будинку",
          "зграя собак біля школи", "зламана лавка в парку", "вибито вікно в під’їзді", "асфальт просів після ремонту"]
SITE = """
[calendar]

[cases]

[tracking]

[desk]

[utility]
regulation = communal.ini.txt
classifier = communal.csv
"""


FOLDED = str.maketrans({"і": "и", "ї": "и", "й": "и", "є": "е", "ґ": "г", "ь": None, "’": None})


def say(words):
    print(words, flush=True)


# ---- the town --------------------------------------------------------------------------------------------------------------


def make_town(host):
    towns = host.folder / "towns"
    for source, name in (("classifiers/communal.csv", "communal.csv"), ("regulations/communal.ini", "communal.ini.txt")):
        (towns / name).write_text((ROOT / "conf" / source).read_text(encoding="utf-8"), encoding="utf-8")
    with open(towns / "quiet.ini", "a", encoding="utf-8") as file:
        file.write(SITE)


def tool(host, *words):
    command = [BUILD / "core/viche", words[0], "--config", host.folder / "viche.ini", *words[1:]]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"viche {' '.join(map(str, words))}: {done.stdout}{done.stderr}")
    return done.stdout


def make_staff(host):
    (host.folder / "organisations.csv").write_text("id,name\nroads,КП «Дороги»\nwater,КП «Водоканал»\nlight,РЕМ\n", encoding="utf-8")
    rows = ["login,name,post,organisation,roles", "olena,Олена Зразкова,відповідальна особа,,responsible"]
    rows += [f"master{i},Майстер {i},майстер,{'roads water light'.split()[i % 3]},executor:*@{'roads water light'.split()[i % 3]}" for i in range(20)]
    (host.folder / "staff.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tool(host, "import", "quiet", "organisations", host.folder / "organisations.csv")
    tool(host, "import", "quiet", "staff", host.folder / "staff.csv")


def leaves():
    lines = (ROOT / "conf/classifiers/communal.csv").read_text(encoding="utf-8").splitlines()
    codes = [line.split(";")[0] for line in lines if line and not line.startswith("#")]
    return [code for code in codes if not any(other.startswith(code + ".") for other in codes)]


def states(database):
    """Of the cards that are registered already: what an open card and a closed one look like."""
    return database.execute("SELECT state, waits FROM cases_card LIMIT 1").fetchone()


def make_cards(host, count):
    """Straight into the tables: an old register, brought in."""
    dice = random.Random(1)
    path = next((host.folder / "data").rglob("town.db"))
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    codes = leaves()
    open_state, waits = states(database)
    now = int(time.time())
    scopes = {}
    for organisation in ("", "roads", "water", "light"):
        scopes[organisation] = database.execute(
            "INSERT INTO cases_scope(type, organisation) VALUES('problem', ?) ON CONFLICT(type, organisation) DO UPDATE SET type = type RETURNING id",
            (organisation,)).fetchone()[0]
    cards, words = [], []
    for i in range(count):
        at = now - int(dice.random() * YEAR_S)
        organisation = dice.choice(list(scopes))
        closed = at + int(dice.expovariate(1 / (9 * DAY_S)))
        closed = closed if closed < now and dice.random() < 0.97 else 0
        due = at + 15 * DAY_S
        essence = f"На вулиці {dice.choice(STREETS)}, {dice.randrange(1, 120)} {dice.choice(THINGS)}, прохання полагодити якнайшвидше. № {i}"
        cards.append((1000 + i, "problem", f"С-{i}", 0, scopes[organisation], dice.randrange(1, 20000), dice.choice(["telegram", "viber", "web", "phone"]),
                      "uk", at, at, closed, "remark", "Заявник", "Іван", "", "", "+380671234567", "", essence, dice.choice(codes), organisation,
                      0, f"{dice.choice(STREETS)}, {dice.randrange(1, 120)}", 48.3 + dice.random() / 10, 28.8 + dice.random() / 10, "",
                      "done" if closed else open_state, closed or at, "" if closed else waits, due,
                      0 if closed or due > now else due, dice.randrange(3, 22), dice.random() < 0.04))
        words.append((1000 + i, essence.lower().translate(FOLDED)))
    columns = ("id, type, number, flags, scope, citizen, channel, language, received_at, delivered_at, closed_at, kind, surname, first_name,"
               " patronymic, residence, phone, email, essence, category, organisation, about, place, latitude, longitude, privilege, state,"
               " state_at, waits, due_at, overdue_at, executor, returns")
    database.executemany(f"INSERT INTO cases_card({columns}) VALUES({', '.join('?' * len(cards[0]))})", cards)
    database.executemany("INSERT INTO cases_search(rowid, words) VALUES(?, ?)", words)
    database.commit()
    database.close()


# ---- an official -----------------------------------------------------------------------------------------------------------


def code_of(secret, shift):
    key = base64.b32decode(re.sub("[ =]", "", secret) + "=" * (-len(re.sub("[ =]", "", secret)) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time() // 30) + shift), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


class Desk:
    def __init__(self, host):
        self.host, self.cookie, self.token = host, "", ""
        self.connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=120)

    def ask(self, method, path, body=None):
        headers = {"accept-language": "uk", "cookie": self.cookie, "origin": f"http://127.0.0.1:{self.host.port}", "x-viche-token": self.token}
        if body is not None:
            headers["content-type"] = "application/json"
        self.connection.request(method, f"/quiet/desk/api/{path}", body and json.dumps(body), headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.getheader("set-cookie"):
            self.cookie = answer.getheader("set-cookie").split(";")[0]
        if answer.status >= 400 and path != "me":
            raise SystemExit(f"{method} {path}: {answer.status} {data[:300]!r}")
        if not answer.getheader("content-type", "").startswith("application/json"):
            return data
        known = json.loads(data)
        self.token = known.get("token", self.token)
        return known

    def enter(self, login):
        address = tool(self.host, "call", "quiet", "desk/invite", f"login={login}").splitlines()[0]
        self.ask("GET", "me")
        self.ask("POST", "welcome", {"code": address.split("#/welcome/")[1].strip(), "password": "вербовий кошик на підвіконні"})
        secret = self.ask("GET", "enrol")["secret"]
        self.ask("POST", "enrol", {"code": code_of(secret, -1)})
        return self


# ---- measuring -------------------------------------------------------------------------------------------------------------


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def timed(call):
    began = time.perf_counter()
    answer = call()
    return time.perf_counter() - began, answer


class Citizen(threading.Thread):
    """Opens the menu all the while, some twenty times a second, and notes how long the town takes to have heard it."""

    def __init__(self, host):
        super().__init__(daemon=True)
        self.chat, self.times, self.on = Chat(host, "quiet"), [], True

    def run(self):
        while self.on:
            took, _ = timed(lambda: self.chat.say("/menu"))
            self.times.append(took)
            time.sleep(max(0, 0.05 - took))

    def end(self):
        self.on = False
        self.join()
        return self.times


QUESTIONS = [
    ("list, newest first", "list/cases/cards"),
    ("list, by deadline", "list/cases/cards?order=due"),
    ("open and overdue", "list/cases/cards?f.stage=overdue&order=due"),
    ("of one executor", "list/cases/cards?f.executor=7"),
    ("of one subject in a month", "list/cases/cards?f.category=waste.bin&f.received={month}"),
    ("closed late in a month", "list/cases/cards?f.stage=late&f.closed={month}"),
    ("search «асфальт соборна»", "list/cases/cards?search=" + urllib.parse.quote("асфальт соборна")),
    ("search «собак», open", "list/cases/cards?f.stage=open&search=" + urllib.parse.quote("собак")),
    ("search by number", "list/cases/cards?search=98765"),
]


def worked(host):
    """CPU milliseconds of the town's worker so far, to 10 ms: what a question costs, however many others are at the machine."""
    fields = pathlib.Path(f"/proc/{host.pids('worker')[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 10


SLOW = []


def note_slow(host, title):
    """What the host itself called slow, beside what was measured then."""
    lines = [line.split("batch slow town=quiet ")[1] for line in host.log_text().splitlines() if "batch slow" in line]
    seen = sum(len(of) for _, of in SLOW)
    if lines[seen:]:
        SLOW.append((title, lines[seen:]))


def measure(desk, host, title, paths, rounds, first):
    before = worked(host)
    for path in paths * first:
        desk.ask("GET", path)
    cost = (worked(host) - before) / len(paths) / first
    citizen = Citizen(host)
    citizen.start()
    times = []
    end = time.monotonic() + 4
    while len(times) < rounds * len(paths) or time.monotonic() < end:
        for path in paths:
            times.append(timed(lambda path=path: desk.ask("GET", path))[0])
    waited = citizen.end()
    say(f"| {title} | {cost:.0f} | {percentile(times, 0.5):.0f} | {percentile(times, 0.95):.0f} | {percentile(waited, 0.5):.0f} |"
        f" {percentile(waited, 0.99):.0f} |")
    note_slow(host, f"{title}: {max(waited) * 1000:.0f} ms at most")


def wait_counted(desk, period, count):
    """Until the sums have all cards."""
    began = time.monotonic()
    while True:
        sections = desk.ask("GET", f"report/cases/report?{period}")["sections"]
        left = [field["value"] for field in sections[0]["fields"] if "не враховано" in field["label"]]
        if not left:
            say(f"{count} cards were counted into the sums within {time.monotonic() - began:.0f} s of the first report\n")
            return
        time.sleep(0.5)


def check_sums(host):
    """What is counted is what is there."""
    database = sqlite3.connect(f"file:{next((host.folder / 'data').rglob('town.db'))}?mode=ro", uri=True)
    true = database.execute("SELECT count(*), count(nullif(closed_at, 0)), sum(closed_at > 0 AND closed_at <= due_at) FROM cases_card").fetchone()
    for dim in range(6):
        for low, high in ((0, 999999), (1000000, 99999999)):
            counted = database.execute("SELECT sum(received), sum(closed), sum(on_time) FROM cases_sum WHERE dim = ? AND day BETWEEN ? AND ?",
                                       (dim, low, high)).fetchone()
            if counted != true:
                raise SystemExit(f"the sums of dimension {dim} are {counted}, the cards {true}")
    database.close()


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run desk")
    parser.add_argument("build")
    parser.add_argument("--cards", type=int, default=100000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="part of a title")
    parser.add_argument("--keep", type=pathlib.Path, help="copy the town's database here")
    wanted = parser.parse_args()
    host = Host(turn_ms=5000, towns={"quiet": ["hello"]}, workers=1)
    try:
        make_town(host)
        host.start()
        make_staff(host)
        key = tool(host, "call", "quiet", "cases/open311/key", "name=bench").split()[-1]
        first = http.client.HTTPConnection("127.0.0.1", host.port)
        form = {"api_key": key, "service_code": "problem.noise", "address_string": "тут", "description": "Перше"}
        first.request("POST", "/quiet/cases/open311/v2/requests.json", urllib.parse.urlencode(form))
        if first.getresponse().status != 201:
            raise SystemExit("the first card was not taken")
        host.stop()
        took, _ = timed(lambda: make_cards(host, wanted.cards))
        say(f"{wanted.cards} cards made in {took:.0f} s")
        host.start()
        desk = Desk(host).enter("olena")
        now = time.localtime()
        year = f"from={now.tm_year - 1}-{now.tm_mon:02}-01&until={now.tm_year}-{now.tm_mon:02}-28"
        odd = f"from={now.tm_year - 1}-{now.tm_mon:02}-17&until={now.tm_year}-{now.tm_mon:02}-15"
        wait_counted(desk, year, wanted.cards)
        note_slow(host, "before")
        month = time.strftime("%Y-%m", time.localtime(time.time() - 60 * DAY_S))
        say("| | CPU, ms | p50, ms | p95, ms | a citizen meanwhile p50, ms | p99, ms |\n|---|---|---|---|---|---|")
        everything = [path.format(month=f"{month}-01..{month}-28") for _, path in QUESTIONS]
        rounds = wanted.rounds
        work = [(title, [path], rounds, 4) for (title, _), path in zip(QUESTIONS, everything)]
        work += [("all of these", everything, rounds, 4), ("report of a year", [f"report/cases/report?{year}"], rounds, 4),
                 ("report of a year, from day to day", [f"report/cases/report?{odd}"], rounds, 4),
                 ("report as XLSX", [f"file/cases/report?format=xlsx&{year}"], 5, 4)]
        week = time.strftime("f.received=%Y-%m-01..%Y-%m-07", time.localtime(time.time() - 60 * DAY_S))
        for format in ("csv", "xlsx"):
            work += [(f"cards of a week as {format.upper()}", [f"file/cases/cards?format={format}&{week}"], 5, 4),
                     (f"all cards as {format.upper()}", [f"file/cases/cards?format={format}"], 1, 1)]
        for title, paths, rounds, first in work:
            if wanted.only in title:
                measure(desk, host, title, paths, rounds, first)
        host.stop()
        if wanted.keep:
            shutil.copy(next((host.folder / "data").rglob("town.db")), wanted.keep)
        check_sums(host)
        say("\nthe sums are the cards\n")
        for title, lines in SLOW:
            say(f"{title}: {', '.join(lines)}")
    finally:
        host.__exit__(None, None, None)


main()
