#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Shows that every skip is listed with its reason, and nothing else is."""
import os
import sys
import tempfile
import unittest

from list_skips import skips

RESULTS = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="x" tests="5" failures="0" disabled="0" skipped="1">
  <testcase name="passes" status="run"><system-out>PASS   : T::a()
PASS   : T::skipLater() SKIP   : not at the beginning of a line
</system-out></testcase>
  <testcase name="rows" status="run"><system-out>PASS   : T::a(one)
SKIP   : T::a(two (2)) there is no
   Loc: [t.cpp(1)]
SKIP   : T::b() nor here
</system-out></testcase>
  <testcase name="whole" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>SKIP: no formatter
</system-out></testcase>
  <testcase name="unbuilt" status="notrun"><skipped message="Unable to find executable"/><system-out></system-out></testcase>
  <testcase name="silent" status="disabled"/>
</testsuite>
"""


class ListSkipsTest(unittest.TestCase):
    def test_every_skip_has_its_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "results.xml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(RESULTS)
            self.assertEqual(skips(path), [
                ("rows: T::a(two (2))", "there is no"),
                ("rows: T::b()", "nor here"),
                ("whole", "no formatter"),
                ("unbuilt", "Unable to find executable"),
                ("silent", "CTest did not run it"),
            ])


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
