// SPDX-License-Identifier: BSD-3-Clause
// A child gone bad: goes the real way through the real zygote into the real sandbox, and then, instead of showing
// pages, does what the browser's end of the test tells it to: TrySandbox with a number beyond the enumeration's names
// an attack.
#include "app/runtime/child/child_program.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/renderer.pb.h"
#include "renderer/process/prepare.h"
#include "tests/support/ready_message.h"
#include "tests/system/sandbox/attack.h"
#include "tests/system/sandbox/attack_protocol.h"

#include <cerrno>
#include <optional>

using namespace bulkhead;

namespace {

/// What ends a plugin's loading of libraries; made before the file system is gone, as the plugin host does it.
std::optional<sandbox::LoadingEnd> loadingEnd;

int run(StartedChild child)
{
    if (child.cage.report.role() == sandbox::roles::plugin().name && !(loadingEnd && loadingEnd->apply()))
        return 1;
    BlockingChannel channel(std::move(child.channel));
    auto [ready, fds] = test::readyFromCage(std::move(child.cage));
    if (!channel.send(ready, std::move(fds)))
        return 1;
    for (;;) {
        wire::BrowserToRenderer message;
        Result<BlockingChannel::Received> received = channel.receive(message);
        if (!received)
            return 0;
        attack::Tools tools;
        tools.browserPid = message.try_sandbox().browser_pid();
        tools.channel = channel.socket();
        if (!received->fds.empty())
            tools.framebuffer = received->fds[0].get();
        const auto number = std::size_t(message.try_sandbox().deed() - attack::FirstDeed);
        if (number >= attack::attacks().size())
            return 1;
        errno = 0;
        const long result = attack::attacks()[number].deed(tools);
        const int error = errno;
        wire::RendererToBrowser answer;
        answer.mutable_sandbox_attempted()->set_result(result);
        answer.mutable_sandbox_attempted()->set_error(result < 0 ? error : 0);
        if (!channel.reply(received->requestId, answer))
            return 1;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const auto chooseFonts = [](bool caged) {
        prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem);
        if (auto end = sandbox::LoadingEnd::prepare(caged ? wire::USER_NAMESPACE : wire::SANDBOX_OFF))
            loadingEnd = std::move(*end);
    };
    attack::attacks(); // built before the file system is gone
    return runChildProgram(
        argc, argv, {chooseFonts, &prepareRenderer, &run, {sandbox::roles::renderer(), sandbox::roles::plugin()}});
}
