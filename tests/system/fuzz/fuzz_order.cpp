// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/fuzz_order.h"

#include <cstdlib>
#include <sstream>

namespace bulkhead::fuzz {

namespace {
constexpr char Mark[] = "#!fuzz";
}

std::string FuzzOrder::text() const
{
    std::string text = std::string(Mark) + "\nseed " + std::to_string(seed) + "\ncount " + std::to_string(count) + '\n';
    if (early)
        text += "early\n";
    for (const std::string &body : may)
        text += "may " + body + '\n';
    for (const std::string &url : urls)
        text += "url " + url + '\n';
    return text;
}

bool FuzzOrder::isOrder(const std::string &document)
{
    return document.rfind(Mark, 0) == 0;
}

FuzzOrder FuzzOrder::parse(const std::string &document)
{
    FuzzOrder order;
    std::istringstream lines(document);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.find(' ');
        const std::string verb = line.substr(0, space);
        const std::string rest = space == line.npos ? std::string() : line.substr(space + 1);
        if (verb == "seed")
            order.seed = std::strtoull(rest.c_str(), nullptr, 10);
        else if (verb == "count")
            order.count = unsigned(std::strtoul(rest.c_str(), nullptr, 10));
        else if (verb == "early")
            order.early = true;
        else if (verb == "may")
            order.may.push_back(rest);
        else if (verb == "url")
            order.urls.push_back(rest);
    }
    return order;
}

} // namespace bulkhead::fuzz
