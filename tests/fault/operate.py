#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""The operator's work on a host that runs, and on one that does not: whole or not at all, and the town next door unharmed."""
import json
import pathlib
import stat
import subprocess

from host import BUILD, Chat, Host, Listener, is_own, run, wait_for

CSV = pathlib.Path(__file__).parents[2] / "conf/samples/kryzhopil/directory.csv"
TOWNS = {"quiet": ["hello", "ledger"], "loud": ["hello", "ledger", "evil", "directory", "feedback"]}


def viche(host, *words):
    """Exit code, stdout, stderr."""
    done = subprocess.run([BUILD / "core" / "viche", *words, "--config", host.folder / "viche.ini"], capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def well(host, *words):
    code, out, err = viche(host, *words)
    assert code == 0, f"{words}: {code} {err}"
    return out


def refused(host, *words):
    code, out, err = viche(host, *words)
    assert code == 1 and not out, f"{words}: {code} {out}"
    return err


def spoiled(host):
    """The sample with three things wrong in it."""
    lines = CSV.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].rsplit(",", 2)[0]  # two cells too few
    lines.append(',,school' + "," * (lines[0].count(",") - 2))  # no name
    path = host.folder / "spoiled.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return path, len(lines)


def tables(host):
    path, last = spoiled(host)
    assert "65 rows are in" in well(host, "import", "loud", "directory", CSV)
    before = well(host, "export", "loud", "directory")
    words = refused(host, "import", "loud", "directory", path)
    assert "line 4 has" in words and f"line {last}, column name" in words and "nothing was imported" in words, words
    assert well(host, "export", "loud", "directory") == before
    file = host.folder / "out.csv"
    well(host, "export", "loud", "directory", file)
    assert file.read_text(encoding="utf-8") == before
    well(host, "import", "loud", "directory", file)
    assert well(host, "export", "loud", "directory") == before, "what came out does not go in again"
    assert "there are: " in refused(host, "export", "loud", "nothing")
    assert "there is no town" in refused(host, "export", "elsewhere", "directory")


def an_import_is_whole_or_nothing_while_the_host_runs():
    with Host(towns=TOWNS) as host:
        tables(host)


def the_same_without_the_host():
    host = Host(towns=TOWNS)
    try:
        tables(host)
        assert "loud/" in well(host, "link", "loud")
    finally:
        host.__exit__(None, None, None)


def only_the_owner_reaches_the_control_socket():
    with Host(towns=TOWNS) as host:
        control = (host.folder / "data" / "control").stat()
        assert stat.S_IMODE(control.st_mode) == 0o600 and stat.S_ISSOCK(control.st_mode)
        assert host.get("/loud/admin/export/directory")[0] == 404, "the public address serves the operator's requests"


def a_town_goes_back_to_its_backup_while_both_towns_talk():
    with Host(towns=TOWNS) as host:
        loud, quiet = Chat(host, "loud"), Chat(host, "quiet")
        listener = Listener(quiet)
        for chat in (loud, quiet):
            chat.say("/ledger")
            chat.say("before")
            chat.heard("before")
        well(host, "backup", "loud", host.folder / "copy")
        loud.say("after")
        loud.heard("after")
        well(host, "restore", "loud", host.folder / "copy")
        texts = [m["text"] for m in loud.history() if is_own(m)]
        assert texts == ["/ledger", "before"], texts
        loud.say("once more")
        loud.heard("once more")
        quiet.say("meanwhile")
        quiet.heard("meanwhile")
        assert not listener.cut, "the other town noticed"
        assert (host.folder / "data/loud/before-restore.db").exists()
        assert "already there" in refused(host, "backup", "loud", host.folder / "copy")


def a_town_does_not_take_another_ones_backup():
    with Host(towns=TOWNS) as host:
        quiet = Chat(host, "quiet")
        quiet.say("/hello")
        copy = host.folder / "copy"
        well(host, "backup", "loud", copy)
        assert "is a copy of loud, not of quiet" in refused(host, "restore", "quiet", copy)
        quiet.say("Олена")
        quiet.heard("Олена")


def a_broken_backup_changes_nothing():
    with Host(towns=TOWNS) as host:
        loud = Chat(host, "loud")
        loud.say("/hello")
        copy = host.folder / "copy"
        well(host, "backup", "loud", copy)
        data = bytearray((copy / "town.db").read_bytes())
        data[4096:12288] = b"\xff" * 8192
        (copy / "town.db").write_bytes(data)
        assert "nothing was restored" in refused(host, "restore", "loud", copy)
        (copy / "town.db").write_bytes(b"no database")
        assert "nothing was restored" in refused(host, "restore", "loud", copy)
        loud.say("Олена")
        loud.heard("Олена")


def a_parked_event_is_listed_retried_and_buried():
    with Host(towns=TOWNS) as host:
        loud = Chat(host, "loud")
        loud.say("/evil segfault")
        listed = wait_for("the parked event", lambda: well(host, "queue", "list"))
        town, number = listed.split("\t")[:2]
        assert town == "loud" and "segfault" not in listed, "the list says what the citizen wrote"
        assert "twice" in refused(host, "queue", "retry", "loud", number)
        assert well(host, "queue", "list", "loud") == listed, "a retry that crashed lost the event"
        assert "buried" in well(host, "queue", "bury", "loud", number)
        assert well(host, "queue", "list") == ""
        assert "no parked event" in refused(host, "queue", "bury", "loud", number)
        loud.say("/hello")
        loud.heard("звертатися")


def nothing_of_an_erased_citizen_is_left():
    with Host(towns=TOWNS) as host:
        loud = Chat(host, "loud")
        loud.say("/evil segfault")
        wait_for("the parked event", lambda: well(host, "queue", "list"))
        loud.say("/ledger")
        loud.say("Zhyvchyk-secret")
        loud.heard("Zhyvchyk-secret")
        kept = json.loads(well(host, "export-citizen", "loud", "1"))
        assert kept["ledger"] == [{"text": "Zhyvchyk-secret"}], kept
        assert "is erased" in well(host, "erase", "loud", "1")
        assert "no citizen" in refused(host, "export-citizen", "loud", "1")
        assert well(host, "queue", "list") == "", "a parked event of an erased citizen is kept"
        code, _ = host.stop()
        assert code == 0
        for path in (host.folder / "data" / "loud").rglob("*"):
            assert not path.is_file() or b"Zhyvchyk-secret" not in path.read_bytes(), f"{path.name} still knows"


def the_list_of_a_towns_bots_is_signed_and_checked():
    with Host(towns=TOWNS) as host:
        assert host.get("/loud/web/official.json")[0] == 404
        assert "no list-key" in refused(host, "sign-list", "loud")
        made = well(host, "keys", "loud")
        file = host.folder / "towns" / "loud.list-key"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "cannot be written" in refused(host, "keys", "loud"), "a key was written over"
        ini = host.folder / "towns" / "loud.ini"
        ini.write_text(ini.read_text(encoding="utf-8").replace("[town]", f"[town]\nlist-key = {file}", 1), encoding="utf-8")
        well(host, "check")
        key = well(host, "keys", "loud").strip()
        assert key in made and key in well(host, "sign-list", "loud")
        assert f"by the key {key}" in well(host, "link", "loud")
        url = f"http://127.0.0.1:{host.port}/loud/web/official"
        for form in ("json", "txt"):
            assert key in well(host, "verify-list", f"{url}.{form}", key)
            assert "another key" in refused(host, "verify-list", f"{url}.{form}", "00" * 32)
        assert key in host.get("/loud/web/page")[1] and "official.txt" in host.get("/loud/")[1]
        whole = json.loads(host.get("/loud/web/official.json")[1])
        whole["list"]["channels"][0]["link"] = "https://t.me/somebody_else"
        forged = host.folder / "forged.json"
        forged.write_text(json.dumps(whole), encoding="utf-8")
        assert "do not trust it" in refused(host, "verify-list", forged)
        seed = file.read_text().strip()
        assert seed not in host.log_text() and seed not in json.dumps(whole)


run([the_list_of_a_towns_bots_is_signed_and_checked, an_import_is_whole_or_nothing_while_the_host_runs, the_same_without_the_host, only_the_owner_reaches_the_control_socket,
     a_town_goes_back_to_its_backup_while_both_towns_talk, a_town_does_not_take_another_ones_backup, a_broken_backup_changes_nothing,
     a_parked_event_is_listed_retried_and_buried, nothing_of_an_erased_citizen_is_left])
