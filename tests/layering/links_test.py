# SPDX-License-Identifier: BSD-3-Clause
"""Shows that the link lines are the privilege table: what the executables are not linked with, they cannot do.

usage: links_test.py FOLDER_OF_EXECUTABLES
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

executables = Path()


def direct(program):
    """The libraries on the program's own link line."""
    out = subprocess.run(["readelf", "--dynamic", "--wide", program], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", out))


def all_loaded(program):
    """These and what they bring along, as the loader sees it."""
    out = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return {Path(line.split()[0]).name for line in out.splitlines()}


def matching(libraries, *stems):
    return {library for library in libraries for stem in stems if re.match(rf"lib{stem}(\.so|-)", library)}


class Links(unittest.TestCase):
    def test_the_browser_has_no_page_engine(self):
        program = executables / "bulkhead"
        for libraries in (direct(program), all_loaded(program)):
            self.assertTrue(matching(libraries, "Qt6Widgets") and matching(libraries, "Qt6Network"),
                            "the browser without windows or network: this test looks at the wrong thing")
            self.assertEqual(set(), matching(libraries, "litehtml", "gumbo", "cmark-gfm", "Qt6Qml", "Qt6Quick"))

    def test_the_child_has_no_windows_and_no_network(self):
        program = executables / "bulkhead-child"
        for libraries in (direct(program), all_loaded(program)):
            self.assertTrue(matching(libraries, "litehtml") and matching(libraries, "Qt6Gui"),
                            "the child without a page engine: this test looks at the wrong thing")
            self.assertEqual(set(), matching(libraries, "Qt6Widgets", "Qt6Network", "ssl", "curl"))

    def test_the_plugin_host_has_no_qt(self):
        program = executables / "bulkhead-plugin-host"
        for libraries in (direct(program), all_loaded(program)):
            self.assertTrue(matching(libraries, "protobuf"), "the plugin host without messages: this test looks at the wrong thing")
            self.assertEqual(set(), matching(libraries, "Qt6Core", "Qt6Gui", "Qt6Network", "litehtml"))


if __name__ == "__main__":
    executables = Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
