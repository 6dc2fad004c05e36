# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""The table of examples/README.md: what it says of each program."""
import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PAGE = EXAMPLES / "README.md"
# The test of each program that does not end by itself. All others are run by examples_run.
LASTING = {"short_qt_upload": "upload_in_window", "short_web_service": "web_service"}


@dataclasses.dataclass
class Row:
    number: int
    program: str  # its path in examples/
    lines: int
    copy: list
    link: list
    run: str  # the command, in the folder of the repository

    @property
    def target(self):
        """What CMake builds for it; nothing where the command compiles it."""
        name = re.search(r"\b(short|testing|guide)_\w+", self.run)
        return name and name[0]


def rows():
    found = []
    for line in PAGE.read_text().splitlines():
        if not re.match(r"\| \d", line):
            continue
        number, _, program, lines, copy, link, run = (cell.strip() for cell in line.strip("|").split("|"))
        found.append(Row(int(number), re.search(r"\((.*)\)", program)[1], int(lines), re.findall("`(.*?)`", copy),
                         re.findall("`(.*?)`", link), run.strip("`")))
    return found
