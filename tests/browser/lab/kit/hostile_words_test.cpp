// SPDX-License-Identifier: BSD-3-Clause
// What workers, kept results and other people's objects are called is text in the lab's widgets.
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/data_path.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "tests/browser/desktop/window/hostile_text.h"

using namespace bulkhead;

class HostileWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tablesDrawingsAndChartsShowText()
    {
        HostileText hostile;
        for (const QString &text : hostile.all()) {
            QWidget top;
            auto *table = new FiguresTable(&top);
            table->setRows({{QStringLiteral("head"), QStringLiteral("head")}, {text, text}});
            auto *drawing = new DataPathDrawing(&top);
            DataPath path;
            path.places = {{DataPath::Owner::Sender, text}, {DataPath::Owner::Receiver, text}};
            path.aside = text;
            drawing->setPath(path);
            auto chart = std::make_unique<PercentileChart>();
            chart->title = text;
            chart->rows.push_back({text.left(300), 1, 2, 3, 4, text.left(300), 0});
            auto *view = new ChartView(std::move(chart), &top);
            view->resize(600, 300);
            top.resize(800, 600);
            top.show();
            const QStringList wrong = whatIsWrongIn(top);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(hostile.opened(), 0);
    }
};

QTEST_MAIN(HostileWordsTest)
#include "hostile_words_test.moc"
