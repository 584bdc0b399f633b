#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Shows that the tree is formatted and spelled as agreed.

usage: style_test.py format|spelling SOURCE_FOLDER

The formatter's versions differ in what they do, so one of them is the measure: Debian 12's. Elsewhere the check says that it was skipped.
"""
import os
import re
import shutil
import subprocess
import sys

FORMATTER_VERSION = "14"
WORDS = "tests/style/words.txt"


def files(top, names):
    """Paths, relative to the top, of the tree's own files whose name ends in one of the names."""
    found = []
    for folder, folders, inside in os.walk(top):
        folders[:] = sorted(f for f in folders if f != "build" and not (f.startswith(".") and f != ".ci"))
        found += [os.path.relpath(os.path.join(folder, f), top) for f in sorted(inside) if f.endswith(names)]
    return found


def formatter():
    """The formatter of the right version, or None."""
    for name in ("clang-format-" + FORMATTER_VERSION, "clang-format"):
        path = shutil.which(name)
        if path and re.search(r"version " + FORMATTER_VERSION + r"\.", subprocess.run(
                [path, "--version"], capture_output=True, text=True, check=True).stdout):
            return path
    return None


def check_format(top):
    program = formatter()
    if not program:
        print("SKIP: there is no clang-format " + FORMATTER_VERSION + " on this machine")
        return 0
    sources = files(top, (".cpp", ".h"))
    assert len(sources) > 1000, "the tree was not found"
    found = subprocess.run([program, "--dry-run", "--Werror", *sources], cwd=top, capture_output=True, text=True)
    wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: error:", found.stderr, re.M)))
    for path in wrong:
        print(path + " is not formatted; run: clang-format-" + FORMATTER_VERSION + " -i " + path)
    if found.returncode and not wrong:
        print(found.stderr)
    return 1 if wrong or found.returncode else 0


def check_spelling(top):
    program = shutil.which("codespell")
    if not program:
        print("SKIP: there is no codespell on this machine")
        return 0
    texts = files(top, (".cpp", ".h", ".md", ".py", ".txt", ".cmake", ".proto", ".html", ".json", "run", "setup"))
    texts.remove(WORDS)
    found = subprocess.run([program, "--quiet-level", "3", "--ignore-words", WORDS, *texts], cwd=top, capture_output=True, text=True)
    print(found.stdout, found.stderr, end="")
    if found.returncode:
        print("A word that is right belongs into " + WORDS + ".")
    return 1 if found.returncode else 0


if __name__ == "__main__":
    sys.exit({"format": check_format, "spelling": check_spelling}[sys.argv[1]](sys.argv[2]))
