// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/token.h"
#include "renderer/engine/css/tokenizer.h"

#include <QTest>

#include <limits>
#include <vector>

using namespace bulkhead::engine::css;
using namespace Qt::StringLiterals;

namespace {

QString shown(const Token &token)
{
    const QString number = QString::number(token.number);
    switch (token.type) {
    case TokenType::Ident:
        return token.text;
    case TokenType::Function:
        return token.text + u'(';
    case TokenType::AtKeyword:
        return u'@' + token.text;
    case TokenType::Hash:
        return (token.isId ? u"#id:"_s : u"#"_s) + token.text;
    case TokenType::String:
        return u'"' + token.text + u'"';
    case TokenType::BadString:
        return u"bad-string"_s;
    case TokenType::Url:
        return u"url:"_s + token.text;
    case TokenType::BadUrl:
        return u"bad-url"_s;
    case TokenType::Delim:
        return u"delim:"_s + QChar(token.delim);
    case TokenType::Number:
        return number + (token.isInteger ? u"i"_s : QString());
    case TokenType::Percentage:
        return number + u'%';
    case TokenType::Dimension:
        return number + u'/' + token.text;
    case TokenType::UnicodeRange:
        return u"U+"_s + token.text;
    case TokenType::Whitespace:
        return u"_"_s;
    case TokenType::Cdo:
        return u"<!--"_s;
    case TokenType::Cdc:
        return u"-->"_s;
    case TokenType::Colon:
        return u":"_s;
    case TokenType::Semicolon:
        return u";"_s;
    case TokenType::Comma:
        return u","_s;
    case TokenType::OpenSquare:
        return u"["_s;
    case TokenType::CloseSquare:
        return u"]"_s;
    case TokenType::OpenParen:
        return u"("_s;
    case TokenType::Close:
        return u")"_s;
    case TokenType::OpenCurly:
        return u"{"_s;
    case TokenType::CloseCurly:
        return u"}"_s;
    case TokenType::End:
        return u"end"_s;
    }
    return {};
}

QString tokens(const QString &source)
{
    QStringList all;
    for (const Token &token : tokenize(source)) {
        if (!token.is(TokenType::End))
            all.append(shown(token));
    }
    return all.join(u' ');
}

} // namespace

class TokensTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindOfTokenIsKnown_data();
    void eachKindOfTokenIsKnown();
    void whatIsOpenAtTheEndIsClosedInOrder();
    void positionsAreThoseOfTheSource();
    void numbersStayWithinWhatAFloatHolds();
    void aRangeOfCharactersIsATokenOnlyWhereItIsAskedFor();
    void blocksAreTakenWhole();
    void manyOpenBlocksAreNoProblem();
};

void TokensTest::eachKindOfTokenIsKnown_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &source, const QString &expected) {
        QTest::newRow(name) << source << expected;
    };
    row("names", u"a -b --c _d é e-1"_s, u"a _ -b _ --c _ _d _ é _ e-1"_s);
    row("comments", u"a/**/b /* x */ c/*"_s, u"a b _ _ c"_s);
    row("escaped names", uR"(\61 b \000061b \+ a\
b)"_s,
        u"ab _ ab _ + _ a delim:\\ _ b"_s);
    row("escapes of no character", u"\\0 \\d800 \\110000 \\"_s, u"\ufffd\ufffd\ufffd\ufffd"_s);
    row("functions and addresses", u"f(a) url(b) URL( c ) url('d') url(e f) url(g\"h) i"_s,
        u"f( a ) _ url:b _ url:c _ url( \"d\" ) _ bad-url _ bad-url _ i"_s);
    row("an address that does not end", u"url(a\\29 b"_s, u"url:a)b"_s);
    row("at-keywords and hashes", u"@media @1 #a #1 #-- #"_s, u"@media _ delim:@ 1i _ #id:a _ #1 _ #id:-- _ delim:#"_s);
    row("strings", u"'a\"b' \"c\\\nx\" 'e\nf"_s, u"\"a\"b\" _ \"cx\" _ bad-string _ f"_s);
    row("a string that does not end", u"'a\\"_s, u"\"a\""_s);
    row("numbers", u"1 +1 -.5 1.5e3 1e-2 1. 1e 5% 5px 5e3em 1--x"_s,
        u"1i _ 1i _ -0.5 _ 1500 _ 0.01 _ 1i delim:. _ 1/e _ 5% _ 5/px _ 5000/em _ 1/--x"_s);
    row("marks of HTML comments", u"<!-- --> <!- -->a"_s, u"<!-- _ --> _ delim:< delim:! delim:- _ --> a"_s);
    row("line ends", u"a\r\nb\fc\rd '\\\r\ne'"_s, u"a _ b _ c _ d _ \"e\""_s);
    row("NUL and lone surrogates", u"a"_s + QChar(0) + QChar(0xd800) + u"'"_s + QChar(0xdc00),
        u"a\ufffd\ufffd \"\ufffd\""_s);
    row("characters of two units", u"\U0001F600 '\U0001F600' \\1F600"_s, u"\U0001F600 _ \"\U0001F600\" _ \U0001F600"_s);
}

void TokensTest::eachKindOfTokenIsKnown()
{
    QFETCH(QString, source);
    QFETCH(QString, expected);
    QCOMPARE(tokens(source), expected);
}

void TokensTest::whatIsOpenAtTheEndIsClosedInOrder()
{
    QCOMPARE(tokens(u"a{(b["_s), u"a { ( b [ ] ) }"_s);
    QCOMPARE(tokens(u"(]}"_s), u"( ] } )"_s);
    QCOMPARE(tokens(u"calc(1"_s), u"calc( 1i )"_s);
}

void TokensTest::positionsAreThoseOfTheSource()
{
    const QString source = u"ab\r\n/**/12px"_s;
    const std::vector<Token> all = tokenize(source);
    QCOMPARE(all.size(), std::size_t(4));
    QCOMPARE(source.mid(all[2].start, all[2].length), u"12px"_s);
    QCOMPARE(all[3].start, std::uint32_t(source.size()));
}

void TokensTest::numbersStayWithinWhatAFloatHolds()
{
    QCOMPARE(tokenize(u"1e999")[0].number, double(std::numeric_limits<float>::max()));
    QCOMPARE(tokenize(u"-1e999px")[0].number, -double(std::numeric_limits<float>::max()));
    QCOMPARE(tokenize(u"1e-999")[0].number, 0.0);
    QCOMPARE(tokenize(u"+.5")[0].number, 0.5);
    QVERIFY(tokenize(u"+5")[0].hasSign);
}

void TokensTest::aRangeOfCharactersIsATokenOnlyWhereItIsAskedFor()
{
    Tokenizer tokenizer(u"U+4?? -u+0-7F", UnicodeRanges::On);
    QCOMPARE(shown(tokenizer.next()), u"U+4??"_s);
    QCOMPARE(shown(tokenizer.next()), u"_"_s);
    QCOMPARE(shown(tokenizer.next()), u"-u"_s);
    QCOMPARE(shown(Tokenizer(u"u+0-7F,", UnicodeRanges::On).next()), u"U+0-7F"_s);
    QCOMPARE(tokens(u"u+a"_s), u"u delim:+ a"_s);
}

void TokensTest::blocksAreTakenWhole()
{
    const std::vector<Token> all = tokenize(u"f(a [b) c] d) e");
    TokenStream stream(all);
    const auto inside = stream.takeBlock();
    QCOMPARE(inside.size(), std::size_t(10));
    QCOMPARE(shown(stream.peekPastWhitespace()), u"e"_s);
    stream.skipWhitespace();
    QCOMPARE(stream.takeComponent().size(), std::size_t(1));
    QVERIFY(stream.atEnd());
    QVERIFY(stream.next().is(TokenType::End));
    QVERIFY(stream.takeComponent().empty());
}

void TokensTest::manyOpenBlocksAreNoProblem()
{
    const std::vector<Token> all = tokenize(QString(300'000, u'('));
    QCOMPARE(all.size(), std::size_t(600'001));
    TokenStream stream(all);
    QCOMPARE(stream.takeBlock().size(), std::size_t(599'998));
}

QTEST_APPLESS_MAIN(TokensTest)
#include "tokens_test.moc"
