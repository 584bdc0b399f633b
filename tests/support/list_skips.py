#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Prints what CTest did not run, and why: whole tests, and single functions and rows that Qt Test skipped.

usage: list_skips.py RESULTS.xml      what ctest --output-junit wrote
"""
import re
import sys
import xml.etree.ElementTree

# "SKIP   : LabFramesTest::everyTransport(mqtt) the program mosquitto is not installed (package mosquitto)"
SKIPPED_FUNCTION = re.compile(r"^SKIP   : (\S+?\([^\n]*?\)) (.*)$", re.M)
# What a test prints that CTest's SKIP_REGULAR_EXPRESSION looks for.
SKIPPED_TEST = re.compile(r"^SKIP: (.*)$", re.M)


def skips(results):
    """A list of (what was not run, why), in the order of the tests."""
    found = []
    for case in xml.etree.ElementTree.parse(results).getroot().iter("testcase"):
        name, output = case.get("name"), case.findtext("system-out") or ""
        functions = SKIPPED_FUNCTION.findall(output)
        if functions:
            found += [("%s: %s" % (name, what), why) for what, why in functions]
        elif case.get("status") in ("notrun", "disabled") or case.find("skipped") is not None:
            said = SKIPPED_TEST.search(output)
            skipped = case.find("skipped")
            message = skipped.get("message", "") if skipped is not None else ""
            found.append((name, said.group(1) if said else message or "CTest did not run it"))
    return found


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    reasons = {}
    for what, why in skips(sys.argv[1]):
        reasons.setdefault(why.strip(), []).append(what)
    if reasons:
        print("Not run:")
    for why, names in reasons.items():
        print("  " + why)
        for name in names:
            print("    " + name)


if __name__ == "__main__":
    main()
