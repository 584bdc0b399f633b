# SPDX-License-Identifier: BSD-3-Clause
"""Shows that a forbidden include does not compile.

Takes every target's own compiler call from compile_commands.json and compiles one-line files with it: an include of a
folder that the target may not see must fail because the file is not found, an include of its own folder must succeed.
Besides reads the includes of all sources, so that no relative path goes around the include roots.

usage: includes_test.py SOURCE_FOLDER COMPILE_COMMANDS
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Which top-level folders the code of a folder may include.
ALLOWED = {
    "ipc": {"ipc"},
    "browser": {"browser", "ipc"},
    "renderer": {"renderer", "ipc"},
    "plugin_host": {"plugin_host", "ipc"},
    "app": {"app", "browser", "renderer", "plugin_host", "ipc"},
    "tests": {"tests", "app", "browser", "renderer", "plugin_host", "ipc"},
}

# Targets that may see less than their folder: each executable sees its own roles.
NARROWER = {
    "bulkhead": {"app", "browser", "ipc"},
    "bulkhead-child": {"app", "renderer", "plugin_host", "ipc"},
    "bulkhead-plugin-host": {"app", "renderer", "plugin_host", "ipc"},
}

# Code that runs where Qt must not be: in the fork server, and what it uses.
QT_FREE = {"ipc_core", "ipc_packets", "ipc_regions", "ipc_plugins", "app_fork_server", "app_sandbox", "app_child_ends", "plugin_host_loader", "plugin_host_process"}

SOURCE_SUFFIXES = {".h", ".cpp", ".cc", ".c"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)

source_folder = Path()
compile_commands = Path()


def sources_of(folder):
    return sorted(p for p in (source_folder / folder).rglob("*") if p.suffix in SOURCE_SUFFIXES and p.is_file())


def headers_of(folder):
    return [p.relative_to(source_folder).as_posix() for p in sources_of(folder) if p.suffix == ".h"]


def self_contained_header(folder):
    """A header of the folder that includes no other of ours and no other library, so that it tells about the include
    roots and nothing else; it must exist in every folder that has headers."""
    for header in headers_of(folder):
        includes = INCLUDE.findall((source_folder / header).read_text())
        if all(quote == "<" and "/" not in name and not name.startswith("Q") for quote, name in includes):
            return header
    return None


class Target:
    """A library or an executable of ours, and how its sources are compiled."""

    def __init__(self, name, folder, compiler):
        self.name = name
        self.folder = folder
        self.compiler = compiler

    def compile(self, line):
        """Compiles a file of that one line: (succeeded, the compiler's words)."""
        with tempfile.TemporaryDirectory() as empty:
            result = subprocess.run([*self.compiler, "-w", "-fsyntax-only", "-x", "c++", "-"], input=line + "\n",
                                    cwd=empty, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True)
        return result.returncode == 0, result.stderr


def read_targets():
    targets = {}
    for entry in json.loads(compile_commands.read_text()):
        words = shlex.split(entry["command"])
        output = words[words.index("-o") + 1]
        match = re.search(r"^([^/]+)/(?:.*/)?CMakeFiles/([^/]+)\.dir/", output)
        if not match or match[2] in targets or match[1] not in ALLOWED or match[1] == "tests":
            continue
        if not any(word.endswith("/include-roots/" + match[1]) for word in words):
            continue  # generated code without sources of ours
        arguments = iter(words)
        compiler = []
        for word in arguments:
            if word in ("-o", "-c", "-MT", "-MF"):
                next(arguments)
            elif word not in ("-MD",) and not word.endswith("ccache"):
                compiler.append(word)
        targets[match[2]] = Target(match[2], match[1], compiler)
    return targets


class Includes(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.targets = read_targets()

    def check(self, probes):
        """probes: (target, line, must compile). Reports every one that does otherwise."""
        self.assertTrue(probes, "there is nothing to try: the test is blind")
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda probe: probe[0].compile(probe[1]), probes))
        wrong = []
        for (target, line, wanted), (succeeded, words) in zip(probes, results):
            if succeeded != wanted:
                wrong.append(f"{target.name}: {line} {'compiles' if succeeded else 'does not compile'}\n{words}")
            elif not wanted and not re.search(r"^<stdin>:1:.*: No such file or directory$", words, re.MULTILINE):
                wrong.append(f"{target.name}: {line} is found, it fails for another reason\n{words}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_every_folder_of_code_has_a_target(self):
        with_code = {folder for folder in ALLOWED if folder != "tests"
                     and any(p.suffix == ".cpp" for p in sources_of(folder))}
        self.assertEqual(with_code, {target.folder for target in self.targets.values()})
        for name in QT_FREE | NARROWER.keys():
            self.assertIn(name, self.targets, "named in this test, but not built any more")

    def test_a_forbidden_include_does_not_compile(self):
        probes = []
        for target in self.targets.values():
            for folder in ALLOWED.keys() - NARROWER.get(target.name, ALLOWED[target.folder]):
                probes += [(target, f'#include "{header}"', False) for header in headers_of(folder)[:1]]
        self.check(probes)

    def test_an_allowed_include_compiles(self):
        probes = []
        for target in self.targets.values():
            header = self_contained_header(target.folder)
            if header:
                probes.append((target, f'#include "{header}"', True))
        self.check(probes)

    def test_the_fork_server_and_what_it_uses_see_no_qt(self):
        probes = []
        for name in QT_FREE & self.targets.keys():
            for header in ("QString", "QtCore/QString", "qglobal.h"):
                probes.append((self.targets[name], f"#include <{header}>", False))
        # Where Qt is seen, the same lines compile.
        probes.append((self.targets["ipc_channel"], "#include <QString>", True))
        probes.append((self.targets["ipc_channel"], "#include <QtCore/QString>", True))
        self.check(probes)

    def test_no_source_names_a_folder_it_may_not_see(self):
        wrong = []
        for folder, allowed in ALLOWED.items():
            for source in sources_of(folder):
                for quote, name in INCLUDE.findall(source.read_text()):
                    where = f"{source.relative_to(source_folder)} includes {name}"
                    top = name.split("/")[0]
                    if ".." in name.split("/"):
                        wrong.append(f"{where}: a relative path goes around the include roots")
                    elif top in ALLOWED and top not in allowed:
                        wrong.append(f"{where}: {folder} may not see {top}")
                    elif quote == '"' and top not in ALLOWED and not name.endswith(".moc"):
                        wrong.append(f"{where}: own headers are named from the root, others in angle brackets")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))


if __name__ == "__main__":
    source_folder, compile_commands = (Path(argument).resolve() for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
