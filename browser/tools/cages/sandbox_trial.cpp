// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/sandbox_trial.h"

#include "browser/pages/page_processes/page_process.h"

#include <QCoreApplication>
#include <QPointer>

#include <cstring>
#include <memory>

namespace bulkhead {

namespace {

constexpr std::chrono::seconds AnswerTime{10};

QString tr(const char *source)
{
    return QCoreApplication::translate("SandboxTrial", source);
}

wire::BrowserToRenderer request(wire::TrySandbox::Deed deed)
{
    wire::BrowserToRenderer message;
    message.mutable_try_sandbox()->set_deed(deed);
    message.mutable_try_sandbox()->set_browser_pid(int(QCoreApplication::applicationPid()));
    return message;
}

TrialResult understood(const wire::SandboxAttempted &answer)
{
    if (answer.result() >= 0)
        return {TrialResult::Kind::Succeeded, tr("it succeeded")};
    const char *name = ::strerrorname_np(answer.error());
    return {TrialResult::Kind::Refused,
            QStringLiteral("%1: %2").arg(QString::fromLatin1(name ? name : "?"),
                                         QString::fromLocal8Bit(::strerror(answer.error())))};
}

TrialResult understood(const ExitReason &end)
{
    if (end.kind == ExitKind::ForbiddenCall && end.number >= 0)
        return {TrialResult::Kind::Ended,
                tr("process ended at system call %1, %2").arg(QString::number(end.number), end.detail)};
    return {TrialResult::Kind::Ended, tr("process ended: %1").arg(end.code())};
}

} // namespace

const std::vector<SandboxDeed> &sandboxDeeds()
{
    static const std::vector<SandboxDeed> deeds{
        {wire::TrySandbox::OPEN_FILE, QStringLiteral("open-file"), tr("Open /etc/passwd")},
        {wire::TrySandbox::CONNECT, QStringLiteral("connect"), tr("Connect to the network")},
        {wire::TrySandbox::FORK, QStringLiteral("fork"), tr("Start another process")},
        {wire::TrySandbox::EXECUTE, QStringLiteral("execute"), tr("Run a program")},
        {wire::TrySandbox::KILL_BROWSER, QStringLiteral("kill-browser"), tr("Signal the browser")},
        {wire::TrySandbox::TRACE, QStringLiteral("trace"), tr("Trace the browser")},
        {wire::TrySandbox::WRITABLE_CODE, QStringLiteral("writable-code"), tr("Map memory to write and execute")},
    };
    return deeds;
}

void tryInProcess(PageProcess &host, wire::TrySandbox::Deed deed, std::function<void(TrialResult)> done)
{
    // Whichever comes first: the reply, or the end of the process.
    const auto once = std::make_shared<std::function<void(TrialResult)>>(std::move(done));
    const auto finish = [once](TrialResult result) {
        if (const auto call = std::exchange(*once, nullptr))
            call(std::move(result));
    };
    QObject::connect(&host, &PageProcess::gone, &host, [&host, finish] { finish(understood(host.exitReason())); });
    host.channel().request(request(deed), AnswerTime,
                           [finish](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                               if (reply && reply->has_sandbox_attempted())
                                   finish(understood(reply->sandbox_attempted()));
                               // Without a reply the process is ending, and that says why.
                           });
}

void countDescriptors(PageProcess &host, std::function<void(int)> done)
{
    host.channel().request(request(wire::TrySandbox::COUNT_DESCRIPTORS), AnswerTime,
                           [done = std::move(done)](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                               done(reply && reply->has_sandbox_attempted() ? int(reply->sandbox_attempted().result())
                                                                            : -1);
                           });
}

} // namespace bulkhead
