# SPDX-License-Identifier: BSD-3-Clause
"""Shows that what comes from outside has one way to a widget, and addresses one way to be written.

Reads the sources of the trusted side. Whatever puts a string into a widget must be a function of browser/widgets/plain_text.h
(which takes OutsideText or RichText only), or be given a constant: tr("…") or a literal without arguments. The rest is in
ALLOWED, each with its reason; an entry that is not needed any more fails, so that the list can only shrink.

usage: shown_test.py SOURCE_FOLDER
"""

import re
import sys
import unittest
from pathlib import Path

source_folder = Path()

# The one place itself.
MAKERS = {"browser/widgets/plain_text.cpp", "browser/widgets/plain_text.h", "browser/pages/shown/rich_text.cpp",
          "browser/pages/shown/outside_text.cpp", "browser/pages/shown/shown_address.cpp"}

# What takes a string and may take it for markup, or shows it without a bound.
SINKS = re.compile(r"""(?<![\w:])(?P<plain>plain::)?
    (?P<name>setToolTip|setTabToolTip|setText|setWhatsThis|setStatusTip|setInformativeText|setTextFormat|setHtml
        |setWindowTitle|setAccessibleName|setAccessibleDescription|setItemText|setLabelText|setDetailedText
        |QToolTip::showText|QMessageBox::(?:warning|critical|question|information|about)|new\s+QLabel|new\s+QMessageBox
        |QMessageBox\s+\w+|QErrorMessage|QTextBrowser|QTextEdit|QTextDocument|QWhatsThis|QSystemTrayIcon)\s*\(""", re.VERBOSE)

# Buttons, actions and line edits show no markup: a label with a mnemonic is theirs to make.
PLAIN_BY_NATURE = "the widget knows no markup"
PERSON = "what the person typed or chose, in a field that knows no markup"

ALLOWED = {
    ("browser/desktop/window/address_bar.cpp", "setText(m_shown)"): "a line edit; ShownAddress or editableAddress()",
    ("browser/desktop/window/address_bar.cpp", "setText(draft)"): PERSON,
    ("browser/desktop/window/address_bar.cpp", "setText(text)"): "a line edit; ShownAddress or editableAddress()",
    ("browser/widgets/find_bar.cpp", "setText(text)"): PERSON,
    ("browser/widgets/flat_button.cpp", "setText(text)"): PLAIN_BY_NATURE,
    ("browser/widgets/info_bar.cpp", "setText(label)"): PLAIN_BY_NATURE,
    ("browser/lab/pages/latency_choices.cpp", "setText(text)"): PLAIN_BY_NATURE,
    ("browser/lab/kit/run_bar.cpp", "setText(text)"): PLAIN_BY_NATURE,
    ("browser/lab/pages/message_page.cpp", 'setText(options[QStringLiteral("text")].toString())'): "a line edit; what the person typed before",
    ("browser/lab/kit/run_bar.cpp", "setText(QString::fromUtf8(svg))"): "mime data for the clipboard",
    ("browser/tools/traffic/ipc_inspector.cpp", "setText(text)"): PERSON,
}

LITERAL = r'(?:QStringLiteral\()?u?"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*\)?'
CONSTANT = re.compile(r"(?:[\w:]+::)?tr\(\s*" + LITERAL + r"\s*(?:,\s*(?:nullptr|" + LITERAL + r"))*\s*\)|" + LITERAL)


def sources():
    for folder in ("browser", "app"):
        for path in sorted((source_folder / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path.relative_to(source_folder).as_posix(), without_comments(path.read_text())


def without_comments(text):
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"'
    keep = lambda match: match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])
    return re.sub(pattern, keep, text, flags=re.DOTALL)


def arguments_at(text, start):
    """What is between the parenthesis before start and its partner."""
    depth, inside = 1, False
    for at in range(start, len(text)):
        c = text[at]
        if c == '"' and text[at - 1] != "\\":
            inside = not inside
        elif not inside and c in "([{":
            depth += 1
        elif not inside and c in ")]}":
            depth -= 1
            if depth == 0:
                return " ".join(text[start:at].split())
    return text[start:start + 200]


def is_constant(arguments):
    left = CONSTANT.sub("K", arguments)
    return re.fullmatch(r"(?:[^K]*\?\s*K\s*:\s*)*K(?:\s*,\s*\w+(?:\(\))?)?", left) is not None


def is_harmless(name, arguments, before):
    if name == "new QLabel" or name == "new\tQLabel":
        # Without text, or with a constant one.
        return re.fullmatch(r"(?:\w+|this)?", arguments) is not None or is_constant(arguments)
    if name == "setTextFormat" and arguments == "Qt::PlainText":
        return True
    if name.startswith("QMessageBox") or name in ("new QMessageBox", "QErrorMessage", "QTextBrowser", "QTextEdit",
                                                  "QTextDocument", "QWhatsThis", "QSystemTrayIcon", "setHtml",
                                                  "setTextFormat"):
        return False
    if name == "setText" and re.search(r"clipboard\(\)->$", before):
        return True
    if name in ("setDetailedText",):
        return "OutsideText" in arguments
    return is_constant(arguments) or re.fullmatch(r"(?:\w+,\s*)?toolTipText\(.*\)", arguments) is not None


def bypasses(name_of_file, text):
    for match in SINKS.finditer(text):
        name = " ".join(match["name"].split())
        if match["plain"]:
            continue
        declaration = re.search(r"(?:void|QString|bool)\s+(?:\w+::)?$", text[max(0, match.start() - 40):match.start()])
        if declaration:
            continue
        arguments = arguments_at(text, match.end())
        if not is_harmless(name, arguments, text[max(0, match.start() - 20):match.start()]):
            line = text.count("\n", 0, match.start()) + 1
            yield line, f"{name}({arguments})"


class Shown(unittest.TestCase):
    maxDiff = None

    def test_text_from_outside_has_one_way_to_a_widget(self):
        seen, wrong, found = set(), [], 0
        for name, text in sources():
            if name in MAKERS:
                continue
            found += len(SINKS.findall(text))
            for line, call in bypasses(name, text):
                key = (name, call)
                seen.add(key)
                if key not in ALLOWED:
                    wrong.append(f"{name}:{line}: {call}")
        self.assertGreater(found, 100, "hardly a sink is found: the test is blind")
        self.assertFalse(wrong, "\nnot a constant, and not by way of browser/widgets/plain_text.h:\n" + "\n".join(wrong))
        self.assertEqual(set(), ALLOWED.keys() - seen, "allowed, and not needed any more")

    def test_the_scan_sees_what_it_is_for(self):
        for bad in ("label->setText(tab.title());", "setToolTip(m_sentence);", "new QLabel(title, this);",
                    'w->setToolTip(tr("%1").arg(x));', "QMessageBox box(QMessageBox::Warning, a, b);",
                    "QToolTip::showText(p, text, this);", "auto *box = new QMessageBox(QMessageBox::Warning, a, b);",
                    'w->setToolTip(tr("a") + b);', "QMessageBox::warning(this, a, b);", "setWindowTitle(title);",
                    "label->setTextFormat(Qt::RichText);", "item->setToolTip(x ? tr(\"a\") : y);"):
            self.assertTrue(list(bypasses("x.cpp", without_comments(bad))), bad)
        for good in ("plain::setText(label, OutsideText(title));", 'w->setToolTip(tr("Constant"));', "new QLabel(this);",
                     "QGuiApplication::clipboard()->setText(url);", "item->setToolTip(toolTipText(OutsideText(x)));",
                     'w->setText(on ? tr("On") : tr("Off"));', "// setText(title);", 'new QLabel(tr("Zoom"), this)'):
            self.assertFalse(list(bypasses("x.cpp", without_comments(good))), good)

    def test_models_give_tooltips_that_are_text(self):
        wrong, found = [], 0
        for name, text in sources():
            for match in re.finditer(r"Qt::ToolTipRole", text):
                found += 1
                rest = text[match.start():match.start() + 1200]
                if not re.search(r"toolTipText\(|\.html\(\)", rest):
                    wrong.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}")
        self.assertGreater(found, 3)
        self.assertFalse(wrong, "\na tooltip of a model that is not toolTipText() or RichText:\n" + "\n".join(wrong))

    def test_addresses_are_written_in_one_place(self):
        allowed = {"browser/desktop/library/history.cpp": "compares what was typed, shows nothing"}
        wrong, seen = [], set()
        for name, text in sources():
            for match in re.finditer(r"toDisplayString\(", text):
                seen.add(name)
                if name not in allowed:
                    wrong.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}")
        self.assertFalse(wrong, "\nuse browser/pages/shown/shown_address.h:\n" + "\n".join(wrong))
        self.assertEqual(allowed.keys(), seen)


if __name__ == "__main__":
    source_folder = Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
