// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/page_fonts.h"
#include "renderer/engine/page/page_interaction.h"
#include "renderer/engine/page/rendering.h"
#include "renderer/engine/page/sheet_loader.h"
#include "renderer/page/page.h"
#include "renderer/resources/icon_loader.h"
#include "renderer/resources/image_store.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// The insides of EnginePage: loading, and what has to be made anew when something changes. Members depend on each
/// other in the order they stand in.
class EnginePagePrivate
{
public:
    using ToHtml = std::function<QByteArray(QByteArrayView)>;

    EnginePagePrivate(DocumentHead head, PageClient &client, ToHtml toHtml);
    ~EnginePagePrivate();
    Q_DISABLE_COPY_MOVE(EnginePagePrivate)

    void append(QByteArrayView bytes);
    void finish();
    void setViewport(QSize size, qreal scale);
    QSize contentSize() const;
    QColor backgroundColor() const;
    void paint(QPainter &painter, const QRect &damage);

    PageInteraction &interaction() { return m_interaction; }
    const PageInteraction &interaction() const { return m_interaction; }

    QString dumpDocument() const;
    QString dumpLayout() const;

private:
    /// What has to be made anew; each is all that come after it, too.
    enum class Step { Styles, Boxes, Layout, Pictures, Nothing };

    struct Animation
    {
        std::shared_ptr<PageImage> image;
        std::unique_ptr<QTimer> timer;
    };

    ParsedDocument parse();
    void parsePart();
    void startRendering(ParsedDocument parsed);
    void show();
    void render(Step from, PageInteraction::Change change);
    void make(Step from);
    void renderingChanged(PageInteraction::Change change);
    void restyle();
    void tellEmbeds();
    void startIcon();
    QString noticeOf(const ParsedDocument &parsed) const;

    void sheetsChanged();
    void fontsChanged();
    void imageChanged(PageImage &image);
    void placePictures();
    void stateChanged();
    void findAnimations();
    void animate();
    void reportProgress();
    void finishIfLoaded();
    css::MediaEnvironment mediaEnvironment() const;

    const DocumentHead m_head;
    PageClient &m_client;
    const ToHtml m_toHtml;
    QByteArray m_body;
    qsizetype m_parsedBytes = 0;
    bool m_isComplete = false; // finish() was called
    QSize m_viewport{800, 600};
    qreal m_scale = 1;

    Atoms m_atoms;
    HbShaper m_shaper;
    ImageStore m_imageStore;
    PageImages m_images;
    SheetLoader m_sheets;
    PageFonts m_fonts;
    IconLoader m_icon;
    RenderContext m_context;
    std::unique_ptr<Rendering> m_shown;
    std::unique_ptr<Rendering> m_coming; // waits for its style sheets
    PageInteraction m_interaction;

    QTimer m_partial;  // the next look at what has arrived of the document
    QTimer m_patience; // with style sheets that do not come
    QTimer m_placing;  // pictures and fonts that arrive close to each other are placed together
    Step m_due = Step::Nothing;
    std::vector<QUrl> m_arrived; // pictures not placed yet
    std::vector<Animation> m_animations;
    std::vector<EmbedBox> m_embedBoxes; // as the client was told last
    QString m_title;                    // likewise
    double m_progress = 0;
    bool m_isFinished = false; // loadFinished() was called
};

} // namespace bulkhead::engine
