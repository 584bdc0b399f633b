// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_report.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentReport", source);
}

QString cell(const QString &text, const char *tag = "td", const char *attributes = "")
{
    return QStringLiteral("<%1%2>%3</%1>").arg(QLatin1String(tag), QLatin1String(attributes), text.toHtmlEscaped());
}

QString mark(bool good)
{
    return good ? QStringLiteral("<td class=\"yes\">✓</td>") : QStringLiteral("<td class=\"no\">✗</td>");
}

} // namespace

QString ExperimentAnswers::read(const QByteArray &json, ExperimentAnswers *answers)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return tr("The answers are no JSON object: %1").arg(error.errorString());
    const QJsonObject object = document.object();
    answers->learner = object[QStringLiteral("learner")].toString();
    answers->seed = quint32(object[QStringLiteral("seed")].toDouble());
    const QJsonValue given = object[QStringLiteral("answers")];
    if (!given.isObject())
        return tr("The answers lack the object “answers”.");
    const QJsonObject all = given.toObject();
    for (auto answer = all.begin(); answer != all.end(); ++answer) {
        if (answer->isString()) {
            answers->answers.insert(answer.key(), answer->toString());
        } else if (answer->isArray()) {
            QStringList tabs;
            for (const QJsonValue &tab : answer->toArray())
                tabs << tab.toString();
            tabs.sort();
            answers->answers.insert(answer.key(), tabs.join(QLatin1Char(' ')));
        } else {
            return tr("The answer to “%1” is neither a key nor a list of tabs.").arg(answer.key());
        }
    }
    return {};
}

bool ExperimentReport::checksPassed() const
{
    return trouble.isEmpty() &&
           std::all_of(checks.begin(), checks.end(), [](const Check &check) { return check.passed; });
}

bool ExperimentReport::answersRight() const
{
    return std::none_of(questions.begin(), questions.end(), [](const Question &q) { return q.answered && !q.right; });
}

int ExperimentReport::rightAnswers() const
{
    return int(std::count_if(questions.begin(), questions.end(), [](const Question &q) { return q.right; }));
}

QJsonObject ExperimentReport::toJson() const
{
    QJsonObject factObject;
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        bool isNumber = false;
        const double number = fact->toDouble(&isNumber);
        factObject.insert(fact.key(), isNumber ? QJsonValue(number) : QJsonValue(*fact));
    }
    QJsonArray checkArray, questionArray, eventArray;
    for (const Check &check : checks)
        checkArray.append(QJsonObject{{QStringLiteral("text"), check.say},
                                      {QStringLiteral("expected"), check.expected},
                                      {QStringLiteral("actual"), check.actual},
                                      {QStringLiteral("passed"), check.passed}});
    for (const Question &q : questions) {
        QJsonObject object{
            {QStringLiteral("name"), q.name}, {QStringLiteral("text"), q.text}, {QStringLiteral("truth"), q.truth}};
        if (q.answered) {
            object.insert(QStringLiteral("answer"), q.answer);
            object.insert(QStringLiteral("right"), q.right);
        }
        questionArray.append(object);
    }
    for (const Event &event : events)
        eventArray.append(
            QJsonObject{{QStringLiteral("ms"), event.milliseconds}, {QStringLiteral("text"), event.text}});
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("experiment"), experiment},
            {QStringLiteral("title"), title},
            {QStringLiteral("learner"), learner},
            {QStringLiteral("seed"), double(seed)},
            {QStringLiteral("started"), started.toString(Qt::ISODateWithMs)},
            {QStringLiteral("milliseconds"), milliseconds},
            {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
            {QStringLiteral("passed"), passed()},
            {QStringLiteral("trouble"), trouble},
            {QStringLiteral("checks"), checkArray},
            {QStringLiteral("questions"), questionArray},
            {QStringLiteral("facts"), factObject},
            {QStringLiteral("events"), eventArray}};
}

QString ExperimentReport::toHtmlBody() const
{
    QString html;
    const qsizetype good = std::count_if(checks.begin(), checks.end(), [](const Check &check) { return check.passed; });
    html += QStringLiteral("<div class=\"note %1\"><p>%2</p></div>")
                .arg(checksPassed() ? QStringLiteral("good") : QStringLiteral("bad"),
                     (trouble.isEmpty() ? tr("%1 of %2 checks hold.").arg(good).arg(checks.size())
                                        : tr("The run could not be finished: %1").arg(trouble))
                         .toHtmlEscaped());
    const bool anyAnswer =
        std::any_of(questions.begin(), questions.end(), [](const Question &q) { return q.answered; });
    if (!questions.isEmpty()) {
        html += QStringLiteral("<h2>%1</h2><table class=\"list compact\"><tr>%2%3%4%5</tr>")
                    .arg(tr("Predictions").toHtmlEscaped(), cell(QString(), "th"), cell(tr("Question"), "th"),
                         cell(tr("Predicted"), "th"), cell(tr("What happened"), "th"));
        for (const Question &q : questions)
            html += QStringLiteral("<tr>%1%2%3%4</tr>")
                        .arg(q.answered ? mark(q.right) : QStringLiteral("<td></td>"), cell(q.text),
                             cell(q.answered ? q.answer : tr("(no prediction)")), cell(q.truth));
        html += QStringLiteral("</table>");
        if (anyAnswer)
            html += QStringLiteral("<p>%1</p>")
                        .arg(tr("%1 of %2 predictions were right.").arg(rightAnswers()).arg(questions.size()));
    }
    html += QStringLiteral("<h2>%1</h2><table class=\"list compact\">").arg(tr("Checks").toHtmlEscaped());
    for (const Check &check : checks)
        html += QStringLiteral("<tr>%1%2%3</tr>")
                    .arg(mark(check.passed), cell(check.say),
                         cell(check.passed ? check.actual : tr("%1, expected %2").arg(check.actual, check.expected)));
    html += QStringLiteral("</table><h2>%1</h2><p>%2</p>")
                .arg(tr("Why").toHtmlEscaped(),
                     explanation.toHtmlEscaped().replace(QStringLiteral("\n\n"), QStringLiteral("</p><p>")));
    html += QStringLiteral("<h2>%1</h2><table class=\"list compact\">").arg(tr("What happened when").toHtmlEscaped());
    for (const Event &event : events)
        html += QStringLiteral("<tr>%1%2</tr>")
                    .arg(cell(tr("%1 ms").arg(event.milliseconds), "td", " class=\"key\""), cell(event.text));
    html += QStringLiteral("</table><h2>%1</h2><table class=\"list compact values\">").arg(tr("Facts").toHtmlEscaped());
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        html += QStringLiteral("<tr>%1%2</tr>").arg(cell(fact.key(), "td", " class=\"key\""), cell(*fact));
    html += QStringLiteral("</table>");
    return html;
}

QByteArray ExperimentReport::toHtml() const
{
    static const char Style[] =
        "body{font-family:sans-serif;max-width:860px;margin:40px auto;line-height:1.5;color:#1f242b;"
        "background:#fff}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:5px 12px "
        "5px 0;border-bottom:1px solid #dde2e8;vertical-align:top}.yes{color:#1a7f37}.no{color:#b31d1d;"
        "font-weight:bold}.note{padding:10px 16px;border-left:4px solid #1a7f37;background:#eef8f0}"
        ".bad{border-color:#b31d1d;background:#fdf0ef}.key{white-space:nowrap;color:#66707c}";
    const QString who = learner.isEmpty() ? QString() : tr("%1 · ").arg(learner);
    return QStringLiteral("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%1</title><style>%2</style>"
                          "<h1>%1</h1><p>%3</p><p>%4</p>%5</html>\n")
        .arg(title.toHtmlEscaped(), QLatin1String(Style), goal.toHtmlEscaped(),
             (who +
              tr("seed %1 · %2 · kernel %3").arg(seed).arg(started.toString(Qt::ISODate), QSysInfo::kernelVersion()))
                 .toHtmlEscaped(),
             toHtmlBody())
        .toUtf8();
}

} // namespace bulkhead
