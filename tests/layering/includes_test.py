# SPDX-License-Identifier: BSD-3-Clause
"""Shows that what a target does not link it cannot include, and that links go down the storeys only.

Every folder of code has an include root of its own, and a target sees the roots of what it links: its compiler call in
compile_commands.json is the link graph. STOREYS is what ARCHITECTURE.md draws. That a folder which a target does not see
cannot be included is tried with the target's own compiler.

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

# Storey: what it stands on, besides itself. The longest name that a folder begins with is its storey.
STOREYS = {
    "ipc": set(),
    "ipc/lab": {"ipc"},
    "app/runtime": {"ipc"},
    "renderer": {"ipc", "app/runtime"},
    "plugin_host": {"ipc"},
    "browser/host": {"ipc"},
    "browser/pages": {"ipc", "browser/host"},
    "browser/widgets": {"ipc", "browser/host", "browser/pages"},
    "browser/tools/model": {"ipc", "browser/host", "browser/pages"},
    "browser/tools/cages": {"ipc", "browser/host", "browser/pages"},
    "browser/desktop": {"ipc", "browser/host", "browser/pages", "browser/widgets", "browser/tools/model"},
    "browser/tools": {"ipc", "browser/host", "browser/pages", "browser/widgets", "browser/tools/model", "browser/tools/cages",
                      "browser/desktop"},
    "browser/tools/experiments": {"ipc", "ipc/lab", "browser/host", "browser/pages", "browser/widgets", "browser/tools/model",
                                  "browser/tools/cages", "browser/desktop"},
    "browser/lab": {"ipc", "ipc/lab", "browser/host", "browser/pages", "browser/widgets", "browser/tools/model", "browser/desktop"},
    "app/programs": None,  # the only place that knows all
}

# Executables that see less than app/programs may: each has its own role.
PROGRAMS = {
    "bulkhead": {"ipc", "ipc/lab", "browser", "app/programs"},
    "bulkhead-child": {"ipc", "renderer", "app"},
    "bulkhead-plugin-host": {"ipc", "plugin_host", "app"},
    "bulkhead-plugin-qt": {"ipc", "plugin_host", "renderer", "app"},
    "bulkhead-lab-worker": {"ipc", "ipc/lab", "app"},
}

# Code that runs where Qt must not be: in the fork server, in plugins' processes, and what they use.
QT_FREE = {"ipc_core", "ipc_packets", "ipc_regions", "ipc_plugin_faults", "app_fork_server", "app_sandbox", "app_crash", "app_child_ends", "app_zygote_program",
           "plugin_host_loader", "plugin_host_process"}

TOP = ("ipc", "app", "browser", "renderer", "plugin_host", "tests")
SOURCE_SUFFIXES = {".h", ".cpp", ".cc", ".c"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)

source_folder = Path()
compile_commands = Path()


def sources_of(folder):
    return sorted(p for p in (source_folder / folder).rglob("*") if p.suffix in SOURCE_SUFFIXES and p.is_file())


def is_in(folder, parents):
    return any(folder == parent or folder.startswith(parent + "/") for parent in parents)


def storey_of(folder):
    return max((storey for storey in STOREYS if is_in(folder, [storey])), key=len, default=None)


class Target:
    """A library or an executable of ours, and how its sources are compiled."""

    def __init__(self, name, folder, compiler):
        self.name = name
        self.folder = folder
        self.compiler = compiler
        self.roots = [Path(word[2:]) for word in compiler if word.startswith("-I") and "/include-roots/" in word]
        self.visible = {root.name.replace(".", "/") for root in self.roots}

    def sees(self, header):
        return any((root / header).exists() for root in self.roots)

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
        file = Path(entry["file"])
        match = re.search(r"CMakeFiles/([^/]+)\.dir/", words[words.index("-o") + 1])
        if not match or match[1] in targets or not file.is_relative_to(source_folder):
            continue
        folder = file.relative_to(source_folder).parent.as_posix()
        if not storey_of(folder) or "include-roots" not in entry["command"]:
            continue
        arguments = iter(words)
        compiler = []
        for word in arguments:
            if word in ("-o", "-c", "-MT", "-MF"):
                next(arguments)
            elif word not in ("-MD",) and not word.endswith("ccache"):
                compiler.append(word)
        targets[match[1]] = Target(match[1], folder, compiler)
    return targets


class Includes(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.targets = read_targets()
        cls.headers = {}
        for top in TOP[:-1]:
            for source in sources_of(top):
                if source.suffix == ".h":
                    header = source.relative_to(source_folder).as_posix()
                    cls.headers.setdefault(os.path.dirname(header), header)

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

    def test_every_folder_of_code_has_a_target_and_a_storey(self):
        with_code = {p.relative_to(source_folder).parent.as_posix() for top in TOP[:-1] for p in sources_of(top) if p.suffix == ".cpp"}
        without = {folder for folder in with_code if folder.startswith(("plugin_host/plugins", "plugin_host/sdk"))}
        for folder in with_code - without:
            self.assertIsNotNone(storey_of(folder), f"{folder} is in no storey")
        sources = {Path(e["file"]).parent for e in json.loads(compile_commands.read_text())}
        self.assertEqual(set(), {folder for folder in with_code - without if source_folder / folder not in sources})
        for name in QT_FREE | PROGRAMS.keys():
            self.assertIn(name, self.targets, "named in this test, but not built any more")

    def test_links_go_down_the_storeys_only(self):
        wrong = []
        for target in self.targets.values():
            storey = storey_of(target.folder)
            allowed = PROGRAMS.get(target.name) if STOREYS[storey] is None else STOREYS[storey] | {storey}
            if allowed is None:
                continue  # a library of programs
            for folder in target.visible:
                ok = is_in(folder, allowed) if STOREYS[storey] is None else storey_of(folder) in allowed
                if not ok:
                    wrong.append(f"{target.name} (in {storey}) sees {folder}")
        self.assertFalse(wrong, "\n" + "\n".join(sorted(wrong)))

    def test_the_storeys_have_no_way_round(self):
        for storey, below in STOREYS.items():
            for lower in below or ():
                self.assertNotIn(storey, STOREYS[lower] or (), f"{storey} and {lower} stand on each other")

    def test_the_table_of_the_architecture_says_the_same(self):
        text = (source_folder / "ARCHITECTURE.md").read_text()
        rows = re.findall(r"^\| `([a-z_/]+)/` \|.*\| ([^|]*) \|$", text, re.MULTILINE)
        named = {folder: {name if name in STOREYS else "browser/" + name for name in re.findall(r"`([a-z_/]+)`", below)}
                 for folder, below in rows}
        sub = {"browser/tools/model", "browser/tools/cages", "browser/tools/experiments"}  # parts of a row
        self.assertEqual(set(STOREYS) - sub, set(named))

        def all_below(folder):
            return set().union(*({lower} | all_below(lower) for lower in named.get(folder, ())))

        for folder, below in STOREYS.items():
            if below is not None and folder not in sub:
                own = {lower for lower in below | all_below(folder) if is_in(lower, [folder])}
                self.assertEqual(below - own, all_below(folder) - own, folder)

    def test_what_a_target_does_not_link_it_cannot_include(self):
        probes = []
        hidden = 0
        for target in self.targets.values():
            unseen = []
            for folder, header in self.headers.items():
                if folder in target.visible or is_in(folder, target.visible):
                    continue
                self.assertFalse(target.sees(header), f"{target.name} sees {header}, whose folder is none of its links'")
                unseen.append(header)
            hidden += len(unseen)
            # The compiler agrees: tried with the first and the last.
            probes += [(target, f'#include "{header}"', False) for header in {unseen[0], unseen[-1]}] if unseen else []
        self.assertGreater(hidden, 20 * len(self.targets), "nearly everything is seen by everybody: the test is blind")
        self.check(probes)

    def test_an_allowed_include_compiles(self):
        probes = []
        for target in self.targets.values():
            for header in (h for h in self.headers.values() if is_in(os.path.dirname(h), target.visible)):
                includes = INCLUDE.findall((source_folder / header).read_text())
                if all(quote == "<" and "/" not in name and not name.startswith("Q") for quote, name in includes):
                    probes.append((target, f'#include "{header}"', True))
                    break
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

    def test_no_source_goes_around_the_include_roots(self):
        wrong = []
        for top in TOP:
            for source in sources_of(top):
                for quote, name in INCLUDE.findall(source.read_text()):
                    where = f"{source.relative_to(source_folder)} includes {name}"
                    if ".." in name.split("/"):
                        wrong.append(f"{where}: a relative path goes around the include roots")
                    elif quote == '"' and name.split("/")[0] not in TOP and not name.endswith(".moc"):
                        wrong.append(f"{where}: own headers are named from the root, others in angle brackets")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))


if __name__ == "__main__":
    source_folder, compile_commands = (Path(argument).resolve() for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
