// SPDX-License-Identifier: BSD-3-Clause
// A child that paints: text in several scripts, on its main thread and on others at once, and answers with a hash of
// the pixels. The same program in the sandbox and without it, to compare.
#include "app/runtime/child/child_program.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/renderer.pb.h"
#include "renderer/process/prepare.h"
#include "tests/support/ready_message.h"

#include <QCryptographicHash>
#include <QImage>
#include <QPainter>
#include <QThreadPool>

#include <atomic>
#include <cstring>

using namespace bulkhead;

namespace {

constexpr int Threads = 8;

QByteArray paintedText()
{
    QImage image(700, 520, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    int y = 30;
    for (const char *family : {"sans-serif", "serif", "monospace", "DejaVu Sans", "Noto Sans CJK JP"}) {
        for (const bool bold : {false, true}) {
            QFont font(QString::fromLatin1(family));
            font.setPixelSize(22);
            font.setBold(bold);
            font.setHintingPreference(QFont::PreferNoHinting);
            painter.setFont(font);
            painter.drawText(10, y, QStringLiteral("Ship fiji Ärger ζωή жук 漢字かな العربية 🚢"));
            y += 48;
        }
    }
    painter.end();
    return QCryptographicHash::hash(QByteArrayView(image.constBits(), image.sizeInBytes()), QCryptographicHash::Sha256);
}

/// 0 when the threads disagree.
long paintedHash()
{
    const QByteArray here = paintedText();
    std::atomic<int> same{0};
    QThreadPool pool;
    pool.setMaxThreadCount(Threads);
    for (int i = 0; i < Threads; ++i)
        pool.start([&] { same += paintedText() == here; });
    pool.waitForDone();
    long number;
    std::memcpy(&number, here.constData(), sizeof number);
    return same == Threads ? (number & 0x7fffffffffffffff) : 0;
}

int run(StartedChild child)
{
    BlockingChannel channel(std::move(child.channel));
    auto [ready, fds] = test::readyFromCage(std::move(child.cage));
    if (!channel.send(ready, std::move(fds)))
        return 1;
    for (;;) {
        wire::BrowserToRenderer message;
        Result<BlockingChannel::Received> received = channel.receive(message);
        if (!received)
            return 0;
        wire::RendererToBrowser answer;
        answer.mutable_sandbox_attempted()->set_result(paintedHash());
        if (!channel.reply(received->requestId, answer))
            return 1;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const auto chooseFonts = [](bool caged) { prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem); };
    return runChildProgram(argc, argv, {chooseFonts, &prepareRenderer, &run});
}
