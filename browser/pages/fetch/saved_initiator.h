// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/initiator.h"

#include <QJsonObject>

namespace bulkhead {

/// An Initiator on its way through a file of the profile, which only the app writes: what a page asked for stays that
/// page's after a restart.
class SavedInitiator
{
public:
    static QJsonObject toJson(const Initiator &initiator);
    /// Nothing for what cannot be read: then it was nobody's, and least of all the person's.
    static std::optional<Initiator> fromJson(const QJsonObject &object);
};

} // namespace bulkhead
