// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QRect>
#include <QString>
#include <QUrl>

#include <functional>
#include <optional>
#include <vector>

namespace bulkhead {

/// What a subresource is for; the browser decides by it (and tells servers, as Sec-Fetch-Dest).
enum class ResourceKind { Style, Image, Font, Icon };

/// A subresource, whole.
struct Resource
{
    QUrl url; ///< final URL, after redirects
    QString mimeType;
    QString charset;
    QByteArray data;
};

using FetchId = quint32;

/// Where a link wants to open.
enum class Disposition { CurrentTab, NewForegroundTab, NewBackgroundTab };

/// A place in a document that something else is to paint: a plugin, in another process.
struct EmbedBox
{
    QRect area; ///< document coordinates
    QUrl url;
    QString mimeType; ///< as the document says it; may be empty
    QList<std::pair<QString, QString>> attributes;

    friend bool operator==(const EmbedBox &, const EmbedBox &) = default;
};

/// What a Page may ask of the renderer around it. Everything is asynchronous; nothing here blocks.
class PageClient
{
public:
    /// Asks the browser for a subresource. @p done is called exactly once, later, never from inside fetch(): with the
    /// resource, or with nothing when it was denied, failed or exceeded the size limit. Not called after cancel() or
    /// after the page was destroyed.
    virtual FetchId fetch(const QUrl &url, ResourceKind kind, std::function<void(std::optional<Resource>)> done) = 0;
    virtual void cancel(FetchId id) = 0;

    /// A part of the document (document coordinates) looks different now.
    virtual void invalidate(const QRect &rect) = 0;
    virtual void invalidateAll() = 0;
    /// contentSize() changed.
    virtual void contentSizeChanged() = 0;

    virtual void titleChanged(const QString &title) = 0;
    /// 32 by 32 pixels at most.
    virtual void iconChanged(const QImage &icon) = 0;
    virtual void hoveredLinkChanged(const QUrl &url) = 0;
    virtual void cursorChanged(Qt::CursorShape shape) = 0;
    virtual void selectionChanged(bool hasSelection) = 0;

    /// A link was activated; @p url is absolute.
    virtual void navigationRequested(const QUrl &url, Disposition disposition) = 0;
    /// Scroll so that @p rect (document coordinates) is visible.
    virtual void scrollIntoView(const QRect &rect) = 0;

    /// The document's boxes for plugins, all of them, in its order.
    virtual void embedBoxesChanged(const std::vector<EmbedBox> &boxes) { Q_UNUSED(boxes) }

    /// 0 to 1; the document with all its subresources is there once loadFinished() was called.
    virtual void loadProgress(double fraction) = 0;
    virtual void loadFinished() = 0;

protected:
    ~PageClient() = default;
};

} // namespace bulkhead
