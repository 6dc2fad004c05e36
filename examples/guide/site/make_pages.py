#!/usr/bin/python3
# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Lays out what the site is built from, for each language in a folder of its own: the pages of examples/guide, the regions
of its programs, and what is generated from the headers.

    make_pages.py FOLDER

A line `//! [name]` in a program begins and ends a region: of `first_call.cpp` it becomes `first_call.name.cpp`, for pages to
include. The program itself is there without these lines.
"""
import json
import pathlib
import re
import sys

from docutils.nodes import make_id

import calls
import headers
import markup
import reference
from languages import CHINESE, CHINESE_TEXTS, ENGLISH, GUIDE, ROOT, between

MARK = re.compile(r"^[ \t]*//! \[(\w+)\]\n", re.MULTILINE)
# What the theme says, and Sphinx knows no Chinese of.
OF_THE_THEME = ["On this page", "Back to top", "Made with ", "Next", "Previous", "Home", "Contents", "Menu", "Expand",
                "Light mode", "Dark mode", "Auto light/dark mode", "Hide navigation sidebar",
                "Hide table of contents sidebar", "Toggle site navigation sidebar", "Toggle table of contents sidebar",
                "Toggle child pages in navigation", "Toggle Light / Dark / Auto color theme"]
WRITTEN = set()


def write(path, text):
    """Leaves a file as it is that would not change, so that only changed pages are built again."""
    WRITTEN.add(path)
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def remove_others(folder):
    """What was laid out before, and is no more."""
    for path in folder.rglob("*"):
        if path.is_file() and path not in WRITTEN:
            path.unlink()


def dedented(text):
    least = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return re.sub(rf"^ {{{least}}}", "", text, flags=re.MULTILINE)


def regions(text):
    """The (name, text) pairs of a program's regions."""
    for name in dict.fromkeys(MARK.findall(text)):
        begin, end = [m for m in MARK.finditer(text) if m[1] == name]
        yield name, dedented(MARK.sub("", text[begin.end():end.start()]))


def lay_out_guide(folder, language):
    """Pages and programs. A whole program is shown without the line of its copyright."""
    for name, text in language.pages().items():
        write(folder / f"{name}.md", text)
    for path in sorted(GUIDE.rglob("*")):
        name = path.relative_to(GUIDE)
        if path.suffix == ".txt":
            write(folder / name, path.read_text())
        elif path.suffix == ".cpp":
            text = path.read_text()
            write(folder / name, re.sub(r"\A// Copyright.*\n", "", MARK.sub("", text)))
            for region, some in regions(text):
                write(folder / name.with_suffix(f".{region}.cpp"), some)


def lay_out_adapters(folder, language):
    """The page of a table of the README."""
    marks = ("<!-- transport_conformance:begin -->\n", "<!-- transport_conformance:end -->")
    table = re.sub(r"\[(\w+)\]\((examples/[\w/.]+)\)", r"`\1.hpp`", between((ROOT / language.readme).read_text(), *marks))
    title = language.say("… choose an adapter")
    about = language.say("What the adapters of `examples/transports/` do, and what their libraries keep them from:")
    write(folder / "how_to/adapters.md", f"# {title}\n\n{about}\n\n{table}")


def read_headers():
    """The public names of each header, the calls among them, and where each name has its place."""
    found = headers.read()
    silent = [f"{n.header}:{n.line}: {n.path}" for tops in found.values() for n in headers.undocumented(tops)]
    if silent:
        sys.exit("a public name without a doc comment:\n" + "\n".join(silent))
    names = markup.Names()
    all_calls = calls.calls_among(found)
    pages = {call.header: call.page for call in all_calls}
    for header, tops in found.items():
        reference.place(names, tops, pages.get(header, reference.page_of(header)))
    return found, all_calls, names


def lay_out_reference(folder, language, found, all_calls, names):
    say, rows = language.say, calls.catalogue(language)
    of_calls = {call.header for call in all_calls}
    for call in all_calls:
        write(folder / f"{call.page}.md", calls.call_page(names, call, rows, say))
    for header, tops in found.items():
        if header not in of_calls:
            write(folder / f"{reference.page_of(header)}.md", reference.header_page(names, header, tops, say))
    for page, text in reference.index_pages(found, lambda h: h not in of_calls, say):
        write(folder / f"{page}.md", text)
    write(folder / "calls/index.md", calls.index_page(all_calls, say))
    write(folder / "errors.md", calls.errors_page(rows, all_calls, say))
    if names.unknown:
        sys.exit("a doc comment refers to what is no public name:\n" + "\n".join(names.unknown))
    places = {path: (say(kind), page, anchor) for path, (kind, page, anchor) in names.places.items()}
    codes = {str(code): (say("return code"), "errors", f"code{code}") for code in rows}
    write(folder / "names.json", json.dumps({**places, **codes}, indent=0))


def headings(text):
    """The headings of a page, outside of its code."""
    return re.findall(r"^#+ (.*)$", re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)


def lay_out_chinese(folder, english):
    """What only the pages in Chinese need: the anchors of their headings, which are those in English, and what is said by the
    theme."""
    anchors = {}
    for path in sorted(english.rglob("*.md")):
        anchors[path.relative_to(english).with_suffix("").as_posix()] = [make_id(h) for h in headings(path.read_text())]
    write(folder / "anchors.json", json.dumps(anchors, indent=0))
    texts = "".join(f'msgid "{text}"\nmsgstr "{CHINESE.say(text)}"\n\n' for text in OF_THE_THEME)
    header = r'msgid ""' "\n" r'msgstr "Content-Type: text/plain; charset=UTF-8\n"' "\n\n"
    write(folder / "locales/zh_CN/LC_MESSAGES/sphinx.po", header + texts)


def main():
    folder = pathlib.Path(sys.argv[1])
    read = read_headers()
    for language in (ENGLISH, CHINESE):
        lay_out_guide(folder / language.code, language)
        lay_out_adapters(folder / language.code, language)
        lay_out_reference(folder / language.code, language, *read)
    lay_out_chinese(folder / CHINESE.code, folder / ENGLISH.code)
    CHINESE_TEXTS.end_if_missing()
    remove_others(folder)


if __name__ == "__main__":
    main()
