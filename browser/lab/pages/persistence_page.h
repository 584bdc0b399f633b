// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/pages/study_page.h"

namespace bulkhead {

class ChartView;

/// A message for a receiver that does not exist yet, from a sender that does not exist any more.
class PersistencePage : public StudyPage
{
    Q_OBJECT
public:
    explicit PersistencePage(LabContext &context, QWidget *parent = nullptr);

    void start() override;
    /// "mechanisms"; all that can when it is not named.
    void configure(const QJsonObject &options) override;
    QList<const LabChart *> charts() const override;

protected:
    void showFindings() override;
    QJsonObject optionsJson() const override;

private:
    QStringList m_mechanisms; ///< empty: all
    ChartView *m_chart;
};

} // namespace bulkhead
