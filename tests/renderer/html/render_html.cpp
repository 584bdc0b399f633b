// SPDX-License-Identifier: BSD-3-Clause
// A developer's look at the page engine: renders a file to a PNG and says what each step cost.
#include "tests/renderer/html/fake_page_client.h"

#include "renderer/html/html_page.h"

#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QTextStream>

#include <algorithm>

using namespace bulkhead;

namespace {

void describe(QCommandLineParser &options)
{
    options.addHelpOption();
    options.addPositionalArgument(QStringLiteral("file"), QStringLiteral("HTML file"));
    options.addPositionalArgument(QStringLiteral("png"), QStringLiteral("picture to write"));
    options.addOptions(
        {{QStringLiteral("width"), QStringLiteral("viewport width"), QStringLiteral("px"), QStringLiteral("1000")},
         {QStringLiteral("height"), QStringLiteral("viewport height"), QStringLiteral("px"), QStringLiteral("800")},
         {QStringLiteral("top"), QStringLiteral("scroll position"), QStringLiteral("px"), QStringLiteral("0")},
         {QStringLiteral("scale"), QStringLiteral("device pixels per CSS pixel"), QStringLiteral("n"),
          QStringLiteral("1")},
         {QStringLiteral("find"), QStringLiteral("text to find"), QStringLiteral("text")},
         {QStringLiteral("select-all"), QStringLiteral("select everything")},
         {QStringLiteral("focus"), QStringLiteral("focus the nth link"), QStringLiteral("n"), QStringLiteral("0")},
         {QStringLiteral("hover"), QStringLiteral("put the mouse at x,y"), QStringLiteral("x,y")},
         {QStringLiteral("text"), QStringLiteral("print the text")},
         {QStringLiteral("bench"), QStringLiteral("measure painting")}});
}

/// Says what painting, a new layout and moves of the mouse cost.
void measure(Page &page, QSize viewport, qreal scale, QTextStream &out)
{
    QElapsedTimer timer;
    QImage image(viewport * scale, QImage::Format_RGB32);
    const auto median = [&](auto damageAt) {
        std::vector<double> times;
        for (int i = 0; i < 200; ++i) {
            const int top = int(qint64(i) * 9973 % qMax(1, page.contentSize().height() - viewport.height()));
            const QRect view(QPoint(0, top), viewport);
            timer.restart();
            paintInto(image, page, view, damageAt(view), scale);
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        return times[times.size() / 2];
    };
    out << "paint full " << median([](QRect v) { return v; }) << " ms, strip of 40 "
        << median([](QRect v) { return QRect(v.left(), v.bottom() - 39, v.width(), 40); }) << " ms, small "
        << median([](QRect v) { return QRect(v.topLeft() + QPoint(300, 300), QSize(200, 50)); }) << " ms" << Qt::endl;
    timer.restart();
    page.setViewport(viewport - QSize(100, 0), scale);
    out << "layout " << timer.elapsed() << " ms" << Qt::endl;
    timer.restart();
    for (int i = 0; i < 50; ++i)
        page.mouseMove({QPoint(200 + i * 5, 200 + i * 7), Qt::NoButton, Qt::NoButton, Qt::NoModifier, 1});
    out << "mouse move " << double(timer.nsecsElapsed()) / 50e6 << " ms" << Qt::endl;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    QCommandLineParser options;
    describe(options);
    options.process(app);
    const QStringList arguments = options.positionalArguments();
    QFile file(arguments.value(0));
    QTextStream out(stdout);
    if (!file.open(QIODevice::ReadOnly)) {
        out << "cannot read " << arguments.value(0) << Qt::endl;
        return 2;
    }
    const QSize viewport(options.value(QStringLiteral("width")).toInt(),
                         options.value(QStringLiteral("height")).toInt());
    const qreal scale = options.value(QStringLiteral("scale")).toDouble();
    FakePageClient client;
    const bool xml = file.fileName().endsWith(u".xhtml");
    auto page = HtmlPage::create({QUrl::fromLocalFile(file.fileName()),
                                  xml ? QStringLiteral("application/xhtml+xml") : QStringLiteral("text/html"),
                                  {},
                                  false},
                                 client);
    page->setViewport(viewport, scale);
    QElapsedTimer timer;
    timer.start();
    const bool loaded = load(*page, client, file.readAll());
    out << "load " << timer.restart() << " ms" << (loaded ? "" : " (not finished)") << ", size "
        << page->contentSize().width() << 'x' << page->contentSize().height() << ", title \"" << client.title << '"'
        << Qt::endl;
    if (options.isSet(QStringLiteral("find"))) {
        const FindResult found =
            page->find(options.value(QStringLiteral("find")), FindDirection::Forward, FindCase::Insensitive);
        out << "found " << found.count << " in " << timer.restart() << " ms" << Qt::endl;
    }
    if (options.isSet(QStringLiteral("select-all")))
        page->selectAll();
    for (int i = 0; i < options.value(QStringLiteral("focus")).toInt(); ++i)
        page->focusNext(FindDirection::Forward);
    if (options.isSet(QStringLiteral("hover"))) {
        const QStringList at = options.value(QStringLiteral("hover")).split(u',');
        timer.restart();
        page->mouseMove(
            {QPoint(at.value(0).toInt(), at.value(1).toInt()), Qt::NoButton, Qt::NoButton, Qt::NoModifier, 1});
        out << "hover " << timer.nsecsElapsed() / 1e6 << " ms, link " << client.hoveredLink.toString() << Qt::endl;
    }
    const QRect area(QPoint(0, options.value(QStringLiteral("top")).toInt()), viewport);
    if (arguments.size() > 1)
        grab(*page, area, scale).save(arguments[1]);
    if (options.isSet(QStringLiteral("text")))
        out << page->text() << Qt::endl;
    if (options.isSet(QStringLiteral("bench")))
        measure(*page, viewport, scale, out);
    return loaded ? 0 : 1;
}
