// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>

#include <memory>

namespace bulkhead {

/// Shares @p object such that its last owner may let go of it inside one of its signals: it is silenced at once and
/// deleted in the next turn of the event loop.
template <class T>
std::shared_ptr<T> deletedLater(std::unique_ptr<T> object)
{
    return std::shared_ptr<T>(object.release(), [](T *last) {
        if (!last)
            return;
        last->disconnect();
        last->deleteLater();
    });
}

} // namespace bulkhead
