# SPDX-License-Identifier: MPL-2.0
"""What the supervisor starts, watches, kills, replaces and refuses."""
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

from fake import PROGRAM, Fake, kill, run, wait_for


def a_request_whose_worker_dies_is_answered_by_its_successor():
    with Fake() as host:
        worst = 0
        for _ in range(5):
            (host.folder / "flag").touch()
            time.sleep(0.25)
            began = time.monotonic()
            assert host.ask(f"/a/crash?once={host.folder}/flag")[2] == "survived"
            worst = max(worst, time.monotonic() - began)
        assert host.metric("requests_given_again_total") == 5
        return f"crash to answer {worst * 1000:.0f} ms at most"


def a_hung_worker_is_killed_soon_after_its_deadline():
    with Fake() as host:
        (host.folder / "flag").touch()
        began = time.monotonic()
        assert host.ask(f"/a/hang?once={host.folder}/flag")[2] == "survived"
        took = time.monotonic() - began
        assert 'why="a handler ran too long"' in host.log_text()
        return f"killed and replaced {(took - 0.3) * 1000:.0f} ms after the deadline"


def a_request_that_kills_every_worker_is_given_up():
    with Fake() as host:
        status, headers, _ = host.ask("/a/crash?origin=m1")
        assert status == 503 and headers["Retry-After"] and host.ask("/a/x")[0] == 200
        wait_for("four crashes", lambda: "crashes=4" in host.log_text())
        host.ask("/a/crash?origin=m2")
        wait_for("the plugin is off", lambda: 'viche_plugin_off{town="a",plugin="evil"} 1' in host.ask("/metrics")[2])
        assert host.log_text().count("plugin switched off plugin=evil town=a") == 1


def killed_workers_and_gateways_come_back():
    with Fake() as host:
        for role in ["worker-0", "gateway", "worker-1", "gateway"]:
            kill(host.pid_of(role))
            wait_for("an answer", lambda: answers(host), 10)
        wait_for("a gateway and two workers", lambda: len(host.children()) == 3)


def answers(host):
    try:
        return host.ask("/a/x")[0] == 200 and host.ask("/b/x")[0] == 200
    except OSError:
        return False


def when_the_supervisor_dies_so_do_its_children():
    with Fake() as host:
        pids = list(host.children())
        kill(host.process.pid)
        host.process.wait()
        wait_for("all gone", lambda: not any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in pids))
        host.start()
        assert answers(host)


def a_second_one_is_refused_in_one_sentence():
    with Fake() as host:
        assert "another viched (pid" in refused(host.folder)
        other = Fake()
        other.folder.joinpath("viche.ini").write_text(f"[host]\nlisten = 127.0.0.1:{host.port}\ndata = data\n")
        assert "is taken by another program. Stop that one" in refused(other.folder)
        other.folder.joinpath("viche.ini").write_text("[host]\nlisten = 127.0.0.1:0\ndata = token\n")
        assert "this is no folder" in refused(other.folder)
        other.folder.joinpath("viche.ini").write_text("[host]\nlisten = 127.0.0.1:0\ndata = no/such/folder\n")
        assert "the data folder cannot be made" in refused(other.folder)
        other.write_conf()
        other.write_town("metrics")
        assert "a town cannot be named 'metrics'" in refused(other.folder)
        assert answers(host)


def refused(folder):
    done = subprocess.run([PROGRAM, "--config", folder / "viche.ini"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1, done
    return done.stderr


def a_broken_configuration_changes_nothing_and_says_where():
    with Fake() as host:
        before = host.children()
        host.write_town("b", "; refuse me\n")
        host.process.send_signal(signal.SIGHUP)
        wait_for("words", lambda: f"{host.folder}/towns/b.ini:1: refuse me" in host.log_text())
        (host.folder / "viche.ini").write_text("[host]\nnonsense = 1\n")
        host.process.send_signal(signal.SIGHUP)
        wait_for("words", lambda: f"{host.folder}/viche.ini:2" in host.log_text())
        assert host.children() == before and answers(host)  # both refusals are said: nothing is to follow
        kill(host.pid_of("worker-0"))  # and a worker that starts now starts with what was checked
        wait_for("an answer", lambda: answers(host))


def a_reload_replaces_workers_and_nobody_notices():
    with Fake() as host:
        stop, slowest, count = threading.Event(), [0.0], [0]

        def load():
            while not stop.is_set():
                began = time.monotonic()
                assert host.ask("/a/x")[0] == 200
                slowest[0] = max(slowest[0], time.monotonic() - began)
                count[0] += 1

        threads = [threading.Thread(target=load) for _ in range(3)]
        for thread in threads:
            thread.start()
        for turn in range(5):
            serving = host.log_text().count("serving address")
            host.write_conf(host=f"proxy = {'yes' if turn % 2 else 'no'}")
            host.process.send_signal(signal.SIGHUP)
            wait_for("serving", lambda: host.log_text().count("serving address") > serving)
        stop.set()
        for thread in threads:
            thread.join()
        wait_for("one configuration is left", lambda: len(list((host.folder / "data" / ".conf").iterdir())) == 1)
        return f"{count[0]} requests during 5 reloads, the slowest {slowest[0] * 1000:.0f} ms"


def a_reload_brings_new_towns_and_takes_old_ones_away():
    with Fake() as host:
        host.write_town("d")
        (host.folder / "towns" / "a.ini").unlink()
        host.process.send_signal(signal.SIGHUP)
        wait_for("town d", lambda: host.ask("/d/x")[0] == 200)
        assert host.ask("/a/x")[0] == 404 and '<a href="/d/">' in host.ask("/")[2]


def sigterm_answers_what_was_begun_and_ends_everything():
    with Fake() as host:
        pids = list(host.children())
        code, seconds = host.stop()
        assert code == 0, code
        assert not any(pathlib.Path(f"/proc/{pid}").exists() for pid in pids)
        assert not (host.folder / "data" / "control").exists()
        return f"{seconds * 1000:.0f} ms"


def told(s):
    while True:
        words = s.recv(4096)
        if words != b"WATCHDOG=1":
            return words


def systemd_is_told_when_it_serves():
    host = Fake()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
        s.bind(str(host.folder / "notify"))
        s.settimeout(10)
        os.environ["NOTIFY_SOCKET"] = str(host.folder / "notify")
        try:
            with host:
                assert told(s).startswith(b"READY=1\nSTATUS=serving 3 towns")
                host.process.send_signal(signal.SIGHUP)
                assert told(s).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
                assert told(s).startswith(b"READY=1")
            assert told(s).startswith(b"STOPPING=1")
        finally:
            del os.environ["NOTIFY_SOCKET"]


run([a_request_whose_worker_dies_is_answered_by_its_successor, a_hung_worker_is_killed_soon_after_its_deadline,
     a_request_that_kills_every_worker_is_given_up, killed_workers_and_gateways_come_back,
     when_the_supervisor_dies_so_do_its_children, a_second_one_is_refused_in_one_sentence,
     a_broken_configuration_changes_nothing_and_says_where, a_reload_replaces_workers_and_nobody_notices,
     a_reload_brings_new_towns_and_takes_old_ones_away, sigterm_answers_what_was_begun_and_ends_everything,
     systemd_is_told_when_it_serves])
