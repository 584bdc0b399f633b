// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include "ipc/lab/mechanisms/shared_memory.h"

namespace bulkhead::lab {

namespace {

using RegionMaker = std::unique_ptr<RegionKind> (*)();
using SemaphoreMaker = std::unique_ptr<SemaphoreKind> (*)();

constexpr RegionMaker Regions[] = {sysvRegion, posixRegion, memfdRegionKind, mappedFileRegion};
constexpr SemaphoreMaker Semaphores[] = {sysvSemaphores,  posixSemaphores,   mutexSemaphores, robustMutexSemaphores,
                                         futexSemaphores, eventfdSemaphores, spinSemaphores};

std::unique_ptr<Mechanism> pair(std::string_view memory, std::string_view semaphores)
{
    for (const RegionMaker region : Regions) {
        std::unique_ptr<RegionKind> r = region();
        if (r->name() != memory)
            continue;
        for (const SemaphoreMaker semaphore : Semaphores) {
            std::unique_ptr<SemaphoreKind> s = semaphore();
            if (s->name() == semaphores)
                return sharedMemoryMechanism(std::move(r), std::move(s));
        }
    }
    return nullptr;
}

} // namespace

std::vector<std::unique_ptr<Mechanism>> allMechanisms()
{
    std::vector<std::unique_ptr<Mechanism>> all;
    all.push_back(nullMechanism());
    all.push_back(memcpyMechanism());
    all.push_back(pipeMechanism());
    all.push_back(fifoMechanism());
    all.push_back(unixStreamMechanism());
    all.push_back(unixSeqpacketMechanism());
    all.push_back(unixDatagramMechanism());
    all.push_back(passedMemfdMechanism());
    all.push_back(tcpMechanism());
    all.push_back(udpMechanism());
    all.push_back(sysvQueueMechanism());
    all.push_back(posixQueueMechanism());
    all.push_back(signalMechanism());
    all.push_back(pair("sysv-shm", "sysv-sem"));
    all.push_back(pair("posix-shm", "posix-sem"));
    all.push_back(pair("posix-shm", "mutex"));
    all.push_back(pair("posix-shm", "robust-mutex"));
    all.push_back(pair("posix-shm", "futex"));
    all.push_back(pair("memfd", "eventfd"));
    all.push_back(pair("memfd", "spin"));
    all.push_back(pair("mmap-file", "futex"));
    all.push_back(boostQueueMechanism());
    all.push_back(boostSegmentMechanism());
    all.push_back(protobufRpcMechanism());
    all.push_back(dbusMechanism());
    all.push_back(mqttMechanism());
    all.push_back(ownChannelMechanism());
    all.push_back(ownFramesMechanism());
    return all;
}

std::unique_ptr<Mechanism> findMechanism(std::string_view name)
{
    for (std::unique_ptr<Mechanism> &mechanism : allMechanisms()) {
        if (mechanism->info().name == name)
            return std::move(mechanism);
    }
    const std::size_t plus = name.find('+');
    return plus == name.npos ? nullptr : pair(name.substr(0, plus), name.substr(plus + 1));
}

} // namespace bulkhead::lab
