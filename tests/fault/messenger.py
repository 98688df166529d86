# SPDX-License-Identifier: MPL-2.0
"""The plainest messenger there is, and people who write from it: what the channel `post` talks to."""
import collections
import http.client
import http.server
import re
import threading
import urllib.parse

from host import Chat, wait_for


class Messenger:
    """What the channel `post` talks to. `status` is what it answers, 403 in the chats of `shut`; what it took with 200 stands in `taken`, by chat."""

    def __init__(self):
        self.status, self.taken, self.lock = 200, collections.defaultdict(list), threading.Lock()
        self.shut = set()  # chats that have shut us out
        messenger = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query))
                with messenger.lock:
                    status = 403 if query.get("chat") in messenger.shut else messenger.status
                    if url.path == "/send" and status == 200:
                        messenger.taken[query["chat"]].append(query["text"])
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 512  # the default of 5 makes connections wait for seconds

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def heard(self, chat, pattern):
        def look():
            with self.lock:
                found = [re.search(pattern, text) for text in self.taken[chat]]
            return next((match for match in found if match), None)
        return wait_for(f"{pattern} at {chat}", look)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Citizen:
    """Somebody with an address in the messenger, maybe with a chat on the site."""

    def __init__(self, host, number, town="quiet"):
        self.host, self.town, self.chat, self.sent, self.web, self.words = host, town, f"c{number}", 0, None, []

    def write(self, text):
        """True: the town has taken it."""
        self.sent += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=30)
        try:
            connection.request("POST", f"/{self.town}/post/chats/{self.chat}?origin={self.sent}", text.encode())
            return connection.getresponse().status == 204
        finally:
            connection.close()

    def go_on(self, messenger, command):
        """Shows a code in the messenger, for later use on the site."""
        assert self.write(command)
        return messenger.heard(self.chat, r"(?:[A-Z0-9]{4}-){1,2}[A-Z0-9]{4}").group(0)

    def join(self, code):
        self.web = Chat(self.host, self.town)
        for words in ("/join", "Ввести код", code, "так", "так"):
            self.web.say(words)
        self.web.heard("Цю розмову приєднано")

    def load(self):
        number = 0
        while self.write(f"{self.chat} word {number}"):
            self.words.append(f"Записано: {self.chat} word {number}")
            number += 1
