# SPDX-License-Identifier: BSD-3-Clause
"""Shows that nothing of a page is decoded in the browser process.

Pictures, fonts, archives and markup are for caged processes. The browser decodes its own resources (:/…), JSON, and what
the network needs: TLS, HTTP and its content encodings, all behind Fetcher. Read from the sources of the trusted side, and
from what the executable asks its libraries for: a call that is not there cannot be made.

usage: decoders_test.py SOURCE_FOLDER FOLDER_OF_EXECUTABLES
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

source_folder = executables = Path()

# Code of children that lies in app/ is not the browser's.
CHILDREN = ("app/runtime/", "app/programs/child/", "app/programs/plugin_host/", "app/programs/lab_worker/")

DECODERS = re.compile(
    r"\b(QImageReader|QMovie|QSvgRenderer|QSvgWidget|QRawFont|QTextBrowser|QTextDocument|QDomDocument|QXmlStreamReader"
    r"|QCborValue|QCborStreamReader|QZipReader|loadFromData|fromData|addApplicationFont\w*|qUncompress|inflate\w*"
    r"|uncompress\w*|archive_\w+|setHtml|setMovie|fromTheme|QWebEngine\w*|QPdf\w*|QMediaPlayer)\b"
    r"|\b(?:QImage|QPixmap|QIcon|QPicture|QBitmap)\s*(?:\w+\s*)?[({]\s*(?:QStringLiteral|QLatin1String|u?\"|\w*(?:[nN]ame|[pP]ath|[fF]ile)\b)"
    r"|\b(?:image|pixmap|picture|icon)\.load\(")

ALLOWED = {
    ("browser/widgets/icons.cpp", "QSvgRenderer"): "the app's own icons, from :/bulkhead/icons",
    ("app/programs/bulkhead/browser_app.cpp", 'QIcon(QStringLiteral'): "the app's own icon, from :/bulkhead/icons",
    ("browser/lab/kit/code_view.cpp", "QTextDocument"): "a plain text editor's own; its highlighter is given it",
    ("browser/pages/network/network_job.cpp", "fromData"): "certificates that the command line names; TLS is the network's",
}

# What Qt and others would decode with, by what the linker sees.
SYMBOLS = re.compile(
    r"^(?:QImageReader::|QMovie::|QImage::(?:fromData|loadFromData|load)\(|QImage::QImage\(QString|QPixmap::(?:loadFromData|load)\("
    r"|QPixmap::QPixmap\(QString|QPicture::load|QFontDatabase::addApplicationFont|QRawFont::|qUncompress|QTextDocument::setHtml"
    r"|QTextBrowser::|QTextEdit::setHtml|QDomDocument::|QXmlStreamReader::|QCbor\w+::|QIcon::fromTheme|QLabel::setMovie|QSvgWidget::"
    r"|inflate|uncompress|archive_read|BZ2_|lzma_|ZSTD_|BrotliDecoder|png_|jpeg_|FT_|WebP)")


def sources():
    for folder in ("browser", "app"):
        for path in sorted((source_folder / folder).rglob("*")):
            name = path.relative_to(source_folder).as_posix()
            if path.suffix in (".h", ".cpp") and not name.startswith(CHILDREN):
                text = re.sub(r"//[^\n]*", "", path.read_text())
                yield name, re.sub(r"^\s*#\s*include[^\n]*", "", text, flags=re.MULTILINE)


def decoders_in(text):
    for match in DECODERS.finditer(text):
        yield " ".join(match[0].split()), text.count("\n", 0, match.start()) + 1


class Decoders(unittest.TestCase):
    maxDiff = None

    def test_no_source_of_the_browser_decodes_what_is_not_its_own(self):
        wrong, seen, read = [], set(), 0
        for name, text in sources():
            read += 1
            for call, line in decoders_in(text):
                seen.add((name, call))
                if (name, call) not in ALLOWED:
                    wrong.append(f"{name}:{line}: {call}")
        self.assertGreater(read, 200, "hardly a source is found: the test is blind")
        self.assertFalse(wrong, "\ndecoding belongs into a caged process:\n" + "\n".join(wrong))
        self.assertEqual(set(), ALLOWED.keys() - seen, "allowed, and not needed any more")

    def test_the_scan_sees_what_it_is_for(self):
        for bad in ("QImageReader reader(&file);", "image.loadFromData(bytes)", "QPixmap picture(fileName);",
                    "QImage::fromData(x)", 'QIcon(QStringLiteral("/tmp/x.png"))', "QImage(path)", "pixmap.load(name)",
                    "QMovie m;", "label->setHtml(x)", "QFontDatabase::addApplicationFont(x)"):
            self.assertTrue(list(decoders_in(bad)), bad)
        for good in ("QImage(pixels, w, h, bytes, format)", "QPixmap pixmap(size);", "QIcon()", "QPixmap::fromImage(icon)"):
            self.assertFalse(list(decoders_in(good)), good)

    def test_the_own_resources_are_the_only_pictures(self):
        text = (source_folder / "browser/widgets/icons.cpp").read_text()
        self.assertIn('QStringLiteral(":/bulkhead/icons/', text)
        self.assertIn('QIcon(QStringLiteral(":/bulkhead/icons/', (source_folder / "app/programs/bulkhead/browser_app.cpp").read_text())

    def test_the_executable_asks_no_library_to_decode(self):
        program = executables / "bulkhead"
        out = subprocess.run(["nm", "--dynamic", "--demangle", "--undefined-only", program], check=True,
                             capture_output=True, text=True).stdout
        asked = [re.sub(r"^\s*[Uw]\s+", "", line) for line in out.splitlines()]
        self.assertTrue(any(symbol.startswith("QWidget::") for symbol in asked), "no symbols: this test looks at the wrong thing")
        self.assertEqual([], [symbol for symbol in asked if SYMBOLS.match(symbol)])


if __name__ == "__main__":
    source_folder, executables = (Path(argument).resolve() for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
