// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/history.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/kept_file.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/shown/stored_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <iterator>

namespace bulkhead {
namespace {

constexpr qint64 MaxFileSize = 64 * 1024 * 1024;

QString keyOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https") && scheme != QLatin1String("file"))
        return {};
    return stored::url(url.adjusted(QUrl::RemoveFragment)).value_or(QString());
}

QByteArray lineOf(const HistoryEntry &entry)
{
    const QJsonObject object{{QStringLiteral("url"), entry.url.toString(QUrl::FullyEncoded)},
                             {QStringLiteral("title"), entry.title},
                             {QStringLiteral("visits"), entry.visits},
                             {QStringLiteral("last"), entry.lastVisit.toMSecsSinceEpoch()}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// The first line. It is no entry, so versions from before there was one read over it.
constexpr int Format = 1;

QByteArray headLine()
{
    return QJsonDocument(QJsonObject{{QLatin1String(KeptJson::Format), Format}}).toJson(QJsonDocument::Compact) + '\n';
}

/// A file begins with its head; one of the time before gets it when it is next written anew.
void append(const QString &fileName, const QByteArray &lines)
{
    const bool isNew = QFileInfo(fileName).size() == 0;
    if (const Result<void> kept = safe_file::append(fileName, isNew ? headLine() + lines : lines); !kept)
        qWarning("%s cannot be written: %s", qUtf8Printable(fileName), kept.error().what.c_str());
}

double formatOf(const QByteArray &firstLine)
{
    const QJsonObject object = QJsonDocument::fromJson(firstLine).object();
    return object[QLatin1String(KeptJson::Format)].toDouble();
}

} // namespace

/// What the file's thread found.
struct History::Loaded
{
    QHash<QString, HistoryEntry> entries;
    int lines = 0;
    bool mayWrite = true;
    QString notice;
};

/// The last line about an address wins; what cannot be read (a line cut short by a crash) is skipped.
History::Loaded History::load(const QString &fileName)
{
    Loaded loaded;
    const auto without = [&loaded](const SetAside &aside) {
        loaded.mayWrite = aside.isFree;
        loaded.notice = aside.sentence;
        return loaded;
    };
    const Result<QByteArray> kept = safe_file::readStart(fileName, MaxFileSize);
    if (!kept && kept.error().number == ENOENT)
        return loaded;
    if (!kept)
        return without(setAsideBroken(fileName, tr("The history"), kept.error()));
    const QList<QByteArray> lines = kept->split('\n');
    if (formatOf(lines.first()) > Format)
        return without(setAsideNewer(fileName, tr("The history")));
    for (const QByteArray &line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QUrl url(object[QStringLiteral("url")].toString(), QUrl::StrictMode);
        const QString key = keyOf(url);
        const int visits = object[QStringLiteral("visits")].toInt();
        ++loaded.lines;
        if (key.isEmpty() || visits <= 0)
            continue;
        const auto last = QDateTime::fromMSecsSinceEpoch(qint64(object[QStringLiteral("last")].toDouble())).toUTC();
        loaded.entries.insert(key, {QUrl(key, QUrl::StrictMode),
                                    stored::title(object[QStringLiteral("title")].toString()), visits, last});
    }
    return loaded;
}

namespace {

/// How likely it is that @p entry is meant by what was typed; 0 when it does not match.
double likelihood(const HistoryEntry &entry, const QStringList &words, const QDateTime &now)
{
    const QString address = entry.url.toDisplayString(QUrl::RemoveScheme).mid(entry.url.host().isEmpty() ? 0 : 2);
    double match = 0;
    for (const QString &word : words) {
        const qsizetype at = address.indexOf(word, 0, Qt::CaseInsensitive);
        const bool atHost = at == 0 || (at == 4 && address.startsWith(QLatin1String("www.")));
        const bool inHost = at >= 0 && at < entry.url.host().size();
        if (at < 0 && !entry.title.contains(word, Qt::CaseInsensitive) &&
            !entry.url.toDisplayString().contains(word, Qt::CaseInsensitive))
            return 0;
        match += atHost ? 8 : inHost ? 3 : 1;
    }
    const double days = std::max<double>(double(entry.lastVisit.secsTo(now)) / 86'400.0, 0);
    const double habit = (1 + std::log2(1 + entry.visits)) / (1 + days / 30); // a month halves it
    return match / double(words.size()) * (1 + habit);
}

template <class Before>
QVector<HistoryEntry> best(QVector<HistoryEntry> entries, int limit, Before before)
{
    const auto end = entries.begin() + std::min<qsizetype>(std::max(limit, 0), entries.size());
    std::partial_sort(entries.begin(), end, entries.end(), before);
    entries.erase(end, entries.end());
    return entries;
}

} // namespace

History::History(const QString &dataFolder, QObject *parent) : QObject(parent), m_flushTimer(new QTimer(this))
{
    m_flushTimer->setSingleShot(true);
    m_flushTimer->setInterval(std::chrono::seconds(3));
    connect(m_flushTimer, &QTimer::timeout, this, &History::flush);
    if (dataFolder.isEmpty()) {
        m_loaded = true;
        QMetaObject::invokeMethod(this, &History::loaded, Qt::QueuedConnection);
        return;
    }
    m_fileName = dataFolder + QStringLiteral("/history.jsonl");
    m_file = std::make_unique<BackgroundFile>(m_fileName);
    // On the file's own thread, so that the destructor waits for it.
    m_file->run([this, fileName = m_fileName] {
        QMetaObject::invokeMethod(
            this, [this, loaded = load(fileName)] { merge(loaded); }, Qt::QueuedConnection);
    });
}

History::~History()
{
    // Visits made before the file was read would be lost or doubled: read it first.
    if (!m_loaded) {
        m_file->wait();
        QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    }
    flush();
}

QVector<HistoryEntry> History::recent(int limit) const
{
    return best(QVector<HistoryEntry>(m_entries.cbegin(), m_entries.cend()), limit,
                [](const HistoryEntry &a, const HistoryEntry &b) { return a.lastVisit > b.lastVisit; });
}

QVector<HistoryEntry> History::complete(const QString &text, int limit) const
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVector<std::pair<double, const HistoryEntry *>> found;
    for (const HistoryEntry &entry : m_entries) {
        if (const double score = likelihood(entry, words, now); score > 0)
            found.append({score, &entry});
    }
    const auto end = found.begin() + std::min<qsizetype>(std::max(limit, 0), found.size());
    std::partial_sort(found.begin(), end, found.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second->url.toEncoded() < b.second->url.toEncoded();
    });
    QVector<HistoryEntry> result;
    std::transform(found.begin(), end, std::back_inserter(result), [](const auto &scored) { return *scored.second; });
    return result;
}

void History::addVisit(const QUrl &url, const QString &title)
{
    const QString key = keyOf(url);
    if (key.isEmpty())
        return;
    HistoryEntry &entry = m_entries[key];
    entry.url = QUrl(key, QUrl::StrictMode);
    if (!title.isEmpty())
        entry.title = stored::title(title);
    ++entry.visits;
    // Strictly later than any before, so that their order is the visits'.
    m_newest = std::max(QDateTime::currentDateTimeUtc(), m_newest.isValid() ? m_newest.addMSecs(1) : m_newest);
    entry.lastVisit = m_newest;
    note(key);
    prune();
    Q_EMIT changed();
}

void History::setTitle(const QUrl &url, const QString &title)
{
    const QString key = keyOf(url);
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end() || entry->title == stored::title(title))
        return;
    entry->title = stored::title(title);
    note(key);
    Q_EMIT changed();
}

void History::remove(const QUrl &url)
{
    const QString key = keyOf(url);
    if (!m_loaded)
        m_removedEarly.insert(key);
    if (m_entries.remove(key) == 0 && m_loaded)
        return;
    rewriteSoon();
    Q_EMIT changed();
}

void History::clear()
{
    m_clearedEarly = !m_loaded;
    m_entries.clear();
    rewriteSoon();
    Q_EMIT changed();
}

void History::merge(const Loaded &earlier)
{
    m_linesInFile = earlier.lines;
    if (!earlier.mayWrite)
        m_file.reset();
    for (auto it = earlier.entries.cbegin(); it != earlier.entries.cend() && !m_clearedEarly; ++it) {
        if (m_removedEarly.contains(it.key()))
            continue;
        HistoryEntry &entry = m_entries[it.key()];
        if (entry.visits == 0) {
            entry = it.value();
            continue;
        }
        entry.visits += it->visits;
        if (entry.title.isEmpty())
            entry.title = it->title;
        note(it.key());
    }
    m_loaded = true;
    prune();
    if (!earlier.notice.isEmpty())
        Q_EMIT noticed(earlier.notice);
    Q_EMIT loaded();
    Q_EMIT changed();
}

void History::note(const QString &key)
{
    if (!m_file)
        return;
    m_unwritten.insert(key);
    if (!m_flushTimer->isActive())
        m_flushTimer->start();
}

void History::prune()
{
    if (m_entries.size() <= MaxEntries)
        return;
    // A tenth at once, so that this is not the work of every visit.
    const QVector<HistoryEntry> kept = recent(MaxEntries - MaxEntries / 10);
    m_entries.clear();
    for (const HistoryEntry &entry : kept)
        m_entries.insert(keyOf(entry.url), entry);
    rewriteSoon();
}

void History::rewriteSoon()
{
    m_rewrite = true;
    if (m_file)
        m_flushTimer->start(0);
}

void History::flush()
{
    if (!m_file || !m_loaded) // merge() comes and asks again
        return m_file ? m_flushTimer->start() : void();
    m_flushTimer->stop();
    QByteArray lines;
    // The file grows by a line per visit; half of it may be out of date.
    if (m_rewrite || m_linesInFile + m_unwritten.size() > 2 * m_entries.size() + 1000) {
        if (!m_entries.isEmpty())
            lines = headLine();
        for (const HistoryEntry &entry : std::as_const(m_entries))
            lines += lineOf(entry);
        m_file->replace(lines);
        m_linesInFile = int(m_entries.size());
    } else if (!m_unwritten.isEmpty()) {
        for (const QString &key : std::as_const(m_unwritten)) {
            if (m_entries.contains(key))
                lines += lineOf(m_entries[key]);
        }
        m_file->run([fileName = m_fileName, lines] { append(fileName, lines); });
        m_linesInFile += int(m_unwritten.size());
    }
    m_rewrite = false;
    m_unwritten.clear();
}

} // namespace bulkhead
