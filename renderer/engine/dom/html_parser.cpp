// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/html_parser.h"

#include "renderer/engine/dom/gumbo_tree.h"
#include "renderer/engine/dom/html_source.h"
#include "renderer/engine/dom/repairs.h"

namespace bulkhead::engine {

ParsedDocument parseHtml(QByteArrayView utf8, Atoms &atoms, const ParseLimits &limits)
{
    ParsedDocument parsed{Document(atoms), false, {}};
    if (utf8.startsWith("\xef\xbb\xbf"))
        utf8 = utf8.sliced(3);
    ParseLimits narrower = limits;
    // Paragraphs that open formatting elements again multiply them; then fewer may be open.
    for (int attempt = 0; attempt < 3; ++attempt) {
        const HtmlSource source = guardHtml(utf8, atoms, narrower);
        parsed.isCut = source.isCut || attempt > 0;
        if (buildTree(source, narrower, parsed.document) == TreeResult::Built)
            break;
        narrower.formatting /= 8;
        narrower.nodes /= 2;
    }
    repairTree(parsed.document);
    return parsed;
}

} // namespace bulkhead::engine
