// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/lab_methods.h"

#include "browser/lab/kit/lab_export.h"
#include "browser/lab/kit/lab_page.h"
#include "browser/lab/pages/lab_pages.h"
#include "browser/lab/pages/lab_view.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimer>

namespace bulkhead {

namespace {

using ViewOf = std::function<LabView *(const QString &page)>;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabMethods", source);
}

/// The page that a call names; answers the call and returns null when it cannot be had.
LabPage *pageOf(const RpcCall &call, const ViewOf &viewOf)
{
    const QString name = call.params()[QStringLiteral("page")].toString();
    if (!labPageKind(name)) {
        QStringList names;
        for (const LabPageKind &kind : labPageKinds())
            names << kind.name;
        call.fail(rpc::InvalidParams,
                  tr("The lab has no page \"%1\". There are: %2.").arg(name, names.join(QStringLiteral(", "))));
        return nullptr;
    }
    LabView *view = viewOf(name);
    if (!view) {
        call.fail(rpc::Unavailable, tr("The lab's pages need a window; without one, use \"bulkhead lab\"."));
        return nullptr;
    }
    return view->page(name);
}

QJsonObject stateOf(const LabPage &page)
{
    return {{QStringLiteral("page"), page.name()},
            {QStringLiteral("running"), page.isRunning()},
            {QStringLiteral("status"), page.status()},
            {QStringLiteral("problem"), page.problem()},
            {QStringLiteral("has_result"), !page.exported().isEmpty()}};
}

void waitFor(LabPage *page, const RpcCall &call)
{
    if (!page->isRunning())
        return call.finish(stateOf(*page));
    // Answers once: when the run is over, at the time-out, or when the page goes.
    auto *waiting = new QTimer(page);
    waiting->setSingleShot(true);
    QObject::connect(waiting, &QTimer::timeout, page, [page, call, waiting] {
        waiting->deleteLater();
        call.fail(rpc::TimedOut, tr("The page is still running: %1").arg(page->status()));
    });
    QObject::connect(page, &LabPage::stateChanged, waiting, [page, call, waiting] {
        if (page->isRunning() || !waiting->isActive())
            return;
        waiting->stop();
        waiting->deleteLater();
        call.finish(stateOf(*page));
    });
    waiting->start(int(1000 * call.params()[QStringLiteral("timeout")].toDouble(120)));
}

} // namespace

void addLabMethods(ControlMethods &methods, ViewOf viewOf)
{
    methods.add(QStringLiteral("lab.pages"), [](const RpcCall &call) {
        QJsonArray pages;
        for (const LabPageKind &kind : labPageKinds())
            pages.append(QJsonObject{{QStringLiteral("name"), kind.name},
                                     {QStringLiteral("title"), kind.title},
                                     {QStringLiteral("does"), kind.teaser}});
        call.finish(QJsonObject{{QStringLiteral("pages"), pages}});
    });
    methods.add(QStringLiteral("lab.open"), [viewOf](const RpcCall &call) {
        if (const LabPage *page = pageOf(call, viewOf))
            call.finish(stateOf(*page));
    });
    methods.add(QStringLiteral("lab.start"), [viewOf](const RpcCall &call) {
        LabPage *page = pageOf(call, viewOf);
        if (!page)
            return;
        if (page->isRunning())
            return call.fail(rpc::Unavailable, tr("The page is running already."));
        page->configure(call.params()[QStringLiteral("options")].toObject());
        page->start();
        call.finish(stateOf(*page));
    });
    methods.add(QStringLiteral("lab.cancel"), [viewOf](const RpcCall &call) {
        if (LabPage *page = pageOf(call, viewOf)) {
            page->cancel();
            call.finish(stateOf(*page));
        }
    });
    methods.add(QStringLiteral("lab.wait"), [viewOf](const RpcCall &call) {
        if (LabPage *page = pageOf(call, viewOf))
            waitFor(page, call);
    });
    methods.add(QStringLiteral("lab.export"), [viewOf](const RpcCall &call) {
        const LabPage *page = pageOf(call, viewOf);
        if (!page)
            return;
        const QString name = call.params()[QStringLiteral("format")].toString(QStringLiteral("json"));
        const auto format = labFormatFromName(name);
        if (!format)
            return call.fail(rpc::InvalidParams, tr("\"%1\" is none of json, csv, svg, png, html.").arg(name));
        if (page->exported().isEmpty())
            return call.fail(rpc::Unavailable, tr("The page has no result yet."));
        const QByteArray content = labExport(*page, *format);
        if (*format == LabFormat::Png)
            call.finish(QJsonObject{{QStringLiteral("png"), QString::fromLatin1(content.toBase64())}});
        else
            call.finish(QJsonObject{{QStringLiteral("text"), QString::fromUtf8(content)}});
    });
}

} // namespace bulkhead
