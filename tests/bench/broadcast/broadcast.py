# SPDX-License-Identifier: MPL-2.0
"""A notice to everybody while citizens go on asking: does the bot keep to its messages a second, is nothing refused, and how long do
citizens wait for their answers meanwhile? A bounded look at a broadcast that would take longer: all are queued, a window is measured."""
import argparse
import pathlib
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "telegram"))
from telegram import Bench, Viche  # noqa: E402

NEWS = "id,title,text,topic,emergency\nsiren,[news] Відбій тривоги,Можна виходити.,safety,yes\n"


class Town(Viche):
    def write(self, per_second):
        file = self.folder / "towns" / "bench.ini"
        text = re.sub(r"per-second = \d+", f"per-second = {per_second}", file.read_text(encoding="utf-8"))
        if "[news]" not in text:
            text += f"\n[news]\nper_second = {per_second or 30}\nquiet =\n"
        file.write_text(text, encoding="utf-8")

    def tool(self, *words):
        command = [self.bench.build / "core" / "viche", *words]
        command[2:2] = ["--config", self.folder / "viche.ini"]
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if result.returncode:
            raise SystemExit(f"viche {' '.join(map(str, words))}: {result.stdout}{result.stderr}")
        return result.stdout

    def publish(self):
        (self.folder / "news.csv").write_text(NEWS, encoding="utf-8")
        self.tool("import", "bench", "news", self.folder / "news.csv")
        preview = self.tool("news", "bench", "preview", "siren")
        print(preview.splitlines()[0])
        code = re.search(r"publish siren (\S+)", preview)[1]
        began = time.monotonic()
        self.tool("news", "bench", "publish", "siren", code)
        self.published = time.monotonic()
        print(f"queued in {(self.published - began) * 1000:.0f} ms", flush=True)

    def meet(self, citizens):
        """Everybody writes once."""
        self.bench.ask(f"chats {citizens}")
        met = 0
        while met < citizens:
            met += 3 * self.run(0, 3)["rate"]


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run broadcast")
    parser.add_argument("build")
    parser.add_argument("--citizens", type=int, default=5000, help="at most 100000")
    parser.add_argument("--seconds", type=float, default=40, help="of the window that is measured")
    parser.add_argument("--pace", type=int, default=30, help="messages a second of the whole bot")
    parser.add_argument("--asked", type=int, default=5, help="updates a second meanwhile")
    wanted = parser.parse_args()
    bench = Bench(wanted.build, pin=False)
    town = Town("viche", 0, bench)
    try:
        town.write(0)
        town.start()
        town.meet(wanted.citizens)
        town.stop()
        town.write(wanted.pace)
        bench.ask(f"pace {wanted.pace}")
        town.start()
        publishing = threading.Thread(target=town.publish)
        publishing.start()  # citizens go on asking while everybody is queued
        asked = town.run(wanted.asked, wanted.seconds, warm_s=0)
        publishing.join()
        bulk = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", bench.ask("bulk"))}
        elapsed = time.monotonic() - town.published
    finally:
        town.stop()
        bench.close()
    print(f"notices {bulk['news']} in {elapsed:.1f} s; with answers {bulk['news'] / elapsed + asked['rate']:.2f}/s of {wanted.pace}/s")
    for what, value, bar in [("most in any second", bulk["most_in_second"], wanted.pace), ("answered with 429", bulk["refused"], 0),
                             ("citizens waited, p50 ms", asked["p50_ms"], 300), ("citizens waited, p99 ms", asked["p99_ms"], 300)]:
        print(f"{what:25} {value:7.0f}   bar {bar:3}   {'pass' if value <= bar else 'FAIL'}")


if __name__ == "__main__":
    main()
