// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace bulkhead {

/// Takes a picture of what a tab shows. A tab in the background does not paint: it is made visible until a frame is
/// there. Deletes itself after @p done, which gets null with a sentence when there is nothing to see. Main thread.
class TabPicture : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const QImage &picture, const QString &whyNot)>;
    TabPicture(Tab &tab, bool isActive, Done done, QObject *parent);

private:
    void take();
    void finish(const QImage &picture, const QString &whyNot = {});

    QPointer<Tab> m_tab;
    Done m_done;
    QTimer m_timeout;
    bool m_hideAgain = false;
};

/// @p picture as PNG in Base64, made on another thread. @p done is called on the main thread unless @p context has
/// gone.
void encodePng(const QImage &picture, QObject *context, std::function<void(const QString &base64)> done);

} // namespace bulkhead
