// SPDX-License-Identifier: BSD-3-Clause
// Which kind of child may send which message: that everything is decided, and what was decided.
#include "browser/pages/page_processes/child_kind.h"

#include <google/protobuf/descriptor.h>

#include <QtTest>

#include <algorithm>

using namespace bulkhead;

namespace {

using google::protobuf::Descriptor;
using Body = wire::RendererToBrowser;

QString text(BodyNumber body)
{
    return QStringLiteral("%1.%2").arg(body.outer).arg(body.inner);
}

/// Every body that an envelope of this type can carry, those of envelopes in it for themselves.
std::vector<BodyNumber> bodiesOf(const Descriptor *envelope)
{
    std::vector<BodyNumber> all;
    const auto *bodies = envelope->oneof_decl(0);
    for (int i = 0; i < bodies->field_count(); ++i) {
        const auto *outer = bodies->field(i);
        if (outer->message_type()->oneof_decl_count() == 0) {
            all.push_back({outer->number(), 0});
            continue;
        }
        const auto *inner = outer->message_type()->oneof_decl(0);
        for (int k = 0; k < inner->field_count(); ++k)
            all.push_back({outer->number(), inner->field(k)->number()});
    }
    return all;
}

/// Names of what a kind may send without being asked.
QStringList unaskedBy(ChildKind kind)
{
    QStringList names;
    for (const BodyNumber body : bodiesOf(Body::descriptor())) {
        if (sendingOf(kind, body) != Sending::Always)
            continue;
        const auto *field = Body::descriptor()->FindFieldByNumber(body.outer);
        if (body.inner != 0)
            field = field->message_type()->FindFieldByNumber(body.inner);
        names << QString::fromStdString(field->name());
    }
    return names;
}

BadMessage sent(ChildRules &rules, const Body &message, PacketKind packet = PacketKind::Message, BodyNumber asked = {})
{
    return rules.check(message, packet, asked);
}

} // namespace

class ChildKindTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBodyOfTheProtocolIsDecidedOnce()
    {
        const auto bodies = bodiesOf(Body::descriptor());
        for (const BodyNumber body : bodies) {
            const auto count = std::count_if(bodyRules().begin(), bodyRules().end(),
                                             [body](const BodyRule &rule) { return rule.body == body; });
            QVERIFY2(count == 1,
                     qPrintable(
                         QStringLiteral("body %1 has %2 rules: decide in child_kind.cpp").arg(text(body)).arg(count)));
        }
        QCOMPARE(bodyRules().size(), bodies.size());
    }

    void everyAnswerHasItsQuestionAndNothingElseIsOne()
    {
        std::vector<BodyNumber> answers;
        for (const BodyNumber question : bodiesOf(wire::BrowserToRenderer::descriptor())) {
            if (const auto answer = answerTo(question))
                answers.push_back(*answer);
        }
        for (const BodyRule &rule : bodyRules()) {
            const bool isAnswer = std::count(answers.begin(), answers.end(), rule.body) == 1;
            const bool someReply = std::any_of(std::begin(rule.by), std::end(rule.by),
                                               [](Sending when) { return when == Sending::InReply; });
            QVERIFY2(isAnswer == someReply, qPrintable(text(rule.body)));
        }
    }

    void aLoaderSaysThatItIsThereAndHowItWent()
    {
        QCOMPARE(unaskedBy(ChildKind::PluginLoader),
                 QStringList({QStringLiteral("ready"), QStringLiteral("loaded"), QStringLiteral("failed")}));
    }

    void aPluginHasNoWayToNetworkTabsAndLinksBesideItsServices()
    {
        const QStringList plugin = unaskedBy(ChildKind::Plugin);
        for (const char *never : {"ready", "resource_request", "resource_cancel", "link_activated", "icon_changed",
                                  "hovered_link", "embed_boxes", "loaded"})
            QVERIFY2(!plugin.contains(QLatin1String(never)), never);
        QVERIFY(plugin.contains(QStringLiteral("service_request")));
        QVERIFY(sendingOf(ChildKind::Plugin, {int(Body::kTraceEvents), 0}) == Sending::Never);
        QVERIFY(sendingOf(ChildKind::Plugin, {int(Body::kSandboxAttempted), 0}) == Sending::Never);
    }

    void aRendererIsNoPlugin()
    {
        for (const BodyRule &rule : bodyRules()) {
            if (rule.body.outer == int(Body::kPlugin))
                QVERIFY(sendingOf(ChildKind::Renderer, rule.body) == Sending::Never);
        }
        ChildRules renderer(ChildKind::Renderer);
        renderer.becomePlugin();
        QVERIFY(renderer.kind() == ChildKind::Renderer);
    }

    void onlyALoaderBecomesAPluginAndThenLosesWhatALoaderMay()
    {
        ChildRules rules(ChildKind::PluginLoader);
        Body loaded, frame;
        loaded.mutable_plugin()->mutable_loaded();
        frame.mutable_frame_ready();
        QVERIFY(sent(rules, loaded) == BadMessage::None);
        QVERIFY(sent(rules, frame) == BadMessage::NotForThisKind);
        rules.becomePlugin();
        QVERIFY(sent(rules, loaded) == BadMessage::NotForThisKind);
        QVERIFY(sent(rules, frame) == BadMessage::None);
    }

    void traceEventsComeBetweenTheStartAndTheLastWordAfterTheStop()
    {
        ChildRules rules(ChildKind::Renderer);
        Body events, last;
        events.mutable_trace_events();
        last.mutable_trace_events()->set_last(true);
        QVERIFY(sent(rules, events) == BadMessage::NotAskedFor);
        rules.traceStarted();
        QVERIFY(sent(rules, events) == BadMessage::None);
        rules.traceStopped();
        QVERIFY(sent(rules, events) == BadMessage::None);
        QVERIFY(sent(rules, last) == BadMessage::None);
        QVERIFY(sent(rules, events) == BadMessage::NotAskedFor);
    }

    void childrenAskNothing()
    {
        ChildRules rules(ChildKind::Renderer);
        Body title;
        title.mutable_title_changed();
        QVERIFY(sent(rules, title) == BadMessage::None);
        QVERIFY(sent(rules, title, PacketKind::Request) == BadMessage::WrongDirection);
        QVERIFY(sent(rules, title, PacketKind::Reply, {int(wire::BrowserToRenderer::kFind), 0}) ==
                BadMessage::WrongReply);
    }

    void anAnswerThatComesTooLateIsNoLie()
    {
        ChildRules rules(ChildKind::Renderer);
        Body pong;
        pong.mutable_pong();
        QVERIFY(sent(rules, pong, PacketKind::Reply) == BadMessage::None);
        QVERIFY(sent(rules, pong, PacketKind::Reply, {int(wire::BrowserToRenderer::kPing), 0}) == BadMessage::None);
        QVERIFY(sent(rules, pong) == BadMessage::WrongDirection);
    }
};

QTEST_GUILESS_MAIN(ChildKindTest)
#include "child_kind_test.moc"
