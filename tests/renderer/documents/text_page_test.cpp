// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/text_page.h"
#include "tests/renderer/documents/fake_page_client.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace bulkhead;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize viewport(800, 600);

DocumentHead head(const QString &mimeType = QStringLiteral("text/plain"))
{
    DocumentHead result;
    result.url = QUrl(QStringLiteral("file:///some/folder/notes.txt"));
    result.mimeType = mimeType;
    return result;
}

PageMouseEvent mouse(QPoint position, int clicks = 1, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    PageMouseEvent event;
    event.position = position;
    event.button = Qt::LeftButton;
    event.buttons = Qt::LeftButton;
    event.clickCount = clicks;
    event.modifiers = modifiers;
    return event;
}

/// A page with a whole document in it.
struct Loaded
{
    explicit Loaded(QByteArrayView bytes, const DocumentHead &documentHead = head()) : page(documentHead, client)
    {
        page.setViewport(viewport, 1);
        page.append(bytes);
        page.finish();
    }

    /// The middle of the first match, found and left again.
    QRect rectOf(const QString &text)
    {
        const QRect rect = page.find(text, FindDirection::Forward, FindCase::Sensitive).activeRect;
        page.find({}, FindDirection::Forward, FindCase::Sensitive);
        return rect;
    }

    FakePageClient client;
    TextPage page;
};

} // namespace

class TextPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRealDocumentIsShownAndReadable();
    void theFirstScreenIsThereBeforeTheDocumentEnds();
    void piecesMakeTheSameDocumentAsTheWhole();
    void linesWrapAtTheViewportAndNothingIsLost();
    void longLinesBreakAtSpaces();
    void aLargeDocumentDoesNotWrap();
    void aDocumentIsCutAtItsLimitAndSaysSo();
    void tooManyLinesAreCutToo();
    void aLineOfFiftyMegabytesIsSplitIntoRows();
    void combiningMarksCannotMakeARowOfAnyLength();
    void controlCharactersAreDrawnAsSymbols();
    void binaryRubbishDoesNoHarm();
    void anXmlDeclarationNamesTheEncoding();
    void theMouseSelectsCharactersWordsAndLines();
    void aDragBackwardsFromAWordKeepsTheWord();
    void everythingCanBeSelectedAndReleased();
    void findCountsAndSteps();
    void findBackwardsBeginsAtTheEnd();
    void findGoesOnInWhatArrivesLater();
    void findStopsCountingAtItsLimit();
    void aMatchFarDownIsPaintedWhereItIsSaidToBe();
    void anEmptyDocumentHasNothingToFail();
    void tabsReachTheNextStop();
};

void TextPageTest::aRealDocumentIsShownAndReadable()
{
    QFile file(QStringLiteral("/usr/share/common-licenses/GPL-3"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    Loaded loaded(bytes);
    QCOMPARE(loaded.page.text(), QString::fromUtf8(bytes));
    QCOMPARE(loaded.client.title, u"notes.txt"_s);
    QCOMPARE(loaded.client.loads, 1);
    QCOMPARE(loaded.page.contentSize().width(), viewport.width());
    QVERIFY(loaded.page.contentSize().height() > 600 * 10);
    QVERIFY(!isBlank(grab(loaded.page, {0, 0}, viewport)));
    QVERIFY(!isBlank(grab(loaded.page, {0, loaded.page.contentSize().height() - 600}, viewport, 2)));
}

void TextPageTest::theFirstScreenIsThereBeforeTheDocumentEnds()
{
    FakePageClient client;
    TextPage page(head(), client);
    page.setViewport(viewport, 1);
    page.append("first line\nsecond");
    QCOMPARE(client.loads, 0);
    QVERIFY(client.sizeChanges > 0);
    const QImage before = grab(page, {0, 0}, viewport);
    QVERIFY(!isBlank(before));
    client.damage = {};
    page.append(" goes on\n");
    const QImage after = grab(page, {0, 0}, viewport);
    QVERIFY(before != after);
    // What looks different was said to be.
    for (int y = 0; y < viewport.height(); ++y) {
        if (memcmp(before.constScanLine(y), after.constScanLine(y), size_t(before.bytesPerLine())) != 0) {
            QVERIFY2(client.damage.contains(QPoint(100, y)), qPrintable(QString::number(y)));
        }
    }
}

void TextPageTest::piecesMakeTheSameDocumentAsTheWhole()
{
    QByteArray bytes = "\xEF\xBB\xBF"
                       "eins\r\nzw\xC3\xB6lf\r\r\n\n漢字😀\ttab\n";
    bytes += QByteArray("word ").repeated(2000) + "\r\nend";
    Loaded whole(bytes);
    FakePageClient client;
    TextPage pieces(head(), client);
    pieces.setViewport(viewport, 1);
    for (const char byte : bytes) {
        pieces.append(QByteArrayView(&byte, 1));
    }
    pieces.finish();
    QCOMPARE(pieces.text(), whole.page.text());
    QVERIFY(whole.page.text().startsWith(u"eins\nzwölf\n\n\n漢字"));
    QCOMPARE(pieces.contentSize(), whole.page.contentSize());
    QCOMPARE(grab(pieces, {0, 0}, viewport), grab(whole.page, {0, 0}, viewport));
}

void TextPageTest::linesWrapAtTheViewportAndNothingIsLost()
{
    QString text;
    QRandomGenerator random(7);
    for (int i = 0; i < 3000; ++i) {
        text += QStringList{
            u"a"_s, u"longer-word"_s, u"漢字"_s, u"\t"_s, u" "_s, u"\n"_s, u"e\u0301"_s, u"😀"_s}[random.bounded(8)];
        text += u' ';
    }
    RowIndex rows;
    for (const int columns : {1, 2, 7, 20, 80}) {
        rows.reset(columns);
        for (qsizetype end = 0; end < text.size(); end += 997) {
            rows.extend(QStringView(text).first(end));
        }
        rows.extend(text);
        qsizetype position = 0;
        for (int row = 0; row < rows.rowCount(); ++row) {
            const auto range = rows.row(row, text);
            QCOMPARE(range.begin, position);
            QVERIFY(range.begin == 0 || !text[range.begin].isLowSurrogate());
            QCOMPARE(rows.rowAt(range.begin), row);
            QVERIFY(!QStringView(text).sliced(range.begin, range.end - range.begin).contains(u'\n'));
            position = range.end + (range.end < text.size() && text[range.end] == u'\n' ? 1 : 0);
        }
        QCOMPARE(position, text.size());
    }
}

void TextPageTest::longLinesBreakAtSpaces()
{
    RowIndex rows;
    rows.reset(10);
    const QString text = u"one two three four fivesixseveneight nine"_s;
    rows.extend(text);
    QStringList lines;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const auto range = rows.row(row, text);
        lines.append(text.sliced(range.begin, range.end - range.begin));
    }
    QCOMPARE(lines, (QStringList{u"one two "_s, u"three four "_s, u"fivesixsev"_s, u"eneight "_s, u"nine"_s}));
    QCOMPARE(rows.widestRow(), 10);
}

void TextPageTest::aLargeDocumentDoesNotWrap()
{
    const QByteArray line = QByteArray(300, 'x') + '\n';
    Loaded loaded(line.repeated(TextPage::wrapLimit / line.size() + 1));
    QVERIFY(loaded.page.contentSize().width() > 300 * 7);
    QVERIFY(!isBlank(grab(loaded.page, {1500, loaded.page.contentSize().height() - 600}, viewport)));
}

void TextPageTest::aDocumentIsCutAtItsLimitAndSaysSo()
{
    const QByteArray block =
        QByteArray("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n").repeated(16384);
    FakePageClient client;
    TextPage page(head(), client);
    page.setViewport(viewport, 1);
    for (int i = 0; i < 63; ++i) {
        page.append(block);
    }
    const int height = page.contentSize().height();
    for (int i = 0; i < 100; ++i) {
        page.append(block);
    }
    page.finish();
    QCOMPARE(page.text().size(), TextBuffer::maximumBytes);
    QVERIFY(page.contentSize().height() > height);
    // The notice brings the accent colour, which the text does not have.
    const QImage end = grab(page, {0, page.contentSize().height() - 600}, viewport);
    bool hasAccent = false;
    for (int y = 0; y < end.height(); ++y) {
        hasAccent = hasAccent || end.pixelColor(13, y) == documentColors(ColorScheme::Light).accent;
    }
    QVERIFY(hasAccent);
}

void TextPageTest::tooManyLinesAreCutToo()
{
    Loaded loaded(QByteArray(TextBuffer::maximumLines + 1000, '\n'));
    QCOMPARE(loaded.page.text().size(), TextBuffer::maximumLines);
    QVERIFY(!isBlank(grab(loaded.page, {0, loaded.page.contentSize().height() - 600}, viewport)));
}

void TextPageTest::aLineOfFiftyMegabytesIsSplitIntoRows()
{
    Loaded loaded(QByteArray(50 * 1024 * 1024, 'm'));
    QVERIFY(loaded.page.contentSize().width() < 30'000);
    QVERIFY(loaded.page.contentSize().height() > 100'000);
    QVERIFY(!isBlank(grab(loaded.page, {0, 0}, viewport)));
    loaded.page.mousePress(mouse({400, 50'000}, 3));
    QCOMPARE(loaded.page.selectedText().size(), 50 * 1024 * 1024);
    loaded.page.mousePress(mouse({400, 50'000}, 2));
    QVERIFY(loaded.page.selectedText().size() <= 2 * RowIndex::maximumUnits);
}

void TextPageTest::combiningMarksCannotMakeARowOfAnyLength()
{
    Loaded loaded("a" + QString(100'000, QChar(0x0301)).toUtf8() + "\nb");
    QVERIFY(loaded.page.contentSize().height() > 20 * 15);
    QVERIFY(!isBlank(grab(loaded.page, {0, 0}, viewport)));
}

void TextPageTest::controlCharactersAreDrawnAsSymbols()
{
    Loaded loaded(QByteArray("a\0b\x1b[31m\x07\x7f\xC2\x85z", 13));
    QCOMPARE(loaded.page.text(), u"a\u2400b\u241b[31m\u2407\u2421\uFFFDz"_s);
}

void TextPageTest::binaryRubbishDoesNoHarm()
{
    QRandomGenerator random(42);
    QByteArray rubbish(2'000'000, Qt::Uninitialized);
    for (char &byte : rubbish) {
        byte = char(random.bounded(256));
    }
    Loaded loaded(rubbish);
    for (const int part : {0, 1, 2, 3}) {
        const int top = (loaded.page.contentSize().height() - 600) / 3 * part;
        QVERIFY(!isBlank(grab(loaded.page, {0, top}, viewport)));
        loaded.page.mousePress(mouse({300, top + 100}));
        loaded.page.mouseMove(mouse({100, top + 500}));
        loaded.page.mouseRelease(mouse({100, top + 500}));
        QVERIFY(!loaded.page.selectedText().isEmpty());
    }
    for (const QChar c : loaded.page.text()) {
        QVERIFY(c == u'\n' || c == u'\t' || c.unicode() >= 0x20);
    }
}

void TextPageTest::anXmlDeclarationNamesTheEncoding()
{
    const QByteArray xml = "<?xml version='1.0' encoding='iso-8859-1'?><a>\xE4</a>";
    Loaded loaded(xml, head(u"application/xml"_s));
    QVERIFY(loaded.page.text().endsWith(u"<a>ä</a>"));
    Loaded plain(xml);
    QVERIFY(plain.page.text().endsWith(u"<a>\uFFFD</a>"));
}

void TextPageTest::theMouseSelectsCharactersWordsAndLines()
{
    Loaded loaded("first line\nsecond Äpfel_2 line\nthird\n");
    const QRect word = loaded.rectOf(u"Äpfel_2"_s);
    loaded.page.mousePress(mouse(QPoint(word.left() + 1, word.center().y())));
    QCOMPARE(loaded.page.selectedText(), QString());
    loaded.page.mouseMove(mouse(QPoint(word.right(), word.center().y())));
    QCOMPARE(loaded.page.selectedText(), u"Äpfel_2"_s);
    QCOMPARE(loaded.client.selections, QList<bool>{true});
    loaded.page.mouseRelease(mouse(word.center()));

    loaded.page.mousePress(mouse(word.center(), 2));
    QCOMPARE(loaded.page.selectedText(), u"Äpfel_2"_s);
    loaded.page.mousePress(mouse(word.center(), 3));
    QCOMPARE(loaded.page.selectedText(), u"second Äpfel_2 line\n"_s);

    const QRect third = loaded.rectOf(u"third"_s);
    loaded.page.mouseMove(mouse(third.center()));
    QCOMPARE(loaded.page.selectedText(), u"second Äpfel_2 line\nthird\n"_s);

    loaded.page.mousePress(mouse({2, 2}));
    loaded.page.mouseRelease(mouse({2, 2}));
    loaded.page.mousePress(mouse(QPoint(word.left() + 1, word.center().y()), 1, Qt::ShiftModifier));
    QCOMPARE(loaded.page.selectedText(), u"first line\nsecond "_s);
}

void TextPageTest::aDragBackwardsFromAWordKeepsTheWord()
{
    Loaded loaded("alpha beta gamma delta\n");
    loaded.page.mousePress(mouse(loaded.rectOf(u"gamma"_s).center(), 2));
    loaded.page.mouseMove(mouse(loaded.rectOf(u"beta"_s).center()));
    QCOMPARE(loaded.page.selectedText(), u"beta gamma"_s);
    loaded.page.mouseMove(mouse(loaded.rectOf(u"delta"_s).center()));
    QCOMPARE(loaded.page.selectedText(), u"gamma delta"_s);
}

void TextPageTest::everythingCanBeSelectedAndReleased()
{
    Loaded loaded("one\n\ntwo\n");
    const QImage before = grab(loaded.page, {0, 0}, viewport);
    loaded.page.selectAll();
    QCOMPARE(loaded.page.selectedText(), loaded.page.text());
    QVERIFY(before != grab(loaded.page, {0, 0}, viewport));
    loaded.page.clearSelection();
    QCOMPARE(loaded.page.selectedText(), QString());
    QCOMPARE(loaded.client.selections, (QList<bool>{true, false}));
    QCOMPARE(before, grab(loaded.page, {0, 0}, viewport));
}

void TextPageTest::findCountsAndSteps()
{
    Loaded loaded("Apple apple\nAPPLE pie\n");
    FindResult result = loaded.page.find(u"apple"_s, FindDirection::Forward, FindCase::Insensitive);
    QCOMPARE(result.count, 3);
    QCOMPARE(result.active, 1);
    result = loaded.page.find(u"apple"_s, FindDirection::Forward, FindCase::Insensitive);
    QCOMPARE(result.active, 2);
    result = loaded.page.find(u"apple"_s, FindDirection::Backward, FindCase::Insensitive);
    result = loaded.page.find(u"apple"_s, FindDirection::Backward, FindCase::Insensitive);
    QCOMPARE(result.active, 3);
    result = loaded.page.find(u"apple"_s, FindDirection::Forward, FindCase::Sensitive);
    QCOMPARE(result.count, 1);
    QCOMPARE(result.active, 1);
    result = loaded.page.find(u"pear"_s, FindDirection::Forward, FindCase::Insensitive);
    QCOMPARE(result.count, 0);
    QCOMPARE(result.active, 0);
    QCOMPARE(loaded.page.find({}, FindDirection::Forward, FindCase::Insensitive).count, 0);
    QCOMPARE(loaded.page.find(u"e\nA"_s, FindDirection::Forward, FindCase::Insensitive).count, 1);
}

void TextPageTest::findBackwardsBeginsAtTheEnd()
{
    Loaded loaded("x\nx\nx\n");
    QCOMPARE(loaded.page.find(u"x"_s, FindDirection::Backward, FindCase::Sensitive).active, 3);
}

void TextPageTest::findGoesOnInWhatArrivesLater()
{
    FakePageClient client;
    TextPage page(head(), client);
    page.append("needle and nee");
    QCOMPARE(page.find(u"needle"_s, FindDirection::Forward, FindCase::Sensitive).count, 1);
    page.append("dle and needle");
    page.finish();
    const FindResult result = page.find(u"needle"_s, FindDirection::Forward, FindCase::Sensitive);
    QCOMPARE(result.count, 3);
    QCOMPARE(result.active, 2);
}

void TextPageTest::findStopsCountingAtItsLimit()
{
    Loaded loaded(QByteArray(1'000'000, 'a'));
    QCOMPARE(loaded.page.find(u"a"_s, FindDirection::Forward, FindCase::Insensitive).count,
             int(TextFinder::maximumMatches));
}

void TextPageTest::aMatchFarDownIsPaintedWhereItIsSaidToBe()
{
    // Beyond 33 million pixels, where 26.6 fixed point ends.
    Loaded loaded(QByteArray(3'000'000, '\n') + "needle");
    const FindResult result = loaded.page.find(u"needle"_s, FindDirection::Forward, FindCase::Sensitive);
    QCOMPARE(result.count, 1);
    QVERIFY(result.activeRect.top() > 33'554'432);
    const QImage image = grab(loaded.page, result.activeRect.topLeft(), result.activeRect.size());
    bool hasMatchColor = false;
    bool hasText = false;
    for (int x = 0; x < image.width(); ++x) {
        const QColor color = image.pixelColor(x, image.height() / 2);
        hasMatchColor = hasMatchColor || color == documentColors(ColorScheme::Light).activeMatch;
        hasText = hasText || color.lightness() < 100;
    }
    QVERIFY(hasMatchColor);
    QVERIFY(hasText);
}

void TextPageTest::anEmptyDocumentHasNothingToFail()
{
    Loaded loaded({});
    QCOMPARE(loaded.page.text(), QString());
    QVERIFY(isBlank(grab(loaded.page, {0, 0}, viewport)));
    loaded.page.mousePress(mouse({100, 100}, 2));
    loaded.page.mousePress(mouse({100, 100}, 3));
    loaded.page.mouseMove(mouse({200, 200}));
    loaded.page.selectAll();
    QCOMPARE(loaded.page.selectedText(), QString());
    QCOMPARE(loaded.page.find(u"x"_s, FindDirection::Forward, FindCase::Sensitive).count, 0);
}

void TextPageTest::tabsReachTheNextStop()
{
    Loaded loaded("\tX\nab\tX\n12345678X\n");
    const int first = loaded.page.find(u"X"_s, FindDirection::Forward, FindCase::Sensitive).activeRect.left();
    const int second = loaded.page.find(u"X"_s, FindDirection::Forward, FindCase::Sensitive).activeRect.left();
    const int third = loaded.page.find(u"X"_s, FindDirection::Forward, FindCase::Sensitive).activeRect.left();
    QCOMPARE(first, third);
    QCOMPARE(second, third);
}

QTEST_MAIN(TextPageTest)
#include "text_page_test.moc"
