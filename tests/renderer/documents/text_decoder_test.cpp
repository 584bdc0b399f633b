// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/page/text_decoder.h"

#include <QProcess>
#include <QTest>

using namespace bulkhead;
using namespace Qt::StringLiterals;

class TextDecoderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aByteOrderMarkBeatsTheTransport();
    void theTransportBeatsTheMetaElement();
    void aMetaElementCountsInHtmlOnly();
    void theEncodingIsFoundWhereTheStandardLooks_data();
    void theEncodingIsFoundWhereTheStandardLooks();
    void legacyEncodingsAreDecodedAsIconvDoes_data();
    void legacyEncodingsAreDecodedAsIconvDoes();
    void everyLabelHasAConverter_data();
    void everyLabelHasAConverter();
    void malformedBytesBecomeReplacementCharacters_data();
    void malformedBytesBecomeReplacementCharacters();
    void aCharacterMayBeSplitBetweenPieces_data();
    void aCharacterMayBeSplitBetweenPieces();
    void hostileHeadsAreScannedQuickly_data();
    void hostileHeadsAreScannedQuickly();
};

void TextDecoderTest::aByteOrderMarkBeatsTheTransport()
{
    QCOMPARE(decodeText("\xEF\xBB\xBF\xC3\xA4", u"windows-1252"_s, MetaCharset::Ignore), u"ä"_s);
    QCOMPARE(decodeText(QByteArrayView("\xFF\xFE\xE4\0", 4), u"utf-8"_s, MetaCharset::Ignore), u"ä"_s);
    QCOMPARE(decodeText(QByteArrayView("\xFE\xFF\0\xE4", 4), u"utf-8"_s, MetaCharset::Ignore), u"ä"_s);
}

void TextDecoderTest::theTransportBeatsTheMetaElement()
{
    QCOMPARE(decodeText("<meta charset=koi8-r>\xE4", u"ISO-8859-1"_s, MetaCharset::Honour),
             u"<meta charset=koi8-r>ä"_s);
    QCOMPARE(encodingOf("<meta charset=koi8-r>", u"no-such-thing"_s, MetaCharset::Honour), "KOI8-R");
}

void TextDecoderTest::aMetaElementCountsInHtmlOnly()
{
    QCOMPARE(encodingOf("<meta charset=koi8-r>", {}, MetaCharset::Honour), "KOI8-R");
    QCOMPARE(encodingOf("<meta charset=koi8-r>", {}, MetaCharset::Ignore), "UTF-8");
}

void TextDecoderTest::theEncodingIsFoundWhereTheStandardLooks_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("nothing") << QByteArray() << QByteArray("UTF-8");
    QTest::newRow("latin1 means windows-1252")
        << QByteArray("<META CharSet = 'Latin1' >") << QByteArray("windows-1252");
    QTest::newRow("http-equiv")
        << QByteArray("<!doctype html><meta content=\"text/html; charset=shift_jis\" http-equiv='Content-Type'>")
        << QByteArray("Shift_JIS");
    QTest::newRow("content without http-equiv")
        << QByteArray("<meta content='text/html; charset=shift_jis'>") << QByteArray("UTF-8");
    QTest::newRow("in a comment") << QByteArray("<!-- <meta charset=big5> --><meta charset=gbk>") << QByteArray("GBK");
    QTest::newRow("in an attribute") << QByteArray("<p title='<meta charset=big5>'><meta/charset=gbk>")
                                     << QByteArray("GBK");
    QTest::newRow("a page that says UTF-16 is not") << QByteArray("<meta charset=utf-16le>") << QByteArray("UTF-8");
    QTest::newRow("XML declaration") << QByteArray("<?xml version='1.0' encoding='iso-8859-2'?><html>")
                                     << QByteArray("ISO-8859-2");
    QTest::newRow("too late") << QByteArray(1024, ' ') + "<meta charset=big5>" << QByteArray("UTF-8");
    QTest::newRow("unknown, then known") << QByteArray("<meta charset=nonsense><meta charset=big5>")
                                         << QByteArray("Big5");
}

void TextDecoderTest::theEncodingIsFoundWhereTheStandardLooks()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, encoding);
    QCOMPARE(encodingOf(start, {}, MetaCharset::Honour), encoding);
}

void TextDecoderTest::legacyEncodingsAreDecodedAsIconvDoes_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("text");
    QTest::newRow("windows-1250") << u"windows-1250"_s << u"Příliš žluťoučký kůň"_s;
    QTest::newRow("windows-1251") << u"windows-1251"_s << u"Съешь ещё этих мягких булок"_s;
    QTest::newRow("windows-1252") << u"windows-1252"_s << u"“Œuvre” – 5 €"_s;
    QTest::newRow("windows-1253") << u"windows-1253"_s << u"Ξεσκεπάζω"_s;
    QTest::newRow("windows-1255") << u"windows-1255"_s << u"דג סקרן"_s;
    QTest::newRow("windows-1256") << u"windows-1256"_s << u"نص حكيم"_s;
    QTest::newRow("iso-8859-2") << u"iso-8859-2"_s << u"Zażółć gęślą jaźń"_s;
    QTest::newRow("iso-8859-7") << u"iso-8859-7"_s << u"Γαζίες"_s;
    QTest::newRow("iso-8859-10") << u"iso-8859-10"_s << u"Įņŧ"_s;
    QTest::newRow("iso-8859-14") << u"iso-8859-14"_s << u"Ŵŷ"_s;
    QTest::newRow("iso-8859-15") << u"iso-8859-15"_s << u"€ Š"_s;
    QTest::newRow("koi8-r") << u"koi8-r"_s << u"Съешь ещё"_s;
    QTest::newRow("koi8-u") << u"koi8-u"_s << u"Ґедзь їжак"_s;
    QTest::newRow("ibm866") << u"ibm866"_s << u"Привет"_s;
    QTest::newRow("shift_jis") << u"shift_jis"_s << u"いろはにほへと 漢字 ｶﾅ"_s;
    QTest::newRow("euc-jp") << u"euc-jp"_s << u"いろはにほへと 漢字"_s;
    QTest::newRow("iso-2022-jp") << u"iso-2022-jp"_s << u"漢字 and ASCII"_s;
    QTest::newRow("gbk") << u"gbk"_s << u"天地玄黄，宇宙洪荒。"_s;
    QTest::newRow("gb18030") << u"gb18030"_s << u"天地 😀"_s;
    QTest::newRow("big5") << u"big5"_s << u"天地玄黃，宇宙洪荒。"_s;
    QTest::newRow("euc-kr") << u"euc-kr"_s << u"키스의 고유조건은"_s;
    QTest::newRow("utf-16le") << u"utf-16le"_s << u"ä漢😀"_s;
}

void TextDecoderTest::legacyEncodingsAreDecodedAsIconvDoes()
{
    QFETCH(QString, label);
    QFETCH(QString, text);
    QProcess iconv;
    iconv.start(u"iconv"_s, {u"-f"_s, u"utf-8"_s, u"-t"_s, label == u"ibm866" ? u"cp866"_s : label});
    iconv.write(text.toUtf8());
    iconv.closeWriteChannel();
    QVERIFY(iconv.waitForFinished());
    const QByteArray bytes = iconv.readAllStandardOutput();
    QVERIFY2(!bytes.isEmpty(), iconv.readAllStandardError().constData());
    QCOMPARE(decodeText(bytes, label, MetaCharset::Ignore), text);
}

void TextDecoderTest::everyLabelHasAConverter_data()
{
    QTest::addColumn<QString>("label");
    for (const char *label : {"866",     "latin2",  "latin3",  "latin4",      "cyrillic",    "arabic",        "greek",
                              "hebrew",  "logical", "latin6",  "iso-8859-13", "iso-8859-14", "iso-8859-15",   "koi8",
                              "koi8-ru", "mac",     "tis-620", "cp1250",      "cp1251",      "ascii",         "cp1253",
                              "latin5",  "cp1255",  "cp1256",  "cp1257",      "cp1258",      "x-mac-cyrillic"}) {
        QTest::newRow(label) << QString::fromLatin1(label);
    }
}

void TextDecoderTest::everyLabelHasAConverter()
{
    QFETCH(QString, label);
    // A single byte above 0x7F is a whole character in all of these and malformed in UTF-8, the fallback.
    const QString text = decodeText("\xE1", label.toUpper(), MetaCharset::Ignore);
    QCOMPARE(text.size(), 1);
    QVERIFY(text != QString(QChar(QChar::ReplacementCharacter)));
}

void TextDecoderTest::malformedBytesBecomeReplacementCharacters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("charset");
    QTest::addColumn<QString>("text");
    QTest::newRow("stray byte") << QByteArray("a\xFF"
                                              "b")
                                << QString() << u"a\uFFFDb"_s;
    QTest::newRow("cut at the end") << QByteArray("a\xE2\x82") << QString() << u"a\uFFFD"_s;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QString() << u"\uFFFD\uFFFD"_s;
    QTest::newRow("surrogate in UTF-8") << QByteArray("\xED\xA0\x80") << QString() << u"\uFFFD\uFFFD\uFFFD"_s;
    QTest::newRow("half a UTF-16 unit") << QByteArray("a\0b", 3) << u"utf-16le"_s << u"a\uFFFD"_s;
    QTest::newRow("lone surrogate") << QByteArray("\0\xD8"
                                                  "a\0",
                                                  4)
                                    << u"utf-16le"_s << u"\uFFFDa"_s;
    QTest::newRow("half a kanji") << QByteArray("a\x8A") << u"shift_jis"_s << u"a\uFFFD"_s;
    QTest::newRow("refused encoding") << QByteArray("+ADw-script+AD4-") << u"iso-2022-kr"_s << u"\uFFFD"_s;
    QTest::newRow("zero bytes stay") << QByteArray("a\0b", 3) << QString() << QString::fromUtf16(u"a\0b", 3);
}

void TextDecoderTest::malformedBytesBecomeReplacementCharacters()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, charset);
    QFETCH(QString, text);
    QCOMPARE(decodeText(bytes, charset, MetaCharset::Ignore), text);
}

void TextDecoderTest::aCharacterMayBeSplitBetweenPieces_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("\xEF\xBB\xBFä漢😀") << u"ä漢😀"_s;
    QTest::newRow("UTF-16") << QByteArray("UTF-16LE") << QByteArray("\xFF\xFE\xE4\0\x3D\xD8\0\xDE", 8) << u"ä😀"_s;
    QTest::newRow("Shift_JIS") << QByteArray("Shift_JIS") << QByteArray("\x8A\xBF\x8E\x9A") << u"漢字"_s;
}

void TextDecoderTest::aCharacterMayBeSplitBetweenPieces()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    TextDecoder decoder(encoding);
    QString decoded;
    for (const char byte : bytes) {
        decoded += decoder.decode(QByteArrayView(&byte, 1));
    }
    decoded += decoder.finish();
    QCOMPARE(decoded, text);
}

void TextDecoderTest::hostileHeadsAreScannedQuickly_data()
{
    QTest::addColumn<QByteArray>("start");
    for (const char *piece :
         {"<", "<m", "<meta ", "<meta charset", "<meta charset=", "<!--", "<!--->", "</", "<a '", "<?xml ", "=",
          "<meta content=charset", "<meta http-equiv=content-type content='charset="}) {
        QTest::newRow(piece) << QByteArray(piece).repeated(5000);
        // Cut anywhere, too.
        QTest::addRow("%s, cut", piece) << QByteArray(piece).repeated(1024 / qsizetype(qstrlen(piece)) + 1).left(1024);
    }
}

void TextDecoderTest::hostileHeadsAreScannedQuickly()
{
    QFETCH(QByteArray, start);
    for (qsizetype length = 0; length < qMin<qsizetype>(start.size(), 64); ++length) {
        QCOMPARE(encodingOf(start.first(length), {}, MetaCharset::Honour), "UTF-8");
    }
    QCOMPARE(encodingOf(start, {}, MetaCharset::Honour), "UTF-8");
}

QTEST_GUILESS_MAIN(TextDecoderTest)
#include "text_decoder_test.moc"
