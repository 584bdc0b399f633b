#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Shows that functions are short and that files include what they use.

usage: code_test.py functions|includes SOURCE_FOLDER
       code_test.py headers SOURCE_FOLDER COMPILE_COMMANDS

functions  No function has more than 80 lines (counted by universal-ctags).
includes   A .cpp includes its own header first, and a name of the standard library comes from its own header, which the file
           or a header of ours that it includes names: what another library's headers happen to bring differs between systems,
           and precompiled headers hide it here.
headers    A header of the product that no .cpp includes first compiles by itself, without precompiled headers, as far as that is a
           matter of a moment: those that stand on Qt or on messages are left to "includes".
"""
import concurrent.futures
import functools
import json
import os
import re
import shutil
import subprocess
import sys

MOST_LINES = 80

# Which header a name is from, as far as it is from one alone.
STANDARD = {
    "algorithm": "all_of any_of binary_search clamp copy_if count_if equal_range find_if lower_bound max max_element min min_element"
                 " minmax_element none_of nth_element partial_sort remove_if replace reverse sort stable_sort unique upper_bound",
    "array": "array",
    "atomic": "atomic atomic_ref",
    "bit": "bit_cast",
    "charconv": "from_chars to_chars",
    "chrono": "chrono",
    "cmath": "exp fabs floor ceil isfinite isnan log log10 log2 lround pow round sqrt",
    "condition_variable": "condition_variable",
    "cstdint": "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t",
    "cstdio": "fflush fprintf fputs perror printf snprintf sscanf",
    "cstdlib": "_Exit abort atoi exit getenv strtol strtoul system",
    "cstring": "memcmp memcpy memmove memset strcmp strerror strlen",
    "deque": "deque",
    "filesystem": "filesystem",
    "fstream": "ifstream ofstream",
    "functional": "function invoke",
    "iostream": "cerr cout",
    "iterator": "back_inserter",
    "limits": "numeric_limits",
    "map": "map multimap",
    "memory": "enable_shared_from_this make_shared make_unique shared_ptr unique_ptr weak_ptr",
    "mutex": "call_once lock_guard mutex once_flag scoped_lock unique_lock",
    "numeric": "accumulate iota",
    "optional": "nullopt optional",
    "random": "mt19937 mt19937_64 uniform_int_distribution",
    "regex": "regex",
    "set": "set",
    "span": "span",
    "sstream": "istringstream ostringstream stringstream",
    "string": "stoi stol stoul string to_string",
    "string_view": "string_view",
    "system_error": "error_code",
    "thread": "this_thread thread",
    "tuple": "tie tuple",
    "unordered_map": "unordered_map",
    "unordered_set": "unordered_set",
    "utility": "exchange",
    "variant": "holds_alternative variant visit",
    "vector": "vector",
}
HEADER_OF = {name: header for header, names in STANDARD.items() for name in names.split()}
# What these offer besides, by the standard or by what they are.
OFFERS = {
    "algorithm": {"utility"}, "condition_variable": {"mutex", "chrono"}, "filesystem": {"string"}, "fstream": {"string"},
    "iostream": {"string"}, "map": {"utility", "tuple"}, "mutex": {"chrono"}, "random": {"cmath"}, "regex": {"string"},
    "set": {"utility"}, "sstream": {"string"}, "string": {"string_view"}, "thread": {"chrono"}, "unordered_map": {"utility"},
}
MESSAGES_OFFER = {"cstdint", "limits", "map", "string"}  # what Protocol Buffers makes


def files(top, names):
    """Paths, relative to the top, of the tree's own files whose name ends in one of the names."""
    found = []
    for folder, folders, inside in os.walk(top):
        folders[:] = sorted(f for f in folders if f != "build" and not f.startswith("."))
        found += [os.path.relpath(os.path.join(folder, f), top) for f in sorted(inside) if f.endswith(names)]
    assert len(found) > 400, "the tree was not found"
    return found


def long_functions(top, program):
    """(file, name): lines of the functions that are too long."""
    tags = subprocess.run([program, "--fields=+ne", "-o", "-", "--sort=no", "--c++-kinds=f", "--languages=C++", "-L", "-"],
                          input="\n".join(files(top, (".cpp", ".h"))), cwd=top, capture_output=True, text=True, check=True).stdout
    found, functions = {}, 0
    for line in tags.splitlines():
        place = re.search(r"\tline:(\d+).*\tend:(\d+)", line)
        if place:
            functions += 1
            name, path = line.split("\t")[:2]
            lines = int(place[2]) - int(place[1]) + 1
            if lines > MOST_LINES:
                found[path, name] = lines
    assert functions > 5000, "functions were not found"
    return found


def check_functions(top):
    program = shutil.which("ctags-universal") or shutil.which("ctags")
    if not program or "Universal Ctags" not in subprocess.run([program, "--version"], capture_output=True, text=True).stdout:
        print("SKIP: there is no universal-ctags on this machine")
        return 0
    found = long_functions(top, program)
    wrong = 0
    for (path, name), lines in sorted(found.items()):
        print(f"{path}: {name}() has {lines} lines; split it by ideas, into at most {MOST_LINES} each")
        wrong = 1
    return wrong


class Includes:
    """Which file includes what."""

    def __init__(self, top):
        self.top = top
        self.sources = files(top, (".cpp", ".h"))
        self.ours = set(self.sources)

    @functools.lru_cache(None)
    def text(self, path):
        with open(os.path.join(self.top, path), encoding="utf-8") as file:
            return file.read()

    @functools.lru_cache(None)
    def of(self, path):
        return re.findall(r'^\s*#\s*include [<"]([^>"]+)[>"]', self.text(path), re.M)

    @functools.lru_cache(None)
    def reached(self, path):
        """The file itself and what it includes, ours and others'."""
        seen, waiting = set(), [path]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                if current in self.ours:
                    waiting += self.of(current)
        return seen

    def named(self, path):
        """The headers of others that the file, or what it includes of ours, names."""
        others = self.reached(path) - self.ours
        for header in list(others):
            others |= MESSAGES_OFFER if header.endswith(".pb.h") else OFFERS.get(header, set())
        return others

    def lone_headers(self):
        """Headers of the product that no .cpp includes first."""
        first = {self.of(path)[0] for path in self.sources if path.endswith(".cpp") and self.of(path)}
        return [path for path in self.sources if path.endswith(".h") and path not in first and not path.startswith("tests/")]


def check_includes(top):
    tree, wrong = Includes(top), 0
    for path in tree.sources:
        header = path[:-4] + ".h"
        if path.endswith(".cpp") and header in tree.ours and tree.of(path)[:1] != [header]:
            print(f"{path} has to include {header} first, so that the header is known to compile by itself")
            wrong = 1
        code = re.sub(r"//.*", "", re.sub(r'"(\\.|[^"\\\n])*"', '""', tree.text(path)))
        used = {name for name in re.findall(r"\bstd::(\w+)", code) if name in HEADER_OF}
        for header in sorted({HEADER_OF[name] for name in used} - tree.named(path)):
            names = ", ".join("std::" + name for name in sorted(used) if HEADER_OF[name] == header)
            print(f"{path} uses {names} and has to include <{header}>")
            wrong = 1
    return wrong


def check_headers(top, commands):
    tree = Includes(top)
    compiled = {}
    with open(commands, encoding="utf-8") as file:
        for entry in json.load(file):
            compiled.setdefault(os.path.relpath(entry["file"], top), entry)
    jobs = {}
    for path in tree.lone_headers():
        if any(header.startswith("Q") or header.endswith(".pb.h") or header.startswith("litehtml") for header in tree.reached(path)):
            continue  # two seconds each
        user = next((u for u in compiled if u in tree.ours and path in tree.reached(u)), None)
        if user:
            words = [word for word in compiled[user]["command"].split() if word != "-Winvalid-pch" and not word.startswith("-g")]
            if "ccache" in words[0]:
                words = words[1:]
            for option, values in (("-include", 1), ("-o", 1), ("-c", 1)):
                while option in words:
                    place = words.index(option)
                    del words[place:place + 1 + values]
            jobs[path] = (words + ["-fsyntax-only", "-w", "-x", "c++", os.path.join(top, path)], compiled[user]["directory"])
    assert len(jobs) >= 5, "the headers were not found"

    def run(path):
        return path, subprocess.run(jobs[path][0], cwd=jobs[path][1], capture_output=True, text=True)

    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, result in pool.map(run, jobs):
            if result.returncode:
                print(f"{path} does not compile by itself:\n{result.stderr}")
                wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit({"functions": check_functions, "includes": check_includes, "headers": check_headers}[sys.argv[1]](
        *map(os.path.abspath, sys.argv[2:])))
