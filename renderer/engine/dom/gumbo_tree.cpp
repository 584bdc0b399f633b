// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/gumbo_tree.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/dom/doctype.h"

#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace bulkhead::engine {

namespace {

// Memory for one parse, freed all at once: gumbo frees its trees by recursion, and has no way to refuse.
struct Arena
{
    static constexpr std::size_t blockBytes = 256 * 1024;

    std::vector<std::unique_ptr<std::byte[]>> blocks;
    std::byte *at = nullptr;
    std::size_t left = 0;
    std::size_t allowed = 0;
    std::jmp_buf tooMuch;
};

void *allocate(void *userdata, std::size_t size)
{
    Arena &arena = *static_cast<Arena *>(userdata);
    size = (size + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
    if (size > arena.left) {
        const std::size_t block = std::max(size, Arena::blockBytes);
        if (block > arena.allowed)
            std::longjmp(arena.tooMuch, 1); // over frames of C only
        arena.allowed -= block;
        arena.blocks.emplace_back(new std::byte[block]);
        arena.at = arena.blocks.back().get();
        arena.left = block;
    }
    void *const memory = arena.at;
    arena.at += size;
    arena.left -= size;
    return memory;
}

void release(void *, void *) {}

// Nothing between setjmp and longjmp has a destructor.
GumboOutput *parse(Arena &arena, const char *data, std::size_t size)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = &arena;
    options.max_errors = 0;
    if (setjmp(arena.tooMuch) != 0)
        return nullptr;
    return gumbo_parse_with_options(&options, data, size);
}

class Walk
{
public:
    Walk(const HtmlSource &source, const ParseLimits &limits, Document &document)
        : m_source(source), m_limits(limits), m_document(document)
    {
    }

    void run(const GumboNode *root)
    {
        struct Level
        {
            const GumboVector *children;
            unsigned next;
            NodeId id;
        };
        std::vector<Level> stack{{&root->v.document.children, 0, NodeId::Root}};
        while (!stack.empty()) {
            Level &level = stack.back();
            if (level.next == level.children->length || m_document.nodeCount() > std::size_t(m_limits.nodes)) {
                stack.pop_back();
                continue;
            }
            const auto *child = static_cast<const GumboNode *>(level.children->data[level.next++]);
            const NodeId parent = level.id;
            if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
                const NodeId id = element(child->v.element, parent);
                if (int(stack.size()) <= m_limits.depth)
                    stack.push_back({&child->v.element.children, 0, id});
            } else if (child->type != GUMBO_NODE_COMMENT && child->type != GUMBO_NODE_DOCUMENT) {
                text(child->v.text.text, parent);
            }
        }
    }

private:
    NodeId element(const GumboElement &element, NodeId parent)
    {
        const Namespace space = element.tag_namespace == GUMBO_NAMESPACE_HTML  ? Namespace::Html
                                : element.tag_namespace == GUMBO_NAMESPACE_SVG ? Namespace::Svg
                                                                               : Namespace::MathMl;
        const NodeId id = m_document.appendElement(parent, nameOf(element, space), space);
        const auto count = std::min(element.attributes.length, unsigned(m_limits.attributes));
        for (unsigned i = 0; i < count; ++i) {
            const auto &attribute = *static_cast<const GumboAttribute *>(element.attributes.data[i]);
            m_document.addAttribute(id, attributeName(attribute), QString::fromUtf8(attribute.value));
        }
        return id;
    }

    Atom nameOf(const GumboElement &element, Namespace space)
    {
        if (space == Namespace::Html && element.tag != GUMBO_TAG_UNKNOWN)
            return intern(gumbo_normalized_tagname(element.tag));
        GumboStringPiece name = element.original_tag;
        gumbo_tag_from_original_text(&name);
        if (name.length == 0)
            return intern(gumbo_normalized_tagname(element.tag));
        if (space == Namespace::Svg) {
            if (const char *proper = gumbo_normalize_svg_tagname(&name))
                return intern(proper);
        }
        return m_document.atoms().internLower(QString::fromUtf8(name.data, qsizetype(name.length)));
    }

    Atom attributeName(const GumboAttribute &attribute)
    {
        switch (attribute.attr_namespace) {
        case GUMBO_ATTR_NAMESPACE_XLINK:
            return prefixed("xlink:", attribute.name);
        case GUMBO_ATTR_NAMESPACE_XML:
            return prefixed("xml:", attribute.name);
        default:
            return intern(attribute.name);
        }
    }

    Atom prefixed(const char *prefix, const char *name) { return intern((QByteArray(prefix) + name).constData()); }

    Atom intern(const char *name) { return m_document.atoms().intern(QString::fromUtf8(name)); }

    void text(const char *text, NodeId parent)
    {
        const Atom name = m_document.isElement(parent) ? m_document.node(parent).name : Atom::None;
        if (name == tag::Style || name == tag::Xmp || name == tag::Plaintext) {
            bool isNumber = false;
            const std::size_t number = QByteArray(text).toUInt(&isNumber);
            if (isNumber && number < m_source.rawTexts.size())
                return m_document.appendText(parent, QString::fromUtf8(m_source.rawTexts[number]));
        }
        m_document.appendText(parent, QString::fromUtf8(text));
    }

    const HtmlSource &m_source;
    const ParseLimits &m_limits;
    Document &m_document;
};

// Gumbo tells a missing identifier from an empty one nowhere but in the source.
Doctype doctypeOf(const GumboDocument &document, const QByteArray &html)
{
    if (!document.has_doctype)
        return {};
    Doctype doctype{document.name, document.public_identifier, document.system_identifier};
    const qsizetype start = html.left(64 * 1024).toLower().indexOf("<!doctype");
    const QByteArray text = html.mid(start, html.indexOf('>', start) - start);
    if (doctype.systemId.isEmpty() && text.count('"') < 4 && text.count('\'') < 4)
        doctype.systemId = {};
    return doctype;
}

} // namespace

TreeResult buildTree(const HtmlSource &source, const ParseLimits &limits, Document &document)
{
    Arena arena;
    arena.allowed = limits.parserBytes;
    const GumboOutput *output = parse(arena, source.html.constData(), std::size_t(source.html.size()));
    if (!output)
        return TreeResult::TooLarge;
    document.setQuirks(quirksOf(doctypeOf(output->document->v.document, source.html)));
    Walk(source, limits, document).run(output->document);
    return TreeResult::Built;
}

} // namespace bulkhead::engine
