// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/frame_transport.h"

namespace bulkhead::lab {

const std::vector<FrameTransport> &frameTransports()
{
    using enum FrameTransport::Handling;
    static const std::vector<FrameTransport> All = {
        {"bulkhead-frames", "Bulkhead's frame pool", "bulkhead-frames", InPlace, true},
        {"passed-memfd", "A fresh memfd per frame", "passed-memfd", InPlace, true},
        {"shm-copies", "Shared memory with copies", "posix-shm+futex", Copied, true},
        {"unix-stream", "Unix stream socket", "unix-stream", InPlace, true},
        {"pipe", "Pipe", "pipe", InPlace, true},
        {"tcp", "TCP (loopback)", "tcp", InPlace, true},
        {"posix-queue", "POSIX message queue", "posix-queue", InPlace, true},
        {"sysv-queue", "System V message queue", "sysv-queue", InPlace, true},
        {"shm-in-place", "Shared memory in place", "posix-shm+futex", InPlace, false},
        {"unix-seqpacket", "Unix sequenced packets", "unix-seqpacket", InPlace, false},
        {"fifo", "FIFO (named pipe)", "fifo", InPlace, false},
        {"dbus", "D-Bus", "dbus", InPlace, false},
        {"mqtt", "MQTT (through a broker)", "mqtt", InPlace, false},
    };
    return All;
}

const FrameTransport *findFrameTransport(std::string_view name)
{
    for (const FrameTransport &transport : frameTransports()) {
        if (name == transport.name)
            return &transport;
    }
    return nullptr;
}

} // namespace bulkhead::lab
