// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace bulkhead {

class PageProcess;

/// Something that a sandbox should prevent.
struct SandboxDeed
{
    wire::TrySandbox::Deed deed;
    QString key;  ///< for addresses and scripts: "open-file"
    QString name; ///< for a person
};
const std::vector<SandboxDeed> &sandboxDeeds();

/// What came of it.
struct TrialResult
{
    enum class Kind { Refused, Ended, Succeeded };
    Kind kind = Kind::Refused;
    QString answer; ///< what the kernel said: "EACCES: Permission denied", "ended by 56 clone(17, 0, ...)"

    bool prevented() const { return kind != Kind::Succeeded; }
};

/// Has @p host's process try @p deed; @p done is called once, later. Deeds that a filter forbids end that process, with
/// the pages in it, as they would end an attacker.
void tryInProcess(PageProcess &host, wire::TrySandbox::Deed deed, std::function<void(TrialResult)> done);

/// How many descriptors the process has open, by its own count; negative when it does not answer.
void countDescriptors(PageProcess &host, std::function<void(int)> done);

} // namespace bulkhead
