// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetch.h"

#include <memory>

namespace bulkhead {

/// The one place where the app reaches network and disk for pages: http and https, file (documents and folder listings),
/// about (internal pages), data. Asks the AccessPolicy before it does anything. One per profile, main thread.
class Fetcher
{
public:
    virtual ~Fetcher() = default;

    /// Starts @p request. Never fails at once: a denied request answers with failed() later.
    virtual std::unique_ptr<Fetch> start(const FetchRequest &request) = 0;
};

}  // namespace bulkhead
