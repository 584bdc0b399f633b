// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/sandbox/victim.h"

#include "browser/host/processes/sandbox_verdict.h"
#include "ipc/core/fd_check.h"
#include "ipc/core/socket_pair.h"
#include "tests/support/wait_for.h"

namespace bulkhead {

namespace {
constexpr std::chrono::seconds AnswerTime{60};

SocketPair socketPair()
{
    Result<SocketPair> pair = SocketPair::create();
    if (!pair)
        qFatal("no sockets: %s", pair.error().what.c_str());
    return std::move(*pair);
}
} // namespace

Victim::Victim(ChildLauncher &launcher, ChildStart start)
    : m_process(QStringLiteral("victim")), m_channel([this] {
          SocketPair pair = socketPair();
          m_theirs = std::move(pair.theirs);
          return std::move(pair.ours);
      }())
{
    QObject::connect(&m_process, &ChildProcess::started, &m_process, [this] { m_started = true; });
    QObject::connect(&m_process, &ChildProcess::ended, &m_process,
                     [this](const ExitReason &reason) { m_end = reason; });
    m_channel.setHandler([this](const wire::RendererToBrowser &message, Channel::Envelope &envelope) {
        if (!message.has_ready())
            return;
        m_report = message.ready().sandbox();
        if (!envelope.fds.empty() && checkFd(envelope.fds[0], FdKind::CallListener) == FdFault::None)
            m_process.watchForbiddenCalls(std::move(envelope.fds[0]));
        m_introduced = true;
    });
    m_process.start(launcher, std::move(m_theirs), std::move(start));
}

bool Victim::waitUntilReady()
{
    if (!waitFor([this] { return m_end || (m_introduced && m_started); }, AnswerTime)) {
        m_why = QStringLiteral("it said nothing");
        return false;
    }
    if (m_end) {
        m_why = m_end->sentence();
        return false;
    }
    m_why = shortfall(m_report, m_process.promisedSandbox());
    return m_why.isEmpty();
}

std::optional<wire::RendererToBrowser> Victim::ask(const wire::BrowserToRenderer &message, Fds fds)
{
    std::optional<wire::RendererToBrowser> answer;
    m_channel.request(
        message, AnswerTime,
        [&answer](const wire::RendererToBrowser *reply, Channel::Envelope &) {
            if (reply)
                answer = *reply;
        },
        std::move(fds));
    m_channel.base().flush();
    if (!waitFor([&] { return answer || m_end; }, AnswerTime))
        return {};
    return answer;
}

} // namespace bulkhead
