// SPDX-License-Identifier: BSD-3-Clause
// What comes from outside is cleaned, bounded and escaped; what is kept of it is bounded, too.
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/shown/rich_text.h"
#include "browser/pages/shown/stored_text.h"
#include "browser/pages/shown/terminal_text.h"

#include <QElapsedTimer>
#include <QtTest>

#include <type_traits>

using namespace bulkhead;

static_assert(!std::is_convertible_v<OutsideText, QString>, "it becomes a QString by an explicit word only");
static_assert(!std::is_convertible_v<QString, OutsideText>, "and a QString becomes it by an explicit word only");

class OutsideTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlAndDirectionCharactersAreGone()
    {
        QCOMPARE(OutsideText(QStringLiteral("a\u0001b\u202ec\u2066d\u200ee\u200bf\ufeffg\u007fh")).plain(),
                 QStringLiteral("abcdefgh"));
        QCOMPARE(OutsideText(QString::fromUtf16(u"a\0b", 3)).plain(), QStringLiteral("ab"));
        QCOMPARE(OutsideText(QStringLiteral("a\n\tb\r\nc")).plain(), QStringLiteral("a b c"));
        QCOMPARE(OutsideText(QStringLiteral("a\nb"), OutsideText::Lines::Many).plain(), QStringLiteral("a\nb"));
        QCOMPARE(OutsideText(QStringLiteral("\U000E0041x")).plain(), QStringLiteral("x"));
        QCOMPARE(OutsideText(QString(QChar(0xd800))).plain(), QString(QChar(QChar::ReplacementCharacter)));
        QCOMPARE(OutsideText(QStringLiteral("\U0001F600 \u05e9\u05dc\u05d5\u05dd")).plain(),
                 QStringLiteral("\U0001F600 \u05e9\u05dc\u05d5\u05dd"));
    }

    void aMegabyteBecomesALine()
    {
        const QString megabyte(1 << 20, u'x');
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            QCOMPARE(OutsideText(megabyte).plain().size(), OutsideText::LongestLine + 1);
        QVERIFY(timer.elapsed() < 1000);
        QVERIFY(OutsideText(megabyte).plain().endsWith(u'\u2026'));
        // Also one of nothing but what is dropped.
        QCOMPARE(OutsideText(QString(1 << 20, QChar(0x202e))).plain(), QStringLiteral("\u2026"));
    }

    void escapedItHasNoTagAndNoEntity()
    {
        const OutsideText text(QStringLiteral("<img src='file:///x'>&lt;\"\n</div>"), OutsideText::Lines::Many);
        QCOMPARE(text.escaped(), QStringLiteral("&lt;img src=&#39;file:///x&#39;&gt;&amp;lt;&quot;<br>&lt;/div&gt;"));
        const QString html = RichText().bold(text).row(text, text).line(text).html();
        QVERIFY(!html.contains(QStringLiteral("<img")));
        QCOMPARE(html.count(QStringLiteral("</div>")), 1); // line()'s own
        QCOMPARE(html.count(QStringLiteral("<table>")), html.count(QStringLiteral("</table>")));
        QCOMPARE(toolTipText(OutsideText(QStringLiteral("plain, as it is"))), QStringLiteral("plain, as it is"));
        QVERIFY(!toolTipText(text).contains(QStringLiteral("<img")));
        QVERIFY(toolTipText(OutsideText(QStringLiteral("a &lt;b"))).contains(QStringLiteral("&amp;lt;b")));
    }

    void anAddressIsWrittenAsAddressesAre()
    {
        QCOMPARE(OutsideText(QUrl(QStringLiteral("https://a:b@example.org/x y"))).plain(),
                 QStringLiteral("https://example.org/x%20y"));
    }

    void aPageDoesNotSteerATerminal()
    {
        const QString text = QStringLiteral("a\u001b[2J\u009b31m\u202eb\tc\r\n");
        QCOMPARE(forOutput(text, StandardOutput::File), text.toUtf8());
        QCOMPARE(forOutput(text, StandardOutput::Terminal),
                 QStringLiteral("a\ufffd[2J\ufffd31m\ufffdb\tc\ufffd\n").toUtf8());
    }

    void whatIsKeptHasLengths()
    {
        const QString start = QStringLiteral("https://example.org/");
        const QUrl longest(start + QString(stored::UrlBytes - start.size(), u'a'));
        QVERIFY(stored::url(longest).has_value());
        QCOMPARE(stored::readUrl(*stored::url(longest)), longest);
        QVERIFY(!stored::url(QUrl(longest.toString() + u'a')).has_value());
        QVERIFY(!stored::readUrl(longest.toString() + u'a').has_value());
        QVERIFY(!stored::readUrl(QStringLiteral("no address")).has_value());
        QCOMPARE(stored::url(QUrl(QStringLiteral("https://me:secret@example.org/"))),
                 QStringLiteral("https://example.org/"));
        QCOMPARE(stored::readUrl(QStringLiteral("https://me:secret@example.org/")),
                 QUrl(QStringLiteral("https://example.org/")));
        QCOMPARE(stored::title(QStringLiteral("short")), QStringLiteral("short"));
        for (const QString &character :
             {QStringLiteral("x"), QStringLiteral("\u00e9"), QStringLiteral("\u20ac"), QStringLiteral("\U0001F600")}) {
            const QString kept = stored::title(character.repeated(5000));
            QVERIFY(kept.toUtf8().size() <= stored::TitleBytes);
            QVERIFY(kept.toUtf8().size() > stored::TitleBytes - 4);
            QVERIFY(character.repeated(5000).startsWith(kept));
        }
    }
};

QTEST_GUILESS_MAIN(OutsideTextTest)
#include "outside_text_test.moc"
