// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QImage>
#include <QList>
#include <QRect>
#include <QString>

#include <functional>
#include <memory>

namespace bulkhead {

class Charge;
class RemotePage;

/// What a plugin says of its document as a whole; of other pages it is empty.
struct DocumentStructure
{
    struct Chapter
    {
        QString title;
        int level = 1; ///< 1 is the outermost
        QRect area;    ///< CSS pixels of the document
    };
    QList<Chapter> chapters;
    QList<QRect> pages;                ///< what it is printed as, in units of 1/96 inch
    std::shared_ptr<Charge> held = {}; ///< whoever keeps something of it keeps this, too: the site pays for it
};

/// What the browser asks of a plugin's page beyond what it asks of any. Every @p done is called once, later, with
/// nothing when the page is none of a plugin's, does not answer or goes away. Main thread.
namespace plugin_requests {

void structure(RemotePage &page, std::function<void(const DocumentStructure &)> done);
/// Page @p index of the structure's, painted at @p size device pixels. Null when it cannot be had.
void sheet(RemotePage &page, int index, QSize size, double scale, std::function<void(const QImage &)> done);
/// A message from what embeds the plugin; answers come as RemotePage::messagePosted().
void post(RemotePage &page, const QByteArray &json);

} // namespace plugin_requests
} // namespace bulkhead
