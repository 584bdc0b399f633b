// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <memory>
#include <string_view>
#include <vector>

namespace bulkhead::lab {

/// Every mechanism, in the order in which they are shown. Of shared memory every kind and every way of synchronising
/// appears, but not every pair.
std::vector<std::unique_ptr<Mechanism>> allMechanisms();

/// The mechanism with this name, also any pair such as "sysv-shm+futex"; null when there is none.
std::unique_ptr<Mechanism> findMechanism(std::string_view name);

// Each in its own file.
std::unique_ptr<Mechanism> nullMechanism();
std::unique_ptr<Mechanism> memcpyMechanism();
std::unique_ptr<Mechanism> pipeMechanism();
std::unique_ptr<Mechanism> fifoMechanism();
std::unique_ptr<Mechanism> unixStreamMechanism();
std::unique_ptr<Mechanism> unixSeqpacketMechanism();
std::unique_ptr<Mechanism> unixDatagramMechanism();
std::unique_ptr<Mechanism> passedMemfdMechanism();
std::unique_ptr<Mechanism> tcpMechanism();
std::unique_ptr<Mechanism> udpMechanism();
std::unique_ptr<Mechanism> sysvQueueMechanism();
std::unique_ptr<Mechanism> posixQueueMechanism();
std::unique_ptr<Mechanism> signalMechanism();
std::unique_ptr<Mechanism> boostQueueMechanism();
std::unique_ptr<Mechanism> boostSegmentMechanism();
std::unique_ptr<Mechanism> protobufRpcMechanism();
std::unique_ptr<Mechanism> dbusMechanism();
std::unique_ptr<Mechanism> mqttMechanism();
std::unique_ptr<Mechanism> ownChannelMechanism();
std::unique_ptr<Mechanism> ownFramesMechanism();

} // namespace bulkhead::lab
