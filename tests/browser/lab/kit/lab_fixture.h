// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_context.h"
#include "browser/lab/kit/lab_page.h"
#include "browser/lab/kit/run_bar.h"
#include "browser/lab/pages/lab_view.h"
#include "tests/support/own_leftovers.h"
#include "tests/support/resource_counter.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace bulkhead {

/// The lab in a window of its own, with real workers.
struct LabFixture
{
    QTemporaryDir profile;
    std::unique_ptr<LabContext> context;
    std::unique_ptr<LabView> view;

    explicit LabFixture(const QString &worker = QStringLiteral(LAB_WORKER_PROGRAM))
        : context(std::make_unique<LabContext>(worker, profile.filePath(QStringLiteral("lab")))),
          view(std::make_unique<LabView>(*context))
    {
        view->resize(1100, 800);
        view->show();
    }
    ~LabFixture()
    {
        view.reset();
        context.reset();
    }

    /// Shown, with the mechanisms known.
    template <class Page>
    Page *open(const QString &name)
    {
        view->showUrl(LabView::urlOf(name));
        wait([this] { return !context->mechanisms().empty() || !context->problem().isEmpty(); });
        return qobject_cast<Page *>(view->page(name));
    }
    /// What Qt makes once and keeps is no leftover of a test.
    static void warmUp()
    {
        LabFixture lab;
        auto *page = lab.open<LabPage>(QStringLiteral("leftovers"));
        QVERIFY(run(page));
    }

    /// As a person does it; returns when it is over.
    static bool run(LabPage *page)
    {
        QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
        return wait([page] { return !page->isRunning(); }, 120'000);
    }

    template <class Condition>
    static bool wait(Condition condition, int milliseconds = 30'000)
    {
        return QTest::qWaitFor(condition, milliseconds);
    }

    /// Worker processes below this one.
    static QList<qint64> workers()
    {
        QList<qint64> pids;
        for (const QString &thread :
             QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(QStringLiteral("/proc/self/task/%1/children").arg(thread));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            for (const QByteArray &child : file.readAll().split(' ')) {
                QFile name(QStringLiteral("/proc/%1/comm").arg(QString::fromLatin1(child)));
                // The kernel keeps 15 letters.
                if (child.toLongLong() > 0 && name.open(QIODevice::ReadOnly) &&
                    name.readAll().startsWith("bulkhead-lab-wo"))
                    pids << child.toLongLong();
            }
        }
        return pids;
    }
    /// Kills one as soon as @p count of them are at work.
    static bool killAWorker(int count = 2)
    {
        QList<qint64> now;
        const bool came = wait([&] { return (now = workers()).size() >= count; });
        return came && ::kill(pid_t(now.last()), SIGKILL) == 0;
    }
};

/// Nothing may stay of what a test did: no process, descriptor, System V object, or run of the lab.
class NothingLeft
{
public:
    NothingLeft() : m_counter(ResourceScope::Machine) {}
    QString difference() const
    {
        const QString rest = m_counter.waitUntilRestored();
        if (!rest.isEmpty())
            return rest;
        return ownLeftovers().join(QLatin1Char('\n'));
    }

private:
    ResourceCounter m_counter;
};

} // namespace bulkhead
