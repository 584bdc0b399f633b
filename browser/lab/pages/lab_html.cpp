// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/lab_html.h"

#include "browser/lab/charts/data_path.h"
#include "browser/lab/kit/lab_context.h"
#include "browser/lab/kit/mechanism_code.h"
#include "browser/lab/pages/lab_pages.h"
#include "browser/pages/fetch/html_answer.h"
#include "browser/pages/fetch/stream_fetch.h"

#include <QCoreApplication>
#include <QFile>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabDocument", source);
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8).toHtmlEscaped();
}

QString mechanismsHtml(const LabContext &context)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(tr("Mechanisms").toHtmlEscaped());
    if (!context.problem().isEmpty())
        return html + QStringLiteral("<p>%1</p>").arg(context.problem().toHtmlEscaped());
    for (const wire::LabMechanism &mechanism : context.mechanisms()) {
        html += QStringLiteral("<h3 id=\"%1\">%2 <code>%1</code></h3><p>%3</p><p class=\"detail\">%4 %5</p>")
                    .arg(text(mechanism.name()), text(mechanism.title()), text(mechanism.summary()),
                         text(mechanism.data_path()).replace(QStringLiteral("-&gt;"), QStringLiteral("→")),
                         (u'(' + DataPath::of(mechanism).summary() + u')').toHtmlEscaped());
        const auto parts =
            mechanismCode(QString::fromStdString(mechanism.name()), QString::fromStdString(mechanism.source()));
        html += QStringLiteral("<pre>%1</pre>").arg(parts.first().code.toHtmlEscaped());
    }
    return html;
}

QByteArray document(const LabContext &context, const QString &name)
{
    QFile file(QStringLiteral(":/bulkhead/pages/lab.html"));
    QByteArray frame =
        file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!--title--><!--content-->");
    const LabPageKind *kind = labPageKind(name);
    QString html =
        QStringLiteral("<p class=\"lead\">%1</p><table class=\"list\">")
            .arg(tr("Ways for processes to talk to each other: see them, race them, break them.").toHtmlEscaped());
    for (const LabPageKind &page : labPageKinds()) {
        html += QStringLiteral("<tr><td class=\"key\"><a href=\"about:lab/%1\">%2</a></td><td>%3</td></tr>")
                    .arg(page.name, page.title.toHtmlEscaped(), page.teaser.toHtmlEscaped());
    }
    html += QStringLiteral("</table>") + mechanismsHtml(context);
    const QString title = kind ? tr("IPC Lab: %1").arg(kind->title) : tr("IPC Lab");
    return frame.replace("<!--title-->", title.toHtmlEscaped().toUtf8()).replace("<!--content-->", html.toUtf8());
}

} // namespace

std::unique_ptr<Fetch> openLabDocument(LabContext &context, const QUrl &url)
{
    const QString name = url.path().section(u'/', 1);
    if (!name.isEmpty() && !labPageKind(name)) {
        QStringList names;
        for (const LabPageKind &kind : labPageKinds())
            names << kind.name;
        return failedFetch({FetchErrorKind::NotFound,
                            tr("The lab has no page “%1”. There are: %2.").arg(name, names.join(QStringLiteral(", "))),
                            {}});
    }
    HtmlAnswer later = htmlLater(url, QStringLiteral("lab.html"));
    auto *waiting = new QObject(&context);
    QObject::connect(&context, &LabContext::mechanismsChanged, waiting,
                     [&context, waiting, answer = later.answer, name] {
                         waiting->deleteLater();
                         QObject::disconnect(&context, nullptr, waiting, nullptr);
                         answer(document(context, name));
                     });
    context.loadMechanisms();
    return std::move(later.fetch);
}

} // namespace bulkhead
