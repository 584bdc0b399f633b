// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/sandbox.pb.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace bulkhead {

enum class SandboxLevel {
    None,    ///< no sandbox, or one without its most important layer
    Reduced, ///< some layers are missing on this machine
    Full,
};

/// What a child's report amounts to.
struct SandboxVerdict
{
    SandboxLevel level = SandboxLevel::None;
    QString sentence;    ///< for a person
    QStringList missing; ///< names of the layers that are not there
};

SandboxVerdict verdictOn(const wire::SandboxReport &report);
/// "full", "reduced", "none"
QString sandboxLevelName(SandboxLevel level);

/// Whether a child's report reaches what a throw-away child on this machine reached before: empty, or the name of the
/// first layer that is missing. Nothing was promised when children are not to be locked down.
QString shortfall(const wire::SandboxReport &report, const wire::SandboxReport &promised);

/// The layers in the order in which they are put on, with a name and a sentence for a person.
const std::vector<wire::SandboxLayer> &sandboxLayers();
QString layerName(wire::SandboxLayer layer);
QString layerSentence(wire::SandboxLayer layer);
/// The step of @p report about @p layer, or null.
const wire::SandboxStep *stepOf(const wire::SandboxReport &report, wire::SandboxLayer layer);

} // namespace bulkhead
