// SPDX-License-Identifier: BSD-3-Clause
// The other end of a channel, as a real process with a named way to behave: ipc_peer MODE, channel on descriptor 3.
// Speaks as a renderer would (RendererToBrowser out, BrowserToRenderer in), or breaks the protocol on purpose.
#include "ipc/channel/blocking_channel.h"
#include "ipc/channel/limits.h"
#include "ipc/messages/renderer.pb.h"

#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

constexpr int ChannelFd = 3;

/// Writes bytes as they are, with descriptors if wanted.
void writeRaw(const void *data, std::size_t size, const std::vector<int> &fds = {})
{
    ::fcntl(ChannelFd, F_SETFL, ::fcntl(ChannelFd, F_GETFL) & ~O_NONBLOCK);
    iovec io{const_cast<void *>(data), size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 64)] = {};
    msghdr message{};
    message.msg_iov = &io;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
        cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
        std::memcpy(CMSG_DATA(c), fds.data(), sizeof(int) * fds.size());
    }
    while (io.iov_len > 0) {
        const ssize_t sent = ::sendmsg(ChannelFd, &message, MSG_NOSIGNAL);
        if (sent <= 0)
            ::_exit(0);
        io.iov_base = static_cast<char *>(io.iov_base) + sent;
        io.iov_len -= std::size_t(sent);
        message.msg_control = nullptr;
        message.msg_controllen = 0;
    }
}

void writePacket(PacketHeader header, const std::string &payload, const std::vector<int> &fds = {})
{
    std::string bytes(reinterpret_cast<const char *>(&header), sizeof header);
    writeRaw((bytes + payload).data(), sizeof header + payload.size(), fds);
}

std::string pong()
{
    wire::RendererToBrowser message;
    message.mutable_pong();
    return message.SerializeAsString();
}

void waitForEver()
{
    for (;;)
        ::pause();
}

/// Answers every request with Pong and every message with one of the same kind of envelope.
void echo()
{
    BlockingChannel channel{UniqueFd(ChannelFd)};
    wire::BrowserToRenderer in;
    wire::RendererToBrowser out;
    for (;;) {
        const auto received = channel.receive(in);
        if (!received)
            ::_exit(received.error().what == "closed" ? 0 : 9);
        out.Clear();
        if (received->kind == PacketKind::Request) {
            out.mutable_pong();
            (void)channel.reply(received->requestId, out);
        } else {
            out.mutable_title_changed()->set_page_id(in.get_text().page_id());
            out.mutable_title_changed()->set_title(std::to_string(in.get_text().offset()));
            Fds fds;
            for (const UniqueFd &fd : received->fds)
                fds.push_back(fd.duplicate());
            (void)channel.send(out, std::move(fds));
        }
    }
}

const std::map<std::string, std::function<void()>> Modes{
    {"echo", echo},
    {"silent", waitForEver},
    {"exit", [] { ::_exit(3); }},
    {"close",
     [] {
         ::close(ChannelFd);
         waitForEver();
     }},
    {"rubbish",
     [] {
         const std::string bytes(4096, '\xa5');
         writeRaw(bytes.data(), bytes.size());
         waitForEver();
     }},
    {"huge-size",
     [] {
         writePacket({0x7fffffff, 0, 0, PacketKind::Message, 0}, "x");
         waitForEver();
     }},
    {"too-many-fds",
     [] {
         writePacket({0, 0, 200, PacketKind::Message, 0}, "");
         waitForEver();
     }},
    {"missing-fds",
     [] {
         const auto p = pong();
         writePacket({std::uint32_t(p.size()), 0, 2, PacketKind::Message, 0}, p);
         waitForEver();
     }},
    {"surplus-fds",
     [] {
         const auto p = pong();
         writePacket({std::uint32_t(p.size()), 0, 0, PacketKind::Message, 0}, p, {0, 1, 2});
         waitForEver();
     }},
    {"fd-storm",
     [] {
         const std::string half("\x01\x00\x00", 3);
         for (int i = 0; i < 200; ++i)
             writeRaw(half.data(), 1, std::vector<int>(60, 0));
         waitForEver();
     }},
    {"bad-kind",
     [] {
         writePacket({0, 0, 0, PacketKind(9), 0}, "");
         waitForEver();
     }},
    {"reserved-bits",
     [] {
         const auto p = pong();
         writePacket({std::uint32_t(p.size()), 0, 0, PacketKind::Message, 7}, p);
         waitForEver();
     }},
    {"not-protobuf",
     [] {
         writePacket({8, 0, 0, PacketKind::Message, 0}, "\xff\xff\xff\xff\xff\xff\xff\xff");
         waitForEver();
     }},
    {"bad-utf8",
     [] {
         // title_changed { title: "\xc3\x28" }
         writePacket({6, 0, 0, PacketKind::Message, 0}, std::string("\x32\x04\x12\x02\xc3\x28", 6));
         waitForEver();
     }},
    {"empty",
     [] {
         writePacket({0, 0, 0, PacketKind::Message, 0}, "");
         waitForEver();
     }},
    {"unknown-body",
     [] {
         writePacket({4, 0, 0, PacketKind::Message, 0}, std::string("\xf2\x3e\x01\x00", 4));
         waitForEver();
     }},
    {"unasked-reply",
     [] {
         const auto p = pong();
         writePacket({std::uint32_t(p.size()), 77, 0, PacketKind::Reply, 0}, p);
         waitForEver();
     }},
    {"half-packet",
     [] {
         writePacket({100, 0, 0, PacketKind::Message, 0}, "only a little");
         ::_exit(0);
     }},
    {"flood",
     [] {
         const auto p = pong();
         std::string bytes;
         const PacketHeader header{std::uint32_t(p.size()), 0, 0, PacketKind::Message, 0};
         while (bytes.size() < (1u << 20)) {
             bytes.append(reinterpret_cast<const char *>(&header), sizeof header);
             bytes.append(p);
         }
         for (;;)
             writeRaw(bytes.data(), bytes.size());
     }},
};

} // namespace

int main(int argc, char **argv)
{
    const auto mode = argc > 1 ? Modes.find(argv[1]) : Modes.end();
    if (mode == Modes.end())
        return 2;
    mode->second();
    return 0;
}
