// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/engine_page_private.h"

#include "renderer/engine/dom/tree_dump.h"
#include "renderer/engine/dom/xml_parser.h"
#include "renderer/engine/page/damage.h"
#include "renderer/engine/page/notice.h"
#include "renderer/page/text_decoder.h"

#include <algorithm>
#include <chrono>

namespace bulkhead::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto stylePatience = 4s;
constexpr auto placingDelay = 40ms;
// A document that is here sooner is parsed once.
constexpr auto partialDelay = 200ms;
constexpr qsizetype firstPartBytes = 8 * 1024;
// What is kept of a document at most: ParseLimits::sourceBytes is of its text, which may be longer or shorter.
constexpr qsizetype maxBodyBytes = 48 * 1024 * 1024;

} // namespace

EnginePagePrivate::EnginePagePrivate(DocumentHead head, PageClient &client, ToHtml toHtml)
    : m_head(std::move(head)), m_client(client), m_toHtml(std::move(toHtml)),
      m_imageStore(client, [this](PageImage &image) { imageChanged(image); }), m_images(m_imageStore),
      m_sheets(client, [this] { sheetsChanged(); }), m_fonts(client, m_shaper, [this] { fontsChanged(); }),
      m_icon(client), m_context{m_shaper, m_images}, m_interaction(client, [this] { stateChanged(); })
{
    const auto prepare = [](QTimer &timer, std::chrono::milliseconds interval, std::function<void()> act) {
        timer.setSingleShot(true);
        timer.setInterval(interval);
        QObject::connect(&timer, &QTimer::timeout, &timer, std::move(act));
    };
    prepare(m_partial, partialDelay, [this] { parsePart(); });
    prepare(m_patience, stylePatience, [this] { show(); });
    prepare(m_placing, placingDelay, [this] { placePictures(); });
    m_context.viewport = m_viewport;
    m_context.media = mediaEnvironment();
}

EnginePagePrivate::~EnginePagePrivate() = default;

void EnginePagePrivate::append(QByteArrayView bytes)
{
    m_body += bytes.first(std::min(bytes.size(), maxBodyBytes - m_body.size()));
    if (!m_toHtml && !m_partial.isActive())
        m_partial.start();
}

void EnginePagePrivate::finish()
{
    if (std::exchange(m_isComplete, true))
        return;
    m_partial.stop();
    ParsedDocument parsed = parse();
    parsed.isCut = parsed.isCut || m_body.size() >= maxBodyBytes;
    m_body = {};
    startRendering(std::move(parsed));
}

// Twice as much as the last time, so that all parses together cost twice the last one.
void EnginePagePrivate::parsePart()
{
    const bool isMore = m_body.size() >= std::max(firstPartBytes, 2 * m_parsedBytes);
    if (m_isComplete || m_coming || !isMore)
        return;
    m_parsedBytes = m_body.size();
    startRendering(parse());
}

ParsedDocument EnginePagePrivate::parse()
{
    if (m_toHtml)
        return parseHtml(m_toHtml(m_body), m_atoms);
    const QString text = decodeText(m_body, m_head.charset, MetaCharset::Honour);
    if (m_head.mimeType == u"application/xhtml+xml") {
        ParsedDocument parsed = parseXml(text, m_atoms);
        if (!m_isComplete) // it merely is not all here
            parsed.error.clear();
        return parsed;
    }
    return parseHtml(text.toUtf8(), m_atoms);
}

void EnginePagePrivate::startRendering(ParsedDocument parsed)
{
    const QString notice = noticeOf(parsed);
    if (!notice.isEmpty())
        appendNotice(parsed.document, notice);
    m_coming = std::make_unique<Rendering>(std::move(parsed), m_head.url);
    if (const QString &title = m_coming->facts().title; !title.isEmpty() && title != m_title) {
        m_title = title;
        m_client.titleChanged(title);
    }
    const css::Syntax syntax =
        m_coming->document().quirks() == QuirksMode::Quirks ? css::Syntax::Quirks : css::Syntax::Standard;
    m_sheets.start(m_coming->facts().styles, m_coming->facts().base, {&m_atoms, {m_coming->facts().base, syntax}},
                   m_context.media, m_head.charset);
    reportProgress();
    if (m_sheets.isDone())
        show();
    else
        m_patience.start();
}

void EnginePagePrivate::sheetsChanged()
{
    reportProgress();
    if (m_coming && m_sheets.isDone())
        show();
    else if (!m_coming && m_shown) // later than we waited
        render(Step::Styles, PageInteraction::Change::Layout);
}

void EnginePagePrivate::show()
{
    m_patience.stop();
    if (!m_coming)
        return;
    m_interaction.setRendering(nullptr, PageInteraction::Change::Document);
    m_shown = std::move(m_coming);
    m_images.setDocument(&m_shown->document(), m_shown->facts().base);
    m_context.state = {};
    render(Step::Styles, PageInteraction::Change::Document);
    if (m_isComplete)
        startIcon();
    else if (!m_partial.isActive())
        m_partial.start();
    finishIfLoaded();
}

void EnginePagePrivate::render(Step from, PageInteraction::Change change)
{
    if (!m_shown)
        return;
    from = std::min(from, std::exchange(m_due, Step::Nothing));
    m_placing.stop();
    // Pictures that arrived may find their places as they were.
    const std::vector<QUrl> arrived = std::exchange(m_arrived, {});
    std::optional<Snapshot> before;
    if (from >= Step::Boxes && !arrived.empty() && m_shown->list())
        before.emplace(*m_shown);
    // What it looks things up in goes before what it looks up.
    m_interaction.setRendering(nullptr, change);
    make(from);
    if (before && isSameLayout(*before, *m_shown)) {
        renderingChanged(PageInteraction::Change::Pictures);
        for (const QUrl &url : arrived)
            m_client.invalidate(m_shown->list()->areaOf(url));
        return;
    }
    renderingChanged(change);
    m_client.invalidateAll();
}

void EnginePagePrivate::make(Step from)
{
    if (from <= Step::Styles) {
        m_shown->setSheets(m_sheets.sheets(), m_context);
        m_shown->style(m_context);
        m_fonts.request(m_shown->rules()->fontFaces(), m_shown->styles());
    }
    if (from <= Step::Boxes)
        m_shown->buildBoxes(m_context);
    if (from <= Step::Layout) {
        m_images.forgetLayout();
        m_shown->layOut(m_context);
    }
    m_shown->record(m_context);
}

void EnginePagePrivate::renderingChanged(PageInteraction::Change change)
{
    m_interaction.setRendering(m_shown.get(), change);
    findAnimations();
    if (change != PageInteraction::Change::Pictures)
        m_client.contentSizeChanged();
    tellEmbeds();
    reportProgress();
    finishIfLoaded();
}

void EnginePagePrivate::setViewport(QSize size, qreal scale)
{
    size = size.boundedTo(QSize(100'000, 100'000)).expandedTo(QSize(1, 1));
    if (size == m_viewport && scale == m_scale)
        return;
    const bool resized = size != m_viewport;
    m_viewport = size;
    m_scale = scale;
    m_context.viewport = size;
    m_context.scale = scale;
    m_context.media = mediaEnvironment();
    m_images.setViewport(size, scale);
    m_sheets.update(m_context.media);
    if (m_shown)
        render(resized ? Step::Styles : Step::Pictures,
               resized ? PageInteraction::Change::Layout : PageInteraction::Change::Pictures);
}

css::MediaEnvironment EnginePagePrivate::mediaEnvironment() const
{
    css::MediaEnvironment environment;
    environment.width = m_viewport.width();
    environment.height = m_viewport.height();
    environment.resolution = m_scale;
    environment.scheme = m_head.darkColors ? css::MediaEnvironment::Scheme::Dark : css::MediaEnvironment::Scheme::Light;
    return environment;
}

void EnginePagePrivate::stateChanged()
{
    const RuleIndex *rules = m_shown ? m_shown->rules() : nullptr;
    const MatchState state = m_interaction.matchState();
    if (!rules)
        return;
    using css::PseudoClass;
    const bool matters = (state.hovered != m_context.state.hovered && rules->asks(PseudoClass::Hover)) ||
                         (state.active != m_context.state.active && rules->asks(PseudoClass::Active)) ||
                         (state.focused != m_context.state.focused &&
                          (rules->asks(PseudoClass::Focus) || rules->asks(PseudoClass::FocusWithin) ||
                           rules->asks(PseudoClass::FocusVisible)));
    m_context.state = state;
    if (matters)
        restyle();
}

// After the person did something: mostly little changes.
void EnginePagePrivate::restyle()
{
    const std::vector<NodeId> changed = m_shown->changedBy(m_context.state);
    if (changed.empty())
        return;
    const Snapshot before(*m_shown);
    const QRect areaBefore = paintedArea(*m_shown, changed);
    m_interaction.setRendering(nullptr, PageInteraction::Change::Layout);
    make(Step::Styles);
    if (isSameLayout(before, *m_shown)) {
        m_interaction.setRendering(m_shown.get(), PageInteraction::Change::Layout);
        m_client.invalidate(areaBefore | paintedArea(*m_shown, changed));
    } else {
        renderingChanged(PageInteraction::Change::Layout);
        m_client.invalidateAll();
    }
}

void EnginePagePrivate::fontsChanged()
{
    reportProgress();
    m_due = std::min(m_due, Step::Styles); // units of fonts are in the styles
    if (m_fonts.isDone())
        placePictures();
    else if (!m_placing.isActive())
        m_placing.start();
    finishIfLoaded();
}

void EnginePagePrivate::imageChanged(PageImage &image)
{
    reportProgress();
    m_due = std::min(m_due, m_images.layoutDependsOn(image.url()) ? Step::Boxes : Step::Pictures);
    m_arrived.push_back(image.url());
    if (m_imageStore.isDone())
        placePictures();
    else if (!m_placing.isActive())
        m_placing.start();
    finishIfLoaded();
}

void EnginePagePrivate::placePictures()
{
    if (!m_shown || m_due == Step::Nothing)
        return;
    render(m_due, m_due <= Step::Layout ? PageInteraction::Change::Layout : PageInteraction::Change::Pictures);
}

QSize EnginePagePrivate::contentSize() const
{
    return m_shown ? m_shown->documentSize() : m_viewport;
}

QColor EnginePagePrivate::backgroundColor() const
{
    if (m_shown)
        return m_shown->canvasColor();
    return m_toHtml && m_head.darkColors ? QColor(0x1e, 0x1e, 0x1e) : QColor(Qt::white);
}

void EnginePagePrivate::paint(QPainter &painter, const QRect &damage)
{
    if (!m_shown || !m_shown->list())
        return;
    m_shown->list()->paint(painter, damage, m_interaction.highlights());
    m_interaction.paintFocus(painter);
    animate();
}

QString EnginePagePrivate::dumpDocument() const
{
    return m_shown ? dumpTree(m_shown->document()) : QString();
}

QString EnginePagePrivate::dumpLayout() const
{
    return m_shown ? engine::dumpLayout(m_shown->tree(), m_shown->boxes(), &m_shown->document()) : QString();
}

} // namespace bulkhead::engine
