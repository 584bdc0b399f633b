// SPDX-License-Identifier: BSD-3-Clause
// Titles, addresses and sites of hostile pages in the tools that show processes: text, never markup.
#include "browser/tools/map/map_node.h"
#include "browser/tools/map/process_strip.h"
#include "browser/tools/model/process_list.h"
#include "browser/tools/tasks/task_model.h"
#include "browser/widgets/plain_text.h"
#include "tests/browser/desktop/window/hostile_text.h"

#include <QTreeView>

using namespace bulkhead;

namespace {

/// One process whose every word is @p text.
class HostileSource : public ProcessSource
{
public:
    explicit HostileSource(const QString &text) : m_text(text) {}

    void describe(std::vector<ProcessInfo> &to) const override
    {
        ProcessInfo info;
        info.key = 7;
        info.role = ProcessRole::Renderer;
        info.pid = 4711;
        info.sites = {m_text, m_text};
        info.trouble = m_text;
        QUrl url(QStringLiteral("http://u:p@example.test/"));
        url.setPath(u'/' + m_text.left(2000));
        info.tasks = {{1, m_text, url, {}, true}, {2, m_text, url, {}, false}};
        to.push_back(info);
    }
    bool sendSignal(quint64, int) override { return false; }
    bool end(quint64) override { return false; }

private:
    QString m_text;
};

} // namespace

class HostileNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTaskManagerTheStripAndTheMapShowText()
    {
        HostileText hostile;
        for (const QString &text : hostile.all()) {
            ProcessList processes;
            processes.add(std::make_unique<HostileSource>(text));
            processes.refresh();
            QCOMPARE(processes.processes().size(), std::size_t(1));
            TaskModel model(processes);
            QTreeView view;
            view.setModel(&model);
            view.expandAll();
            view.resize(1000, 300);
            view.show();
            ProcessStrip strip(processes);
            strip.choose(7);
            strip.show();
            plain::showToolTip(QPoint(3, 3), map::explanation(processes.processes().front()), &view);
            const QString tip = QToolTip::text();
            QVERIFY2(!tip.contains(QStringLiteral("<img")) && !tip.contains(QStringLiteral("<style")),
                     qPrintable(tip.left(300)));
            QVERIFY(tip.size() < 20'000);
            const QStringList wrong = whatIsWrongIn(view) + whatIsWrongIn(strip);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            QVERIFY(model.rowCount() == 1 && model.rowCount(model.index(0, 0)) == 2);
            for (int row = 0; row < 2; ++row) {
                const QModelIndex task = model.index(row, TaskModel::Where, model.index(0, 0));
                QVERIFY(!task.data().toString().contains(QStringLiteral("u:p@")));
                QVERIFY(!task.data(Qt::ToolTipRole).toString().contains(QStringLiteral("u:p@")));
            }
        }
        QCOMPARE(hostile.opened(), 0);
    }
};

QTEST_MAIN(HostileNamesTest)
#include "hostile_names_test.moc"
