# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""What the scripts have in common that drive the tool `wxmp` as its user does, against its own simulator, over HTTP."""
import collections
import contextlib
import copy
import http.client
import http.server
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSETS = ROOT / "examples/assets"
WXMP = pathlib.Path(os.environ["WXMP_BUILD_DIR"]).resolve() / "examples/wxmp"
APPID, SECRET = "wx0123456789abcdef", "CANARY-5c0f6e1d-never-shown"
SECONDS = 120
OK, REFUSED, USAGE, NETWORK, LOCAL, UNKNOWN = range(6)
INTERRUPTED = 130
lock = threading.Lock()
counts = collections.Counter()


def check(what, found, expected=True):
    is_so = bool(found == expected)
    with lock:
        counts[is_so] += 1
    if not is_so:
        print(f"FAIL {what}\n  found    {str(found)[:1500]}\n  expected {str(expected)[:1500]}", flush=True)


def finish():
    """Tells how many checks passed, and returns the exit status."""
    print(f"{counts[True]} passed, {counts[False]} failed")
    return int(counts[False] > 0)


class Tool:
    """Runs it in a folder, with an account and a service in its environment, and in English."""

    def __init__(self, folder, server, **more):
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("WXMP_", "XDG_", "LC_", "LANG", "NO_COLOR")) and not name.lower().endswith("_proxy")}
        account = {"WXMP_APPID": APPID, "WXMP_SECRET": SECRET, "WXMP_SERVER": server, "HOME": str(folder)}
        self.environment.update({**account, "TERM": "xterm", "LC_ALL": "C.UTF-8", "TZ": "UTC", **more})

    def with_environment(self, **changed):
        """None: without it."""
        other = copy.copy(self)
        other.environment = {name: value for name, value in {**self.environment, **changed}.items() if value is not None}
        return other

    def start(self, *words, stdin=subprocess.DEVNULL):
        return subprocess.Popen([WXMP, *map(str, words)], cwd=self.folder, env=self.environment, stdin=stdin,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, process, answers=None):
        """Exit status, stdout and stderr. `answers`: what it reads from a stdin that is a pipe."""
        said, complained = process.communicate(answers and answers.encode(), timeout=SECONDS)
        return process.returncode, said.decode(), complained.decode()

    def __call__(self, *words):
        return self.end(self.start(*words))

    def says(self, *words):
        """What it says on stdout; it has to succeed."""
        status, said, complained = self(*words)
        check(f"{' '.join(map(str, words))}: succeeds", (status, complained)[:1 + bool(status)], (OK,))
        return said

    def fails(self, status, wanted, *words):
        """It says why on stderr, and nothing on stdout."""
        found, said, complained = self(*words)
        what = " ".join(map(str, words))
        check(f"{what}: exit status, and nothing on stdout", (found, said), (status, ""))
        check(f"{what}: says {wanted}", bool(re.search(wanted, complained, re.M)) or complained)
        check(f"{what}: one fault, in its name", len(re.findall("^wxmp: ", complained, re.M)), 1)
        return complained


class Simulator:
    """The tool's own one, as a rule a hundred times as fast as the clock."""

    def __init__(self, folder, *arguments, speed=100):
        self.process = subprocess.Popen([WXMP, "simulator", "--speed", str(speed), *arguments], text=True,
                                        env=Tool(folder, "").environment, stdout=subprocess.PIPE)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        check("the simulator ends by itself", self.process.wait(SECONDS), 0)
        self.process.stdout.close()

    def ask(self, verb, target, body=None):
        return ask(self.url, verb, target, body)

    def token(self):
        body = json.dumps({"grant_type": "client_credential", "appid": APPID, "secret": SECRET})
        return json.loads(self.ask("POST", "/cgi-bin/stable_token", body)[1])["access_token"]

    def call(self, path, **body):
        """As another client of the same account."""
        return json.loads(self.ask("POST", f"{path}?access_token={self.token()}", json.dumps(body))[1])

    def page(self, url):
        """What is shown at the address of an article; None: nothing."""
        status, body = self.ask("GET", "/simulator/page?url=" + urllib.parse.quote(url, safe=""))
        return json.loads(body) if status == 200 else None


def ask(url, verb, target, body=None, headers={}):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=SECONDS)
    connection.request(verb, target, body, headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, content


@contextlib.contextmanager
def served(handler):
    """The address of a server with this handler."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield "http://127.0.0.1:%d" % server.server_port
    server.shutdown()
    server.server_close()


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return f"http://127.0.0.1:{s.getsockname()[1]}"
