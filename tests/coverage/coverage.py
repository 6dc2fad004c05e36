"""Merges what the test program counted and compares it with the limits; called by tests/coverage/run."""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build/instrumented"
PROGRAM = BUILD / "tests/wxmp_tests"
MERGED = BUILD / "merged.profdata"
REPORT = ROOT / "build/coverage"
LEAST = {"lines": 91.5, "branches": 94.5}  # percent
OTHERS = r"(/tests/|/examples/|/usr/|/include/wxmp/testing/|/build/)"


def llvm(tool, *arguments):
    return subprocess.run([f"llvm-{tool}-16", *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def percent(files, what):
    count, covered = (sum(file["summary"][what][key] for file in files) for key in ("count", "covered"))
    return 100 * covered / count


def main():
    llvm("profdata", "merge", "-sparse", *(BUILD / "profiles").glob("*.profraw"), "-o", MERGED)
    common = [f"-instr-profile={MERGED}", f"-ignore-filename-regex={OTHERS}"]
    llvm("cov", "show", PROGRAM, *common, "-format=html", f"-output-dir={REPORT}", "-show-branches=count",
         "-show-instantiations=false")
    files = json.loads(llvm("cov", "export", PROGRAM, *common, "-summary-only"))["data"][0]["files"]
    for file in sorted(files, key=lambda file: -file["summary"]["lines"]["count"] + file["summary"]["lines"]["covered"]):
        lines, branches = file["summary"]["lines"], file["summary"]["branches"]
        missed = lines["count"] - lines["covered"], branches["count"] - branches["covered"]
        if any(missed):
            print(f"{missed[0]:5} lines {missed[1]:5} branches missed in {pathlib.Path(file['filename']).relative_to(ROOT)}")
    failed = 0
    for what, least in LEAST.items():
        found = percent(files, what)
        failed += found < least
        print(f"{'FAIL' if found < least else 'ok'} {what}: {found:.2f} %, at least {least} %")
    print(f"{len(LEAST) - failed} passed, {failed} failed")
    return bool(failed)


sys.exit(main())
