# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Starts Redis servers for the scripts here: each with a folder and a Unix socket of its own, and no port."""
import pathlib
import subprocess
import time


class Redis:
    """A server that can be killed and started again. What it keeps is in `folder`."""

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

    def tell(self, *words):
        """What redis-cli says to a command."""
        done = subprocess.run(["redis-cli", "-s", self.socket, *map(str, words)], capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
