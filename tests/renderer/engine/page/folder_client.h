// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"
#include "renderer/page/page_client.h"

#include <QImage>
#include <QString>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// A client for developers' tools: serves the files below a folder as "http://test/...", and everything else not at
/// all.
class FolderClient final : public PageClient
{
public:
    explicit FolderClient(QString root) : m_root(std::move(root)) {}

    QUrl urlOf(const QString &path) const;

    FetchId fetch(const QUrl &url, ResourceKind kind, std::function<void(std::optional<Resource>)> done) override;
    void cancel(FetchId id) override;
    void invalidate(const QRect &) override {}
    void invalidateAll() override {}
    void contentSizeChanged() override {}
    void titleChanged(const QString &text) override { title = text; }
    void iconChanged(const QImage &) override {}
    void hoveredLinkChanged(const QUrl &url) override { hoveredLink = url; }
    void cursorChanged(Qt::CursorShape) override {}
    void selectionChanged(bool) override {}
    void navigationRequested(const QUrl &, Disposition) override {}
    void scrollIntoView(const QRect &) override {}
    void embedBoxesChanged(const std::vector<EmbedBox> &boxes) override { embeds = boxes; }
    void loadProgress(double) override {}
    void loadFinished() override { isFinished = true; }

    /// Answers what was asked for until nothing is left. True when the page then has all it needs.
    bool answerAll();

    QString title;
    QUrl hoveredLink;
    std::vector<EmbedBox> embeds;
    bool isFinished = false;

private:
    struct Pending
    {
        FetchId id;
        QUrl url;
        std::function<void(std::optional<Resource>)> done;
    };

    std::optional<Resource> read(const QUrl &url) const;

    QString m_root;
    std::deque<Pending> m_pending;
    FetchId m_next = 1;
};

/// "application/xhtml+xml" for .xht and .xhtml, "text/html" else.
QString documentType(const QString &path);

/// Feeds a file and answers what it asks for. False when it cannot be read or does not get done in time.
bool loadFile(Page &page, FolderClient &client, const QString &path);

/// What a viewport of @p area shows.
QImage grab(Page &page, const QRect &area, double scale = 1);

} // namespace bulkhead::engine
