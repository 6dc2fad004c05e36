"""Builds the fuzzers in build/fuzz and runs them, under the sanitizers of clang.

Seeds are the recorded exchanges, the texts of JSONTestSuite, what seeds.py writes, and found/NAME: what once ended
the program, each of which is tried by itself before. The words that a fuzzer puts together are the names of the
wire's members. The last line is `N passed, N failed`: inputs, and findings. A finding stays in build/fuzz/NAME;
`build/fuzz/NAME/NAME FILE` shows it again.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

import seeds

FUZZ = pathlib.Path(__file__).resolve().parent
ROOT = FUZZ.parent.parent
BUILD = ROOT / "build/fuzz"
INTEGER = "unsigned-integer-overflow,unsigned-shift-base,implicit-conversion"  # defined, but seldom meant
COMPILE = ["clang++-16", "-std=c++20", f"-I{ROOT / 'include'}",
           f"-fsanitize=address,undefined,float-cast-overflow,{INTEGER}", "-fno-sanitize=function",
           f"-fno-sanitize-recover=undefined,{INTEGER}", f"-fsanitize-ignorelist={FUZZ / 'ignored.txt'}",
           "-DWXMP_DETAIL_VECTORS"]
FUZZED = "-fsanitize=fuzzer-no-link"
# What is compiled once for all of them, and what is only read once.
PARTS = ("wxmp/src.hpp", "wxmp/testing/src.hpp", "boost/json/src.hpp")
INCLUDED = BUILD / "all.hpp"
PRECOMPILED = ("-include-pch", f"{INCLUDED}.pch")
# Targets that have most of what the compiler makes of them in common are compiled together; the slowest first.
GROUPS = (("requests", "responses", "serve", "json"), ("flows", "tokens", "upload", "pages", "policies"))
LIBRARIES = ["-lcmark-gfm-extensions", "-lcmark-gfm", "-lgumbo", "-lyaml"]
PROGRAM = BUILD / "program"
FINDINGS = ("crash-*", "timeout-*", "oom-*", "leak-*", "slow-unit-*")
WORKERS = 2


def objects():
    return [BUILD / (part.replace("/", "_") + ".o") for part in PARTS]


def compile(*arguments):
    """With large pages it takes a tenth less."""
    subprocess.run([*COMPILE, *arguments], check=True, env={**os.environ, "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"})


def compile_part(part, to, how=()):
    source = to.with_suffix(".cpp")
    source.write_text(f"#include <{part}>\n")
    compile(FUZZED, *how, "-c", source, "-o", to)


def precompile():
    INCLUDED.write_text("#include <boost/json.hpp>\n#include <wxmp/wxmp.hpp>\n#include <wxmp/testing.hpp>\n")
    compile(FUZZED, "-fpch-instantiate-templates", "-x", "c++-header", INCLUDED, "-o", f"{INCLUDED}.pch")


def write_dictionary():
    """The names of all members, as they are on the wire."""
    names = set()
    for header in (ROOT / "include/wxmp").rglob("*.hpp"):
        for described in re.findall(r"BOOST_DESCRIBE_STRUCT\([^()]*\(\)\s*,\s*\(([^)]*)\)", header.read_text()):
            names.update(re.findall(r"\w+", described))
    path = BUILD / "names.dict"
    path.write_text("".join(f'"{name}"\n"\\"{name}\\":"\n' for name in sorted(names)))
    return path


def write_corpus(name):
    corpus = BUILD / name / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds.of(name)):
        (corpus / f"{number:04}").write_bytes(seed)
    found = FUZZ / "found" / name
    if found.is_dir():
        shutil.copytree(found, corpus, dirs_exist_ok=True)
    return len(list(corpus.iterdir()))


def groups_of(names):
    """Those of these names that are compiled together."""
    grouped = [[name for name in group if name in names] for group in GROUPS]
    alone = [[name] for name in names if not any(name in group for group in GROUPS)]
    return [group for group in grouped if group] + alone


def compile_group(names):
    source = BUILD / f"{names[0]}.cpp"
    source.write_text("".join(f'#include "{FUZZ / name}.cpp"\n' for name in names))
    compile(FUZZED, *PRECOMPILED, "-c", source, "-o", source.with_suffix(".o"))
    return source.with_suffix(".o")


def link(names, compiled):
    """One program, which is each fuzzer by its name."""
    source = PROGRAM.with_suffix(".cpp")
    source.write_text(f'#define WXMP_FUZZERS(X) {" ".join(f"X({name})" for name in names)}\n#include "{FUZZ}/program.hpp"\n')
    compile("-fsanitize=fuzzer", source, *compiled, *objects(), *LIBRARIES, "-o", PROGRAM)
    for name in names:
        (BUILD / name).mkdir()
        (BUILD / name / name).symlink_to(PROGRAM)


def try_found(name):
    """Whether each input that once ended this program passes now."""
    passes = {}
    for path in sorted((FUZZ / "found" / name).glob("*")):
        done = subprocess.run([f"./{name}", "-timeout=25", path], cwd=BUILD / name, capture_output=True, text=True,
                              errors="replace")
        passes[f"{name}/{path.name}"] = done.returncode == 0 and "Executed" in done.stderr
    return passes


def fuzz(name, seconds, dictionary):
    """Runs one; the number of inputs, that of seeds, whether all is well, and what it said last."""
    folder = BUILD / name
    count = write_corpus(name)
    found = try_found(name)
    done = subprocess.run([f"./{name}", f"-max_total_time={seconds}", "-max_len=4096", "-timeout=25", "-rss_limit_mb=4096",
                           "-print_final_stats=1", f"-dict={dictionary}", "corpus"],
                          cwd=folder, capture_output=True, text=True, errors="replace")
    said = done.stderr
    (folder / "fuzz.log").write_text(said)
    runs = re.findall(r"^stat::number_of_executed_units: *(\d+)", said, re.M)
    covered = re.findall(r" cov: (\d+) ", said)
    findings = [path for kind in FINDINGS for path in folder.glob(kind)]
    return {"name": name, "seeds": count, "inputs": int(runs[-1]) if runs else 0,
            "edges": int(covered[-1]) if covered else 0,
            "found": found, "good": done.returncode == 0 and not findings, "said": said}


def run_all(pool, names, seconds, dictionary):
    """The outcome of each, in their order. What takes longest to compile begins first, the first part without waiting."""
    precompiled = pool.submit(precompile)
    parts = [pool.submit(compile_part, PARTS[0], objects()[0])]
    precompiled.result()
    first, *others = groups_of(names)
    groups = [pool.submit(compile_group, first)]
    parts += [pool.submit(compile_part, *part, PRECOMPILED) for part in zip(PARTS[1:], objects()[1:])]
    groups += [pool.submit(compile_group, group) for group in others]
    for part in parts:
        part.result()
    link(names, [group.result() for group in groups])
    return list(pool.map(lambda name: fuzz(name, seconds, dictionary), names))


def finding_of(said):
    """What a reader of a log needs: the beginning of the report, and the input."""
    reports = list(re.finditer(r"^.*(?:ERROR: |runtime error: )", said, re.M))
    report = said[reports[-1].start():][:3000] if reports else said[-3000:]
    inputs = re.findall(r"^Base64: .*", said, re.M)
    return "\n".join([report, *inputs[-1:]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--unoptimized", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if not options.unoptimized:
        COMPILE.append("-O1")
    names = options.names or sorted(path.stem for path in FUZZ.glob("*.cpp"))
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    dictionary = write_dictionary()
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        outcomes = run_all(pool, names, options.seconds, dictionary)
    for o in outcomes:
        print(f"{'ok' if o['good'] else 'FAIL'} {o['name']}: {o['inputs']} inputs from {o['seeds']} seeds, {o['edges']} edges")
        if not o["good"]:
            print(finding_of(o["said"]))
        for path, passes in o["found"].items():
            print(f"{'ok' if passes else 'FAIL'} found/{path}")
    found = [passes for o in outcomes for passes in o["found"].values()]
    # What nobody runs any more would pass unseen.
    strays = [path.name for path in (FUZZ / "found").iterdir() if not (FUZZ / f"{path.name}.cpp").exists()]
    for stray in strays:
        print(f"FAIL found/{stray}: there is no such program")
    failed = sum(not o["good"] or o["inputs"] == 0 for o in outcomes) + found.count(False) + len(strays)
    print(f"{sum(o['inputs'] for o in outcomes) + found.count(True)} passed, {failed} failed")
    sys.exit(bool(failed))


main()
