# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Runs what the pages of the guide show in a console, examples/guide/*/*.txt.

A line `$ COMMAND` is run by a shell, and the lines below it are what it has to say. `simulator --port 8080 OPTION... &` starts
a simulator on any free port, which takes the place of 8080 in the commands.
"""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = ROOT / "examples/guide"
PROGRAMS = pathlib.Path(os.environ["WXMP_BUILD_DIR"]).resolve() / "examples"
SERVED = re.compile(r"^simulator --port 8080(.*) &$")
SECONDS = 120
END = "-- end of a command --"


@contextlib.contextmanager
def served(program, *words):
    """Runs one of the programs, and is where it says that it serves."""
    process = subprocess.Popen([PROGRAMS / program, *words], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def simulator(options):
    """Its port."""
    with served("simulator", *options.split()) as url:
        yield url.rpartition(":")[2]


def uploads(port):
    """What the simulator there got of videos."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/simulator/uploads") as answer:
        return json.load(answer)


def steps(transcript):
    """The (command, what it says) pairs."""
    parts = re.split(r"^\$ (.*)\n", transcript, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2]))


def without_ids(text):
    """The simulator's ids depend on the compiler."""
    return re.sub(r"__biz=\S*", "__biz=…", re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{8}){2}\b", "6141b79a-…", text))


def run_shell(commands, port, folder, path):
    """What each command says."""
    script = "".join(f"{command.replace('8080', port)}\necho '{END}'\n" for command in commands)
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    done = subprocess.run(["bash", "-c", script], cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=SECONDS,
                          env={**environment, "PATH": f"{path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"})
    said = without_ids(done.stdout.replace(f":{port}", ":8080")).split(f"{END}\n")[:-1]
    return [text if not text or text.endswith("\n") else text + "\n" for text in said]


def run(transcript, path):
    """The transcript as it comes out now."""
    all_steps = steps(transcript)
    served = [SERVED.match(command) for command, _ in all_steps]
    first = next((match for match in served if match), None)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        port = stack.enter_context(simulator(first[1])) if first else "8080"
        said = iter(run_shell([c for (c, _), s in zip(all_steps, served) if not s], port, folder, path))
        return "".join(f"$ {command}\n{before if match else next(said, '')}"
                       for (command, before), match in zip(all_steps, served))


def in_any_order(text):
    return sorted(text.splitlines())


def check(names, path):
    """Runs the transcripts of these pages with the programs in that folder, and counts; `--write` writes them anew."""
    passed = failed = 0
    for name in names:
        file = next(GUIDE.glob(f"*/{name}.txt"))
        now = run(file.read_text(), path)
        if "--write" in sys.argv:
            file.write_text(now)
        # Two calls that are under way at once may be answered in either order.
        same = in_any_order(now) == in_any_order(file.read_text())
        passed += same
        failed += not same
        print(f"{'ok' if same else 'FAIL'} {name}" + ("" if same else f"\n{now}"), flush=True)
    return passed, failed
