// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::fuzz {

/// What a test tells a hostile child: as the document that it is to show, or, before it has one, on the command line of
/// its fork server. Text, a line for each: "seed 4711", "count 300", "may frame_ready", "url http://a/".
struct FuzzOrder
{
    std::uint64_t seed = 0;
    unsigned count = 0;            ///< messages
    bool early = false;            ///< the seed counts from the very first message, before there is any document
    std::vector<std::string> may;  ///< bodies that its kind may always send, "plugin.state" for those in an envelope
    std::vector<std::string> urls; ///< addresses worth asking for

    std::string text() const;
    static bool isOrder(const std::string &document);
    static FuzzOrder parse(const std::string &document);
};

} // namespace bulkhead::fuzz
