#!/usr/bin/env python3
"""Builds and runs tests, and counts them one by one. Called by tests/run, CTest and Meson.

    runner.py [NAME...]               build in build/tests; run all tests, or those with a NAME in theirs
    runner.py --quick [NAME...]       only cases, without the slow ones: for a look between two changes
    runner.py --instrumented          what .ci/run runs, by clang; the cases with its AddressSanitizer, and counting what
                                      they cover
    runner.py --cases PROGRAM         only the cases of this Boost.Test program
    runner.py --scripts BUILD_DIR     only the scripts, with what is built in BUILD_DIR

A test is one of two things:

- A case of the Boost.Test program (tests/sources.txt). It passes if it ran, checked something and nothing
  failed: a case that is disabled, skipped or asserts nothing has failed.
- A script: an executable file without extension in tests/system. It is told CXX (the
  compiler) and WXMP_BUILD_DIR (the programs of examples/*.cpp are in its examples/, those of
  tests/system/*.cpp in its tests/) and ends with the line `N passed, N failed`, which its exit status has to
  agree with. Comment lines in it say what it needs: `# targets: simulator` what to build before it runs,
  `# packages: nodejs npm` what tests/run installs, `# minutes: 3` that it takes or waits so
  long that it has to begin early, `# nightly` that .ci/run leaves it out.

Whatever a test prints, a token or secret in it is a failure; those of the tests hold the word CANARY.

The last line of the output is `N passed, N failed`, over all of them.
"""
import concurrent.futures
import contextlib
import functools
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
BUILD = ROOT / "build/tests"
QUICK = ROOT / "build/quick"
INSTRUMENTED = ROOT / "build/instrumented"
CLANG = "clang++-16"
INSTRUMENTS = f"-fsanitize=address -fprofile-instr-generate -fcoverage-mapping -fprofile-list={TESTS}/coverage/counted.txt"
# These run adapters of examples/, and cover nothing of include/ that others do not.
NOT_INSTRUMENTED = ("transport/broken_transport.cpp", "transport/conformance.cpp")
SECONDS = int(os.environ.get("WXMP_TEST_SECONDS", 900))  # for one script, and for the cases of one job
WORKERS = 3  # most scripts wait half of their time; more would be in the way of those that measure what they wait for
CANARY = "CANARY"  # in the tests' tokens and secrets, none of which may be told


class Result:
    """What a test, or several, came to, and what there is to say of it."""

    def __init__(self, passed=0, failed=0):
        self.passed, self.failed, self.lines = passed, failed, []
        self.jobs = []  # to be run next

    def say(self, line):
        self.lines.append(line)

    def fail(self, why, number=1):
        self.say(f"FAIL {why}")
        self.failed += number

    def show(self):
        print(*self.lines, sep="\n", flush=True)


def finish(results):
    """Ends the program with the count over these results, each of which has been shown."""
    passed, failed = (sum(getattr(r, kind) for r in results) for kind in ("passed", "failed"))
    if not passed and not failed:
        print("FAIL no test was run")
        failed = 1
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(bool(failed))


def give_up(why):
    result = Result()
    result.fail(why)
    result.show()
    finish([result])


def plain(name):
    """Makes `comment/list` find `comment_list`."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower())


def matches(name, wanted):
    return not wanted or any(plain(w) in plain(name) for w in wanted)


# ---- Building

def try_build(targets, sources=(), *, folder=BUILD, options=()):
    """Builds the targets (none: all of them); the test program from these sources (none: all of them). Whether that went well."""
    configure = ["cmake", "-S", str(ROOT), "-B", str(folder), "-G", "Ninja", "-DBUILD_TESTING=ON",
                 f"-DWXMP_TEST_SOURCES={';'.join(sources)}", *options]
    # What runs meanwhile may look at the clock. With large pages a compiler takes a tenth less.
    compile = ["nice", "cmake", "--build", str(folder), *(["--target", *targets] if targets else [])]
    environment = {**os.environ, "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
    return all(subprocess.run(command, env=environment).returncode == 0 for command in (configure, compile))


def build(*targets, **how):
    if not try_build(*targets, **how):
        give_up("the build")


def try_build_cases(folder, flags, sources=()):
    """The same of only the test program, by clang where it is there: that compiles the tests in a third of the time."""
    clang = shutil.which(CLANG)
    return try_build(["wxmp_tests"], sources, folder=folder,
                    options=["-DWXMP_EXAMPLES=OFF", f"-DCMAKE_CXX_FLAGS={flags}", "-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold",
                             *([f"-DCMAKE_CXX_COMPILER={clang}"] if clang else [])])


def program_in(folder):
    return folder / "tests/wxmp_tests"


def all_sources():
    return (TESTS / "sources.txt").read_text().split()


@functools.cache
def macros(path):
    return "\n".join(re.findall(r"^ *(?:#define )?[A-Z_]{4,}\(.*", path.read_text(), re.MULTILINE))


@functools.cache
def own_headers(path):
    """What a file of tests/ includes of it."""
    return [(path.parent / name).resolve() for name in re.findall(r'^#include "(.*)"', path.read_text(), re.MULTILINE)]


def sources_with(wanted):
    """The test sources that may hold a case of that name, as building them all takes minutes.

    A macro may make the name from pieces, so all its words have to be in the path or the macros of the file.
    Where a header that makes test cases has the name, they can be anywhere. The sources of headers that these include
    come with them.
    """
    def may_hold(source):
        text = plain(source + macros(TESTS / source))
        return any(all(word in text for word in plain(w).split("_")) for w in wanted)

    everything = all_sources()
    if any(matches(macros(path), wanted) for path in TESTS.rglob("*.hpp")):
        return everything
    chosen, found = set(), [TESTS / source for source in everything if may_hold(source)]
    while found:
        path = found.pop()
        if path.exists() and path not in chosen:
            chosen.add(path)
            found += [file for header in own_headers(path) for file in (header, header.with_suffix(".cpp"))]
    return [source for source in everything if TESTS / source in chosen]


# ---- Boost.Test cases

def cases(program, wanted):
    """The paths of the cases in the test program."""
    listing = subprocess.run([program, "--list_content=HRF"], capture_output=True, text=True).stderr
    units = [(len(line) - len(line.lstrip()), re.sub(r"\*?(: .*)?$", "", line.strip()))
             for line in listing.splitlines() if line.strip()]
    found, path = [], []
    for (indent, name), (next_indent, _) in zip(units, [*units[1:], (0, "")]):
        path[indent // 4:] = [name]
        if next_indent <= indent:
            found.append("/".join(path))
    return [case for case in found if matches(case, wanted)]


def without_slow(program, found):
    """Those without the label `slow`, which only this listing shows."""
    listing = subprocess.run([program, "--list_content=DOT"], capture_output=True, text=True).stderr
    slow = re.findall(r'label="([^"|]+)\|[^"]*\|labels:[^"]* @slow', listing)
    return [case for case in found if case.rpartition("/")[2] not in slow]


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


def run_cases(program, selected):
    result = Result()
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command = [program, "--log_level=error", "--report_level=detailed", "--report_format=XML",
                   f"--report_sink={report.name}", "--color_output=no", *(f"--run_test={case}" for case in selected)]
        status, _ = run(command, dict(os.environ), result)
        try:
            outcomes = dict(reported(report.name))
        except xml.etree.ElementTree.ParseError:
            outcomes = {}
            result.say(f"FAIL the test program ended with status {status} before its report")
    reasons = {case: outcomes.get(case, "did not run") for case in selected}
    for case, reason in reasons.items():
        if reason:
            result.fail(f"{case}: {reason}")
        else:
            result.passed += 1
    if status and not any(reasons.values()):
        result.fail(f"the test program ended with status {status}, though no case failed")
    return result


def jobs_of_cases(program, found):
    """A job for all suites with the same first word, which most often is their folder's name."""
    groups = {}
    for case in found:
        groups.setdefault(re.match(r"[a-z0-9]*", case).group(), []).append(case)
    return [(f"{word}: {len(some)} cases", lambda some=some: run_cases(program, some))
            for word, some in groups.items()]


# ---- Scripts

def scripts(wanted):
    return [path for path in sorted((TESTS / "system").iterdir())
            if path.is_file() and not path.suffix and matches(path.name, wanted)]


def said_of(script, what):
    """The words of its comment lines about this."""
    return " ".join(re.findall(rf"^# {what}: (.*)$", script.read_text(), re.MULTILINE)).split()


def minutes(script):
    return sum(map(float, said_of(script, "minutes")))


def run_script(script, build_dir):
    result = Result()
    status, said = run([script], {"CXX": "c++", **os.environ, "WXMP_BUILD_DIR": str(build_dir), "LC_ALL": "C.UTF-8"}, result)
    counted = re.fullmatch(r"(\d+) passed, (\d+) failed", said.strip())
    passed, failed = map(int, counted.groups()) if counted else (0, 0)
    result.passed += passed
    result.failed += failed
    if passed + failed == 0:
        result.fail(f"{script.name}: ran no test")
    elif bool(status) != bool(failed):
        result.fail(f"{script.name}: exit status {status}, but {failed} failed")
    return result


def is_nightly(script):
    return re.search("^# nightly$", script.read_text(), re.MULTILINE)


def targets_of(selected):
    return sorted({target for script in selected for target in said_of(script, "targets")})


def jobs_of_scripts(selected, build_dir):
    return [(str(script.relative_to(ROOT)), lambda script=script: run_script(script, build_dir))
            for script in sorted(selected, key=minutes, reverse=True)]


# ---- Running

def run(command, environment, result):
    """Runs the command; what it says goes to the result. Returns its status and its last line."""
    try:
        process = subprocess.Popen(command, env=environment, text=True, errors="replace", start_new_session=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        result.say(f"    {error}")
        return -1, ""

    def stop():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    timer = threading.Timer(SECONDS, stop)
    timer.start()
    last = ""
    try:
        for last in process.stdout:
            result.say(f"    {last.rstrip()}")
            if CANARY in last:
                result.fail("a token or secret was told")
        return process.wait(), last
    finally:
        timer.cancel()
        stop()  # what it left running


def run_jobs(jobs):
    """Runs (name, function) pairs, as many at once as there are WORKERS, and the jobs of their results; tells the slowest,
    and finishes."""
    def timed(name, function):
        start = time.monotonic()
        result = function()
        result.seconds = time.monotonic() - start
        result.name = name
        result.lines.insert(0, f"{name} ({result.seconds:.0f} s)")
        return result

    results = []
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        running = {pool.submit(timed, *job) for job in jobs}
        while running:
            ended, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for result in map(concurrent.futures.Future.result, ended):
                result.show()
                results.append(result)
                running |= {pool.submit(timed, *job) for job in result.jobs}
    slowest = sorted(results, key=lambda result: result.seconds, reverse=True)[:10]
    print("The slowest:", *(f"{result.seconds:5.0f} s  {result.name}" for result in slowest), sep="\n")
    finish(results)


# ---- Commands

def build_and_find(wanted, targets):
    """Builds what these names need, and returns the Boost.Test cases among them."""
    if not wanted:
        build([])
        return cases(program_in(BUILD), [])
    some = sources_with(wanted)
    if some:
        build(["wxmp_tests", *targets], some)
        if found := cases(program_in(BUILD), wanted):
            return found
    elif targets:
        build(targets)
    if scripts(wanted):
        return []
    build(["wxmp_tests"])
    return cases(program_in(BUILD), wanted)


def run_all(wanted):
    chosen = scripts(wanted)
    found = build_and_find(wanted, targets_of(chosen))
    if not found and not chosen:
        give_up(f"no test has {' or '.join(wanted)} in its name" if wanted else "there is no test")
    run_jobs(jobs_of_scripts(chosen, BUILD) + jobs_of_cases(program_in(BUILD), found))


def run_quick(wanted):
    # Of what is tried in turn a tenth, as under sanitizers.
    if not try_build_cases(QUICK, "-DWXMP_TEST_IS_SANITIZED", sources_with(wanted) if wanted else ()):
        give_up("the build")
    program = program_in(QUICK)
    found = without_slow(program, cases(program, wanted))
    if not found:
        give_up(f"no quick case has {' or '.join(wanted)} in its name")
    run_jobs(jobs_of_cases(program, found))


def run_instrumented():
    os.environ["CXX"] = CLANG
    chosen = [script for script in scripts([]) if not is_nightly(script)]
    build(targets_of(chosen), options=["-DWXMP_TEST_CASES=OFF", "-DWXMP_PRECOMPILE=ON"])
    profiles = INSTRUMENTED / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    os.environ["LLVM_PROFILE_FILE"] = str(profiles / "%8m.profraw")  # eight programs at once merge into these
    # Most scripts wait for something half of their time, in which the cases can be built.
    run_jobs([("the build of the cases", build_instrumented), *jobs_of_scripts(chosen, BUILD)])


def build_instrumented():
    result = Result()
    if try_build_cases(INSTRUMENTED, INSTRUMENTS, [source for source in all_sources() if source not in NOT_INSTRUMENTED]):
        program = program_in(INSTRUMENTED)
        result.jobs = jobs_of_cases(program, cases(program, []))
    else:
        result.fail("the build of the cases")
    return result


def main(arguments):
    match arguments:
        case ["--cases", program]:
            run_jobs(jobs_of_cases(program, cases(program, [])))
        case ["--scripts", folder]:
            run_jobs(jobs_of_scripts(scripts([]), pathlib.Path(folder).resolve()))
        case ["--instrumented"]:
            run_instrumented()
        case ["--quick", *wanted]:
            run_quick(wanted)
        case wanted:
            run_all(wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
