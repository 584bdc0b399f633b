// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/pages/study_page.h"

class QCheckBox;

namespace bulkhead {

class ChartView;

/// One of two processes is killed: who notices, when, by which error, and what is left; and how locks are rescued.
class DeathPage : public StudyPage
{
    Q_OBJECT
public:
    explicit DeathPage(LabContext &context, QWidget *parent = nullptr);

    void start() override;
    /// "mechanisms"
    void configure(const QJsonObject &options) override;
    QList<const LabChart *> charts() const override;

protected:
    void showFindings() override;
    QJsonObject optionsJson() const override;

private:
    QStringList chosen() const;

    std::vector<QCheckBox *> m_choices;
    ChartView *m_deaths, *m_locks;
};

} // namespace bulkhead
