// SPDX-License-Identifier: BSD-3-Clause
// What is shown: text from outside is text, and nothing is opened for it.
#include "browser/desktop/window/tab_page.h"
#include "browser/desktop/window/tab_strip.h"
#include "browser/widgets/info_bar.h"
#include "tests/system/decisions/case.h"

#include <QDir>
#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace bulkhead {

namespace {

using namespace protections;

constexpr char16_t Override = 0x202e; // right to left from here

QString turned(const QString &text)
{
    return text.contains(QChar(Override)) ? QStringLiteral("turned around") : QStringLiteral("in order");
}

/// A picture that markup could name.
QUrl picture(const Scene &scene, const char *name)
{
    return scene.file(QLatin1String(name), "P1 1 1 0\n");
}

} // namespace

void addTextCases(Cases &cases)
{
    const Group add(cases, "text");

    add(
        "a title cannot turn around where it is kept", titles,
        [](Scene &s) {
            s.a().script("/", "say title_changed { title: '\\342\\200\\256txt.exe' }\n");
            return turned(s.visit(s.a().url())->history().current()->title);
        },
        "in order", "turned around");
    add(
        "a plugin's notice cannot turn its page around", titles,
        [](Scene &s) {
            s.plugin();
            s.a().pluginScript("/doc", "say plugin { notice { sentence: '\\342\\200\\256txt.exe' } }\n");
            s.visit(s.a().url(QStringLiteral("/doc")));
            return turned(s.notice());
        },
        "in order", "turned around");
    add(
        "a file's name cannot turn the window's title around", outsideTexts,
        [](Scene &s) {
            s.visit(s.file(QStringLiteral("photo") + QChar(Override) + QStringLiteral("gpj.txt"), "text"));
            return turned(s.window().windowTitle());
        },
        "in order", "turned around");
    add(
        "a title that is markup opens no file in a tab's tooltip", escapes,
        [](Scene &s) {
            const QUrl file = picture(s, "secret.pbm");
            s.a().script("/", "say title_changed { title: '<img src=\"" + file.toLocalFile().toUtf8() + "\">' }\n");
            s.visit(s.a().url());
            s.watchFile(file);
            QWidget *bar = s.window().tabStrip()->bar();
            const QPoint at = bar->rect().center();
            for (int x = 4; x < bar->width() && !QToolTip::isVisible(); x += 40) {
                QHelpEvent help(QEvent::ToolTip, QPoint(x, at.y()), bar->mapToGlobal(QPoint(x, at.y())));
                QCoreApplication::sendEvent(bar, &help);
            }
            const QString shown = QToolTip::isVisible() ? QStringLiteral("a tooltip") : QStringLiteral("no tooltip");
            QToolTip::hideText();
            return shown + s.filesOpened();
        },
        "a tooltip", "a tooltip, opened secret.pbm");
    add(
        "a folder whose name is markup opens no file in a question", plainLabels,
        [](Scene &s) {
            const QUrl file = picture(s, "secret.pbm");
            const QString before = QDir::currentPath();
            QDir::setCurrent(s.folder());
            const QByteArray asked = s.file(QStringLiteral("<img src=\"secret.pbm\">/x.txt")).toEncoded();
            s.visit(s.file(QStringLiteral("docs/index.html"),
                           "#!hostile\nsay resource_request { stream_id: 7 kind: IMAGE url: '" + asked + "' }\n"));
            s.watchFile(file);
            const bool asks = s.waitUntil([&s] {
                const auto bars = s.window().activePage()->findChildren<InfoBar *>();
                return std::any_of(bars.begin(), bars.end(), [](const InfoBar *bar) { return bar->isVisible(); });
            });
            s.settle();
            QDir::setCurrent(before);
            return (asks ? QStringLiteral("a question") : QStringLiteral("no question")) + s.filesOpened();
        },
        "a question", "a question, opened secret.pbm");
    add(
        "an address without end is not kept in the history", storedUrls,
        [](Scene &s) {
            const QString longPath = QStringLiteral("/") + QString(5000, u'x');
            s.a().server().set(longPath, LoopbackAnswer::page("hello"));
            s.visit(s.a().url(longPath));
            return QStringLiteral("%1 kept").arg(s.history().count());
        },
        "0 kept", "1 kept");
}

} // namespace bulkhead
