// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/dom/tree_dump.h"
#include "renderer/engine/dom/xml_parser.h"

#include <QTest>

using namespace bulkhead::engine;

class XmlParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesKeepTheirCaseAndNamespace();
    void entitiesOfXhtmlAreKnown();
    void anErrorKeepsWhatCameBefore();
    void whatIsTooDeepLosesItsElements();
    void tooManyAttributesEndTheDocument();
    void entitiesThatMultiplyAreAnError();
};

void XmlParserTest::namesKeepTheirCaseAndNamespace()
{
    Atoms atoms;
    const ParsedDocument parsed = parseXml(
        u"<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' "
        u"xml:lang='de'><body><P/><p>\u00e4<![CDATA[<]]></p>"
        u"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0'/><x xmlns='y'/></body></html>",
        atoms);
    QCOMPARE(dumpTree(parsed.document),
             QStringLiteral("html[xml:lang=de](body(P p(\"\u00e4<\") svg:svg[viewBox=0] other:x))"));
    QVERIFY(parsed.document.isXml());
    QVERIFY(parsed.error.isEmpty());
}

void XmlParserTest::entitiesOfXhtmlAreKnown()
{
    Atoms atoms;
    QCOMPARE(dumpTree(parseXml(u"<a>&nbsp;&alpha;&lt;</a>", atoms).document),
             QStringLiteral("other:a(\"\u00a0\u03b1<\")"));
}

void XmlParserTest::anErrorKeepsWhatCameBefore()
{
    Atoms atoms;
    const ParsedDocument parsed = parseXml(u"<a><b>x</c></a>", atoms);
    QCOMPARE(dumpTree(parsed.document), QStringLiteral("other:a(other:b(\"x\"))"));
    QVERIFY(parsed.error.startsWith(u"1:"));
}

void XmlParserTest::whatIsTooDeepLosesItsElements()
{
    Atoms atoms;
    ParseLimits limits;
    limits.depth = 2;
    QCOMPARE(dumpTree(parseXml(u"<a><b>1<c>2<d/></c>3</b><e/></a>", atoms, limits).document),
             QStringLiteral("other:a(other:b(\"123\") other:e)"));
}

void XmlParserTest::tooManyAttributesEndTheDocument()
{
    QString text = QStringLiteral("<a>x<!-- ' --><b ");
    for (int i = 0; i < 300; ++i)
        text += QStringLiteral("c%1='' ").arg(i);
    Atoms atoms;
    const ParsedDocument parsed = parseXml(QString(text + QStringLiteral("/></a>")), atoms);
    QVERIFY(parsed.isCut);
    QCOMPARE(dumpTree(parsed.document), QStringLiteral("other:a(\"x\")"));
}

void XmlParserTest::entitiesThatMultiplyAreAnError()
{
    QString text = QStringLiteral("<!DOCTYPE a [<!ENTITY e0 'xxxxxxxxxx'>");
    for (int i = 1; i < 10; ++i)
        text += QStringLiteral("<!ENTITY e%1 '%2'>").arg(i).arg(QStringLiteral("&e%1;").arg(i - 1).repeated(10));
    Atoms atoms;
    const ParsedDocument parsed = parseXml(QString(text + QStringLiteral("]><a>&e9;</a>")), atoms);
    QVERIFY(!parsed.error.isEmpty());
}

QTEST_GUILESS_MAIN(XmlParserTest)
#include "xml_parser_test.moc"
