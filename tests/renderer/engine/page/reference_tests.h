// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace bulkhead::engine {

/// A page that must look like one of some others, and like none of some.
struct ReferenceTest
{
    QString path;
    QStringList matches;
    QStringList mismatches;
};

/// Those in files and below folders, sorted by path. Tests that need a person, pages of paper, scripts or animation are
/// left out, and so are references that are not there.
std::vector<ReferenceTest> findReferenceTests(const QStringList &places);

} // namespace bulkhead::engine
