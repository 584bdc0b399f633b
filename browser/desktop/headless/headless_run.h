// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace bulkhead {

/// Loads one page without a window, waits until it is complete and painted, and writes what was asked for: a picture,
/// its text, or both. Prints one line of JSON for a picture. Main thread.
class HeadlessRun : public QObject
{
    Q_OBJECT
public:
    enum class PageHeight { Window, WholePage };

    struct Options
    {
        QUrl url;
        QString screenshotFile; ///< empty: none
        bool dumpText = false;
        QSize windowSize{1280, 800}; ///< logical pixels
        qreal scale = 1;
        PageHeight height = PageHeight::Window;
        std::chrono::seconds timeout{30};
        bool dark = false;
    };

    /// Exit codes of the run.
    enum ExitCode { Success = 0, CannotLoad = 1, Usage = 2, RendererDied = 3 };

    /// @p tab outlives the run.
    HeadlessRun(Tab &tab, Options options, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    enum class Stage { Loading, Growing, Settling, Done };

    void onFrame();
    void onLoaded();
    void settle();
    void askWhetherThatWasAll();
    void deliver();
    bool writeScreenshot();
    void finish(int exitCode, const QString &sentence = {});

    Tab &m_tab;
    Options m_options;
    Stage m_stage = Stage::Loading;
    bool m_isAsking = false; ///< the page, whether more is to come
    QTimer m_timeout;
    QTimer m_quiet;   ///< no frame for a moment: the page is painted
    QTimer m_settled; ///< an animation never is; then its state of now counts
    QElapsedTimer m_clock;
    qint64 m_loadMilliseconds = -1;
    qint64 m_firstFrameMilliseconds = -1;
    qint64 m_frames = 0;
};

} // namespace bulkhead
