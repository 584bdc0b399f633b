// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

namespace bulkhead {

class PageProcess;

enum class ViewerUse {
    Full,  ///< a page of its own
    Embed, ///< a box in a page
};

/// Who shows documents that renderers do not, or better than they: plugins. Main thread.
class DocumentViewers
{
public:
    virtual ~DocumentViewers() = default;

    /// A document of this address is about to be opened: a good moment to prepare.
    virtual void expect(const QUrl &url) = 0;
    virtual bool takes(const ResponseHead &head, ViewerUse use) const = 0;
    /// The process for a document that takes() said yes to; null otherwise. One that cannot be had ends at once, with
    /// the reason.
    virtual PageProcess *hostFor(const ResponseHead &head, const Site &site, ViewerUse use) = 0;
    /// Name for people of who would show it; empty when nobody would.
    virtual QString nameFor(const ResponseHead &head, ViewerUse use) const = 0;
    /// Whether a box whose process has crashed may be loaded again without being asked.
    virtual bool mayReloadByItself(const ResponseHead &head, ViewerUse use) const = 0;
};

} // namespace bulkhead
