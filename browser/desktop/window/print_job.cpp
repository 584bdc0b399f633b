// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/print_job.h"

#include "browser/pages/tabs/tab.h"
#include "browser/widgets/plain_text.h"

#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr double UnitsPerInch = 96;    // what a document unit is on paper when it fits
constexpr double MostResolution = 300; // dots per inch asked of the plugin: more is not seen
constexpr int MostEdge = 8192;         // pixels

} // namespace

PrintJob::PrintJob(Tab &tab, std::unique_ptr<QPrinter> printer, QObject *parent)
    : QObject(parent), m_tab(&tab), m_printer(std::move(printer))
{
    m_printer->setDocName(tab.title().plain());
    tab.requestStructure([self = QPointer(this)](const DocumentStructure &structure) {
        if (!self)
            return;
        self->m_pages = structure.pages;
        self->m_held = structure.held;
        const int count = int(std::max<qsizetype>(1, structure.pages.size()));
        const bool isRange = self->m_printer->printRange() == QPrinter::PageRange && self->m_printer->fromPage() > 0;
        const int from = isRange ? self->m_printer->fromPage() : 1;
        const int to = isRange && self->m_printer->toPage() > 0 ? self->m_printer->toPage() : count;
        for (int page = from; page <= std::min(to, count); ++page)
            self->m_wanted.append(page - 1);
        if (self->m_printer->pageOrder() == QPrinter::LastPageFirst)
            std::reverse(self->m_wanted.begin(), self->m_wanted.end());
        self->printSheet(0);
    });
}

PrintJob::~PrintJob() = default;

void PrintJob::printSheet(int index)
{
    if (!m_tab)
        return finish(tr("The tab was closed."));
    if (index == m_wanted.size())
        return finish(index == 0 ? tr("There is no such page.") : QString());
    if (m_pages.isEmpty()) {
        const QImage seen = m_tab->picture();
        if (seen.isNull())
            return finish(tr("There is nothing to print yet."));
        put(seen, seen.deviceIndependentSize());
        return finish();
    }
    const QSizeF area = m_pages[m_wanted[index]].size();
    const double resolution = std::min<double>(m_printer->resolution(), MostResolution);
    const QSizeF paper = m_printer->pageRect(QPrinter::Inch).size() * resolution;
    double scale =
        std::min({paper.width() / area.width(), paper.height() / area.height(), 4 * resolution / UnitsPerInch});
    scale = std::min({scale, MostEdge / area.width(), MostEdge / area.height()});
    const QSize pixels(std::max(1, int(std::lround(area.width() * scale))),
                       std::max(1, int(std::lround(area.height() * scale))));
    m_tab->requestSheet(
        m_wanted[index], pixels, scale, [self = QPointer(this), index, pixels, resolution](const QImage &image) {
            if (!self)
                return;
            if (image.isNull())
                return self->finish(tr("The plugin did not paint page %1.").arg(self->m_wanted[index] + 1));
            self->put(image, QSizeF(pixels) / resolution * UnitsPerInch);
            self->printSheet(index + 1);
        });
}

/// @p size in units of 1/96 inch; smaller where the paper is.
void PrintJob::put(const QImage &image, QSizeF size)
{
    if (!m_painter)
        m_painter = std::make_unique<QPainter>(m_printer.get());
    else
        m_printer->newPage();
    const QSizeF paper = m_printer->pageRect(QPrinter::DevicePixel).size();
    QSizeF target = size * (m_printer->resolution() / UnitsPerInch);
    if (target.width() > paper.width() || target.height() > paper.height())
        target.scale(paper, Qt::KeepAspectRatio);
    m_painter->setRenderHint(QPainter::SmoothPixmapTransform);
    m_painter->drawImage(QRectF(QPointF((paper.width() - target.width()) / 2, 0), target), image);
    ++m_sheets;
}

void PrintJob::finish(const QString &error)
{
    const bool began = m_painter && m_painter->isActive();
    if (began && error.isEmpty())
        m_painter->end();
    else if (began)
        m_printer->abort();
    Q_EMIT finished(m_sheets, m_sheets > 0 && !began ? tr("The printer cannot be used.") : error);
    deleteLater();
}

void printByDialog(Tab &tab, QWidget *window)
{
    auto *dialog = new QPrintDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), window,
                     [tab = QPointer(&tab), window](const QPrinter *chosen) {
                         if (!tab)
                             return;
                         // The dialog's own goes away with it.
                         auto printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
                         printer->setPrinterName(chosen->printerName());
                         printer->setOutputFormat(chosen->outputFormat());
                         printer->setOutputFileName(chosen->outputFileName());
                         printer->setPageLayout(chosen->pageLayout());
                         printer->setCopyCount(chosen->copyCount());
                         printer->setPrintRange(chosen->printRange());
                         printer->setFromTo(chosen->fromPage(), chosen->toPage());
                         printer->setPageOrder(chosen->pageOrder());
                         printer->setColorMode(chosen->colorMode());
                         printer->setDuplex(chosen->duplex());
                         auto *job = new PrintJob(*tab, std::move(printer), window);
                         QObject::connect(job, &PrintJob::finished, window, [window](int, const QString &error) {
                             if (error.isEmpty())
                                 return;
                             QMessageBox *box = plain::messageBox(QMessageBox::Warning, PrintJob::tr("Print"),
                                                                  OutsideText(error), QMessageBox::Ok, window);
                             box->setAttribute(Qt::WA_DeleteOnClose);
                             box->open();
                         });
                     });
    dialog->open();
}

} // namespace bulkhead
