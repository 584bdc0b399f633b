// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"
#include "ipc/lab/engine/study.h"

#include <map>
#include <optional>
#include <vector>

namespace bulkhead {

/// A page that carries out studies of the lab's engine (ipc/lab/engine/study.h), one after the other, and
/// shows their findings as they come: what `bulkhead lab experiment` prints.
class StudyPage : public LabPage
{
    Q_OBJECT
public:
    struct Finding
    {
        QString name; ///< "pipe.reader_killed"
        double value = 0;
        QString unit, text;
    };
    struct Lesson
    {
        QString study, text;
        bool holds = false;
    };

    using LabPage::LabPage;

    QJsonObject exported() const override;
    QStringList lessons() const override;
    bool restore(const QJsonObject &result) override;

    const std::vector<Finding> &findings() const { return m_findings; }
    const std::vector<Lesson> &lessonsFound() const { return m_lessons; }
    /// Nothing when there is none of that name.
    std::optional<Finding> finding(const QString &name) const;
    double value(const QString &name, double otherwise) const;

protected:
    /// Begins with nothing found. Names of studies in options; the last findings stay until the first new one.
    void runStudies(std::vector<lab::StudyOptions> studies);
    /// Something was found; also before the first, and when a result is restored.
    virtual void showFindings() = 0;
    virtual QJsonObject optionsJson() const { return {}; }
    void onFinished(const Result<void> &result) override;

private:
    std::vector<Finding> m_findings;
    std::vector<Lesson> m_lessons;
    bool m_isComplete = false;
    QJsonObject m_options;
};

/// "EPIPE" for a number of errno; "end of file" for 0.
QString errnoName(int number);

} // namespace bulkhead
