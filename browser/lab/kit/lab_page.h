// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"
#include "browser/lab/kit/lab_context.h"

#include <QJsonObject>
#include <QUrl>
#include <QWidget>

class QLabel;
class QSplitter;
class QVBoxLayout;

namespace bulkhead {

class FiguresTable;
class MechanismCard;
class RunBar;

/// Figures as they are shown, and written to CSV and reports.
struct LabTable
{
    QString title;
    QList<QStringList> rows; ///< the first names the columns
};

/// One page of the lab: what it shows, the page's own part, the mechanism beside it, and the bar to run it. The last
/// result stays until the next run. Main thread; whatever takes time goes through run().
class LabPage : public QWidget
{
    Q_OBJECT
public:
    struct Description
    {
        QString name;       ///< in its address: "latency"
        QString title;      ///< "Latency and throughput"
        QString purpose;    ///< a few sentences
        QString runText;    ///< of the button; "&Run" when empty
        QString experiment; ///< the grader's lab file for it, such as "11-race"; empty when there is none
    };

    LabPage(LabContext &context, Description description, QWidget *parent = nullptr);
    ~LabPage() override;

    const QString &name() const { return m_description.name; }
    const Description &description() const { return m_description; }

    /// Begins with what is chosen on the page. Does nothing while it runs.
    virtual void start() = 0;
    /// Sets what can be chosen, by name, as exported() has it under "options". What is not named stays.
    virtual void configure(const QJsonObject &options);
    void cancel();
    bool isRunning() const { return m_task && !m_task->isFinished(); }
    /// The sentence in the bar.
    QString status() const;
    /// Why the last run failed; empty when it did not.
    const QString &problem() const { return m_problem; }

    /// The last result; empty before the first.
    virtual QJsonObject exported() const = 0;
    virtual QList<const LabChart *> charts() const { return {}; }
    /// By default the charts'.
    virtual QList<LabTable> tables() const;
    /// By default tables(), as they are shown.
    virtual QByteArray csv() const;
    /// Sentences that say what the result shows, for the report.
    virtual QStringList lessons() const { return {}; }
    /// Shows an exported result as if it had just been measured; false when the page cannot.
    virtual bool restore(const QJsonObject &result);
    /// The last result beside an earlier one, as a table. By default what both have under "findings", an array of
    /// {name, value, unit}.
    virtual QList<QStringList> comparedWith(const QJsonObject &before) const;

    /// Shows how the last result differs from the one that was kept with this name.
    void compareWith(const QString &kept);
    /// What is shown of the last comparison; empty when none is.
    QList<QStringList> comparison() const;

    MechanismCard *card() const { return m_card; }
    RunBar *bar() const { return m_bar; }
    /// The card takes room that some pages need for themselves.
    void showCard(bool on);

Q_SIGNALS:
    /// It runs, or no longer; the result has changed.
    void stateChanged();
    void openRequested(const QUrl &url);

protected:
    enum class Scrolling { Yes, No };
    /// The page's own part, owned by the page from now on.
    void setBody(QWidget *body, Scrolling scrolling = Scrolling::Yes);
    LabContext &context() const { return m_context; }
    lab::WorkerProgram workerProgram() const { return m_context.workerProgram(); }

    /// Runs @p work in a thread of the lab's and shows its progress; a run before is cancelled.
    void run(LabTask::Work work);
    /// After a run, before stateChanged(). The bar already says how it ended.
    virtual void onFinished(const Result<void> &result) { Q_UNUSED(result) }
    void say(const QString &sentence);
    /// A change that no run of run() made.
    void announceChange();

    void changeEvent(QEvent *event) override;

private:
    friend class RunBar;
    void finish();
    void styleHead();
    void makeComparison();

    LabContext &m_context;
    Description m_description;
    QLabel *m_title;
    QLabel *m_purpose;
    QSplitter *m_splitter;
    QVBoxLayout *m_column;
    MechanismCard *m_card;
    QWidget *m_cardArea;
    QWidget *m_comparison;
    QLabel *m_comparisonTitle;
    FiguresTable *m_comparisonTable;
    RunBar *m_bar;
    QString m_problem;
    std::unique_ptr<LabTask> m_task;
};

} // namespace bulkhead
