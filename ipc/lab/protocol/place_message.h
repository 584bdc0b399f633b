// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/place.h"
#include "ipc/messages/lab.pb.h"

namespace bulkhead::lab {

inline Place placeFrom(const wire::LabPlace &message)
{
    Place place;
    place.folder = message.folder();
    place.run = message.run();
    place.address = message.address();
    place.broker = message.broker();
    place.peer = message.peer();
    place.largest = message.largest();
    place.remote = message.remote();
    place.wait = message.wait() <= std::uint32_t(Wait::Never) ? Wait(message.wait()) : Wait::Blocking;
    return place;
}

inline void writePlace(const Place &place, wire::LabPlace &message)
{
    message.set_folder(place.folder);
    message.set_run(place.run);
    message.set_address(place.address);
    message.set_broker(place.broker);
    message.set_peer(place.peer);
    message.set_largest(place.largest);
    message.set_remote(place.remote);
    message.set_wait(std::uint32_t(place.wait));
}

} // namespace bulkhead::lab
