// SPDX-License-Identifier: BSD-3-Clause
// What became of files of the profile is said in the window, as text, until it is dismissed or settled.
#include "browser/desktop/window/profile_notices.h"

#include "browser/desktop/settings/setting_keys.h"
#include "browser/widgets/info_bar.h"
#include "tests/browser/desktop/window/window_fixture.h"

#include <QDir>
#include <QFile>

using namespace bulkhead;

class ProfileNoticesTest : public QObject
{
    Q_OBJECT

    /// The window's own lines, not those of the page.
    static QList<InfoBar *> bars(const WindowFixture &f)
    {
        QList<InfoBar *> bars = f.window->findChildren<InfoBar *>();
        bars.removeIf([&f](const InfoBar *bar) { return !bar->isVisible() || f.page()->isAncestorOf(bar); });
        return bars;
    }
    static QStringList shown(const WindowFixture &f)
    {
        QStringList sentences;
        for (const InfoBar *bar : bars(f))
            sentences << bar->sentence();
        return sentences;
    }

private Q_SLOTS:
    void eachSentenceIsALineUntilItIsDismissed()
    {
        WindowFixture f;
        f.open(QStringLiteral("a"));
        ProfileNotices notices(*f.window);
        notices.tell({QStringLiteral("One <b>moved</b>."), QString(), QStringLiteral("Two.")});
        QCOMPARE(shown(f).size(), 2);
        QVERIFY(shown(f)[0].contains(QStringLiteral("<b>")));
        InfoBar *first = bars(f).constFirst();
        QSignalSpy gone(first, &QObject::destroyed);
        Q_EMIT first->dismissed();
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(shown(f), QStringList{QStringLiteral("Two.")});
    }

    void aBrokenFileOfSettingsIsToldOf()
    {
        WindowFixture f;
        f.open(QStringLiteral("a"));
        QFile file(f.folder.filePath(QStringLiteral("broken.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("rubbish") > 0);
        file.close();
        const Settings settings({file.fileName(), {}});
        ProfileNotices notices(*f.window);
        notices.follow(settings);
        QCOMPARE(shown(f).size(), 1);
        QVERIFY(shown(f)[0].contains(QStringLiteral("broken.json.broken-1")));
    }

    void aHistoryOfANewerVersionIsToldOf()
    {
        WindowFixture f;
        f.open(QStringLiteral("a"));
        QFile file(f.folder.filePath(QStringLiteral("history.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"format\":2}\n") > 0);
        file.close();
        const History history(f.folder.path());
        ProfileNotices notices(*f.window);
        notices.follow(history);
        QTRY_COMPARE(shown(f).size(), 1);
        QVERIFY(shown(f)[0].contains(QStringLiteral("history.jsonl.newer-1")));
    }

    void thatSettingsCannotBeWrittenIsSaidAsLongAsItIsSo()
    {
        WindowFixture f;
        f.open(QStringLiteral("a"));
        const QString folder = f.folder.filePath(QStringLiteral("place"));
        Settings settings({folder + QStringLiteral("/settings.json"),
                           {},
                           std::chrono::milliseconds(1),
                           std::chrono::milliseconds(20)});
        QFile inTheWay(folder);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();
        ProfileNotices notices(*f.window);
        notices.follow(settings);
        QVERIFY(shown(f).isEmpty());
        QVERIFY(settings.set(setting::PanelWidth, 100));
        QTRY_COMPARE(shown(f).size(), 1);
        QVERIFY(shown(f).constLast().contains(folder));
        QVERIFY(inTheWay.remove());
        QTRY_COMPARE(shown(f).size(), 0);
        QVERIFY(QFile::exists(folder + QStringLiteral("/settings.json")));
    }
};

QTEST_MAIN(ProfileNoticesTest)
#include "profile_notices_test.moc"
