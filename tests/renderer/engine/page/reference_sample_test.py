#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Three hundred reference tests of the CSS working group, chosen by the hash of their names, through the page engine.

usage: reference_sample_test.py REFTEST CSSWG KNOWN_FAILURES
A test that fails and is not in KNOWN_FAILURES fails this one; the list may only shrink, and what passes by now is named.
Where the collection is not there, this is skipped (77). The whole of it: REFTEST --root CSSWG CSSWG.
"""
import hashlib
import os
import re
import subprocess
import sys
import tempfile

SAMPLE = 300
SKIPPED = 77


def tests_below(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - {"reference", "support"})
        for name in names:
            path = os.path.join(folder, name)
            if not name.endswith((".xht", ".html", ".htm", ".xhtml")):
                continue
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
            if re.search(r'<link\b[^>]*rel=["\']?(mis)?match', text, re.I):
                yield os.path.relpath(path, root)


def main(reftest, root, known_file):
    if not os.path.isdir(root):
        print(f"the reference tests are not on this machine ({root})")
        return SKIPPED
    chosen = sorted(tests_below(root), key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:SAMPLE]
    with open(known_file, encoding="utf-8") as file:
        known = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    with tempfile.TemporaryDirectory() as scratch:
        failures = os.path.join(scratch, "failures")
        done = subprocess.run([reftest, "--root", root, "--failures", failures] + [os.path.join(root, name) for name in chosen],
                              stdout=subprocess.PIPE, text=True, timeout=280)
        print(done.stdout.splitlines()[-1] if done.stdout else "nothing was said")
        if done.returncode not in (0, 1) or not os.path.exists(failures):
            print(f"the runner ended with {done.returncode}")
            return 1
        with open(failures, encoding="utf-8") as file:
            failed = {line.split(" ")[0].strip() for line in file if line.strip()}
    for name in sorted(known & set(chosen) - failed):
        print("passes by now, take it off the list:", name)
    for name in sorted(failed - known):
        print("FAILED:", name)
    return 1 if failed - known else 0


sys.exit(main(*sys.argv[1:]))
