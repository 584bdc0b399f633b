// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/markdown.h"

#include "ipc/text/amounts.h"
#include "renderer/documents/document_style.h"
#include "renderer/documents/markdown_guard.h"
#include "renderer/page/page.h"
#include "renderer/page/text_decoder.h"

#include <QCoreApplication>
#include <QHash>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>

namespace bulkhead {

namespace {

constexpr int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES |
                        CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_VALIDATE_UTF8;

template <auto function>
struct Deleter
{
    template <class T>
    void operator()(T *pointer) const
    {
        function(pointer);
    }
};

using Parser = std::unique_ptr<cmark_parser, Deleter<cmark_parser_free>>;
using Node = std::unique_ptr<cmark_node, Deleter<cmark_node_free>>;
using Iterator = std::unique_ptr<cmark_iter, Deleter<cmark_iter_free>>;
using Text = std::unique_ptr<char, Deleter<std::free>>;

Node parse(const QByteArray &source)
{
    cmark_gfm_core_extensions_ensure_registered();
    const Parser parser(cmark_parser_new(options));
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser.get(), extension);
        }
    }
    cmark_parser_feed(parser.get(), source.constData(), size_t(source.size()));
    return Node(cmark_parser_finish(parser.get()));
}

QString plainText(cmark_node *node)
{
    QString text;
    const Iterator iterator(cmark_iter_new(node));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node *current = cmark_iter_get_node(iterator.get());
        const cmark_node_type type = cmark_node_get_type(current);
        if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)) {
            text += QString::fromUtf8(cmark_node_get_literal(current));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            text += u' ';
        }
    }
    return text;
}

/// "What's new, Doc?" becomes "whats-new-doc".
QString anchorFor(const QString &heading)
{
    QString anchor;
    for (const QChar c : heading.toLower()) {
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == u'-' || c == u'_') {
            anchor += c;
        } else if (c.isSpace()) {
            anchor += u'-';
        }
    }
    return anchor;
}

/// Gives headings their anchors. Returns the text of the first one, the document's title.
QString anchorHeadings(cmark_node *document)
{
    QString title;
    QHash<QString, int> used;
    const Iterator iterator(cmark_iter_new(document));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node *node = cmark_iter_get_node(iterator.get());
        if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_HEADING) {
            continue;
        }
        const QString text = plainText(node);
        if (title.isEmpty()) {
            title = text.simplified();
        }
        QString anchor = anchorFor(text);
        if (const int count = used[anchor]++; count > 0) {
            anchor += u'-' + QString::number(count);
        }
        // Custom nodes are written as they are, also when HTML is left out.
        Node custom(cmark_node_new(CMARK_NODE_CUSTOM_INLINE));
        cmark_node_set_on_enter(custom.get(), ("<a id=\"" + anchor.toUtf8() + "\"></a>").constData());
        if (cmark_node_prepend_child(node, custom.get()) != 0) {
            custom.release();
        }
    }
    return title;
}

QByteArray render(cmark_node *document)
{
    const Text html(cmark_render_html(document, options, nullptr));
    QByteArray result(html.get());
    // The engine draws no form controls; text of the document cannot look like this, it is escaped.
    result.replace("<li><input type=", "<li class=\"todo\"><input type=");
    result.replace("<input type=\"checkbox\" checked=\"\" disabled=\"\" />", "<span class=\"task\">&#x2611;</span>");
    result.replace("<input type=\"checkbox\" disabled=\"\" />", "<span class=\"task\">&#x2610;</span>");
    return result;
}

} // namespace

QByteArray markdownToHtml(QByteArrayView source, const DocumentHead &head)
{
    const bool cut = source.size() > maximumMarkdownBytes;
    const QString text =
        decodeText(source.first(qMin(source.size(), maximumMarkdownBytes)), head.charset, MetaCharset::Ignore);
    const Node document = parse(guardedMarkdown(text.toUtf8()));
    QString title = anchorHeadings(document.get());
    if (title.isEmpty()) {
        title = head.url.fileName();
    }
    QByteArray body = render(document.get());
    if (cut) {
        body += "<p class=\"notice\">" +
                QCoreApplication::translate("Markdown", "This document goes on, but only its first %1 are shown.")
                    .arg(bytesText(maximumMarkdownBytes, BytesIn::Exact))
                    .toHtmlEscaped()
                    .toUtf8() +
                "</p>\n";
    }
    return generatedDocument(title, "markdown", body, colorSchemeOf(head));
}

} // namespace bulkhead
