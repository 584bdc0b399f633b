// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/notice.h"

#include "renderer/engine/base/known_atoms.h"

namespace bulkhead::engine {

void appendNotice(Document &document, const QString &text)
{
    NodeId parent = document.childOfRoot(tag::Body);
    if (parent == NodeId::None)
        parent = document.documentElement();
    if (parent == NodeId::None)
        parent = NodeId::Root;
    const NodeId box = document.appendElement(parent, tag::Div, Namespace::Html);
    document.addAttribute(box, attr::Style,
                          QStringLiteral("display:block;clear:both;margin:2em 0;padding:0.8em 1em;border:1px solid "
                                         "#c9a227;background:#fff8dc;color:#4a3c00;font:14px sans-serif"));
    document.appendText(box, text);
}

} // namespace bulkhead::engine
