// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_page_private.h"

#include "renderer/html/html_tokenizer.h"
#include "renderer/page/text_decoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace bulkhead {

namespace {

using namespace std::chrono_literals;

constexpr auto stylePatience = 4s;
constexpr auto placingDelay = 40ms;
// What is kept of a document at most. More than its guard lets through, since that does not count data: URLs.
constexpr qsizetype maxBodyBytes = 48 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("HtmlPage", text);
}

QByteArray notice(const QString &text)
{
    return "<div style=\"clear:both;margin:2em 0;padding:0.8em 1em;border:1px solid #c9a227;background:#fff8dc;"
           "color:#4a3c00;font-family:sans-serif;font-size:14px\">" +
           text.toHtmlEscaped().toUtf8() + "</div>";
}

} // namespace

HtmlPagePrivate::HtmlPagePrivate(DocumentHead head, PageClient &client, ToHtml toHtml)
    : m_head(std::move(head)), m_client(client), m_toHtml(std::move(toHtml)),
      m_images(client, [this](PageImage &image) { imageChanged(image); }),
      m_styles(client, [this] { stylesChanged(); }), m_icon(client)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(stylePatience);
    QObject::connect(&m_patience, &QTimer::timeout, &m_patience, [this] { build(); });
    m_placing.setSingleShot(true);
    m_placing.setInterval(placingDelay);
    QObject::connect(&m_placing, &QTimer::timeout, &m_placing, [this] { placeImages(); });
}

void HtmlPagePrivate::append(QByteArrayView bytes)
{
    m_body += bytes.first(std::min(bytes.size(), maxBodyBytes - m_body.size()));
}

QByteArray HtmlPagePrivate::decodedBody()
{
    QByteArray html = m_toHtml ? m_toHtml(m_body) : decodeText(m_body, m_head.charset, MetaCharset::Honour).toUtf8();
    m_body = {};
    return html;
}

void HtmlPagePrivate::finish()
{
    if (std::exchange(m_complete, true))
        return;
    const bool bodyCut = m_body.size() >= maxBodyBytes;
    const bool xml = m_head.mimeType == u"application/xhtml+xml";
    m_guarded = HtmlGuard().guard(decodedBody(), xml ? MarkupSyntax::Xml : MarkupSyntax::Html);
    if (m_guarded.cut || bodyCut)
        m_guarded.html += notice(tr("This document is too large to be shown whole. The rest of it was left out."));
    m_base = m_head.url;
    if (!m_guarded.baseHref.isEmpty())
        m_base = m_head.url.resolved(QUrl(m_guarded.baseHref));
    m_images.setDataUrls(std::move(m_guarded.dataUrls));
    m_styles.start(m_guarded.styles, m_base, m_head.charset,
                   m_head.darkColors ? PreferredColors::Dark : PreferredColors::Light);
    reportProgress();
    if (m_styles.isDone())
        build();
    else
        m_patience.start();
}

void HtmlPagePrivate::stylesChanged()
{
    reportProgress();
    if (m_styles.isDone())
        build();
}

void HtmlPagePrivate::build()
{
    m_patience.stop();
    const bool first = !m_document;
    unhover();
    m_brokenStyles = false;
    m_document = createDocument();
    m_hoverStyles = m_styles.hasHover() && !m_brokenStyles;
    if (m_document && !m_document->title().isEmpty())
        m_client.titleChanged(m_document->title());
    documentChanged();
    if (first)
        startIcon();
    finishIfLoaded();
}

// With its style sheets; if the engine gives up, without; if it still does, as plain text.
std::unique_ptr<HtmlDocument> HtmlPagePrivate::createDocument()
{
    HtmlDocumentSource source{m_guarded.html, m_styles.sheets(), m_base};
    const auto attempt = [&] {
        auto document = HtmlDocument::create(source, m_images, m_viewport, m_scale);
        return document && document->layout(m_viewport, m_scale) ? std::move(document) : nullptr;
    };
    if (auto document = attempt())
        return document;
    m_brokenStyles = true;
    source.sheets.clear();
    if (auto document = attempt())
        return document;
    source.html = plainTextFallback();
    return attempt();
}

QByteArray HtmlPagePrivate::plainTextFallback() const
{
    QByteArray text;
    HtmlTokenizer tokens(m_guarded.html, 0);
    for (HtmlToken token = tokens.next(); token.type != HtmlToken::End; token = tokens.next()) {
        if (token.type == HtmlToken::Text)
            text += token.text;
        else if (token.type == HtmlToken::StartTag && token.name == "title")
            tokens.rawUntilEndTag("title");
        else if (token.type == HtmlToken::EndTag && !text.endsWith("\n\n"))
            text += '\n';
        if (text.size() > 1024 * 1024)
            break;
    }
    return notice(tr("This document could not be laid out. This is its text.")) +
           "<pre style=\"white-space:pre-wrap\">" + text + "</pre>";
}

void HtmlPagePrivate::startIcon()
{
    QList<QUrl> candidates;
    for (const QString &href : m_guarded.icons)
        candidates.append(m_base.resolved(QUrl(href)));
    const QString scheme = m_head.url.scheme();
    if (!m_toHtml && (scheme == u"http" || scheme == u"https"))
        candidates.append(m_head.url.resolved(QUrl(QStringLiteral("/favicon.ico"))));
    m_icon.start(candidates);
}

void HtmlPagePrivate::setViewport(QSize size, qreal scale)
{
    size = size.boundedTo(QSize(100'000, 100'000)).expandedTo(QSize(1, 1));
    if (size == m_viewport && scale == m_scale)
        return;
    const bool resized = size != m_viewport;
    m_viewport = size;
    m_scale = scale;
    if (m_document && resized)
        layout();
}

void HtmlPagePrivate::layout()
{
    unhover();
    if (!m_document->layout(m_viewport, m_scale))
        m_document = createDocument();
    documentChanged();
}

// The document is another one, or laid out anew.
void HtmlPagePrivate::documentChanged()
{
    m_layoutNeeded = false;
    const DocumentText text = m_document ? m_document->index().text() : DocumentText();
    if (m_finding)
        m_finder.setText(text.text());
    m_selection.end = std::min(m_selection.end, int(text.text().size()));
    m_selection.start = std::min(m_selection.start, m_selection.end);
    if (m_document && m_focus >= int(m_document->index().links().size()))
        m_focus = -1;
    m_animations.clear();
    for (const auto &image : m_images.all()) {
        if (image->isAnimated())
            m_animations.push_back({image, nullptr});
    }
    m_client.contentSizeChanged();
    m_client.invalidateAll();
    std::vector<EmbedBox> boxes = m_document ? m_document->embedBoxes() : std::vector<EmbedBox>();
    if (boxes != m_embedBoxes) {
        m_embedBoxes = std::move(boxes);
        m_client.embedBoxesChanged(m_embedBoxes);
    }
}

void HtmlPagePrivate::imageChanged(PageImage &image)
{
    reportProgress();
    m_layoutNeeded = m_layoutNeeded || (m_document && m_document->layoutDependsOn(image));
    m_arrived.push_back(image.url());
    if (m_images.isDone())
        placeImages();
    else if (!m_placing.isActive())
        m_placing.start();
    finishIfLoaded();
}

void HtmlPagePrivate::placeImages()
{
    m_placing.stop();
    const std::vector<QUrl> arrived = std::exchange(m_arrived, {});
    if (!m_document)
        return;
    if (m_layoutNeeded) {
        layout();
        return;
    }
    unhover();
    if (!m_document->record()) {
        layout();
        return;
    }
    for (const QUrl &url : arrived) {
        const auto image = m_images.request(url);
        m_client.invalidate(m_document->boundsOf(*image));
        if (image->isAnimated())
            m_animations.push_back({image, nullptr});
    }
}

// A frame that was seen is followed by the next; what nobody looks at costs nothing.
void HtmlPagePrivate::animate()
{
    for (Animation &animation : m_animations) {
        if (!animation.image->takeShown() || (animation.timer && animation.timer->isActive()))
            continue;
        if (!animation.timer) {
            animation.timer = std::make_unique<QTimer>();
            animation.timer->setSingleShot(true);
            QObject::connect(animation.timer.get(), &QTimer::timeout, animation.timer.get(),
                             [this, image = animation.image] {
                                 if (image->advance())
                                     m_client.invalidate(m_document->boundsOf(*image));
                             });
        }
        animation.timer->start(animation.image->frameDelay());
    }
}

QSize HtmlPagePrivate::contentSize() const
{
    return m_document ? m_document->size() : m_viewport;
}

QColor HtmlPagePrivate::backgroundColor() const
{
    if (m_document)
        return m_document->canvasColor();
    return m_toHtml && m_head.darkColors ? QColor(0x1e, 0x1e, 0x1e) : QColor(Qt::white);
}

void HtmlPagePrivate::paint(QPainter &painter, const QRect &damage)
{
    if (!m_document)
        return;
    m_document->paint(painter, damage, highlights());
    paintFocus(painter);
    animate();
}

void HtmlPagePrivate::reportProgress()
{
    const int started = m_styles.started() + m_images.started();
    const int finished = m_styles.finished() + m_images.finished();
    const double fraction = 0.2 + (started == 0 ? 0.0 : 0.8 * finished / started);
    if (fraction > m_progress && !m_finished) {
        m_progress = fraction;
        m_client.loadProgress(fraction);
    }
}

void HtmlPagePrivate::finishIfLoaded()
{
    if (m_finished || !m_styles.isDone() || !m_images.isDone() || m_patience.isActive())
        return;
    m_finished = true;
    m_client.loadProgress(1);
    m_client.loadFinished();
}

} // namespace bulkhead
