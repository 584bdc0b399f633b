// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/sandbox_page.h"

#include "browser/pages/fetch/html_answer.h"
#include "browser/tools/cages/fresh_child.h"
#include "browser/tools/cages/sandbox_advice.h"

#include <QFile>
#include <QPointer>
#include <QUrlQuery>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int RememberedProcesses = 64;

const SandboxDeed *deedOf(const QString &key)
{
    const auto found = std::find_if(sandboxDeeds().begin(), sandboxDeeds().end(),
                                    [&key](const SandboxDeed &d) { return d.key == key; });
    return found == sandboxDeeds().end() ? nullptr : &*found;
}

QByteArray page(const QByteArray &content)
{
    QFile file(QStringLiteral(":/bulkhead/pages/sandbox.html"));
    const QByteArray frame = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!--content-->");
    return QByteArray(frame).replace("<!--content-->", content);
}

} // namespace

SandboxPage::SandboxPage(PageProcessPool &pool, ChildLauncher &launcher, InternalActs &acts, QString childProgram,
                         QObject *parent)
    : QObject(parent), m_pool(pool), m_launcher(launcher), m_acts(acts), m_childProgram(std::move(childProgram))
{
}

std::unique_ptr<Fetch> SandboxPage::open(const InternalRequest &request)
{
    const QUrl &url = request.url;
    HtmlAnswer later = htmlLater(url, QStringLiteral("sandbox.html"));
    // Once: a process may answer and end.
    const auto answer = [send = later.answer, acts = &m_acts,
                         answered = std::make_shared<bool>(false)](SandboxView view) {
        if (std::exchange(*answered, true))
            return;
        view.token = acts->issue(QStringLiteral("sandbox"));
        send(page(sandboxHtml(view)));
    };
    const QUrlQuery query(url);
    const QString process = query.queryItemValue(QStringLiteral("process"));
    const QString &deed = request.act;
    const std::vector<PageProcess *> hosts = m_pool.hosts();
    const auto host = std::find_if(hosts.begin(), hosts.end(), [&](const PageProcess *h) {
        return h->isReady() && QString::number(h->pid()) == process;
    });
    if (host == hosts.end())
        inspectNew(deed, answer);
    else
        inspect(**host, deed, answer);
    return std::move(later.fetch);
}

void SandboxPage::inspectNew(const QString &deed, Answer answer)
{
    const QString key = QStringLiteral("new");
    const auto look = [this, key, answer] {
        auto *child = new FreshChild(m_launcher, this);
        connect(child, &FreshChild::ready, child, [this, child, key, answer] {
            countDescriptors(child->host(), [this, child, key, answer](int descriptors) {
                SandboxView view = viewOf(child->host(), key);
                view.chosen.title = tr("A new process, for this page only; it ends when you have seen it.");
                view.chosen.descriptors = descriptors;
                child->deleteLater();
                answer(std::move(view));
            });
        });
        connect(child, &FreshChild::gone, child, [this, child, key, answer] {
            SandboxView view = viewOf(child->host(), key);
            view.chosen.title = child->host().exitReason().sentence();
            child->deleteLater();
            answer(std::move(view));
        });
    };
    if (deed == u"all") {
        tryEverything(m_launcher, this, [this, key, look](const QMap<QString, TrialResult> &results) {
            m_results[key] = results;
            look();
        });
    } else if (const SandboxDeed *one = deedOf(deed)) {
        auto *child = new FreshChild(m_launcher, this);
        connect(child, &FreshChild::ready, child, [this, child, key, one, look] {
            tryInProcess(child->host(), one->deed, [this, child, key, one, look](const TrialResult &result) {
                m_results[key].insert(one->key, result);
                child->deleteLater();
                look();
            });
        });
        // One that never becomes ready is shown by the look at the next.
        connect(child, &FreshChild::gone, child, [child, look] {
            if (!child->host().sandbox().steps().empty())
                return;
            child->deleteLater();
            look();
        });
    } else {
        look();
    }
}

void SandboxPage::inspect(PageProcess &host, const QString &deed, Answer answer)
{
    const QString key = QString::number(host.pid());
    const SandboxedProcess before = processOf(host); // a process that the deed ends is shown as it was
    const auto look = [this, key, answer, before, host = QPointer<PageProcess>(&host)] {
        if (!host || host->isGone()) {
            SandboxView view;
            view.chosen = before;
            view.chosenKey = QStringLiteral("new"); // further deeds need another process
            view.chosen.title += u' ' + tr("(It has ended; what follows is from before.)");
            addProcesses(view);
            view.results = m_results.value(key);
            return answer(std::move(view));
        }
        countDescriptors(*host, [this, key, answer, host](int descriptors) {
            if (!host)
                return;
            SandboxView view = viewOf(*host, key);
            view.chosen.descriptors = descriptors;
            answer(std::move(view));
        });
    };
    if (const SandboxDeed *one = deedOf(deed)) {
        tryInProcess(host, one->deed, [this, key, one, look](const TrialResult &result) {
            if (m_results.size() > RememberedProcesses)
                m_results.clear();
            m_results[key].insert(one->key, result);
            QMetaObject::invokeMethod(this, look, Qt::QueuedConnection);
        });
    } else {
        look();
    }
}

SandboxView SandboxPage::viewOf(PageProcess &host, const QString &key) const
{
    SandboxView view;
    addProcesses(view);
    view.chosen = processOf(host);
    view.chosenKey = key;
    view.results = m_results.value(key);
    view.advice = sandboxAdvice(m_zygote, m_childProgram);
    return view;
}

void SandboxPage::addProcesses(SandboxView &view) const
{
    // One that has not reported yet was given nothing, and nothing can be said of it.
    for (const PageProcess *host : m_pool.hosts()) {
        if (host->isReady())
            view.processes.push_back(processOf(*host));
    }
}

SandboxedProcess SandboxPage::processOf(const PageProcess &host) const
{
    SandboxedProcess process;
    process.pid = host.pid();
    QStringList sites;
    for (const Site &site : host.sites())
        sites << site.key();
    process.title = sites.isEmpty() ? tr("nobody yet: a spare process") : sites.join(QStringLiteral(", "));
    process.report = host.sandbox();
    process.facts = ProcessFacts::of(host.pid());
    return process;
}

} // namespace bulkhead
