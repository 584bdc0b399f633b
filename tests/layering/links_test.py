# SPDX-License-Identifier: BSD-3-Clause
"""Shows that the privilege table of ARCHITECTURE.md is true: what a program is not linked with, it cannot do.

Reads the table between the marks "privileges" there, and every program and library that ships, with what each brings along.
"links": it is on the program's own link line. "through Qt": it is loaded, but not named there. "-": it is not loaded at all.

usage: links_test.py ARCHITECTURE.md FOLDER_OF_EXECUTABLES
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

architecture = executables = Path()

# Column of the table: the libraries by which it is known.
KNOWN_BY = {
    "Qt": ("Qt6Core",),
    "windows": ("Qt6Widgets", "Qt6PrintSupport", "Qt6Quick"),
    "network": ("Qt6Network", "curl"),
    "D-Bus": ("Qt6DBus",),
    "MQTT": ("mosquitto",),
    "page engine": ("litehtml", "gumbo", "cmark-gfm", "Qt6Qml", "Qt6WebEngineCore"),
    "symbols": ("dw",),
}


def direct(program):
    """The libraries on the program's own link line."""
    out = subprocess.run(["readelf", "--dynamic", "--wide", program], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", out))


def all_loaded(program):
    """These and what they bring along, as the loader sees it."""
    out = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return {Path(line.split()[0]).name for line in out.splitlines()}


def has(libraries, stems):
    return any(re.match(rf"lib{stem}(\.so|-)", library) for library in libraries for stem in stems)


def table():
    """{program: {column: word}} as ARCHITECTURE.md says it."""
    text = re.search(r"<!-- privileges -->\n(.*?)<!-- end -->", architecture.read_text(), re.DOTALL)[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {row[0].strip("`"): dict(zip(rows[0][1:], row[1:])) for row in rows[2:]}


def is_elf(path):
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


class Links(unittest.TestCase):
    maxDiff = None

    def test_every_program_is_in_the_table(self):
        built = {path.name for path in executables.iterdir() if path.is_file() and is_elf(path)}
        self.assertEqual(built, set(table()))

    def test_the_table_has_the_columns_that_are_checked(self):
        for program, row in table().items():
            self.assertEqual(list(KNOWN_BY), list(row), program)

    def test_every_word_of_the_table_is_true(self):
        wrong = []
        for program, row in table().items():
            own, loaded = direct(executables / program), all_loaded(executables / program)
            for column, said in row.items():
                found = "links" if has(own, KNOWN_BY[column]) else "through Qt" if has(loaded, KNOWN_BY[column]) else "-"
                if said != found:
                    wrong.append(f"{program}, {column}: the table says {said}, the binary {found}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))


if __name__ == "__main__":
    architecture, executables = (Path(argument).resolve() for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
