#!/usr/bin/env python3
"""Builds and runs tests, and counts them one by one. Called by tests/run, CTest and Meson.

    runner.py [NAME...]               build in build/tests; run all tests, or those with a NAME in theirs
    runner.py --scripts BUILD_DIR     only the scripts, with what is built in BUILD_DIR

A test is one of two things:

- A case of the Boost.Test program (tests/sources.txt). It passes if it ran, checked something and nothing
  failed: a case that is disabled, skipped or asserts nothing has failed.
- A script: an executable file without extension in tests/system. It is told CXX (the
  compiler) and WXMP_BUILD_DIR (the programs of examples/*.cpp are in its examples/, those of
  tests/system/*.cpp in its tests/) and ends with the line `N passed, N failed`, which its exit status has to
  agree with. Comment lines in it say what it needs: `# targets: simulator` what to build before it runs,
  `# packages: nodejs npm` what tests/run installs.

Whatever a test prints, a token or secret in it is a failure; those of the tests hold the word CANARY.

The last line of the output is `N passed, N failed`, over all of them.
"""
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
BUILD = ROOT / "build/tests"
PROGRAM = BUILD / "tests/wxmp_tests"
SECONDS = 900  # for one script, and for the Boost.Test program
CANARY = "CANARY"  # in the tests' tokens and secrets, none of which may be told


class Count:
    def __init__(self):
        self.passed = self.failed = 0

    def fail(self, why, number=1):
        print(f"FAIL {why}", flush=True)
        self.failed += number

    def finish(self):
        if not self.passed and not self.failed:
            self.fail("no test was run")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(bool(self.failed))


def plain(name):
    """Makes `comment/list` find `comment_list`."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower())


def matches(name, wanted):
    return not wanted or any(plain(w) in plain(name) for w in wanted)


# ---- Building

def build(targets, sources):
    """Builds the targets (none: all of them); the test program from these sources (none: all of them)."""
    configure = ["cmake", "-S", str(ROOT), "-B", str(BUILD), "-G", "Ninja", "-DBUILD_TESTING=ON",
                 f"-DWXMP_TEST_SOURCES={';'.join(sources)}"]
    compile = ["cmake", "--build", str(BUILD), *(["--target", *targets] if targets else [])]
    for command in (configure, compile):
        if subprocess.run(command).returncode:
            count = Count()
            count.fail("the build")
            count.finish()


def sources_with(wanted):
    """The test sources that may hold a case of that name, as building them all takes minutes.

    A macro may make the name from pieces, so all its words have to be in the path or the macros of the file.
    Where a header that makes test cases has the name, they can be anywhere.
    """
    def macros(path):
        return "\n".join(re.findall(r"^ *(?:#define )?[A-Z_]{4,}\(.*", path.read_text(), re.MULTILINE))

    def may_hold(source):
        text = plain(source + macros(TESTS / source))
        return any(all(word in text for word in plain(w).split("_")) for w in wanted)

    everything = (TESTS / "sources.txt").read_text().split()
    if any(matches(macros(path), wanted) for path in TESTS.rglob("*.hpp")):
        return everything
    return [source for source in everything if may_hold(source)]


# ---- Boost.Test cases

def cases(wanted):
    """The paths of the cases in the test program."""
    listing = subprocess.run([PROGRAM, "--list_content=HRF"], capture_output=True, text=True).stderr
    units = [(len(line) - len(line.lstrip()), re.sub(r"\*?(: .*)?$", "", line.strip()))
             for line in listing.splitlines() if line.strip()]
    found, path = [], []
    for (indent, name), (next_indent, _) in zip(units, [*units[1:], (0, "")]):
        path[indent // 4:] = [name]
        if next_indent <= indent:
            found.append("/".join(path))
    return [case for case in found if matches(case, wanted)]


def reported(report):
    """Yields the path of each case that ran, and why it failed; empty: it passed."""
    def walk(unit, path):
        for child in unit:
            here = [*path, child.get("name")]
            if child.tag == "TestSuite":
                yield from walk(child, here)
            elif child.get("result") != "passed":
                yield "/".join(here), child.get("result")
            else:
                yield "/".join(here), "" if int(child.get("assertions_passed")) else "asserts nothing"
    for master in xml.etree.ElementTree.parse(report).getroot():
        yield from walk(master, [])


def run_cases(selected, count, some):
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        filters = [f"--run_test={case}" for case in selected] if some else []
        status = run([PROGRAM, "--log_level=error", "--report_level=detailed", "--report_format=XML",
                      f"--report_sink={report.name}", "--color_output=no", *filters], dict(os.environ), count)
        try:
            results = dict(reported(report.name))
        except xml.etree.ElementTree.ParseError:
            results = {}
            print(f"FAIL the test program ended with status {status} before its report", flush=True)
    reasons = {case: results.get(case, "did not run") for case in selected}
    for case, reason in reasons.items():
        if reason:
            count.fail(f"{case}: {reason}")
        else:
            count.passed += 1
    if status and not any(reasons.values()):
        count.fail(f"the test program ended with status {status}, though no case failed")


# ---- Scripts

def scripts(wanted):
    return [path for path in sorted((TESTS / "system").iterdir())
            if path.is_file() and not path.suffix and matches(path.name, wanted)]


def needed_targets(script):
    lines = re.findall(r"^# targets: (.*)$", script.read_text(), re.MULTILINE)
    return " ".join(lines).split()


def run_scripts(selected, build_dir, count):
    environment = {"CXX": "c++", **os.environ, "WXMP_BUILD_DIR": str(build_dir)}
    for script in selected:
        print(f"{script.relative_to(ROOT)}:", flush=True)
        last = []
        status = run([script], environment, count, last)
        result = re.fullmatch(r"(\d+) passed, (\d+) failed", last[0] if last else "")
        passed, failed = map(int, result.groups()) if result else (0, 0)
        count.passed += passed
        count.failed += failed
        if passed + failed == 0:
            count.fail(f"{script.name}: ran no test")
        elif bool(status) != bool(failed):
            count.fail(f"{script.name}: exit status {status}, but {failed} failed")


def run(command, environment, count, last=None):
    """Runs the command and shows what it says, indented; its last line goes to `last`."""
    try:
        process = subprocess.Popen(command, env=environment, text=True, errors="replace", start_new_session=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        print(f"    {error}", flush=True)
        return -1

    def stop(*_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        for line in process.stdout:
            print(f"    {line.rstrip()}", flush=True)
            if CANARY in line:
                count.fail("a token or secret was told")
            if last is not None:
                last[:] = [line.strip()]
        return process.wait()
    finally:
        signal.alarm(0)
        stop()  # what it left running


# ---- Commands

def build_and_find(wanted, targets):
    """Builds what these names need, and returns the Boost.Test cases among them."""
    if not wanted:
        build([], [])
        return cases([])
    some = sources_with(wanted)
    if some:
        build(["wxmp_tests", *targets], some)
        if found := cases(wanted):
            return found
    elif targets:
        build(targets, [])
    if scripts(wanted):
        return []
    build(["wxmp_tests"], [])
    return cases(wanted)


def main(wanted):
    count = Count()
    chosen = scripts(wanted)
    found = build_and_find(wanted, sorted({target for script in chosen for target in needed_targets(script)}))
    if found:
        run_cases(found, count, bool(wanted))
    run_scripts(chosen, BUILD, count)
    if not found and not chosen:
        count.fail(f"no test has {' or '.join(wanted)} in its name" if wanted else "there is no test")
    count.finish()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--scripts"]:
        total = Count()
        run_scripts(scripts([]), pathlib.Path(sys.argv[2]).resolve(), total)
        total.finish()
    main(sys.argv[1:])
