// SPDX-License-Identifier: BSD-3-Clause
// "Which one?": needs decide first, with reasons; then the person's own figures do.
#include "browser/lab/kit/mechanism_facts.h"
#include "browser/lab/pages/latency_page.h"
#include "browser/lab/pages/which_page.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QJsonArray>

using namespace bulkhead;

namespace {

const WhichPage::Verdict *find(const WhichPage &page, const QString &name)
{
    for (const WhichPage::Verdict &verdict : page.verdicts()) {
        if (verdict.name == name)
            return &verdict;
    }
    return nullptr;
}

QStringList fitting(const WhichPage &page)
{
    QStringList names;
    for (const WhichPage::Verdict &verdict : page.verdicts()) {
        if (verdict.against.isEmpty())
            names << verdict.name;
    }
    return names;
}

} // namespace

class WhichPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void everyMechanismIsJudgedAndEveryRefusalHasAReason()
    {
        LabFixture lab;
        auto *page = lab.open<WhichPage>(QStringLiteral("which"));
        int alone = 0;
        for (const wire::LabMechanism &mechanism : lab.context->mechanisms())
            alone += mechanism.alone();
        for (const wire::LabMechanism &mechanism : lab.context->mechanisms())
            QVERIFY2(mechanism.alone() || MechanismFacts::areKnown(mechanism), mechanism.name().c_str());
        QCOMPARE(page->verdicts().size(), lab.context->mechanisms().size() - std::size_t(alone));
        page->configure({{QStringLiteral("messages"), true}, {QStringLiteral("kept"), true}});
        QVERIFY(!find(*page, QStringLiteral("pipe"))->against.isEmpty());
        QVERIFY(find(*page, QStringLiteral("pipe"))->against.first().contains(u"stream"));
        QVERIFY(find(*page, QStringLiteral("sysv-queue"))->against.isEmpty());
        QVERIFY(find(*page, QStringLiteral("sysv-queue"))->inFavour.join(u' ').contains(u"restarts"));
        QVERIFY(!find(*page, QStringLiteral("udp"))->against.isEmpty());
        page->configure({{QStringLiteral("kept"), false},
                         {QStringLiteral("messages"), false},
                         {QStringLiteral("other_machine"), true}});
        QVERIFY(fitting(*page).contains(QStringLiteral("tcp")));
        QVERIFY(!fitting(*page).contains(QStringLiteral("unix-stream")));
        page->configure({{QStringLiteral("other_machine"), false}, {QStringLiteral("size"), 65536}});
        QVERIFY(find(*page, QStringLiteral("signal"))->against.first().contains(u"at most 8 B"));
        // Impossible wishes are said to be so.
        page->configure({{QStringLiteral("fields"), true},
                         {QStringLiteral("kept"), true},
                         {QStringLiteral("who"), QStringLiteral("all")}});
        QCOMPARE(fitting(*page), QStringList());
        QVERIFY(page->lessons().first().startsWith(u"Nothing fits"));
    }

    void theOrderIsThatOfThePersonsOwnMeasurements()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<WhichPage>(QStringLiteral("which"));
            page->configure(
                {{QStringLiteral("size"), 64}, {QStringLiteral("kept"), true}, {QStringLiteral("messages"), true}});
            QVERIFY(page->exported().isEmpty());
            QVERIFY2(page->lessons().first().contains(u"measured"), qPrintable(page->lessons().first()));
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());
            double before = 0;
            int measured = 0;
            for (const WhichPage::Verdict &verdict : page->verdicts()) {
                if (!verdict.against.isEmpty() || !verdict.measured)
                    continue;
                QVERIFY(verdict.measured->p50 >= before);
                before = verdict.measured->p50;
                ++measured;
            }
            QVERIFY(measured >= 3);
            QVERIFY(page->lessons().first().startsWith(page->verdicts().front().name));
            QCOMPARE(
                page->exported()[QStringLiteral("verdicts")].toArray().first()[QStringLiteral("mechanism")].toString(),
                page->verdicts().front().name);
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void whatTheLatencyPageMeasuredCounts()
    {
        LabFixture lab;
        auto *latency = lab.open<LatencyPage>(QStringLiteral("latency"));
        latency->configure({{QStringLiteral("mechanisms"), QJsonArray{QStringLiteral("pipe"), QStringLiteral("mqtt")}},
                            {QStringLiteral("sizes"), QJsonArray{64}},
                            {QStringLiteral("rounds"), 1},
                            {QStringLiteral("seconds"), 0.02}});
        auto *page = lab.open<WhichPage>(QStringLiteral("which"));
        QVERIFY(!find(*page, QStringLiteral("pipe"))->measured);
        lab.view->showUrl(LabView::urlOf(QStringLiteral("latency")));
        QVERIFY(LabFixture::run(latency));
        QVERIFY(find(*page, QStringLiteral("pipe"))->measured);
        QCOMPARE(page->verdicts().front().measured.has_value(), true);
    }
};

QTEST_MAIN(WhichPageTest)
#include "which_page_test.moc"
