# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Starts Redis servers for the scripts here, and gets them into trouble."""
import contextlib
import itertools
import pathlib
import select
import signal
import socket
import subprocess
import threading
import time


class Redis:
    """A server with a folder and a Unix socket of its own, and no port. It can be killed, started and frozen."""

    def __init__(self, folder, *arguments):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.socket = str(self.folder / "redis.sock")
        self.arguments = arguments
        self.start()

    def start(self):
        with open(self.folder / "redis.log", "ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", "--port", "0", "--unixsocket", self.socket, "--dir", str(self.folder), "--save", "",
                 "--daemonize", "no", *map(str, self.arguments)], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while "PONG" not in self.tell("ping") and "NOAUTH" not in self.tell("ping"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "redis.log").read_text())
            time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        """It holds what it has, and says nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def restart(self):
        self.kill()
        self.start()

    def tell(self, *words):
        """What redis-cli says to a command."""
        done = subprocess.run(["redis-cli", "-s", self.socket, *map(str, words)], capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


class Proxy:
    """A socket before that of a server, whose connections can be cut: at once; when a command comes, before or
    after the server has carried it out; or within the answer. One after the other in turn."""

    WAYS = ("at once", "before", "after", "within")

    def __init__(self, path, server):
        self.path, self.server = str(path), server
        self.ways = itertools.cycle(self.WAYS)
        self.way = None
        self.lock = threading.Lock()
        self.connections = set()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def cut(self):
        with self.lock:
            self.way = next(self.ways)
            if self.way == "at once":
                self.way = None
                for one in self.connections:
                    with contextlib.suppress(OSError):
                        one.shutdown(socket.SHUT_RDWR)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, socket.socket(socket.AF_UNIX) as upstream, contextlib.suppress(OSError):
            with self.lock:
                self.connections.add(client)
            try:
                upstream.connect(self.server.socket)
                while self.pass_on(client, upstream):
                    pass
            finally:
                with self.lock:
                    self.connections.discard(client)

    def pass_on(self, client, upstream):
        ready, _, _ = select.select([client, upstream], [], [])
        if upstream in ready:
            answer = upstream.recv(65_536)
            client.sendall(answer)
            return answer
        command = client.recv(65_536)
        with self.lock:
            way, self.way = (self.way, None) if command else (None, self.way)
        if way == "before" or not command:
            return False
        upstream.sendall(command)
        if way:
            answer = upstream.recv(65_536)
            client.sendall(answer[:1] if way == "within" else b"")
        return not way

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
