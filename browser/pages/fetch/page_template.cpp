// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/page_template.h"

namespace bulkhead {
namespace {

QByteArray escaped(const QString &text)
{
    QString html = text.toHtmlEscaped();
    html.replace(u'\'', QLatin1String("&#39;"));
    return html.toUtf8();
}

} // namespace

QByteArray fillTemplate(const QByteArray &html, const QMap<QString, QString> &values)
{
    QByteArray result;
    qsizetype done = 0;
    while (true) {
        const qsizetype open = html.indexOf("{{", done);
        const qsizetype close = open < 0 ? -1 : html.indexOf("}}", open);
        if (close < 0)
            return result + html.mid(done);
        const QString name = QString::fromUtf8(html.mid(open + 2, close - open - 2).trimmed());
        result += html.mid(done, open - done) + escaped(values.value(name));
        done = close + 2;
    }
}

} // namespace bulkhead
