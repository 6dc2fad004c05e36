#!/usr/bin/python3
# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Lays out what the site is built from: the pages of examples/guide, the regions of its programs, and what is generated
from the headers.

    make_pages.py FOLDER

A line `//! [name]` in a program begins and ends a region: of `first_call.cpp` it becomes `first_call.name.cpp`, for pages to
include. The program itself is there without these lines.
"""
import json
import pathlib
import re
import sys

import calls
import headers
import markup
import reference

GUIDE = headers.ROOT / "examples/guide"
MARK = re.compile(r"^[ \t]*//! \[(\w+)\]\n", re.MULTILINE)


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


def lay_out_guide(folder):
    """Pages and programs. A whole program is shown without the line of its copyright."""
    for path in sorted(GUIDE.rglob("*")):
        name = path.relative_to(GUIDE)
        if path.suffix in (".md", ".txt"):
            write(folder / name, path.read_text())
        elif path.suffix == ".cpp":
            text = path.read_text()
            write(folder / name, re.sub(r"\A// Copyright.*\n", "", MARK.sub("", text)))
            for region, some in regions(text):
                write(folder / name.with_suffix(f".{region}.cpp"), some)


def between(text, begin, end):
    return text.partition(begin)[2].partition(end)[0]


def lay_out_documents(folder):
    """What stands in a document of the repository and is no page of its own."""
    def document(name):
        return (headers.ROOT / name).read_text()
    write(folder / "security.md", document("SECURITY.md"))
    write(folder / "words.md", "# Words\n" + between(document("CONTRIBUTING.md"), "\n## Words\n", "\n## "))
    marks = ("<!-- transport_conformance:begin -->\n", "<!-- transport_conformance:end -->")
    table = re.sub(r"\[(\w+)\]\((examples/[\w/.]+)\)", r"`\1.hpp`", between(document("README.md"), *marks))
    write(folder / "how_to/adapters.md", "# … choose an adapter\n\n"
          "What the adapters of `examples/transports/` do, and what their "
          f"libraries keep them from:\n\n{table}")


def lay_out_reference(folder):
    found = headers.read()
    silent = [f"{n.header}:{n.line}: {n.path}" for tops in found.values() for n in headers.undocumented(tops)]
    if silent:
        sys.exit("a public name without a doc comment:\n" + "\n".join(silent))
    names = markup.Names()
    all_calls = calls.calls_among(found)
    pages = {call.header: call.page for call in all_calls}
    for header, tops in found.items():
        reference.place(names, tops, pages.get(header, reference.page_of(header)))
    rows = calls.catalogue()
    for call in all_calls:
        write(folder / f"{call.page}.md", calls.call_page(names, call, rows))
    for header, tops in found.items():
        if header not in pages:
            write(folder / f"{reference.page_of(header)}.md", reference.header_page(names, header, tops))
    for page, text in reference.index_pages(found, lambda h: h not in pages):
        write(folder / f"{page}.md", text)
    write(folder / "calls/index.md", calls.index_page(all_calls))
    write(folder / "errors.md", calls.errors_page(rows, all_calls))
    if names.unknown:
        sys.exit("a doc comment refers to what is no public name:\n" + "\n".join(names.unknown))
    codes = {str(code): ("return code", "errors", f"code{code}") for code in rows}
    write(folder / "names.json", json.dumps({**names.places, **codes}, indent=0))


def main():
    folder = pathlib.Path(sys.argv[1])
    lay_out_guide(folder)
    lay_out_documents(folder)
    lay_out_reference(folder)
    remove_others(folder)


if __name__ == "__main__":
    main()
