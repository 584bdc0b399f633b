// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/plugin_validation.h"

#include "app/programs/command_lines/plugin_output.h"
#include "app/programs/command_lines/plugin_trial.h"
#include "app/programs/command_lines/usage_error.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/page_processes/plugin_requests.h"
#include "browser/pages/plugins/plugin_fault_text.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>
#include <functional>
#include <optional>

namespace bulkhead {

namespace {

using namespace plugin_command;
using std::chrono::milliseconds;

constexpr int MutatedDocuments = 40;
constexpr qint64 MostDocumentBytes = 256 << 20;
constexpr int RandomInputs = 1000;
constexpr int LeakRounds = 30;
constexpr qint64 LeakKilobytes = 8 << 10; ///< growth over the rounds that is still called none

ViewSettings viewOf(QSize size, qreal ratio = 1)
{
    ViewSettings view;
    view.size = size;
    view.devicePixelRatio = ratio;
    return view;
}

/// How many descriptors it has; nothing where this user may not look.
int descriptors(qint64 pid)
{
    return int(QDir(QStringLiteral("/proc/%1/fd").arg(pid))
                   .entryList(QDir::System | QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)
                   .size());
}

/// From /proc: what of its memory is its own alone.
qint64 privateKilobytes(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

wire::InputEvent randomInput(QRandomGenerator &random, QSize size)
{
    using Event = wire::InputEvent;
    static constexpr Event::Type Types[] = {Event::MOUSE_PRESS, Event::MOUSE_MOVE,  Event::MOUSE_RELEASE,
                                            Event::WHEEL,       Event::KEY_PRESS,   Event::KEY_RELEASE,
                                            Event::MOUSE_LEAVE, Event::TOUCH_BEGIN, Event::TOUCH_MOVE,
                                            Event::TOUCH_END,   Event::TEXT,        Event::COMPOSE};
    static constexpr int Keys[] = {Qt::Key_Tab, Qt::Key_Return, Qt::Key_Space, Qt::Key_Down, Qt::Key_PageUp,
                                   Qt::Key_A,   Qt::Key_Plus,   Qt::Key_Minus, Qt::Key_0,    Qt::Key_Escape};
    Event event;
    event.set_type(Types[random.bounded(int(std::size(Types)))]);
    event.mutable_position()->set_x(random.bounded(-20, size.width() + 20));
    event.mutable_position()->set_y(random.bounded(-20, size.height() + 20));
    event.set_button(
        event.type() == Event::MOUSE_PRESS || event.type() == Event::MOUSE_RELEASE ? std::uint32_t(Qt::LeftButton) : 0);
    event.set_click_count(1);
    event.mutable_wheel_pixels()->set_y(random.bounded(-300, 300));
    event.mutable_wheel_pixels()->set_x(random.bounded(-50, 50));
    event.set_text(event.type() == Event::TEXT || event.type() == Event::COMPOSE ? "ä" : "");
    event.set_touch_id(random.bounded(3));
    event.set_key(std::uint32_t(Keys[random.bounded(int(std::size(Keys)))]));
    return event;
}

QByteArray mutated(QByteArray bytes, QRandomGenerator &random)
{
    if (random.bounded(3) == 0)
        bytes.truncate(random.bounded(bytes.size() + 1));
    for (int i = random.bounded(1, 20); i > 0 && !bytes.isEmpty(); --i)
        bytes[random.bounded(bytes.size())] = char(random.bounded(256));
    return bytes;
}

/// The checks, one after the other; each says what is wrong, or nothing.
class Checks
{
public:
    Checks(const QString &folder, QByteArray document, quint32 seed, bool json)
        : m_trial(folder), m_document(std::move(document)), m_random(seed), m_json(json)
    {
    }

    int run(const QString &folder)
    {
        check("manifest", tr("the manifest can be read"), [&] {
            const auto manifest = PluginManifest::read(folder);
            return manifest ? QString() : pluginFaultText(manifest.error());
        });
        if (m_failures == 0)
            check("library", tr("the library is the manifest's"), [&] { return library(); });
        if (m_failures == 0)
            check("load", tr("it is loaded and shows a document"), [&] { return loads(); });
        if (m_failures == 0) {
            check("sizes", tr("every size and scale gives a frame"), [&] { return sizes(); });
            check("lifecycle", tr("every order of a page's life is survived"), [&] { return lifeCycles(); });
            check("input", tr("random input is survived and answered"), [&] { return input(); });
            check("damage", tr("parts painted look like the whole"), [&] { return damage(); });
            check("structure", tr("its contents and pages can be had"), [&] { return structure(); });
            check("content", tr("truncated and changed documents are survived"), [&] { return content(); });
            check("permissions", tr("it lives without any permission"), [&] { return permissions(); });
            check("leaks", tr("opening and closing pages leaves nothing behind"), [&] { return leaks(); });
        }
        if (m_json) {
            say(QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("checks"), m_results},
                                                            {QStringLiteral("failures"), m_failures}})
                                      .toJson())
                    .trimmed());
        } else {
            say(m_failures == 0 ? tr("All checks passed.") : tr("%1 checks failed.").arg(m_failures));
        }
        return m_failures == 0 ? Done : Failed;
    }

private:
    void check(const char *name, const QString &title, const std::function<QString()> &work)
    {
        const QString wrong = work();
        m_failures += wrong.isEmpty() ? 0 : 1;
        m_results.append(QJsonObject{{QStringLiteral("check"), QLatin1String(name)},
                                     {QStringLiteral("passed"), wrong.isEmpty()},
                                     {QStringLiteral("reason"), wrong}});
        if (!m_json)
            say(QStringLiteral("%1 %2%3").arg(wrong.isEmpty() ? QStringLiteral("ok    ") : QStringLiteral("FAILED"),
                                              title, wrong.isEmpty() ? QString() : QStringLiteral(": ") + wrong));
    }

    QString ended() const { return m_trial.lastEnd().isEmpty() ? tr("no frame came") : m_trial.lastEnd(); }

    QString library()
    {
        if (!m_trial.plugin())
            return tr("there is no usable plugin in the folder");
        const auto library = m_trial.plugin()->library();
        return library ? QString() : pluginFaultText(library.error());
    }

    QString loads()
    {
        const auto page = m_trial.open(m_document, viewOf({800, 600}));
        return page && m_trial.waitForFrame(*page) ? QString() : ended();
    }

    QString sizes()
    {
        const auto page = m_trial.open(m_document, viewOf({800, 600}));
        for (const QSize size : {QSize(1, 1), QSize(17, 600), QSize(1600, 40), QSize(333, 333), QSize(1280, 800)}) {
            for (const qreal ratio : {1.0, 1.25, 2.0}) {
                for (const double zoom : {0.5, 1.0, 3.0}) {
                    ViewSettings view = viewOf((QSizeF(size) * ratio).toSize(), ratio);
                    view.zoom = zoom;
                    view.dark = zoom > 1;
                    page->setView(view);
                    if (!m_trial.waitForFrame(*page))
                        return tr("%1 × %2 at scale %3: %4")
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio)
                            .arg(ended());
                }
            }
        }
        return {};
    }

    QString lifeCycles()
    {
        const ViewSettings view = viewOf({300, 200});
        {
            const auto closedAtOnce = m_trial.open(m_document, view);
        }
        auto keeper = m_trial.open(m_document, view); // so that all of it happens in one process
        {
            const auto closedSoon = m_trial.open(m_document, view);
            m_trial.settle(closedSoon.get(), milliseconds(5));
        }
        const auto stopped = m_trial.open(m_document, view);
        stopped->stopLoading();
        const auto cut = m_trial.open(m_document.left(m_document.size() / 2), view, false);
        const auto empty = m_trial.open({}, view);
        ViewSettings hidden = view;
        hidden.visible = false;
        const auto unseen = m_trial.open(m_document, hidden);
        const auto twin = m_trial.open(m_document, view);
        for (RemotePage *page : {keeper.get(), twin.get()}) {
            if (!m_trial.waitForFrame(*page))
                return ended();
        }
        unseen->setView(view);
        if (!m_trial.waitForFrame(*unseen))
            return tr("shown later: %1").arg(ended());
        keeper.reset();
        return m_trial.settle(twin.get(), milliseconds(200)) ? QString() : ended();
    }

    QString input()
    {
        const QSize size(640, 480);
        const auto page = m_trial.open(m_document, viewOf(size));
        m_trial.waitForFrame(*page);
        for (int i = 0; i < RandomInputs; ++i) {
            page->sendInput(randomInput(m_random, size));
            if (i % 20 == 0)
                page->find(QStringLiteral("a"), i % 40 == 0, false);
            if (i % 10 == 0 && !m_trial.settle(page.get(), milliseconds(10)))
                return ended();
        }
        m_trial.settle(page.get(), milliseconds(500));
        if (page->host() && page->input().unanswered() > 0)
            m_trial.settle(page.get(), milliseconds(3000));
        if (!page->host())
            return ended();
        return page->input().unanswered() == 0 ? QString() : tr("input was not answered within 3 seconds");
    }

    /// False when its process is gone.
    bool waitForAnswers(RemotePage &page)
    {
        for (int i = 0; page.host() && page.input().unanswered() > 0 && i < 300; ++i)
            m_trial.settle(&page, milliseconds(10));
        return page.host() != nullptr;
    }

    QString damage()
    {
        const QSize size(640, 480);
        const auto page = m_trial.open(m_document, viewOf(size));
        if (!m_trial.waitForFrame(*page))
            return ended();
        // On a busy machine a frame may come after a moment that looks like rest: what differs once is looked at again,
        // with more patience.
        milliseconds patience(0);
        for (int round = 0; round < 10; ++round) {
            for (int i = 0; i < 5; ++i)
                page->sendInput(randomInput(m_random, size));
            if (!waitForAnswers(*page) || !m_trial.settle(page.get(), patience) || !m_trial.waitForFrame(*page))
                return ended();
            const QImage parts = m_trial.picture(*page);
            // A size and back makes the plugin paint everything.
            page->setView(viewOf({639, 480}));
            m_trial.waitForFrame(*page);
            page->setView(viewOf(size));
            if (!m_trial.waitForFrame(*page))
                return ended();
            const QImage whole = m_trial.picture(*page);
            if (parts == whole)
                continue;
            m_trial.settle(page.get(), milliseconds(300));
            if (m_trial.picture(*page) != whole)
                return {}; // it is animated: the two are of different moments
            if (patience.count() == 0) {
                patience = milliseconds(500);
                round = -1; // all of them again
                continue;
            }
            return tr("after input, what was painted in parts differs from the whole: more changed than was said to");
        }
        return {};
    }

    QString structure()
    {
        const auto page = m_trial.open(m_document, viewOf({400, 300}));
        if (!m_trial.waitForFrame(*page))
            return ended();
        std::optional<DocumentStructure> structure;
        plugin_requests::structure(*page, [&](const DocumentStructure &given) { structure = given; });
        for (int i = 0; i < 300 && !structure && page->host(); ++i)
            m_trial.settle(page.get(), milliseconds(10));
        if (!structure || !page->host())
            return ended();
        for (int i = 0; i < int(std::min<qsizetype>(3, structure->pages.size())); ++i) {
            std::optional<QImage> sheet;
            plugin_requests::sheet(*page, i, {300, 400}, 1, [&](const QImage &given) { sheet = given; });
            for (int wait = 0; wait < 300 && !sheet && page->host(); ++wait)
                m_trial.settle(page.get(), milliseconds(10));
            if (!sheet || sheet->isNull())
                return page->host() ? tr("page %1 was not painted").arg(i + 1) : ended();
        }
        return {};
    }

    QString content()
    {
        for (int i = 0; i < MutatedDocuments; ++i) {
            const QByteArray bytes = mutated(m_document, m_random);
            const auto page = m_trial.open(bytes, viewOf({400, 300}), m_random.bounded(4) > 0);
            // A frame, or a sentence that nothing can be shown.
            if (!m_trial.waitForFrame(*page, milliseconds(5000)) && (!page->host() || page->notice().isEmpty()))
                return tr("document %1 of this seed: %2")
                    .arg(i)
                    .arg(page->host() ? tr("neither a frame nor a sentence came") : ended());
        }
        return {};
    }

    QString permissions()
    {
        // Nothing else was granted all along; it must still be there.
        const auto page = m_trial.open(m_document, viewOf({400, 300}));
        return m_trial.waitForFrame(*page) && m_trial.settle(page.get(), milliseconds(300)) ? QString() : ended();
    }

    QString leaks()
    {
        const auto keeper = m_trial.open(m_document, viewOf({400, 300}));
        if (!m_trial.waitForFrame(*keeper))
            return ended();
        const auto round = [&] {
            const auto page = m_trial.open(m_document, viewOf({400, 300}));
            return m_trial.waitForFrame(*page);
        };
        for (int i = 0; i < 5; ++i) { // caches fill
            if (!round() || !keeper->host())
                return ended();
        }
        const qint64 before = privateKilobytes(keeper->host()->pid());
        const int descriptorsBefore = descriptors(keeper->host()->pid());
        for (int i = 0; i < LeakRounds; ++i) {
            if (!round() || !keeper->host())
                return ended();
        }
        m_trial.settle(keeper.get(), milliseconds(200));
        if (keeper->host() && descriptors(keeper->host()->pid()) > descriptorsBefore + LeakRounds / 2)
            return tr("%1 descriptors more after %2 pages")
                .arg(descriptors(keeper->host()->pid()) - descriptorsBefore)
                .arg(LeakRounds);
        const qint64 grown = keeper->host() ? privateKilobytes(keeper->host()->pid()) - before : 0;
        return grown <= LeakKilobytes ? QString() : tr("%1 KB more after %2 pages").arg(grown).arg(LeakRounds);
    }

    PluginTrial m_trial;
    const QByteArray m_document;
    QRandomGenerator m_random;
    const bool m_json;
    int m_failures = 0;
    QJsonArray m_results;
};

} // namespace

PluginValidation::PluginValidation(QString folder, Options options)
    : m_folder(QDir(folder).absolutePath()), m_options(std::move(options))
{
}

int PluginValidation::run()
{
    QByteArray document = "A document to try a plugin with.\nIt has lines, 1, 2, 3.\n";
    if (!m_options.document.isEmpty()) {
        const Result<QByteArray> given = safe_file::read(m_options.document, MostDocumentBytes);
        if (!given)
            return usageError(
                {{QStringLiteral("plugin"), QStringLiteral("validate")},
                 tr("%1 cannot be read: %2").arg(m_options.document, QString::fromStdString(given.error().what))});
        document = *given;
    }
    return Checks(m_folder, document, m_options.seed, m_options.json).run(m_folder);
}

} // namespace bulkhead
