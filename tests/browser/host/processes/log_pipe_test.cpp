// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/log.h"
#include "browser/host/processes/log_pipe.h"
#include "ipc/core/socket_pair.h"

#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

using namespace bulkhead;

/// What children write, and what of it is in the log's file.
class LogPipeTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    UniqueFd m_writeEnd;
    std::unique_ptr<LogPipe> m_pipe;

    QString fileName() const { return m_folder.filePath(QStringLiteral("log")); }
    QByteArray logged() const
    {
        QFile file(fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void say(const QByteArray &bytes) const
    {
        QCOMPARE(::write(m_writeEnd.get(), bytes, size_t(bytes.size())), bytes.size());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QString error;
        QVERIFY2(log::initialise({spdlog::level::info, fileName()}, &error), qPrintable(error));
    }
    void init()
    {
        QVERIFY(QFile::resize(fileName(), 0));
        auto pipe = PipePair::create();
        QVERIFY(pipe);
        m_writeEnd = std::move(pipe->writeEnd);
        m_pipe = std::make_unique<LogPipe>(std::move(pipe->readEnd), QStringLiteral("renderer"));
        m_pipe->start(4711);
    }

    void aLineNamesRoleAndProcess()
    {
        say("hello\n");
        QTRY_VERIFY(logged().contains("[renderer 4711] hello\n"));
    }

    void aLineInPiecesIsOneLineAndTheLastNeedsNoEnd()
    {
        say("one ");
        QTest::qWait(0);
        say("line\nlast words");
        QTRY_VERIFY(logged().contains("one line\n"));
        QVERIFY(!logged().contains("last words"));
        m_writeEnd.reset();
        m_pipe->drain();
        QVERIFY(logged().contains("last words\n"));
    }

    void prefixesSetTheLevel()
    {
        say("<3>bad\n<4>odd\n<7>chatter\n");
        QTRY_VERIFY(logged().contains("odd"));
        QVERIFY(logged().contains("error [renderer 4711] bad"));
        QVERIFY(logged().contains("warning [renderer 4711] odd"));
        QVERIFY2(!logged().contains("chatter"), "debug is below the log's level");
    }

    void controlCharactersDoNotReachATerminal()
    {
        say("\x1b[2Jgone\x07\n");
        QTRY_VERIFY(logged().contains("gone"));
        QVERIFY(!logged().contains('\x1b'));
        QVERIFY(!logged().contains('\x07'));
    }

    void aFloodIsCountedAndCut()
    {
        const QByteArray line(60'000, 'x'); // and never an end
        for (int i = 0; i < 20; ++i) {
            say(line);
            QTest::qWait(0);
        }
        say("\n");
        for (int i = 0; i < 300; ++i)
            say("again\n");
        QTest::qWait(1100); // the next line begins another second
        say("after\n");
        QTRY_VERIFY(logged().contains("after"));
        QVERIFY(logged().contains("suppressed"));
        QVERIFY2(logged().size() < 600'000, qPrintable(QString::number(logged().size())));
    }
};

QTEST_GUILESS_MAIN(LogPipeTest)
#include "log_pipe_test.moc"
