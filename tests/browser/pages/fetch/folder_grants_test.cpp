// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/folder_grants.h"
#include "tests/support/real_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;

class FolderGrantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noDocumentIsLetIntoTheSystemsOrThePersonsOwn()
    {
        for (const QString &folder :
             {QStringLiteral("/"), QStringLiteral("/etc"), QStringLiteral("/etc/ssl"), QStringLiteral("/proc"),
              QStringLiteral("/sys/kernel"), QStringLiteral("/dev"), QDir::homePath(),
              QDir::homePath() + QStringLiteral("/.."), QDir::homePath() + QStringLiteral("/.ssh/keys"),
              QStringLiteral("relative"), QString()})
            QVERIFY2(!FolderGrants::mayBeGranted(folder), qPrintable(folder));
        for (const QString &folder :
             {QStringLiteral("/usr/share/doc"), QDir::homePath() + QStringLiteral("/Documents")})
            QVERIFY2(FolderGrants::mayBeGranted(folder), qPrintable(folder));
    }

    void theHomeFolderIsClosedByEachOfItsNames()
    {
        QTemporaryDir dir;
        const QString real = QFileInfo(dir.path()).canonicalFilePath();
        QVERIFY(QDir(real).mkdir(QStringLiteral("me")));
        QVERIFY(QFile::link(real + QStringLiteral("/me"), real + QStringLiteral("/home")));
        const QByteArray before = qgetenv("HOME");
        qputenv("HOME", QFile::encodeName(real + QStringLiteral("/home")));
        const bool asLink = FolderGrants::mayBeGranted(real + QStringLiteral("/home"));
        const bool asItIs = FolderGrants::mayBeGranted(real + QStringLiteral("/me"));
        const bool hidden = FolderGrants::mayBeGranted(real + QStringLiteral("/me/.ssh"));
        qputenv("HOME", before);
        QVERIFY(!asLink);
        QVERIFY(!asItIs);
        QVERIFY(!hidden);
    }

    void grantsOutliveTheAppAndAreForOneSite()
    {
        QTemporaryDir dir;
        const Site site = test::siteOf(QUrl(QStringLiteral("file:///usr/share/doc/a/index.html")));
        const Site other = test::siteOf(QUrl(QStringLiteral("file:///usr/share/doc/b/index.html")));
        {
            FolderGrants grants(dir.path());
            grants.add(site, QStringLiteral("/usr/share/info"));
            grants.add(site, QStringLiteral("/etc"));
            grants.add(Site::forUrl(QUrl(QStringLiteral("https://a.test/"))), QStringLiteral("/usr/share/info"));
        }
        FolderGrants grants(dir.path());
        QCOMPARE(grants.of(site), QStringList{QStringLiteral("/usr/share/info")});
        QVERIFY(grants.of(other).isEmpty());
        QVERIFY(grants.of(Site::forUrl(QUrl(QStringLiteral("https://a.test/")))).isEmpty());
    }

    void aFileThatWasTamperedWithOpensNothing()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("folders.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"/usr/share/doc/a\": [\"/etc\", \"/\", 7, \"/usr/share/info\"]}");
        file.close();
        FolderGrants grants(dir.path());
        QCOMPARE(grants.of(test::siteOf(QUrl(QStringLiteral("file:///usr/share/doc/a/index.html")))),
                 QStringList{QStringLiteral("/usr/share/info")});
    }

    void whatWasAllowedIsTakenBack()
    {
        QTemporaryDir dir;
        const Site site = test::siteOf(QUrl(QStringLiteral("file:///usr/share/doc/a/index.html")));
        {
            FolderGrants grants(dir.path());
            grants.add(site, QStringLiteral("/usr/share/info"));
            grants.add(site, QStringLiteral("/usr/share/man"));
            grants.revoke(site.folder(), QStringLiteral("/usr/share/info"));
        }
        FolderGrants grants(dir.path());
        QCOMPARE(grants.of(site), QStringList{QStringLiteral("/usr/share/man")});
    }
};

QTEST_APPLESS_MAIN(FolderGrantsTest)
#include "folder_grants_test.moc"
