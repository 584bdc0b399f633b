// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/content_type.h"
#include "browser/pages/fetch/file_names.h"

#include <QSet>
#include <QTest>

using namespace bulkhead;

class ContentTypeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contentTypes_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("charset");
        const auto row = [](const char *header, const char *type, const char *charset) {
            QTest::newRow(header) << QByteArray(header) << QString::fromUtf8(type) << QString::fromUtf8(charset);
        };
        row("", "", "");
        row(";", "", "");
        row("/", "", "");
        row("text/", "", "");
        row("te xt/html", "", "");
        row("text/html/x", "", "");
        row("text", "", "");
        row("text/html", "text/html", "");
        row(" Text/HTML ; Charset=UTF-8", "text/html", "UTF-8");
        row("text/html;charset=\"utf-8\"", "text/html", "utf-8");
        row("text/html; charset=\"utf-8", "text/html", "utf-8");
        row("text/html;;;charset=a;charset=b", "text/html", "a");
        row("text/html; x; charset=utf-8", "text/html", "utf-8");
        row("text/html; boundary=\"a;charset=x\"; charset=y", "text/html", "y");
        row("text/html; charset=<script>", "text/html", "");
        row("text/plain, text/html; charset=utf-8", "text/html", "utf-8");
        row("text/html; charset", "text/html", "");
        row("text/html; charset=", "text/html", "");
        row("text/html; a=\"\\", "text/html", "");
    }
    void contentTypes()
    {
        QFETCH(QByteArray, header);
        const ContentType type = ContentType::parse(header);
        QTEST(type.mimeType, "type");
        QTEST(type.charset, "charset");
    }

    void dispositions_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("attachment");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *header, bool attachment, const char *name) {
            QTest::newRow(header) << QByteArray(header) << attachment << QString::fromUtf8(name);
        };
        row("", false, "");
        row("inline", false, "");
        row("INLINE; filename=a.txt", false, "a.txt");
        row("attachment", true, "");
        row("Attachment; FileName=\"a b.txt\"", true, "a b.txt");
        row("attachment; filename=\"a\\\"b.txt\"", true, "a\"b.txt");
        row("attachment; filename=\"na\xc3\xafve.txt\"", true, "naïve.txt");
        row("attachment; filename=\"na\xefve.txt\"", true, "naïve.txt");
        row("attachment; filename=plain.txt; filename*=UTF-8''na%C3%AFve.txt", true, "naïve.txt");
        row("attachment; filename*=iso-8859-1'en'%A3.txt", true, "£.txt");
        row("attachment; filename*=rubbish", true, "");
        row("unknown-kind", true, "");
        row("; filename=x", false, "");
        row("attachment; filename=\"../../etc/passwd\"", true, "../../etc/passwd");
    }
    void dispositions()
    {
        QFETCH(QByteArray, header);
        const auto disposition = ContentDisposition::parse(header);
        QTEST(disposition.attachment, "attachment");
        QTEST(disposition.fileName, "name");
    }

    void unknownTypesAreGuessed_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("type");
        const auto row = [](const char *tag, const QByteArray &start, const char *name, const char *type) {
            QTest::newRow(tag) << start << QString::fromUtf8(name) << QString::fromUtf8(type);
        };
        row("html", "<!DOCTYPE HTML><p>", "x", "text/html");
        row("html after space", "\n\t <HtMl >", "x", "text/html");
        row("html after mark", "\xef\xbb\xbf<title>", "x", "text/html");
        row("comment", "<!-- x --><p>", "x", "text/html");
        row("no tag end", "<pre", "x", "text/plain");
        row("almost a tag", "<paragraph>", "x", "text/plain");
        row("words", "hello", "x", "text/plain");
        row("words, named", "hello", "x.css", "text/css");
        row("utf-8", "h\xc3\xa9llo w\xc3\xb6rld", "x", "text/plain");
        row("latin-1", "h\xe9llo w\xf6rld", "x", "text/plain");
        row("empty", "", "x", "text/plain");
        row("empty, named", "", "x.zip", "text/plain");
        row("zeros", QByteArray(100, '\0'), "x", "application/octet-stream");
        row("zeros, named as text", QByteArray(100, '\0'), "x.html", "application/octet-stream");
        row("png", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "x.html", "image/png");
        row("pdf", "%PDF-1.4 ", "x", "application/pdf");
        row("gif", "GIF89a", "x", "image/gif");
    }
    void unknownTypesAreGuessed()
    {
        QFETCH(QByteArray, start);
        QFETCH(QString, name);
        QTEST(sniffMimeType(start, name), "type");
    }

    void nothingBecomesHtmlWhereThatIsForbidden()
    {
        QCOMPARE(sniffMimeType("<!DOCTYPE html><p>", QStringLiteral("x.html"), SniffHtml::No),
                 QStringLiteral("text/plain"));
        QCOMPARE(sniffMimeType("<p>hi", QStringLiteral("x"), SniffHtml::No), QStringLiteral("text/plain"));
    }

    void fileNamesAreSafe_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("safe");
        const auto row = [](const QString &wanted, const QString &safe) {
            QTest::newRow(qPrintable(wanted.left(40) + u' ' + safe.left(20))) << wanted << safe;
        };
        row(QStringLiteral("../../etc/passwd"), QStringLiteral("passwd"));
        row(QStringLiteral("..\\..\\boot.ini"), QStringLiteral("boot.ini"));
        row(QStringLiteral("/"), QStringLiteral("download"));
        row(QStringLiteral(".."), QStringLiteral("download"));
        row(QStringLiteral("."), QStringLiteral("download"));
        row(QString(), QStringLiteral("download"));
        row(QStringLiteral(".bashrc"), QStringLiteral("bashrc"));
        row(QStringLiteral(" . .x. "), QStringLiteral("x"));
        row(QStringLiteral("a\nb\tc\x01.txt"), QStringLiteral("a_b_c_.txt"));
        row(QStringLiteral("exe.\u202Egpj.sh"), QStringLiteral("exe._gpj.sh"));
        row(QStringLiteral("na\u00efve \u732b.txt"), QStringLiteral("na\u00efve \u732b.txt"));
        row(QString(QChar(0)) + QStringLiteral("x"), QStringLiteral("_x"));
        row(QString(QChar(0xd800)) + QStringLiteral("x"), QStringLiteral("?x"));
    }
    void fileNamesAreSafe()
    {
        QFETCH(QString, wanted);
        QTEST(file_names::safe(wanted), "safe");
    }

    void longNamesKeepTheirSuffix()
    {
        for (const QString &name : {QString(1000, u'x') + QStringLiteral(".tar.gz"),
                                    QString(1000, QChar(0x732b)) + QStringLiteral(".tar.gz")}) {
            const QString safe = file_names::safe(name);
            QVERIFY(safe.toUtf8().size() <= 200);
            QVERIFY(safe.toUtf8().size() > 190);
            QVERIFY(safe.endsWith(QLatin1String(".tar.gz")));
        }
        QVERIFY(file_names::safe(QStringLiteral("a.") + QString(1000, u'x')).toUtf8().size() <= 200);
    }

    void namesAreSuggested()
    {
        const auto suggest = [](const char *name, const char *url, const char *type) {
            return file_names::suggest(QString::fromUtf8(name), QUrl(QString::fromUtf8(url)), QString::fromUtf8(type));
        };
        QCOMPARE(suggest("x.zip", "http://h/y", "text/html"), QStringLiteral("x.zip"));
        QCOMPARE(suggest("..", "http://h/y.zip", "application/zip"), QStringLiteral("y.zip"));
        QCOMPARE(suggest("", "http://h/a/b%20c.zip?q=/d", "application/zip"), QStringLiteral("b c.zip"));
        QCOMPARE(suggest("", "http://h/a%2F..%2Fb.zip", "application/zip"), QStringLiteral("b.zip"));
        QCOMPARE(suggest("", "http://www.example.org/", "text/html"), QStringLiteral("www_example_org.html"));
        QCOMPARE(suggest("", "http://h/report", "application/pdf"), QStringLiteral("report.pdf"));
        QCOMPARE(suggest("", "data:image/png;base64,AA/../x", "image/png"), QStringLiteral("download.png"));
    }

    void takenNamesAreNumberedBeforeTheSuffix()
    {
        QSet<QString> taken;
        const auto next = [&](const char *name) {
            const QString unique =
                file_names::unique(QString::fromUtf8(name), [&](const QString &n) { return taken.contains(n); });
            taken.insert(unique);
            return unique;
        };
        QCOMPARE(next("a.tar.gz"), QStringLiteral("a.tar.gz"));
        QCOMPARE(next("a.tar.gz"), QStringLiteral("a (1).tar.gz"));
        QCOMPARE(next("a.tar.gz"), QStringLiteral("a (2).tar.gz"));
        QCOMPARE(next("noext"), QStringLiteral("noext"));
        QCOMPARE(next("noext"), QStringLiteral("noext (1)"));
    }
};

QTEST_APPLESS_MAIN(ContentTypeTest)
#include "content_type_test.moc"
