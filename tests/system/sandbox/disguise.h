// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace bulkhead {

/// As whom a test runs from here on.
enum class Disguise {
    Nobody,           ///< an ordinary user
    NoUserNamespaces, ///< the same user, on a machine that refuses user namespaces
    NobodyAndNoUserNamespaces,
};

/// Before there is a QCoreApplication or a thread. Empty, or why this machine does not allow it.
/// A refusing machine is a user namespace whose user.max_user_namespaces is 0.
std::string putOn(Disguise disguise);

} // namespace bulkhead
