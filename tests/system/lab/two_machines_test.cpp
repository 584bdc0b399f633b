// SPDX-License-Identifier: BSD-3-Clause
// TCP and UDP between two labs on two "machines": network namespaces, joined by a cable (veth), then by a bad one
// (netem).
#include "tests/support/lacking.h"
#include "tests/support/scoped_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>
#include <unistd.h>

using namespace bulkhead;

namespace {

/// Runs a program to its end; its exit code, and what it complained about.
std::pair<int, QByteArray> tool(const QString &line)
{
    QStringList words = line.split(u' ', Qt::SkipEmptyParts);
    const QString program = words.takeFirst();
    ScopedProcess process(program, words);
    if (!process.isStarted() || !process.waitForEnd())
        return {-1, process.whyNotStarted().toLocal8Bit()};
    return {process.exitCode(), process.errorOutput()};
}

QJsonObject resultOf(const QByteArray &output, const QString &mechanism)
{
    const QJsonObject json = QJsonDocument::fromJson(output).object();
    for (const QJsonValue &value : json[QStringLiteral("results")].toArray()) {
        if (value[QStringLiteral("mechanism")].toString() == mechanism)
            return value.toObject();
    }
    return {};
}

} // namespace

class TwoMachinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_WHEN_LACKING(lacking::networkNamespaces());
        m_id = QString::number(::getpid());
        for (const QString &line :
             {QStringLiteral("ip netns add lab-a-%1"), QStringLiteral("ip netns add lab-b-%1"),
              QStringLiteral("ip -n lab-a-%1 link add cable type veth peer name cable netns lab-b-%1"),
              QStringLiteral("ip -n lab-a-%1 addr add 192.0.2.1/24 dev cable"),
              QStringLiteral("ip -n lab-b-%1 addr add 192.0.2.2/24 dev cable"),
              QStringLiteral("ip -n lab-a-%1 link set cable up"), QStringLiteral("ip -n lab-b-%1 link set cable up"),
              QStringLiteral("ip -n lab-b-%1 link set lo up")}) {
            const auto [code, error] = tool(line.arg(m_id));
            if (code != 0 && error.contains("not supported")) // by a kernel without virtual cables
                QSKIP(("this kernel lacks network namespaces with virtual cables: " + error.trimmed()).constData());
            QVERIFY2(code == 0, (line.toUtf8() + ": " + error).constData());
        }
        m_server = std::make_unique<ScopedProcess>(
            QStringLiteral("ip"), QStringLiteral("netns exec lab-a-%1 %2 lab serve --listen 192.0.2.1:0")
                                      .arg(m_id, QStringLiteral(BULKHEAD_PROGRAM))
                                      .split(u' '));
        QVERIFY2(m_server->waitForOutput("\n"), m_server->errorOutput().constData());
        static const QRegularExpression Shown(QStringLiteral("--peer (\\S+) --token (\\S+)"));
        const QRegularExpressionMatch match = Shown.match(QString::fromUtf8(m_server->output()));
        QVERIFY(match.hasMatch());
        m_peer = match.captured(1);
        m_token = match.captured(2);
    }
    void cleanupTestCase()
    {
        m_server.reset();
        if (m_id.isEmpty())
            return;
        tool(QStringLiteral("ip netns del lab-a-%1").arg(m_id));
        tool(QStringLiteral("ip netns del lab-b-%1").arg(m_id));
    }

    void messagesCrossTheCable()
    {
        const QByteArray output = measure(QStringLiteral("tcp udp"), 200);
        for (const char *mechanism : {"tcp", "udp"}) {
            const QJsonObject result = resultOf(output, QLatin1String(mechanism));
            QCOMPARE(result[QStringLiteral("state")].toString(), QStringLiteral("measured"));
            QCOMPARE(result[QStringLiteral("checked")][QStringLiteral("wrong")].toInt(-1), 0);
        }
    }

    void aSlowAndLossyCableShows()
    {
        const auto [code, error] =
            tool(QStringLiteral("tc -n lab-b-%1 qdisc add dev cable root netem delay 5ms loss 10%").arg(m_id));
        if (code != 0 && error.contains("kind is unknown"))
            QSKIP(("this kernel lacks what spoils a cable (netem): " + error.trimmed()).constData());
        QVERIFY2(code == 0, error.constData());
        const QByteArray output = measure(QStringLiteral("tcp udp"), 100);
        tool(QStringLiteral("tc -n lab-b-%1 qdisc del dev cable root").arg(m_id));
        const QJsonObject tcp = resultOf(output, QStringLiteral("tcp"));
        const QJsonObject udp = resultOf(output, QStringLiteral("udp"));
        QVERIFY(tcp[QStringLiteral("round_trip_ns")][QStringLiteral("p50")].toDouble() >= 5e6);
        QVERIFY(udp[QStringLiteral("round_trip_ns")][QStringLiteral("lost_answers")].toInt() > 0); // of 100, one in ten
        QCOMPARE(tcp[QStringLiteral("round_trip_ns")][QStringLiteral("lost_answers")].toInt(-1), 0);
        QCOMPARE(udp[QStringLiteral("checked")][QStringLiteral("wrong")].toInt(-1), 0);
    }

private:
    QByteArray measure(const QString &mechanisms, int count)
    {
        ScopedProcess client(
            QStringLiteral("ip"),
            QStringLiteral("netns exec lab-b-%1 %2 lab run %3 --rounds 1 --count %4 --peer %5 --token %6")
                .arg(m_id, QStringLiteral(BULKHEAD_PROGRAM), mechanisms)
                .arg(count)
                .arg(m_peer, m_token)
                .split(u' '));
        if (!client.waitForEnd(std::chrono::seconds(200)) || client.exitCode() != 0)
            qWarning("%s", client.errorOutput().constData());
        return client.output();
    }

    QString m_id, m_peer, m_token;
    std::unique_ptr<ScopedProcess> m_server;
};

QTEST_GUILESS_MAIN(TwoMachinesTest)
#include "two_machines_test.moc"
