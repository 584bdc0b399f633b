// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/initiator.h"
#include "tests/support/real_files.h"

namespace bulkhead {

/// The person of a test, who may say what only a window may say otherwise.
class PersonInTests
{
public:
    static Initiator initiator() { return Initiator::person(PersonsWord()); }
};

namespace test {

inline Initiator person()
{
    return PersonInTests::initiator();
}

/// A page that came from this computer, as the tests' servers are.
inline Initiator pageOf(const QUrl &url)
{
    return Initiator::page(siteOf(url), AddressSpace::Loopback);
}

} // namespace test
} // namespace bulkhead
