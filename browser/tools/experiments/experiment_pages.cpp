// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_pages.h"

#include "browser/pages/fetch/html_answer.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/tools/experiments/experiment_runner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QUrlQuery>

namespace bulkhead {

namespace {

constexpr qint64 MostReportBytes = 64 << 20;

QByteArray page(const QString &content)
{
    QFile file(QStringLiteral(":/bulkhead/pages/experiments.html"));
    const QByteArray frame = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!--content-->");
    return QByteArray(frame).replace("<!--content-->", content.toUtf8());
}

QString link(const QString &name, const QString &query, const QString &text, const char *attributes = "")
{
    return QStringLiteral("<a href=\"about:experiments?show=%1%2\"%3>%4</a>")
        .arg(name, query.isEmpty() ? QString() : u'&' + query, QLatin1String(attributes), text.toHtmlEscaped())
        .replace(QLatin1String("&act="), QLatin1String("&amp;act="))
        .replace(QLatin1String("&token="), QLatin1String("&amp;token="));
}

QString commandText(const ExperimentStep &step)
{
    QStringList words{step.verb.text};
    for (const ExperimentWord &word : step.words)
        words << word.text;
    for (auto option = step.options.begin(); option != step.options.end(); ++option)
        words << option.key() + u'=' + option->text;
    return words.join(QLatin1Char(' '));
}

} // namespace

ExperimentPages::ExperimentPages(QString program, InternalActs &acts, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_acts(acts)
{
}

ExperimentPages::~ExperimentPages() = default;

ExperimentPages::Work &ExperimentPages::work(const QString &name)
{
    Work &work = m_work[name];
    if (work.seed == 0)
        work.seed = 1 + QRandomGenerator::global()->bounded(999'999u);
    return work;
}

std::unique_ptr<Fetch> ExperimentPages::open(const InternalRequest &request)
{
    const QUrl &url = request.url;
    HtmlAnswer later = htmlLater(url, QStringLiteral("experiments.html"));
    const auto &answer = later.answer;
    const QUrlQuery query(url);
    const QString name = query.queryItemValue(QStringLiteral("show"));
    QList<ExperimentError> errors;
    if (!shippedExperiments().contains(name)) {
        answer(list());
        return std::move(later.fetch);
    }
    const ExperimentFile file = ExperimentFile::read(shippedExperimentFile(name), &errors);
    Work &mine = work(name);
    mine.message.clear();
    const QString &deed = request.act;
    if (deed.startsWith(u"answer:"))
        predict(file, deed.section(u':', 1, 1), deed.section(u':', 2));
    if (deed == u"reset") {
        mine = {};
        work(name);
    } else if (deed == u"open") {
        Q_EMIT pagesWanted(pagesOf(file, mine));
        Q_EMIT mapWanted();
        mine.message =
            tr("Its pages are open in tabs behind this one, and the process map is shown. Try the steps by hand.");
    } else if (deed == u"save") {
        mine.message = save(name, mine);
    } else if (deed == u"run") {
        run(name, [this, answer, file, name] { answer(show(file, work(name))); });
        return std::move(later.fetch);
    }
    answer(show(file, mine));
    return std::move(later.fetch);
}

QByteArray ExperimentPages::list()
{
    QString html =
        QStringLiteral("<h1>%1</h1><p class=\"lead\">%2</p><table class=\"list\">")
            .arg(tr("Experiments").toHtmlEscaped(),
                 tr("Predict what will happen, try it with real processes, and see what did.").toHtmlEscaped());
    int number = 0;
    for (const QString &name : shippedExperiments()) {
        QList<ExperimentError> errors;
        const ExperimentFile file = ExperimentFile::read(shippedExperimentFile(name), &errors);
        QString done;
        if (const auto work = m_work.constFind(name); work != m_work.constEnd() && !work->reportJson.isEmpty()) {
            const QJsonObject report = QJsonDocument::fromJson(work->reportJson).object();
            done = report[QStringLiteral("passed")].toBool() ? tr(" ✓ done") : tr(" done, with surprises");
        }
        html += QStringLiteral("<tr><td class=\"key\"><span class=\"step\">%1.</span> %2</td><td>%3 <span "
                               "class=\"muted\">%4%5</span></td></tr>")
                    .arg(++number)
                    .arg(link(name, QString(), file.title), file.goal.toHtmlEscaped(), file.time.toHtmlEscaped(),
                         done.toHtmlEscaped());
    }
    html += QStringLiteral("</table><p class=\"detail\">%1</p>")
                .arg(tr("Each is a text file, written without C++. In a terminal: %1")
                         .arg(QStringLiteral("<code>bulkhead experiment list</code>")));
    return page(html);
}

QByteArray ExperimentPages::show(const ExperimentFile &file, const Work &work) const
{
    const QMap<QString, QString> picks = ExperimentRunner::picks(file, work.seed);
    const auto resolved = [&picks](QString text) {
        for (auto pick = picks.begin(); pick != picks.end(); ++pick)
            text.replace(u'$' + pick.key(), *pick);
        return text.toHtmlEscaped();
    };
    const QString token = m_acts.issue(QStringLiteral("experiments"));
    const auto act = [&token](const QString &deed) { return InternalActs::query(deed, token); };
    QString html =
        QStringLiteral(
            "<p class=\"crumb\"><a href=\"about:experiments\">%1</a> / %2</p><h1>%2</h1><p class=\"lead\">%3</p>")
            .arg(tr("Experiments").toHtmlEscaped(), file.title.toHtmlEscaped(), file.goal.toHtmlEscaped());
    if (!work.message.isEmpty())
        html += QStringLiteral("<div class=\"note\"><p>%1</p></div>").arg(work.message.toHtmlEscaped());

    html += QStringLiteral("<h2>%1</h2><table class=\"list compact\">").arg(tr("Set-up").toHtmlEscaped());
    for (const ExperimentStep &step : file.setup) {
        if (step.verb.text != QLatin1String("tab"))
            continue;
        const QString site = step.option(QStringLiteral("site"));
        html += QStringLiteral("<tr><td class=\"key\">%1</td><td>%2</td></tr>")
                    .arg(tr("tab %1").arg(step.word(0)).toHtmlEscaped(),
                         (site.isEmpty() ? step.option(QStringLiteral("url")) : tr("a page of the site “%1”").arg(site))
                             .toHtmlEscaped());
    }
    html += QStringLiteral("</table>");

    html += QStringLiteral("<h2>%1</h2>").arg(tr("First, predict").toHtmlEscaped());
    for (const ExperimentQuestion &question : file.questions) {
        html += QStringLiteral("<h3>%1</h3><p>").arg(resolved(question.text));
        const QString given = work.answers.value(question.name.text);
        QList<QPair<QString, QString>> choices = question.choices;
        if (question.kind == ExperimentQuestion::Kind::Tabs) {
            for (const QString &tab : file.tabs())
                choices.append({tab, tab});
        }
        for (const auto &choice : std::as_const(choices)) {
            const bool chosen = question.kind == ExperimentQuestion::Kind::Tabs
                                    ? given.split(QLatin1Char(' ')).contains(choice.first)
                                    : work.answers.contains(question.name.text) && given == choice.first;
            html += link(file.name, act(QStringLiteral("answer:%1:%2").arg(question.name.text, choice.first)),
                         (chosen ? QStringLiteral("● ") : QStringLiteral("○ ")) + choice.second,
                         chosen ? " class=\"choice chosen\"" : " class=\"choice\"") +
                    QStringLiteral("<br>");
        }
        html += QStringLiteral("</p>");
    }

    html += QStringLiteral("<h2>%1</h2><table class=\"list compact\">").arg(tr("Then, do").toHtmlEscaped());
    int number = 0;
    for (const ExperimentStep &step : file.steps)
        html +=
            QStringLiteral("<tr><td class=\"key\"><span class=\"step\">%1.</span> <code>%2</code></td><td>%3</td></tr>")
                .arg(++number)
                .arg(resolved(commandText(step)), resolved(step.say));
    html += QStringLiteral("</table><p>%1 %2 %3</p>")
                .arg(link(file.name, act(QStringLiteral("run")), tr("Carry it out and grade it"), " class=\"button\""),
                     link(file.name, act(QStringLiteral("open")), tr("Try it by hand"), " class=\"button\""),
                     link(file.name, act(QStringLiteral("reset")), tr("Start over"), " class=\"button\""));
    html += QStringLiteral("<p class=\"detail\">%1</p>")
                .arg(tr("Seed %1: your own run. It is carried out by a second program, with processes of its own.")
                         .arg(work.seed)
                         .toHtmlEscaped());
    if (!work.reportHtml.isEmpty()) {
        html += QStringLiteral("<h2>%1</h2>").arg(tr("What happened").toHtmlEscaped());
        const qsizetype start = work.reportHtml.indexOf("<div class=\"note");
        const qsizetype end = work.reportHtml.indexOf("</html>");
        html += QString::fromUtf8(work.reportHtml.mid(start, end - start));
        html += QStringLiteral("<p>%1</p>")
                    .arg(link(file.name, act(QStringLiteral("save")), tr("Save the evidence (HTML and JSON)"),
                              " class=\"button\""));
    }
    return page(html);
}

void ExperimentPages::predict(const ExperimentFile &file, const QString &name, const QString &answer)
{
    Work &mine = work(file.name);
    for (const ExperimentQuestion &question : file.questions) {
        if (question.name.text != name)
            continue;
        if (question.kind == ExperimentQuestion::Kind::Choice) {
            mine.answers.insert(name, answer);
            return;
        }
        QStringList tabs = mine.answers.value(name).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (!tabs.removeAll(answer) && file.tabs().contains(answer))
            tabs << answer;
        tabs.sort();
        mine.answers.insert(name, tabs.join(QLatin1Char(' ')));
    }
}

QList<QUrl> ExperimentPages::pagesOf(const ExperimentFile &file, const Work &work) const
{
    QList<QUrl> urls;
    for (const ExperimentStep &step : file.setup) {
        if (step.verb.text == QLatin1String("tab"))
            urls << makeLabPage(step, m_folder.filePath(file.name), work.seed);
    }
    return urls;
}

void ExperimentPages::run(const QString &name, std::function<void()> done)
{
    Work &mine = work(name);
    const QString answersFile = m_folder.filePath(name + QStringLiteral(".answers"));
    const QString reportFile = m_folder.filePath(name + QStringLiteral(".report"));
    QJsonObject answers;
    QList<ExperimentError> errors;
    for (const ExperimentQuestion &question : ExperimentFile::read(shippedExperimentFile(name), &errors).questions) {
        const auto given = mine.answers.constFind(question.name.text);
        if (given == mine.answers.constEnd())
            continue;
        if (question.kind == ExperimentQuestion::Kind::Tabs)
            answers.insert(question.name.text,
                           QJsonArray::fromStringList(given->split(QLatin1Char(' '), Qt::SkipEmptyParts)));
        else
            answers.insert(question.name.text, *given);
    }
    QFile file(answersFile);
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(
                       QJsonObject{{QStringLiteral("seed"), double(mine.seed)}, {QStringLiteral("answers"), answers}})
                       .toJson());
    file.close();
    auto *process = new QProcess(this);
    process->setProcessChannelMode(QProcess::MergedChannels);
    const auto finished = [this, process, name, reportFile, done] {
        Work &now = work(name);
        const QString jsonFile = reportFile + QStringLiteral(".json"), htmlFile = reportFile + QStringLiteral(".html");
        const Result<QByteArray> json = safe_file::read(jsonFile, MostReportBytes);
        const Result<QByteArray> html = safe_file::read(htmlFile, MostReportBytes);
        if (json && html) {
            now.reportJson = *json;
            now.reportHtml = *html;
            QFile::remove(jsonFile);
            QFile::remove(htmlFile);
        } else {
            now.message = tr("It could not be carried out: %1").arg(QString::fromUtf8(process->readAll()).trimmed());
        }
        process->deleteLater();
        done();
    };
    connect(process, &QProcess::finished, this, finished);
    connect(process, &QProcess::errorOccurred, this, [finished](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finished();
    });
    process->start(m_program, {QStringLiteral("experiment"), QStringLiteral("run"), name, QStringLiteral("--answers"),
                               answersFile, QStringLiteral("--report"), reportFile, QStringLiteral("--quiet")});
}

QString ExperimentPages::save(const QString &name, const Work &work) const
{
    if (work.reportJson.isEmpty())
        return tr("There is no evidence yet.");
    const QString folder =
        m_saveFolder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation) : m_saveFolder;
    const QString base = QStringLiteral("%1/bulkhead-%2-%3").arg(folder, name).arg(work.seed);
    QDir().mkpath(folder);
    for (const auto &[ending, content] : {std::pair(".html", &work.reportHtml), {".json", &work.reportJson}}) {
        QFile file(base + QLatin1String(ending));
        if (!file.open(QIODevice::WriteOnly) || file.write(*content) != content->size())
            return tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString());
    }
    return tr("Written: %1.html and .json").arg(base);
}

} // namespace bulkhead
