// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>
#include <QUrl>

namespace bulkhead {

/// Documents that people really read, from packages of Debian's.
enum class Doc {
    Python,          ///< python3-doc: HTML 5 by Sphinx, hundreds of pages, long tables, code
    DebianReference, ///< debian-reference-en: XHTML by DocBook, few long pages
    Apache,          ///< apache2-doc: XHTML with frames of navigation, in ten languages and scripts
};

/// An installed set of documents below one folder. A test that finds none skips and says why:
///     const DocCorpus python(Doc::Python);
///     if (!python.isInstalled())
///         QSKIP(qPrintable(python.whyMissing()));
class DocCorpus
{
public:
    explicit DocCorpus(Doc doc);

    bool isInstalled() const { return whyMissing().isEmpty(); }
    /// A sentence that names the package; empty when it is installed, and then there are pages or the test fails.
    QString whyMissing() const;

    /// The folder, with symbolic links resolved; the pages are below it.
    QString folder() const { return m_folder; }
    /// HTML pages relative to the folder, sorted; the same on every run.
    QStringList pages() const { return m_pages; }
    /// At most @p count of them, evenly spread.
    QStringList somePages(int count) const;

    QUrl fileUrl(const QString &page) const;

private:
    QString m_package;
    QString m_folder;
    QStringList m_pages;
};

} // namespace bulkhead
