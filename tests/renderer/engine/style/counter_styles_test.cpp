// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/counter_styles.h"

#include <QTest>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

namespace {

css::CounterStyleRule rule(const QString &name, std::vector<std::pair<QString, QString>> descriptors)
{
    return {name, std::move(descriptors)};
}

} // namespace

class CounterStylesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void predefinedStylesShowNumbers()
    {
        const CounterStyles styles;
        QCOMPARE(styles.text(-12, {}), u"-12"_s);
        QCOMPARE(styles.text(7, u"decimal-leading-zero"_s), u"07"_s);
        QCOMPARE(styles.text(-7, u"decimal-leading-zero"_s), u"-7"_s);
        QCOMPARE(styles.text(1994, u"upper-roman"_s), u"MCMXCIV"_s);
        QCOMPARE(styles.text(4000, u"upper-roman"_s), u"4000"_s);
        QCOMPARE(styles.text(28, u"lower-alpha"_s), u"ab"_s);
        QCOMPARE(styles.text(0, u"lower-alpha"_s), u"0"_s);
        QCOMPARE(styles.text(25, u"lower-greek"_s), u"αα"_s);
        QCOMPARE(styles.text(16, u"hebrew"_s), u"טז"_s);
        QCOMPARE(styles.text(5, u"disc"_s), u"•"_s);
        QCOMPARE(styles.text(5, u"none"_s), QString());
        QCOMPARE(styles.text(5, u"\"a\""_s), u"a\""_s);
        QCOMPARE(styles.text(5, u"nobody-knows"_s), u"5"_s);
        QCOMPARE(styles.marker(5, u"upper-latin"_s), u"E. "_s);
    }

    void rulesMakeStyles()
    {
        const css::CounterStyleRule dice =
            rule(u"dice"_s, {{u"system"_s, u"fixed 2"_s}, {u"symbols"_s, u"a b c"_s}, {u"suffix"_s, u"\") \""_s}});
        const css::CounterStyleRule triples =
            rule(u"triples"_s,
                 {{u"system"_s, u"extends dice"_s}, {u"prefix"_s, u"\"(\""_s}, {u"fallback"_s, u"lower-roman"_s}});
        const css::CounterStyleRule padded = rule(u"padded"_s, {{u"system"_s, u"extends decimal"_s},
                                                                {u"pad"_s, u"4 '0'"_s},
                                                                {u"negative"_s, u"'(' ')'"_s},
                                                                {u"range"_s, u"-10 99"_s}});
        const CounterStyles styles({&dice, &triples, &padded});
        QCOMPARE(styles.text(2, u"dice"_s), u"a"_s);
        QCOMPARE(styles.text(5, u"dice"_s), u"5"_s);
        QCOMPARE(styles.marker(3, u"triples"_s), u"(b) "_s);
        QCOMPARE(styles.text(9, u"triples"_s), u"ix"_s);
        QCOMPARE(styles.text(-7, u"padded"_s), u"(07)"_s);
        QCOMPARE(styles.text(100, u"padded"_s), u"100"_s);
    }

    void stylesThatExtendEachOtherEndInDecimal()
    {
        const css::CounterStyleRule a = rule(u"a"_s, {{u"system"_s, u"extends b"_s}});
        const css::CounterStyleRule b = rule(u"b"_s, {{u"system"_s, u"extends a"_s}});
        const css::CounterStyleRule c =
            rule(u"c"_s, {{u"system"_s, u"symbolic"_s}, {u"symbols"_s, u"x"_s}, {u"fallback"_s, u"c"_s}});
        const CounterStyles styles({&a, &b, &c});
        QCOMPARE(styles.text(3, u"a"_s), u"3"_s);
        QCOMPARE(styles.text(2147483647, u"c"_s), u"2147483647"_s);
        QCOMPARE(styles.text(3, u"symbols(cyclic\u0001*\u0001+"_s), u"*"_s);
    }
};

QTEST_APPLESS_MAIN(CounterStylesTest)
#include "counter_styles_test.moc"
