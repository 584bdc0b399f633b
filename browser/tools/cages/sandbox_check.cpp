// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/sandbox_check.h"

#include "browser/tools/cages/sandbox_advice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstring>

namespace bulkhead {

SandboxCheck::SandboxCheck(ChildLauncher &launcher, QString childProgram, Format format, QObject *parent)
    : QObject(parent), m_launcher(launcher), m_childProgram(std::move(childProgram)), m_format(format)
{
}

void SandboxCheck::start()
{
    m_child = std::make_unique<FreshChild>(m_launcher);
    connect(m_child.get(), &FreshChild::ready, this, [this] {
        m_process.pid = m_child->host().pid();
        m_process.report = m_child->host().sandbox();
        m_process.facts = ProcessFacts::of(m_process.pid);
        countDescriptors(m_child->host(), [this](int descriptors) {
            m_process.descriptors = descriptors;
            tryEverything(m_launcher, this, [this](const QMap<QString, TrialResult> &results) {
                m_results = results;
                report();
            });
        });
    });
    connect(m_child.get(), &FreshChild::gone, this, [this] {
        m_failure = m_child->host().exitReason().sentence();
        report();
    });
}

void SandboxCheck::report()
{
    SandboxVerdict verdict = verdictOn(m_process.report);
    if (!m_failure.isEmpty()) {
        verdict.level = SandboxLevel::None;
        verdict.sentence = m_failure;
    }
    for (auto result = m_results.cbegin(); result != m_results.cend(); ++result) {
        if (!result->prevented() && verdict.level == SandboxLevel::Full) {
            verdict.level = SandboxLevel::Reduced;
            verdict.sentence = tr("The sandbox does not hold: “%1” succeeded.").arg(result.key());
        }
    }
    // Later: the child is still in the signal that brought us here.
    const QByteArray output = m_format == Format::Json ? json(verdict) : text(verdict);
    const int code = verdict.level == SandboxLevel::Full ? Full : NotFull;
    QMetaObject::invokeMethod(
        this, [this, output, code] { Q_EMIT finished(output, code); }, Qt::QueuedConnection);
}

QByteArray SandboxCheck::text(const SandboxVerdict &verdict) const
{
    QString out = verdict.sentence + QStringLiteral("\n\n");
    const auto line = [&out](const QString &key, const QString &value) {
        out += QStringLiteral("  %1  %2\n").arg(key, -34).arg(value);
    };
    for (const wire::SandboxLayer layer : sandboxLayers()) {
        const wire::SandboxStep *step = stepOf(m_process.report, layer);
        const bool done = step && step->done();
        const bool failed = step && !done && step->error() != 0;
        line(layerName(layer),
             (done ? tr("yes") : tr("no")) +
                 (failed ? QStringLiteral(" (%1)").arg(QString::fromLatin1(::strerrorname_np(step->error())))
                         : QString()));
    }
    if (m_process.pid > 0) {
        out += u'\n';
        line(tr("Landlock ABI"), QString::number(m_process.report.landlock_abi()));
        line(tr("system calls allowed"), QString::number(m_process.report.allowed_calls()));
        line(tr("system calls refused softly"), QString::number(m_process.report.softly_refused_calls()));
        line(tr("open descriptors"), QString::number(m_process.descriptors));
        if (m_process.facts) {
            line(tr("seccomp mode"), QString::number(m_process.facts->seccompMode));
            line(tr("capabilities"), QString::number(m_process.facts->capabilities, 16));
        }
        const QMap<QString, quint64> own = ownNamespaces();
        for (const wire::SandboxNamespace &entry : m_process.report.namespaces()) {
            const QString kind = QString::fromStdString(entry.kind());
            line(tr("%1 namespace").arg(kind), tr("%1, the browser's is %2").arg(entry.id()).arg(own.value(kind)));
        }
        out += u'\n';
    }
    for (const SandboxDeed &deed : sandboxDeeds()) {
        if (m_results.contains(deed.key))
            line(deed.name, m_results[deed.key].answer);
    }
    if (const QString advice = sandboxAdvice(m_zygote, m_childProgram); !advice.isEmpty())
        out += u'\n' + advice + u'\n';
    return out.toUtf8();
}

QByteArray SandboxCheck::json(const SandboxVerdict &verdict) const
{
    QJsonArray layers;
    for (const wire::SandboxLayer layer : sandboxLayers()) {
        const wire::SandboxStep *step = stepOf(m_process.report, layer);
        layers.append(QJsonObject{
            {QStringLiteral("layer"), QString::fromStdString(wire::SandboxLayer_Name(layer)).mid(6).toLower()},
            {QStringLiteral("done"), step && step->done()},
            {QStringLiteral("errno"), step ? step->error() : 0}});
    }
    const QMap<QString, quint64> own = ownNamespaces();
    QJsonObject namespaces;
    for (const wire::SandboxNamespace &entry : m_process.report.namespaces()) {
        const QString kind = QString::fromStdString(entry.kind());
        namespaces.insert(kind, QJsonObject{{QStringLiteral("child"), qint64(entry.id())},
                                            {QStringLiteral("browser"), qint64(own.value(kind))}});
    }
    QJsonObject attempts;
    for (auto result = m_results.cbegin(); result != m_results.cend(); ++result) {
        attempts.insert(result.key(), QJsonObject{{QStringLiteral("prevented"), result->prevented()},
                                                  {QStringLiteral("answer"), result->answer}});
    }
    QJsonObject limits;
    if (m_process.facts) {
        for (auto limit = m_process.facts->limits.cbegin(); limit != m_process.facts->limits.cend(); ++limit)
            limits.insert(limit.key(), limit.value());
    }
    const wire::SandboxReport &report = m_process.report;
    const QJsonObject all{
        {QStringLiteral("verdict"), sandboxLevelName(verdict.level)},
        {QStringLiteral("sentence"), verdict.sentence},
        {QStringLiteral("mode"), QString::fromStdString(wire::SandboxMode_Name(report.mode())).toLower()},
        {QStringLiteral("layers"), layers},
        {QStringLiteral("namespaces"), namespaces},
        {QStringLiteral("landlock_abi"), int(report.landlock_abi())},
        {QStringLiteral("allowed_calls"), int(report.allowed_calls())},
        {QStringLiteral("softly_refused_calls"), int(report.softly_refused_calls())},
        {QStringLiteral("filter_instructions"), int(report.filter_instructions())},
        {QStringLiteral("open_descriptors"), m_process.descriptors},
        {QStringLiteral("seccomp_mode"), m_process.facts ? m_process.facts->seccompMode : -1},
        {QStringLiteral("limits"), limits},
        {QStringLiteral("attempts"), attempts},
        {QStringLiteral("advice"), sandboxAdvice(m_zygote, m_childProgram)}};
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

} // namespace bulkhead
