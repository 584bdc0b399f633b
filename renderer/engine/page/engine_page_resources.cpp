// SPDX-License-Identifier: BSD-3-Clause
// Icon, embeds, animations, progress, notices.
#include "renderer/engine/page/embeds.h"
#include "renderer/engine/page/engine_page_private.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead::engine {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("HtmlPage", text);
}

} // namespace

QString EnginePagePrivate::noticeOf(const ParsedDocument &parsed) const
{
    if (!m_isComplete)
        return {};
    if (parsed.isCut)
        return tr("This document is too large to be shown whole. The rest of it was left out.");
    if (!parsed.error.isEmpty())
        return tr("This document is not well-formed XML. It is shown up to the error:") + u' ' + parsed.error;
    return {};
}

void EnginePagePrivate::startIcon()
{
    QList<QUrl> candidates = m_shown->facts().icons;
    const QString scheme = m_head.url.scheme();
    if (!m_toHtml && (scheme == u"http" || scheme == u"https"))
        candidates.append(m_head.url.resolved(QUrl(QStringLiteral("/favicon.ico"))));
    m_icon.start(candidates);
}

void EnginePagePrivate::tellEmbeds()
{
    const Rendering &shown = *m_shown;
    std::vector<EmbedBox> boxes = embedBoxes(shown.document(), shown.facts().base, shown.styles(),
                                             NodePlaces(shown.document(), shown.boxes(), shown.tree()));
    if (boxes == m_embedBoxes)
        return;
    m_embedBoxes = std::move(boxes);
    m_client.embedBoxesChanged(m_embedBoxes);
}

void EnginePagePrivate::findAnimations()
{
    std::erase_if(m_animations,
                  [this](const Animation &animation) { return !m_imageStore.all().contains(animation.image->url()); });
    for (const auto &image : m_imageStore.all()) {
        const bool isKnown = std::any_of(m_animations.begin(), m_animations.end(),
                                         [&](const Animation &animation) { return animation.image == image; });
        if (image->isAnimated() && !isKnown)
            m_animations.push_back({image, nullptr});
    }
}

// A frame that was seen is followed by the next; what nobody looks at costs nothing.
void EnginePagePrivate::animate()
{
    for (Animation &animation : m_animations) {
        if (!animation.image->takeShown() || (animation.timer && animation.timer->isActive()))
            continue;
        if (!animation.timer) {
            animation.timer = std::make_unique<QTimer>();
            animation.timer->setSingleShot(true);
            QObject::connect(animation.timer.get(), &QTimer::timeout, animation.timer.get(),
                             [this, image = animation.image] {
                                 if (image->advance() && m_shown && m_shown->list())
                                     m_client.invalidate(m_shown->list()->areaOf(image->url()));
                             });
        }
        animation.timer->start(animation.image->frameDelay());
    }
}

void EnginePagePrivate::reportProgress()
{
    const int started = m_sheets.started() + m_imageStore.started() + m_fonts.started();
    const int finished = m_sheets.finished() + m_imageStore.finished() + m_fonts.finished();
    const double fraction = 0.2 + (started == 0 ? 0.0 : 0.8 * finished / started);
    if (fraction > m_progress && !m_isFinished && m_isComplete) {
        m_progress = fraction;
        m_client.loadProgress(fraction);
    }
}

void EnginePagePrivate::finishIfLoaded()
{
    if (m_isFinished || !m_isComplete || m_coming || m_due != Step::Nothing || !m_sheets.isDone() ||
        !m_imageStore.isDone() || !m_fonts.isDone() || m_patience.isActive())
        return;
    m_isFinished = true;
    m_client.loadProgress(1);
    m_client.loadFinished();
}

} // namespace bulkhead::engine
