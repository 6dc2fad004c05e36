"""Changes the headers that decide something, one change at a time, and runs the test cases until one of them fails.

All mutants are compiled at once, in a copy of include/ in build/mutation: each is a switch that WXMP_MUTANT names when
the program starts. What is evaluated by the compiler is never changed. Cases are run alone first, to see which mutants
each comes by; a mutant is then shown to those, the shortest first. A hang or a crash counts as killed. Cases that try
thousands of orders try a tenth of them, as under sanitizers.

A mutant that no case kills is told, unless equivalent.txt has a reason why none can or need be. The last line is
`N passed, N failed`: mutants that are killed or have a reason, and the others. Fails too if fewer are killed than LEAST.

    --again           only those that survived the last time, and have no reason
    --folders NAME... only the cases in these folders of tests: sooner done, and kills fewer
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import threading
import time

import mutants

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
import runner  # noqa: E402

BUILD = ROOT / "build/mutation"
SOURCE = BUILD / "source"  # the tree, with other headers
INCLUDE = SOURCE / "include"
SWITCH = BUILD / "wxmp_mutant.cpp"
DROPPED = BUILD / "dropped.json"
OUTCOMES = BUILD / "outcomes.json"
REASONS = HERE / "equivalent.txt"
CHOSEN = ("flow/", "operation/", "codec/", "error/")
NOT_CHOSEN = ("codec/detail/engines/",)
EVERYTHING = "".join(f"#include <wxmp/{name}.hpp>\n" for name in ("wxmp", "testing", "src", "testing/src",
                                                                   "codec/json_value"))
FLAGS = "-O1 -w -Wno-c++11-narrowing -DWXMP_TEST_IS_SANITIZED"
LEAST = 90  # percent
BATCH = 0.4  # seconds that the cases of the first program take together; those of the next take twice as long
MEMORY = 4 << 30
BOUND = 4096  # of the numbers


def is_chosen(name):
    return name.startswith(CHOSEN) and not name.startswith(NOT_CHOSEN)


def write(path, content):
    """Leaves the file alone if it is as it should be, so that it is not compiled again."""
    content = content.encode() if isinstance(content, str) else content
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# ---- Building

def link_tree():
    SOURCE.mkdir(parents=True, exist_ok=True)
    for name in ("CMakeLists.txt", "tests", "examples", "single_include"):
        if not (SOURCE / name).is_symlink():
            (SOURCE / name).symlink_to(ROOT / name)


def write_headers(numbered):
    by_file = {}
    for number, mutant in numbered:
        by_file.setdefault(mutant.file, []).append((number, mutant))
    for header in (ROOT / "include").rglob("*.hpp"):
        path = header.relative_to(ROOT / "include")
        some = by_file.get(str(path.relative_to("wxmp")), []) if path.parts[0] == "wxmp" else []
        write(INCLUDE / path, mutants.written(header.read_bytes(), some) if some else header.read_bytes())
    write(INCLUDE / "wxmp_mutant.hpp", (HERE / "wxmp_mutant.hpp").read_text().replace("BOUND", str(BOUND)))
    write(SWITCH, (HERE / "wxmp_mutant.cpp").read_text())


def compile_command():
    return ["clang++-16", "-std=c++20", *FLAGS.split(), "-ferror-limit=0", "-fsyntax-only", f"-I{INCLUDE}"]


def lines_of_errors(said):
    """What the compiler complains about in the headers, or, where that is elsewhere, what it says led there."""
    for what in ("(?:fatal )?error", "note"):
        found = {(file, int(line)) for file, line in
                 re.findall(rf"{re.escape(str(INCLUDE))}/wxmp/([^:\n]*):(\d+):\d+: {what}:", said)}
        yield found


def refused(said, numbered):
    for places in lines_of_errors(said):
        if bad := [mutant for _, mutant in numbered if (mutant.file, mutant.line) in places]:
            return bad
    runner.give_up(f"the build, and no mutant is to blame:\n{said[-4000:]}")


def build_program():
    sources = [name for name in runner.all_sources() if not options.folders or name.split("/")[0] in options.folders]
    configure = ["cmake", "-S", SOURCE, "-B", BUILD / "build", "-G", "Ninja", "-DBUILD_TESTING=ON",
                 "-DWXMP_EXAMPLES=OFF", "-DCMAKE_CXX_COMPILER=clang++-16", f"-DCMAKE_CXX_FLAGS={FLAGS}",
                 f"-DWXMP_TEST_SOURCES={';'.join([*sources, str(SWITCH)])}"]
    if subprocess.run(configure, stdout=sys.stderr).returncode:
        runner.give_up("the configuration")
    return subprocess.run(["cmake", "--build", BUILD / "build", "--target", "wxmp_tests", f"-j{options.build_jobs}"],
                          capture_output=True, text=True)


def build(candidates, lines):
    """Builds the program with the sample of those that compile; returns the sample."""
    dropped = set(map(tuple, json.loads(DROPPED.read_text()))) if DROPPED.exists() else set()
    check = BUILD / "everything.cpp"
    write(check, EVERYTHING)
    while True:
        out = {m for some in candidates.values() for m in some if (*m.key, m.line) in dropped}
        numbered = list(enumerate(mutants.sample(candidates, out, lines, options.mutants, options.seed)))
        write_headers(numbered)
        done = subprocess.run([*compile_command(), check], capture_output=True, text=True)
        if not done.returncode:
            done = build_program()
        if not done.returncode:
            return numbered
        bad = refused(done.stdout + done.stderr, numbered)
        print(f"{len(bad)} mutants do not compile", file=sys.stderr, flush=True)
        dropped.update((*m.key, m.line) for m in bad)
        DROPPED.write_text(json.dumps(sorted(dropped)))


# ---- Running

PROGRAM = BUILD / "build/tests/wxmp_tests"


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_cases(cases, seconds, **environment):
    """How the program with these cases ended: empty if all is well."""
    command = [PROGRAM, "--log_level=nothing", "--report_level=no", *(f"--run_test={case}" for case in cases)]
    try:
        status = subprocess.run(command, env={**os.environ, **environment}, timeout=seconds, preexec_fn=limit_memory,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        return "hangs"
    return "" if status == 0 else "fails" if status > 0 else "crashes"


def measure(number, case):
    """How long the case takes alone, and which mutants it comes by."""
    said = BUILD / f"reached/{number}"
    said.unlink(missing_ok=True)
    start = time.monotonic()
    if run_cases([case], 300, WXMP_MUTANTS_REACHED=str(said)):
        print(f"FAIL {case} fails without any mutant")
        return case, 0, None
    reached = set(map(int, said.read_text().split())) if said.exists() else set()
    return case, time.monotonic() - start, reached


def batches(cases):
    """Groups of (seconds, case), each of which takes twice as long as the one before it."""
    group, most = [], BATCH
    for seconds, case in sorted(cases):
        if group and sum(s for s, _ in group) + seconds > most:
            yield group
            group, most = [], most * 2
        group.append((seconds, case))
    if group:
        yield group


def outcome(number, cases):
    """How it was killed: `fails`, `crashes` or `hangs`; or `survives`, or `is not reached`."""
    if not cases:
        return "is not reached"
    for group in batches(cases):
        limit = 10 + 5 * sum(seconds for seconds, _ in group)
        if how := run_cases([case for _, case in group], limit, WXMP_MUTANT=str(number)):
            return how
    return "survives"


def run(numbered, outcomes, pool):
    """Adds what each comes to, and keeps it at once: a run that is broken off goes on with --again."""
    (BUILD / "reached").mkdir(exist_ok=True)
    lock = threading.Lock()
    found = runner.cases(PROGRAM, [])
    measured = [m for m in pool.map(measure, range(len(found)), found) if m[2] is not None]
    print(f"{len(measured)} cases, {sum(seconds for _, seconds, _ in measured):.0f} s", file=sys.stderr, flush=True)

    def of(pair):
        number, mutant = pair
        result = outcome(number, [(seconds, case) for case, seconds, reached in measured if number in reached])
        print(f"{result}: {mutant}", file=sys.stderr, flush=True)
        with lock:
            outcomes[mutant] = result
            OUTCOMES.write_text(json.dumps({str(m): how for m, how in outcomes.items()}, indent=1))
    list(pool.map(of, numbered))
    return len(found) - len(measured)


# ---- Reporting

def reasons():
    """What equivalent.txt has: entries of three lines, `FILE: KIND: CHANGE`, `in: LINE` and `why: REASON`."""
    entries = re.findall(r"^(\S+): (\w+): (.*)\n +in: (.*)\n +why: (.+)$", REASONS.read_text(), re.M)
    return {(file, kind, change, text): why for file, kind, change, text, why in entries}


def stale(known):
    """Those of the reasons whose line is no longer there."""
    texts = {}
    for file, _, _, text in known:
        path = ROOT / "include/wxmp" / file
        texts.setdefault(file, {" ".join(line.split()) for line in path.read_text().splitlines()}
                         if path.exists() else set())
    return [key for key in known if key[3] not in texts[key[0]]]


def report(outcomes, known, broken):
    survivors = [(m, how) for m, how in outcomes.items() if how in ("survives", "is not reached")]
    unexplained = [(m, how) for m, how in survivors if m.key not in known]
    for m, how in survivors:
        if m.key in known:
            print(f"ok {m}: {known[m.key]}")
    for m, how in unexplained:
        print(f"FAIL {m}: {how}\n{m.file}: {m.kind}: {m.change}\n    in: {m.text}")
    old = stale(known)
    for file, kind, change, _ in old:
        print(f"FAIL the reason for {file}: {kind}: {change}: its line is no longer there")
    killed = len(outcomes) - len(survivors)
    percent = 100 * killed / len(outcomes)
    kinds = {how: sum(o == how for o in outcomes.values()) for how in sorted(set(outcomes.values()))}
    print(f"{len(outcomes)} mutants: " + ", ".join(f"{number} {how}" for how, number in kinds.items()))
    print(f"{'ok' if percent >= LEAST else 'FAIL'} {percent:.1f} % are killed, at least {LEAST} %")
    failed = len(unexplained) + len(old) + broken + (percent < LEAST)
    print(f"{len(outcomes) - len(unexplained)} passed, {failed} failed")
    return failed


def without_those_known(numbered, known):
    """With --again: what the others came to the last time, and which are still to be tried."""
    last = json.loads(OUTCOMES.read_text()) if options.again and OUTCOMES.exists() else {}
    done = {m: last[str(m)] for _, m in numbered
            if last.get(str(m), "survives") not in ("survives", "is not reached") or str(m) in last and m.key in known}
    return done, [(number, m) for number, m in numbered if m not in done]


def main():
    source = BUILD / "all.cpp"
    write(source, EVERYTHING)
    link_tree()
    candidates = mutants.find(source, ROOT / "include", is_chosen, ["-std=c++20", f"-I{ROOT / 'include'}"])
    print(f"{sum(map(len, candidates.values()))} candidates in {len(candidates)} headers", file=sys.stderr, flush=True)
    lines = {name: (ROOT / "include/wxmp" / name).read_text().count("\n") for name in candidates}
    numbered = build(candidates, lines)
    known = reasons()
    outcomes, rest = without_those_known(numbered, known)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        broken = run(rest, outcomes, pool)
    sys.exit(bool(report({m: outcomes[m] for _, m in numbered}, known, broken)))


parser = argparse.ArgumentParser()
parser.add_argument("--mutants", type=int, default=400)
parser.add_argument("--seed", default="1")
parser.add_argument("--jobs", type=int, default=2)
parser.add_argument("--build-jobs", type=int, default=1)
parser.add_argument("--folders", nargs="*")
parser.add_argument("--again", action="store_true")
options = parser.parse_args()
main()
