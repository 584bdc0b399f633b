// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>
#include <vector>

namespace bulkhead::lab {

/// A way for frames from one process to another: one of the lab's mechanisms, and how it is used.
struct FrameTransport
{
    enum class Handling {
        InPlace, ///< painted into, and looked at in, the memory that the mechanism lends
        Copied,  ///< painted and looked at in private memory, with a copy in and a copy out
    };
    const char *name;      ///< "pipe"
    const char *title;     ///< "Pipe"; English, show it through translation
    const char *mechanism; ///< as in the catalogue
    Handling handling = Handling::InPlace;
    bool isUsual = false; ///< among the eight that are shown unless somebody chooses
};

const std::vector<FrameTransport> &frameTransports();
/// Null when there is none of that name.
const FrameTransport *findFrameTransport(std::string_view name);

} // namespace bulkhead::lab
