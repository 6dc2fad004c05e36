#!/usr/bin/env python3
"""Writes the table of calls into README.md, between <!-- calls:begin --> and <!-- calls:end -->.

    calls.py           write it
    calls.py --check   write nothing; fail if the table is not what would be written

All of it is read out of include/wxmp/api/<family>/<call>.hpp.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
API = ROOT / "include/wxmp/api"
BEGIN, END = "<!-- calls:begin -->", "<!-- calls:end -->"

ENDPOINT = re.compile(r'static constexpr endpoint at =\s*([^;]+);')
MAKER = re.compile(r'endpoint::(get|post_\w+)\("([^"]+)"\)')
ACTION = re.compile(r'\.action\("([^"]+)"\)')


def summary(text, struct):
    """The first sentence of the doc comment above the struct that is the call."""
    comment = text[:text.index(struct)].rsplit("/**", 1)[1]
    words = " ".join(comment.replace("@ref ", "").split())
    return re.split(r"[.;:](?:\s|$)", words, maxsplit=1)[0]


def row(path):
    name = path.stem
    text = path.read_text(encoding="utf-8")
    declaration = ENDPOINT.search(text)
    if not declaration:
        return None  # types that several calls share
    made = MAKER.match(declaration[1])
    if not made or f"struct {name} {{" not in text:
        sys.exit(f"{path.relative_to(ROOT)}: no endpoint, or no struct {name}")
    verb = "GET" if made[1] == "get" else "POST"
    action = ACTION.search(declaration[1])
    target = made[2] + (f"?action={action[1]}" if action else "")
    token = "" if ".without_token()" in declaration[1] else "yes"
    repeat = "yes" if verb == "GET" or ".idempotent()" in declaration[1] else ""
    link = f"[`{path.parent.name}::{name}`]({path.relative_to(ROOT).as_posix()})"
    return f"| {link} | {summary(text, f'struct {name} {{')} | `{verb} {target}` | {token} | {repeat} |\n"


def table():
    rows = [r for r in map(row, sorted(API.glob("*/*.hpp"))) if r]
    return (f"{BEGIN}\n| call | what it does | on the wire | token | safe to repeat |\n|---|---|---|---|---|\n"
            f"{''.join(rows)}{END}")


def main():
    if not README.exists():
        return
    text = README.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        sys.exit(f"README.md: the table belongs between {BEGIN} and {END}")
    before, rest = text.split(BEGIN)
    want = before + table() + rest.split(END)[1]
    if want == text:
        return
    if "--check" in sys.argv:
        sys.exit("out of date: the table of calls in README.md; run tests/generate/calls.py")
    README.write_text(want, encoding="utf-8")


if __name__ == "__main__":
    main()
