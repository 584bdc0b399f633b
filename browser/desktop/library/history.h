// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QUrl>
#include <QVector>

#include <memory>

class QTimer;

namespace bulkhead {

class BackgroundFile;

struct HistoryEntry
{
    QUrl url;
    QString title;
    int visits = 0;
    QDateTime lastVisit; ///< UTC
};

/// The pages that a person has visited, for the history list and for completing addresses. Kept in a file of JSON lines
/// in the profile that is read and written in the background; only http(s) and file: pages, without fragments and
/// credentials. Main thread.
class History : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxEntries = 10'000;

    /// @p dataFolder is empty for a history that ends with the app. Entries of earlier runs are there after loaded().
    explicit History(const QString &dataFolder, QObject *parent = nullptr);
    /// Writes what is not yet written.
    ~History() override;

    int count() const { return int(m_entries.size()); }
    /// Newest first, at most @p limit.
    QVector<HistoryEntry> recent(int limit) const;
    /// Entries whose address or title contains every word of @p text, the likeliest first: matches at the start of the
    /// host before others, then the often and lately visited.
    QVector<HistoryEntry> complete(const QString &text, int limit) const;

    void addVisit(const QUrl &url, const QString &title);
    /// Titles come later than visits. Unknown @p url: nothing happens.
    void setTitle(const QUrl &url, const QString &title);
    /// Gone from the file as well.
    void remove(const QUrl &url);
    void clear();

Q_SIGNALS:
    void loaded();
    void changed();
    /// A sentence for the person: the file could not be used. At most once, before loaded().
    void noticed(const QString &sentence);

private:
    struct Loaded;

    static Loaded load(const QString &fileName); // on the file's thread
    void merge(const Loaded &earlier);
    void note(const QString &key);
    void prune();
    void rewriteSoon();
    void flush();

    QHash<QString, HistoryEntry> m_entries; ///< by address
    QString m_fileName;
    std::unique_ptr<BackgroundFile> m_file; ///< null when nothing is kept
    QTimer *m_flushTimer;
    QSet<QString> m_unwritten; ///< addresses whose lines are out of date
    QDateTime m_newest;
    int m_linesInFile = 0;
    bool m_rewrite = false;
    // What happened before the file was read.
    bool m_loaded = false;
    bool m_clearedEarly = false;
    QSet<QString> m_removedEarly;
};

} // namespace bulkhead
