// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/study_page.h"

#include <QJsonArray>

#include <algorithm>
#include <cstring>

namespace bulkhead {

QString errnoName(int number)
{
    if (number == 0)
        return StudyPage::tr("end of file");
    const char *name = ::strerrorname_np(number);
    return name ? QString::fromLatin1(name) : QString::number(number);
}

std::optional<StudyPage::Finding> StudyPage::finding(const QString &name) const
{
    const auto found =
        std::find_if(m_findings.begin(), m_findings.end(), [&](const Finding &f) { return f.name == name; });
    return found == m_findings.end() ? std::nullopt : std::optional(*found);
}

double StudyPage::value(const QString &name, double otherwise) const
{
    const auto found = finding(name);
    return found ? found->value : otherwise;
}

void StudyPage::runStudies(std::vector<lab::StudyOptions> studies)
{
    m_findings.clear();
    m_lessons.clear();
    m_isComplete = false;
    m_options = optionsJson();
    showFindings();
    run([this, studies = std::move(studies)](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
        int done = 0;
        for (const lab::StudyOptions &options : studies) {
            const int step = done++;
            reporter.progress(step, int(studies.size()), tr("Running…"));
            const Result<lab::StudyReport> report = lab::runStudy(options, cancel, [&](const wire::LabFinding &found) {
                const QString text = QString::fromStdString(found.text());
                if (!text.isEmpty())
                    reporter.progress(step, int(studies.size()), text);
                reporter.post([this, found, text] {
                    m_findings.push_back({QString::fromStdString(found.name()), found.value(),
                                          QString::fromStdString(found.unit()), text});
                    showFindings();
                });
            });
            if (!report)
                return tl::unexpected(report.error());
            const auto &all = lab::studies();
            const auto info =
                std::find_if(all.begin(), all.end(), [&](const auto &e) { return options.name == e.name; });
            reporter.post([this, lesson = Lesson{QString::fromLatin1(info->name), QString::fromLatin1(info->lesson),
                                                 report->lessonHolds}] { m_lessons.push_back(lesson); });
        }
        return {};
    });
}

void StudyPage::onFinished(const Result<void> &result)
{
    m_isComplete = bool(result);
    showFindings();
    if (!result)
        return;
    for (const Lesson &lesson : m_lessons) {
        if (!lesson.holds)
            return say(tr("Not shown this time: %1").arg(lesson.text));
    }
    if (!m_lessons.empty())
        say(m_lessons.front().text);
}

QJsonObject StudyPage::exported() const
{
    if (m_findings.empty())
        return {};
    QJsonArray findings, lessons;
    for (const Finding &f : m_findings) {
        findings.append(QJsonObject{{QStringLiteral("name"), f.name},
                                    {QStringLiteral("value"), f.value},
                                    {QStringLiteral("unit"), f.unit},
                                    {QStringLiteral("text"), f.text}});
    }
    for (const Lesson &l : m_lessons) {
        lessons.append(QJsonObject{{QStringLiteral("experiment"), l.study},
                                   {QStringLiteral("lesson"), l.text},
                                   {QStringLiteral("lesson_holds"), l.holds}});
    }
    return {{QStringLiteral("experiments"), lessons},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("complete"), m_isComplete},
            {QStringLiteral("options"), m_options}};
}

bool StudyPage::restore(const QJsonObject &result)
{
    if (isRunning() || result[QStringLiteral("findings")].toArray().isEmpty())
        return false;
    m_findings.clear();
    m_lessons.clear();
    m_options = result[QStringLiteral("options")].toObject();
    configure(m_options);
    for (const QJsonValue &value : result[QStringLiteral("findings")].toArray()) {
        m_findings.push_back({value[QStringLiteral("name")].toString(), value[QStringLiteral("value")].toDouble(),
                              value[QStringLiteral("unit")].toString(), value[QStringLiteral("text")].toString()});
    }
    for (const QJsonValue &value : result[QStringLiteral("experiments")].toArray()) {
        m_lessons.push_back({value[QStringLiteral("experiment")].toString(), value[QStringLiteral("lesson")].toString(),
                             value[QStringLiteral("lesson_holds")].toBool()});
    }
    m_isComplete = result[QStringLiteral("complete")].toBool();
    showFindings();
    announceChange();
    return true;
}

QStringList StudyPage::lessons() const
{
    QStringList lessons;
    for (const Lesson &lesson : m_lessons)
        lessons << (lesson.holds ? lesson.text : tr("Not shown this time: %1").arg(lesson.text));
    return lessons;
}

} // namespace bulkhead
