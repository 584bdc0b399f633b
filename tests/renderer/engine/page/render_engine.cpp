// SPDX-License-Identifier: BSD-3-Clause
// A developer's look at the page engine: renders a file to a PNG and says what each step cost.
#include "tests/renderer/engine/page/folder_client.h"

#include "renderer/engine/page/engine_page.h"

#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QTextStream>

using namespace bulkhead;
using namespace bulkhead::engine;

namespace {

void describe(QCommandLineParser &options)
{
    options.addHelpOption();
    options.addPositionalArgument(QStringLiteral("file"), QStringLiteral("HTML file"));
    options.addPositionalArgument(QStringLiteral("png"), QStringLiteral("picture to write"));
    options.addOptions(
        {{QStringLiteral("width"), QStringLiteral("viewport width"), QStringLiteral("px"), QStringLiteral("800")},
         {QStringLiteral("height"), QStringLiteral("viewport height"), QStringLiteral("px"), QStringLiteral("600")},
         {QStringLiteral("top"), QStringLiteral("scroll position"), QStringLiteral("px"), QStringLiteral("0")},
         {QStringLiteral("scale"), QStringLiteral("device pixels per CSS pixel"), QStringLiteral("n"),
          QStringLiteral("1")},
         {QStringLiteral("root"), QStringLiteral("folder that / is in addresses"), QStringLiteral("folder")},
         {QStringLiteral("font"), QStringLiteral("font file to use as if it were installed"), QStringLiteral("file")},
         {QStringLiteral("whole"), QStringLiteral("the picture shows the whole document")},
         {QStringLiteral("dark"), QStringLiteral("the person prefers dark")},
         {QStringLiteral("find"), QStringLiteral("text to find"), QStringLiteral("text")},
         {QStringLiteral("select-all"), QStringLiteral("select everything")},
         {QStringLiteral("focus"), QStringLiteral("focus the nth link"), QStringLiteral("n"), QStringLiteral("0")},
         {QStringLiteral("hover"), QStringLiteral("put the mouse at x,y"), QStringLiteral("x,y")},
         {QStringLiteral("text"), QStringLiteral("print the text")},
         {QStringLiteral("dump-layout"), QStringLiteral("print the fragments")},
         {QStringLiteral("dump-tree"), QStringLiteral("print the document")}});
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
    QTextStream out(stdout);
    const QString path = QFileInfo(options.positionalArguments().value(0)).absoluteFilePath();
    for (const QString &font : options.values(QStringLiteral("font")))
        QFontDatabase::addApplicationFont(font);
    const QSize viewport(options.value(QStringLiteral("width")).toInt(),
                         options.value(QStringLiteral("height")).toInt());
    const double scale = options.value(QStringLiteral("scale")).toDouble();
    const QString root = options.isSet(QStringLiteral("root"))
                             ? QFileInfo(options.value(QStringLiteral("root"))).absoluteFilePath()
                             : QFileInfo(path).absolutePath();
    FolderClient client(root);
    auto page =
        EnginePage::create({client.urlOf(path), documentType(path), {}, options.isSet(QStringLiteral("dark"))}, client);
    page->setViewport(viewport, scale);
    QElapsedTimer timer;
    timer.start();
    const bool loaded = loadFile(*page, client, path);
    out << "load " << double(timer.nsecsElapsed()) / 1e6 << " ms" << (loaded ? "" : " (not finished)") << ", size "
        << page->contentSize().width() << 'x' << page->contentSize().height() << ", title \"" << client.title << '"'
        << Qt::endl;
    if (options.isSet(QStringLiteral("find")))
        out << "found "
            << page->find(options.value(QStringLiteral("find")), FindDirection::Forward, FindCase::Insensitive).count
            << Qt::endl;
    if (options.isSet(QStringLiteral("select-all")))
        page->selectAll();
    for (int i = 0; i < options.value(QStringLiteral("focus")).toInt(); ++i)
        page->focusNext(FindDirection::Forward);
    if (options.isSet(QStringLiteral("hover"))) {
        const QStringList at = options.value(QStringLiteral("hover")).split(u',');
        page->mouseMove(
            {QPoint(at.value(0).toInt(), at.value(1).toInt()), Qt::NoButton, Qt::NoButton, Qt::NoModifier, 1});
        out << "link " << client.hoveredLink.toString() << Qt::endl;
    }
    QRect area(QPoint(0, options.value(QStringLiteral("top")).toInt()), viewport);
    if (options.isSet(QStringLiteral("whole")))
        area = QRect(QPoint(), page->contentSize());
    timer.restart();
    const QImage picture = grab(*page, area, scale);
    out << "paint " << double(timer.nsecsElapsed()) / 1e6 << " ms" << Qt::endl;
    if (options.positionalArguments().size() > 1)
        picture.save(options.positionalArguments().at(1));
    if (options.isSet(QStringLiteral("text")))
        out << page->text() << Qt::endl;
    if (options.isSet(QStringLiteral("dump-tree")))
        out << page->dumpDocument() << Qt::endl;
    if (options.isSet(QStringLiteral("dump-layout")))
        out << page->dumpLayout() << Qt::endl;
    return loaded ? 0 : 1;
}
