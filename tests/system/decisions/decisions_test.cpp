// SPDX-License-Identifier: BSD-3-Clause
// What the trusted process decides: every case of case.h as the product is, and once more with the one protection that
// it relies on replaced, so that a case which cannot fail shows up.
#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/log.h"
#include "browser/host/processes/zygote_launcher.h"
#include "tests/support/resource_counter.h"
#include "tests/support/wait_for.h"
#include "tests/system/decisions/case.h"
#include "tests/system/sandbox/disguise.h"

#include <QApplication>
#include <QFile>
#include <QtTest>

#include <cstdio>
#include <unistd.h>

using namespace bulkhead;

class DecisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        spdlog::set_level(qEnvironmentVariableIsSet("DECISIONS_LOG") ? spdlog::level::info : spdlog::level::off);
        addInitiatorCases(m_cases);
        addAboutCases(m_cases);
        addActivationCases(m_cases);
        addFileCases(m_cases);
        addNetworkCases(m_cases);
        addMessageCases(m_cases);
        addPluginCases(m_cases);
        addIsolationCases(m_cases);
        addNamedFileCases(m_cases);
        addTextCases(m_cases);
        addAddressCases(m_cases);
        addBudgetCases(m_cases);
        addLabCases(m_cases);
        m_outcomes.resize(m_cases.size());
    }

    void everyDecisionHolds_data() { rows(); }
    void everyDecisionHolds()
    {
        QFETCH(int, number);
        const Case &played = m_cases[std::size_t(number)];
        Outcome &outcome = m_outcomes[std::size_t(number)];
        outcome.with = play(played);
        QCOMPARE(outcome.with, QString::fromUtf8(played.expected));
        outcome.holds = true;
    }

    void withoutItsProtectionTheAttackSucceeds_data() { rows(); }
    void withoutItsProtectionTheAttackSucceeds()
    {
        QFETCH(int, number);
        const Case &played = m_cases[std::size_t(number)];
        Outcome &outcome = m_outcomes[std::size_t(number)];
        const Replacement replacement(played.protection);
        outcome.without = play(played);
        QCOMPARE(outcome.without, QString::fromUtf8(played.without));
        QVERIFY(played.expected != played.without);
        outcome.canFail = true;
    }

    void nothingIsLeftBehind()
    {
        // What is made once is there by now; a fork server may be on its way to take over from another.
        QVERIFY(waitFor([] { return ResourceCounter().count(QStringLiteral("process ")) == 1; }));
        // What the cases before left to threads that are about to end may go meanwhile, so there may be less than
        // before, once; what leaks becomes more each time.
        QString difference;
        for (int round = 0; round < 3; ++round) {
            const ResourceCounter before;
            play(m_cases.front());
            play(m_cases.back());
            difference = before.waitUntilRestored();
            if (difference.isEmpty())
                break;
        }
        QCOMPARE(difference, QString());
    }

    void cleanupTestCase() { writeTable(); }

private:
    struct Outcome
    {
        QString with, without;
        bool holds = false, canFail = false;
    };

    void rows()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < m_cases.size(); ++i)
            QTest::addRow("%s: %s", m_cases[i].group, m_cases[i].name) << int(i);
    }

    QString play(const Case &played)
    {
        if (played.alone)
            return played.alone();
        gesture_time::reset();
        Scene scene(m_zygote, played.settings);
        return played.run(scene);
    }

    void writeTable() const
    {
        const auto complete = [](const Outcome &outcome) { return outcome.holds && outcome.canFail; };
        std::vector<std::pair<QByteArray, std::pair<int, int>>> groups; // in the order of the cases
        int good = 0;
        for (std::size_t i = 0; i < m_cases.size(); ++i) {
            if (m_outcomes[i].with.isNull() || m_outcomes[i].without.isNull())
                return; // only some were asked for
            if (groups.empty() || groups.back().first != m_cases[i].group)
                groups.push_back({m_cases[i].group, {}});
            groups.back().second.first += complete(m_outcomes[i]);
            ++groups.back().second.second;
            good += complete(m_outcomes[i]);
        }
        QFile file(QStringLiteral(DECISIONS_TABLE));
        if (!file.open(QIODevice::WriteOnly))
            return;
        QByteArray text = "# What the browser process decides\n\n" + QByteArray::number(good) + " of " +
                          QByteArray::number(m_cases.size()) +
                          " decisions hold, and fail without the protection that is named.\n\n| group | hold | cases "
                          "|\n|---|---|---|\n";
        for (const auto &[name, count] : groups)
            text += "| " + name + " | " + QByteArray::number(count.first) + " | " + QByteArray::number(count.second) +
                    " |\n";
        text += "\n| group | what must happen | it ended in | protection | replaced by one that | then it ended in "
                "|\n|---|---|---|---|---|---|\n";
        const auto cell = [](const QString &outcome) { return QString(outcome).replace(u'|', u'/').toUtf8(); };
        for (std::size_t i = 0; i < m_cases.size(); ++i) {
            const Case &played = m_cases[i];
            text += QByteArray("| ") + played.group + " | " + played.name + " | " + cell(m_outcomes[i].with) + " | `" +
                    played.protection.function + "` | " + played.protection.replaced + " | " +
                    cell(m_outcomes[i].without) + " |\n";
        }
        file.write(text);
        qInfo("%d of %d decisions hold and can fail", good, int(m_cases.size()));
    }

    Cases m_cases;
    std::vector<Outcome> m_outcomes;
    ExecLauncher m_exec{QStringLiteral(HOSTILE_CHILD)};
    ZygoteLauncher m_zygote{QStringLiteral(HOSTILE_CHILD), m_exec};
};

int main(int argc, char **argv)
{
    // As root the cage is made in another way than for an ordinary user: both are played.
    if (qEnvironmentVariableIsSet("DECISIONS_AS_USER")) {
        if (::geteuid() != 0) {
            std::puts("SKIP: not root, so system_decisions_test is an ordinary user's already");
            return 0;
        }
        if (const std::string refusal = putOn(Disguise::Nobody); !refusal.empty()) {
            std::fprintf(stderr, "%s\n", refusal.c_str());
            return 1;
        }
        for (const char *program : {HOSTILE_CHILD, HOSTILE_LAB_WORKER}) {
            if (::access(program, X_OK) != 0) {
                std::printf("SKIP: a folder above %s is closed to other users than root\n", program);
                return 0;
            }
        }
        if (::access(qgetenv("TMPDIR").constData(), W_OK) != 0) // root's alone
            qunsetenv("TMPDIR");
    }
    QApplication app(argc, argv);
    app.setAttribute(Qt::AA_Use96Dpi, true);
    DecisionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "decisions_test.moc"
