// SPDX-License-Identifier: BSD-3-Clause
// Hostile children of every kind that went the real way into the cage, and then say whatever a seed makes of everything
// that can be said. The browser lives, answers, keeps its promises and gives everything back.
//   FUZZ_LOG=1                 the browser's log, and how each child ended
//   BULKHEAD_FUZZ_SECONDS=600  goes on for so long, with seed after seed, instead of the sample
//   BULKHEAD_FUZZ_SEED=N       begins with this seed; without the seconds plays only the round of that seed
//   BULKHEAD_FUZZ_KIND=NAMES   only "renderer", "plugin loader", "plugin" or "lab worker", or several with commas
//   between them
#include "browser/host/processes/log.h"
#include "tests/support/resource_counter.h"
#include "tests/support/wait_for.h"
#include "tests/system/fuzz/lab_round.h"
#include "tests/system/fuzz/page_round.h"

#include <QApplication>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <random>

using namespace bulkhead;
using namespace bulkhead::fuzz;

namespace {

/// A round is the same for its seed wherever it is played, so how much there is in it is not to be chosen.
constexpr int Children = 12, Loaders = 5, LabRuns = 5;
const QByteArray LabWorker = "lab worker";

std::vector<QByteArray> kinds()
{
    const QByteArray only = qgetenv("BULKHEAD_FUZZ_KIND");
    std::vector<QByteArray> all;
    for (const ChildKind kind : ChildKinds)
        all.emplace_back(QByteArray::fromStdString(std::string(childKindName(kind))));
    all.push_back(LabWorker);
    if (!only.isEmpty())
        std::erase_if(all, [&only](const QByteArray &kind) { return !only.split(',').contains(kind); });
    return all;
}

} // namespace

class FuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        spdlog::set_level(qEnvironmentVariableIsSet("FUZZ_LOG") ? spdlog::level::debug : spdlog::level::off);
        QVERIFY2(!kinds().empty(), "there is no such kind");
        // What is made once is there afterwards.
        Figures none;
        QCOMPARE((PageRound{ChildKind::Plugin, 1, 1}.play(none)), QString());
        // And what was made for once is gone.
        QElapsedTimer still;
        still.start();
        (void)waitFor([&] {
            if (!m_before || !m_before->difference().isEmpty()) {
                m_before = std::make_unique<ResourceCounter>();
                still.restart();
            }
            return still.elapsed() > 500;
        });
    }

    void whateverAChildSaysTheBrowserIsUnharmed_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<quint64>("seed");
        for (const QByteArray &kind : kinds()) {
            if (qEnvironmentVariableIsSet("BULKHEAD_FUZZ_SEED"))
                QTest::addRow("%s, seed %llu", kind.constData(), qgetenv("BULKHEAD_FUZZ_SEED").toULongLong())
                    << kind << quint64(qgetenv("BULKHEAD_FUZZ_SEED").toULongLong());
            else
                QTest::addRow("%s", kind.constData()) << kind << quint64(1);
        }
    }
    void whateverAChildSaysTheBrowserIsUnharmed()
    {
        if (qEnvironmentVariableIsSet("BULKHEAD_FUZZ_SECONDS"))
            QSKIP("goes on for longer instead");
        QFETCH(QByteArray, kind);
        QFETCH(quint64, seed);
        QCOMPARE(play(kind, seed), QString());
    }

    void andForAsLongAsOneLikes()
    {
        if (!qEnvironmentVariableIsSet("BULKHEAD_FUZZ_SECONDS"))
            QSKIP("BULKHEAD_FUZZ_SECONDS says how long");
        const qint64 most = qgetenv("BULKHEAD_FUZZ_SECONDS").toLongLong() * 1000;
        quint64 seed = qEnvironmentVariableIsSet("BULKHEAD_FUZZ_SEED") ? qgetenv("BULKHEAD_FUZZ_SEED").toULongLong()
                                                                       : quint64(std::random_device()());
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < most) {
            for (const QByteArray &kind : kinds()) {
                const QString wrong = play(kind, seed);
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(QStringLiteral("%1, seed %2: %3").arg(QString::fromLatin1(kind)).arg(seed).arg(wrong)));
            }
            ++seed;
        }
    }

    void cleanupTestCase()
    {
        for (auto it = m_figures.begin(); it != m_figures.end(); ++it)
            it->print(it.key().constData());
    }

private:
    QString play(const QByteArray &kind, quint64 seed)
    {
        // Before it begins: should the browser not outlive it, this is what is left.
        qInfo("playing BULKHEAD_FUZZ_KIND='%s' BULKHEAD_FUZZ_SEED=%llu", kind.constData(),
              static_cast<unsigned long long>(seed));
        Figures &figures = m_figures[kind];
        const Figures before = figures;
        QString wrong;
        if (kind == LabWorker) {
            wrong = LabRound{seed, LabRuns}.play(figures);
        } else {
            const auto is = [&kind](ChildKind one) {
                return kind == QByteArray::fromStdString(std::string(childKindName(one)));
            };
            const ChildKind which = *std::find_if(std::begin(ChildKinds), std::end(ChildKinds), is);
            wrong = PageRound{which, seed, which == ChildKind::PluginLoader ? Loaders : Children}.play(figures);
        }
        if (const QString left = m_before->waitUntilRestored(); wrong.isEmpty() && !left.isEmpty())
            wrong = QStringLiteral("something is left: ") + left;
        if (wrong.isEmpty() && figures.children == before.children)
            wrong = QStringLiteral("there was no child");
        return wrong;
    }

    std::unique_ptr<ResourceCounter> m_before;
    QMap<QByteArray, Figures> m_figures;
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    FuzzTest test;
    // What it says is few words each, but for many rounds: after two thousand Qt Test would say no seed any more.
    return QTest::qExec(&test, QCoreApplication::arguments() << QStringLiteral("-maxwarnings") << QStringLiteral("0"));
}
#include "fuzz_test.moc"
