// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/lab_pages.h"

#include "browser/lab/pages/death_page.h"
#include "browser/lab/pages/frames_page.h"
#include "browser/lab/pages/latency_page.h"
#include "browser/lab/pages/leftovers_page.h"
#include "browser/lab/pages/message_page.h"
#include "browser/lab/pages/persistence_page.h"
#include "browser/lab/pages/pressure_page.h"
#include "browser/lab/pages/race_page.h"
#include "browser/lab/pages/which_page.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabPages", source);
}

template <class Page>
LabPage *make(LabContext &context, QWidget *parent)
{
    return new Page(context, parent);
}

} // namespace

const QList<LabPageKind> &labPageKinds()
{
    static const QList<LabPageKind> Kinds{
        {QStringLiteral("message"), tr("Message"), QStringLiteral("lab-message"),
         tr("One text from process to process, and every system call it takes"), &make<MessagePage>},
        {QStringLiteral("latency"), tr("Latency and throughput"), QStringLiteral("lab-latency"),
         tr("Mechanisms against each other in the same rounds"), &make<LatencyPage>},
        {QStringLiteral("frames"), tr("Frames side by side"), QStringLiteral("lab-frames"),
         tr("The same animation through eight transports at the same time"), &make<FramesPage>},
        {QStringLiteral("race"), tr("Race"), QStringLiteral("lab-race"),
         tr("Additions that are lost without synchronisation, counted live"), &make<RacePage>},
        {QStringLiteral("pressure"), tr("Back-pressure"), QStringLiteral("lab-pressure"),
         tr("A slow reader: wait, be refused, or lose messages"), &make<PressurePage>},
        {QStringLiteral("death"), tr("Death"), QStringLiteral("lab-death"),
         tr("Kill one of two: who notices, when, and what is left"), &make<DeathPage>},
        {QStringLiteral("persistence"), tr("Persistence"), QStringLiteral("lab-persistence"),
         tr("Send now, receive later"), &make<PersistencePage>},
        {QStringLiteral("leftovers"), tr("Leftovers"), QStringLiteral("lab-leftovers"),
         tr("What outlives processes, live; remove it with a click"), &make<LeftoversPage>},
        {QStringLiteral("which"), tr("Which one?"), QStringLiteral("lab-which"),
         tr("What fits what you need, from your own measurements"), &make<WhichPage>},
    };
    return Kinds;
}

const LabPageKind *labPageKind(const QString &name)
{
    const QList<LabPageKind> &kinds = labPageKinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto &kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

} // namespace bulkhead
