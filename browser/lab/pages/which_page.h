// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"
#include "browser/lab/kit/measurement.h"
#include "browser/lab/kit/mechanism_facts.h"
#include "browser/pages/shown/rich_text.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace bulkhead {

class ChartView;
class FiguresTable;

/// Which mechanism for what one needs: those that cannot do it are left out, each with its reason, and those that can
/// are ranked by what was measured on this machine, on this page or by the latency page.
class WhichPage : public LabPage
{
    Q_OBJECT
public:
    explicit WhichPage(LabContext &context, QWidget *parent = nullptr);
    ~WhichPage() override;

    /// What is asked for.
    struct Needs
    {
        enum class Who { Two, ManyToOne, OneToAll };
        enum class Matters { Latency, Throughput, Processor };
        double size = 0; ///< bytes
        Who who = Who::Two;
        Matters matters = Matters::Latency;
        bool bothWays = false, messages = false, fields = false, kept = false, otherMachine = false, mayLose = false;
    };
    /// A mechanism, judged.
    struct Verdict
    {
        QString name;
        QStringList against; ///< why it does not fit; empty when it does
        QStringList inFavour;
        std::optional<MeasuredJob> measured;
    };

    /// Measures what fits, at the chosen size.
    void start() override;
    /// "size", "who" ("two", "many", "all"), "matters" ("latency", "throughput", "cpu"), and true or false for
    /// "both_ways", "messages", "fields", "kept", "other_machine", "may_lose".
    void configure(const QJsonObject &options) override;
    QJsonObject exported() const override;
    QList<const LabChart *> charts() const override;
    QList<LabTable> tables() const override;
    QStringList lessons() const override;
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    /// Those that fit first, the best of them on top.
    const std::vector<Verdict> &verdicts() const { return m_verdicts; }

protected:
    void onFinished(const Result<void> &result) override;

private:
    Needs needs() const;
    void decide();
    Verdict judge(const wire::LabMechanism &mechanism, const Needs &needs) const;
    const MeasuredJob *measurementOf(const QString &mechanism, double size) const;
    RichText answer() const;
    QList<QStringList> fittingRows() const;
    QList<QStringList> otherRows() const;

    QComboBox *m_size, *m_who, *m_matters;
    QCheckBox *m_bothWays, *m_messages, *m_fields, *m_kept, *m_otherMachine, *m_mayLose;
    QLabel *m_answer;
    QString m_said; ///< in m_answer, without markup
    ChartView *m_chart;
    QLabel *m_otherTitle;
    FiguresTable *m_fitting, *m_others;
    QJsonObject m_measured;          ///< by this page
    std::vector<MeasuredJob> m_jobs; ///< of this page, then of the latency page
    std::vector<Verdict> m_verdicts;
};

} // namespace bulkhead
