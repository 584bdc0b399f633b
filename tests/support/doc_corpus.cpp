// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/doc_corpus.h"

#include "tests/support/lacking.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace bulkhead {

DocCorpus::DocCorpus(Doc doc)
{
    QString path;
    switch (doc) {
    case Doc::Python:
        m_package = QStringLiteral("python3-doc");
        path = QStringLiteral("/usr/share/doc/python3-doc/html");
        break;
    case Doc::DebianReference:
        m_package = QStringLiteral("debian-reference-en");
        path = QStringLiteral("/usr/share/debian-reference");
        break;
    case Doc::Apache:
        m_package = QStringLiteral("apache2-doc");
        path = QStringLiteral("/usr/share/doc/apache2-doc/manual");
        break;
    }
    m_folder = QFileInfo(path).canonicalFilePath();
    if (m_folder.isEmpty())
        return;
    QDirIterator files(m_folder, {QStringLiteral("*.html")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        m_pages.append(files.next().mid(m_folder.size() + 1));
    std::sort(m_pages.begin(), m_pages.end());
}

QString DocCorpus::whyMissing() const
{
    return lacking::documents(m_package.toLatin1().constData());
}

QStringList DocCorpus::somePages(int count) const
{
    if (count >= m_pages.size())
        return m_pages;
    QStringList some;
    for (int i = 0; i < count; ++i)
        some.append(m_pages[qint64(i) * m_pages.size() / count]);
    return some;
}

QUrl DocCorpus::fileUrl(const QString &page) const
{
    return QUrl::fromLocalFile(m_folder + u'/' + page);
}

} // namespace bulkhead
