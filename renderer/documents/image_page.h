// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/documents/document_style.h"
#include "renderer/documents/picture.h"
#include "renderer/page/page.h"

namespace bulkhead {

/// A picture as a document: centred on a neutral ground, shrunk to the viewport where it is larger; a click toggles
/// between that and its own size, keeping the clicked spot in view. What cannot be decoded becomes a sentence.
class ImagePage : public Page
{
public:
    static constexpr qsizetype maximumBytes = 256 * 1024 * 1024;

    ImagePage(const DocumentHead &head, PageClient &client);

    void append(QByteArrayView bytes) override;
    void finish() override;
    void setViewport(QSize size, qreal scale) override;
    QSize contentSize() const override;
    QColor backgroundColor() const override;
    void paint(QPainter &painter, const QRect &damage) override;

    HitResult hitTest(QPoint point) override;
    void mousePress(const PageMouseEvent &event) override;
    void mouseMove(const PageMouseEvent &event) override;
    void mouseRelease(const PageMouseEvent &event) override;

    /// The sentence, when there is no picture.
    QString text() const override;

private:
    enum class Fit { ToViewport, OwnSize };

    void showPicture(std::unique_ptr<Picture> picture);
    QSize shownSize() const;
    QSize fittedSize() const;
    QRect pictureRect() const;
    bool canToggle() const;
    void toggleFit(QPoint clicked);
    void paintSentence(QPainter &painter) const;

    PageClient &m_client;
    ColorScheme m_scheme;
    QUrl m_url;
    QString m_mimeType;
    QSize m_viewport{800, 600};
    qreal m_scale = 1;

    QByteArray m_bytes;
    bool m_tooLong = false;
    std::unique_ptr<Picture> m_picture;
    QString m_sentence;
    Fit m_fit = Fit::ToViewport;
    bool m_pressed = false;
};

} // namespace bulkhead
