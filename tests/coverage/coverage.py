"""Merges what the test program counted and compares it with the limits; called by tests/coverage/run.

    coverage.py [BUILD_DIR]    where the program and its profiles are; build/instrumented

A line or a branch of a template counts as covered when it is in any of its instantiations. What the compiler runs
is not counted where it is declared `consteval`, nor is what only other machines compile. Each line that is missed is
told, and each condition that was never true or never false. What can be missed is in EXCLUDED, with the reason; an
exclusion that hides nothing is a failure.
"""
import pathlib
import re
import subprocess
import sys
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEADERS = ROOT / "include/wxmp"
REPORT = ROOT / "build/coverage"
LEAST = {"lines": 100, "branches": 97}  # percent
OTHERS = r"(/tests/|/examples/|/usr/|/include/wxmp/testing/|/build/)"


class Exclusion(NamedTuple):
    file: str
    reason: str
    of: str = ""  # the block or the statement that begins so; empty: the whole file
    without: str = ""  # only where the CPU lacks this


# What holds nothing that runs in a program, by how it begins; the last line of it follows from that.
KINDS = {
    "the head of a class, where clang counts the members that it makes itself":
        (re.compile(r"\s*(template <.*> ?)?(struct|class) [^;]*\{$"), None),
    "a function that makes a constant, and that the compiler calls":
        (re.compile(r"(alignas\(\d+\) )?inline constexpr auto \w+ = \[\] \{$"), "}();"),
}
EXCLUDED = (
    Exclusion("data/sha1.hpp", of="for (const char c : text) {",
              reason="The compiler runs it, for a digest that is a constant, and nothing counts what that does."),
    Exclusion("codec/detail/engines/avx512.hpp", without="avx512_vbmi2",
              reason="Needs a CPU with AVX-512; the cases run it where there is one."),
    Exclusion("data/detail/source/sha1/sha_ni_avx512vl.hpp", without="avx512vl",
              reason="Needs a CPU with AVX-512; the cases run it where there is one."),
)


# ---- What was counted

LINE = re.compile(r"(?:  \| *)*\s*(\d+)\|\s*([\d.]+)[kMGTPEZY]?\|")
BRANCH = re.compile(r"[ |]*Branch \((\d+):(\d+)\): \[True: ([\d.]+)[kMGTPEZY]?, False: ([\d.]+)[kMGTPEZY]?\]")


class Counted:
    """Of one header: which lines are covered, and which outcomes of conditions, by line, column and outcome."""

    def __init__(self):
        self.lines, self.branches = {}, {}

    def add(self, text):
        if found := LINE.match(text):
            number = int(found[1])
            self.lines[number] = self.lines.get(number, False) or float(found[2]) > 0
        elif found := BRANCH.match(text):
            for outcome, count in (("true", found[3]), ("false", found[4])):
                key = int(found[1]), int(found[2]), outcome
                self.branches[key] = self.branches.get(key, False) or float(count) > 0


def llvm(tool, *arguments):
    return subprocess.Popen([f"llvm-{tool}-16", *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def finish(process):
    process.stdout.read()
    if process.wait():
        sys.exit(f"FAIL {process.args[0]}\n0 passed, 1 failed")


def count(build):
    """What was counted of each header; also writes the report."""
    program, merged = build / "tests/wxmp_tests", build / "merged.profdata"
    finish(llvm("profdata", "merge", "-sparse", *(build / "profiles").glob("*.profraw"), "-o", merged))
    show = ["show", program, f"-instr-profile={merged}", f"-ignore-filename-regex={OTHERS}", "-show-branches=count"]
    finish(llvm("cov", *show, "-format=html", f"-output-dir={REPORT}", "-show-instantiations=false"))
    files, current = {}, Counted()
    text = llvm("cov", *show, "-format=text", "-use-color=false")  # each instantiation, too
    for line in text.stdout:
        if line.startswith(f"{HEADERS}/") and line.endswith(":\n"):
            current = files.setdefault(line[len(f"{HEADERS}/"):-2], Counted())
        else:
            current.add(line)
    finish(text)
    return files


# ---- What may be missed

def has_cpu(flag):
    return re.search(rf"^flags\s.*\b{flag}\b", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE) is not None


def lines_of(exclusion):
    """The numbers of the lines that it excludes."""
    text = (HEADERS / exclusion.file).read_text().splitlines()
    if not exclusion.of:
        return set(range(1, len(text) + 1))
    starts = [at for at, line in enumerate(text) if line.lstrip().startswith(exclusion.of)]
    if len(starts) != 1:
        sys.exit(f"FAIL {len(starts)} lines of {exclusion.file} begin with {exclusion.of}\n0 passed, 1 failed")
    first = starts[0]
    indent = re.match(" *", text[first])[0]
    ends = (indent + "}").__eq__ if text[first].endswith("{") else lambda line: line.endswith(";")
    last = next(at for at in range(first, len(text)) if ends(text[at]))
    return set(range(first + 1, last + 2))


def lines_of_kinds(name):
    """Yields each kind that the header has, and the numbers of its lines."""
    text = (HEADERS / name).read_text().splitlines()
    for kind, (begins, end) in KINDS.items():
        for first, line in enumerate(text):
            if begins.match(line):
                last = text.index(end, first) if end else first
                yield kind, set(range(first + 1, last + 2))


def drop(counted, lines):
    """Drops what was counted of these lines. Returns how many misses that hides."""
    gone = [counted.lines.pop(line) for line in lines & set(counted.lines)]
    gone += [counted.branches.pop(key) for key in list(counted.branches) if key[0] in lines]
    return gone.count(False)


def exclude(files):
    """Drops what is excluded. Returns those exclusions that apply here, and how many misses each hides."""
    hidden = dict.fromkeys(KINDS, 0)
    for name, counted in files.items():
        for kind, lines in lines_of_kinds(name):
            hidden[kind] += drop(counted, lines)
    for exclusion in EXCLUDED:
        if exclusion.without and has_cpu(exclusion.without):
            continue
        what = f"{exclusion.of or 'all'} in {exclusion.file}"
        hidden[what] = drop(files[exclusion.file], lines_of(exclusion))
    return hidden


# ---- What is told

def tell_missed(files):
    for name, counted in sorted(files.items()):
        text = (HEADERS / name).read_text().splitlines()
        for line, is_covered in sorted(counted.lines.items()):
            if not is_covered:
                print(f"include/wxmp/{name}:{line}: {text[line - 1].strip()}")
        for (line, column, outcome), is_covered in sorted(counted.branches.items()):
            if not is_covered and counted.lines.get(line):
                print(f"include/wxmp/{name}:{line}:{column}: never {outcome}: {text[line - 1].strip()}")


def main(build):
    files = count(build)
    hidden = exclude(files)
    tell_missed(files)
    outcomes = [(misses > 0, f"excluded: {what}: hides {misses}") for what, misses in hidden.items()]
    for what, least in LEAST.items():
        found = [is_covered for counted in files.values() for is_covered in getattr(counted, what).values()]
        percent = 100 * sum(found) / len(found)
        outcomes.append((percent >= least, f"{what}: {percent:.2f} % of {len(found)}, at least {least} %"))
    for is_good, text in outcomes:
        print("ok" if is_good else "FAIL", text)
    failed = sum(not is_good for is_good, _ in outcomes)
    print(f"{len(outcomes) - failed} passed, {failed} failed")
    return bool(failed)


sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/instrumented").resolve()))
