// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/font_face.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/text/hb_shaper.h"
#include "renderer/page/page_client.h"

#include <QSet>
#include <QString>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace bulkhead::engine {

/// Fetches the fonts that a document's @font-face rules name, once some style asks for their family, and gives them to
/// the shaper.
class PageFonts
{
public:
    /// @p changed is called whenever a font arrived or failed, never from inside request().
    PageFonts(PageClient &client, HbShaper &shaper, std::function<void()> changed);
    ~PageFonts();
    Q_DISABLE_COPY_MOVE(PageFonts)

    /// What @p styles use of @p faces. True when a font is there now that was not before.
    bool request(const std::vector<const css::FontFace *> &faces, const DocumentStyles &styles);

    bool isDone() const { return m_pending.empty(); }
    int started() const { return m_started; }
    int finished() const { return m_started - int(m_pending.size()); }

private:
    struct Request
    {
        FontFaceDescriptors descriptors;
        std::vector<css::FontFace::Source> sources;
        std::size_t next = 0;
    };

    bool tryNext(const std::shared_ptr<Request> &request);

    PageClient &m_client;
    HbShaper &m_shaper;
    const std::function<void()> m_changed;
    QSet<QString> m_known; // faces that were asked for
    std::set<FetchId> m_pending;
    int m_started = 0;
};

} // namespace bulkhead::engine
