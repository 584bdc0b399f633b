// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_tree.h"

#include <QString>
#include <QTextStream>

#include <utility>
#include <vector>

namespace bulkhead::engine {

namespace {

QString nameOf(const Fragment &fragment, const BoxTree &boxes, const Document *document)
{
    if (fragment.box == BoxId::None)
        return QStringLiteral("-");
    const Box &box = boxes.box(fragment.box);
    QString name;
    if (fragment.box == BoxId::Root)
        name = QStringLiteral("viewport");
    else if (document && box.node != NodeId::None && document->isElement(box.node))
        name = document->atoms().name(document->node(box.node).name);
    if (box.isAnonymous)
        name += QStringLiteral("(anonymous)");
    static const char *const pseudos[] = {"", "::before", "::after", "::marker", "::first-line", "::first-letter"};
    if (std::size_t(box.pseudo) < std::size(pseudos))
        name += QLatin1String(pseudos[std::size_t(box.pseudo)]);
    if (document && box.node != NodeId::None && document->isElement(box.node) && !box.isAnonymous) {
        for (const Attribute &attribute : document->attributes(box.node)) {
            if (document->atoms().name(attribute.name) == QLatin1String("id"))
                name += QLatin1Char('#') + attribute.value;
        }
    }
    return name;
}

const char *kindOf(FragmentKind kind)
{
    static const char *const names[] = {"box", "line", "inline", "text", "marker"};
    return names[std::size_t(kind)];
}

} // namespace

QString dumpLayout(const LayoutTree &tree, const BoxTree &boxes, const Document *document)
{
    QString result;
    QTextStream out(&result);
    std::vector<std::pair<FragmentId, int>> waiting;
    if (tree.root != FragmentId::None)
        waiting.emplace_back(tree.root, 0);
    while (!waiting.empty()) {
        const auto [id, depth] = waiting.back();
        waiting.pop_back();
        const Fragment &fragment = tree.fragment(id);
        out << QString(depth * 2, QLatin1Char(' ')) << kindOf(fragment.kind) << ' ' << nameOf(fragment, boxes, document)
            << " (" << fragment.offset.x.toDouble() << ',' << fragment.offset.y.toDouble() << ") "
            << fragment.size.width.toDouble() << 'x' << fragment.size.height.toDouble();
        if (fragment.kind == FragmentKind::Text) {
            const TextRun &run = tree.run(id);
            out << " \"" << QStringView(tree.text).mid(run.textStart, run.textLength) << '"';
            if (run.isEllipsis)
                out << " ellipsis";
        }
        out << '\n';
        std::vector<FragmentId> children;
        for (FragmentId child = fragment.firstChild; child != FragmentId::None; child = tree.fragment(child).next)
            children.push_back(child);
        for (auto at = children.rbegin(); at != children.rend(); ++at)
            waiting.emplace_back(*at, depth + 1);
    }
    out.flush();
    return result;
}

} // namespace bulkhead::engine
