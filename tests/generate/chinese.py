#!/usr/bin/env python3
# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Writes into the pages in Chinese what other scripts write into those in English between two marks.

    chinese.py           write it
    chinese.py --check   write nothing; fail if something is not what would be written

texts_zh.tsv has the Chinese of each text of these tables, and of what the guide's generator says.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = pathlib.Path(__file__).with_name("texts_zh.tsv")
MARKS = {
    "README.md": [("<!-- calls:begin -->", "<!-- calls:end -->"), ("<!-- tool -->", "<!-- /tool -->"),
                  ("<!-- transport_conformance:begin -->", "<!-- transport_conformance:end -->"),
                  ("<!-- upload-diagram:begin -->", "<!-- upload-diagram:end -->")],
    "examples/README.md": [("<!-- programs:begin -->", "<!-- programs:end -->")],
    "examples/packaging/README.md": [("<!-- doors:begin -->", "<!-- doors:end -->")],
}
# What is the same in each language: nothing, code, links, numbers, programs with their versions.
NO_WORDS = re.compile(r"(`[^`]*`|\[[^\]]*\]\([^)]*\)|<br>|[-\d.–: ]|\b[A-Za-z]+ [\d.]+(, )?)*")


class Texts:
    """The Chinese of English texts."""

    def __init__(self):
        lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
        self.chinese = dict(line.split("\t") for line in lines)
        self.missing = set()

    def __call__(self, english):
        if english not in self.chinese:
            self.missing.add(english)
        return self.chinese.get(english, english)

    def end_if_missing(self):
        if self.missing:
            sys.exit(f"{TABLE.relative_to(ROOT)} lacks:\n" + "\n".join(sorted(self.missing)))


def in_words(say, words):
    return words if words not in say.chinese and NO_WORDS.fullmatch(words) else say(words)


def cell(say, text):
    """A cell of a table, which may begin with a number, and refer to a note."""
    number, words, note = re.fullmatch(r"(\d+ )?(.*?)( \[\d+\])?", text).groups(default="")
    # Programs with their versions are followed by a note in words, which is said apart.
    parts = [words] if words in say.chinese or NO_WORDS.fullmatch(words) else words.split("; ")
    return number + "；".join(in_words(say, part) for part in parts) + note


def line(say, text):
    """A row of a table, or a note below it."""
    if text.startswith("|"):
        return f"| {' | '.join(cell(say, c) for c in re.split(r' *[|] *', text)[1:-1])} |"
    note = re.fullmatch(r"(\d+\. )(.*)", text)
    return note[1] + say(note[2]) if note else text


def translated(say, text):
    """Code stays as it is."""
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else "\n".join(line(say, t) for t in part.split("\n")) for part in parts)


def page_in_chinese(say, path, marks):
    """What the page in Chinese has to be, and what it is."""
    english, chinese = (p.read_text(encoding="utf-8") for p in (ROOT / path, in_chinese(path)))
    want = chinese
    for begin, end in marks:
        if any(text.count(mark) != 1 for text in (english, chinese) for mark in (begin, end)):
            sys.exit(f"{path} in both languages has one part between {begin} and {end}")
        part = translated(say, english.split(begin)[1].split(end)[0])
        want = want.split(begin)[0] + begin + part + end + want.split(end)[1]
    return want, chinese


def in_chinese(path):
    return ROOT / path.replace(".md", ".zh-CN.md")


def main():
    say = Texts()
    pages = {path: page_in_chinese(say, path, marks) for path, marks in MARKS.items()}
    say.end_if_missing()
    for path, (want, chinese) in pages.items():
        if want != chinese and "--check" in sys.argv:
            sys.exit(f"out of date: {path} in Chinese; run tests/generate/chinese.py")
        if want != chinese:
            in_chinese(path).write_text(want, encoding="utf-8")


if __name__ == "__main__":
    main()
