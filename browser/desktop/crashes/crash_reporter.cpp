// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/crash_reporter.h"

#include "browser/host/processes/signal_names.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/shown/shown_address.h"

namespace bulkhead {

namespace {

QJsonObject signalOf(const CrashRecord &record)
{
    QJsonObject object{
        {QStringLiteral("signal"), record.signal},
        {QStringLiteral("signal_name"), signal_names::name(record.signal)},
        {QStringLiteral("signal_code"), record.code},
        {QStringLiteral("fault_address"), QStringLiteral("0x%1").arg(record.faultAddress, 0, 16)},
        {QStringLiteral("thread"), record.thread == 0 ? QStringLiteral("main") : QString::number(record.thread)}};
    if (record.sender != 0)
        object.insert(QStringLiteral("sent_by"), record.sender);
    return object;
}

QJsonObject registersOf(const CrashRecord &record)
{
    QJsonObject object;
    for (std::size_t i = 0; i < crash::RegisterCount && qsizetype(i) < record.registers.size(); ++i)
        object.insert(QLatin1String(crash::RegisterNames[i]),
                      QStringLiteral("0x%1").arg(record.registers[qsizetype(i)], 0, 16));
    return object;
}

} // namespace

CrashReporter::CrashReporter(PageProcessPool &renderers, CrashStore &store, QObject *parent)
    : QObject(parent), m_store(store)
{
    // One at a time: a crash in a loop must not take all processors.
    m_thread.setMaxThreadCount(1);
    connect(&renderers, &PageProcessPool::hostAdded, this, &CrashReporter::watch);
    connect(&renderers, &PageProcessPool::hostGone, this, [this](PageProcess *host) { reportEnd(*host); });
    for (PageProcess *host : renderers.hosts())
        watch(host);
}

CrashReporter::~CrashReporter()
{
    m_thread.clear();
    m_thread.waitForDone();
}

void CrashReporter::watch(PageProcess *host)
{
    connect(host, &PageProcess::stackCaptured, this, [this, host](const CrashRecord &record) {
        report(*host, QStringLiteral("capture"), tr("You asked this process for its stack; it went on."), &record);
    });
}

void CrashReporter::reportEnd(PageProcess &host)
{
    const ExitReason &reason = host.exitReason();
    if (!reason.isAbnormal() || reason.kind == ExitKind::KilledByUser)
        return;
    report(host, reason.code(), reason.sentence(), host.crashRecord() ? &*host.crashRecord() : nullptr);
}

void CrashReporter::report(PageProcess &host, const QString &reason, const QString &sentence, const CrashRecord *record)
{
    CrashReport report;
    report.time = QDateTime::currentDateTimeUtc();
    report.id = report.time.toString(QStringLiteral("yyyyMMdd-HHmmsszzz-")) + QString::number(++m_number);
    report.isCapture = record && record->kind == crash::Kind::Capture;
    report.reason = reason;
    report.sentence = sentence;
    report.version = QStringLiteral(BULKHEAD_VERSION);
    report.pid = host.pid();
    for (const QUrl &url : host.urls())
        report.urls << ShownAddress(url, ShownAddress::LongestLine).text();
    for (const Site &site : host.sites())
        report.sites << site.key();
    for (const LoggedMessage &message : host.messages().recent())
        report.messages << message.toJson();
    if (!record)
        return m_store.add(report);
    report.signal = signalOf(*record);
    report.registers = registersOf(*record);
    m_thread.start([this, report, record = *record, folders = symbolFolders()]() mutable {
        report.frames = symbolise(record, folders);
        QMetaObject::invokeMethod(
            this, [this, report] { m_store.add(report); }, Qt::QueuedConnection);
    });
}

} // namespace bulkhead
