// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/plugin_requests.h"

#include <QObject>
#include <QPainter>
#include <QPointer>

#include <memory>

class QPrinter;
class QWidget;

namespace bulkhead {

class Charge;
class Tab;

/// Prints what a plugin shows: asks it for its pages, one after the other, at the printer's resolution, and puts each
/// on a sheet of its own, as large as it fits. A plugin without pages has what is seen of it printed. Main thread;
/// deletes itself.
class PrintJob : public QObject
{
    Q_OBJECT
public:
    /// Starts at once. The tab may go away meanwhile; the job then fails.
    PrintJob(Tab &tab, std::unique_ptr<QPrinter> printer, QObject *parent = nullptr);
    ~PrintJob() override;

Q_SIGNALS:
    /// Once, at the end. @p error is empty when everything was handed to the printer.
    void finished(int sheets, const QString &error);

private:
    void printSheet(int index);
    void put(const QImage &image, QSizeF size);
    void finish(const QString &error = {});

    const QPointer<Tab> m_tab;
    const std::unique_ptr<QPrinter> m_printer;
    std::unique_ptr<QPainter> m_painter;
    QList<QRect> m_pages;
    std::shared_ptr<Charge> m_held; ///< for m_pages
    QList<int> m_wanted;            ///< of m_pages, as the person chose
    int m_sheets = 0;
};

/// Lets the person choose a printer (or a PDF file), then prints. @p window is the dialog's.
void printByDialog(Tab &tab, QWidget *window);

} // namespace bulkhead
