// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/css_guard.h"

#include "renderer/html/css_media.h"
#include "renderer/html/css_scanner.h"
#include "renderer/html/css_values.h"

#include <QSet>

namespace bulkhead {

namespace {

constexpr int maxSubstitutions = 200; // in one declaration

enum class HoverRule { No, Yes };

// A hover may change how things look but not where they are: the engine does not lay out again for it.
bool isPaintProperty(const QByteArray &property)
{
    static const QSet<QByteArray> names{"color",
                                        "background",
                                        "background-color",
                                        "background-image",
                                        "background-position",
                                        "background-repeat",
                                        "border-color",
                                        "border-top-color",
                                        "border-left-color",
                                        "border-right-color",
                                        "border-bottom-color",
                                        "text-decoration",
                                        "cursor"};
    return names.contains(property);
}

// What the engine reads for a declaration. Flex containers are blocks to it; the elements know them by a property of
// ours, which every later display undoes.
QByteArray engineText(const CssDeclaration &declaration, const QUrl &base, const CssLimits &limits, const char *end)
{
    const auto plain = engineDeclaration(declaration, base, limits);
    if (!plain)
        return {};
    QByteArray text = plain->property + ':' + plain->value + end;
    if (plain->property == "display") {
        const bool flex = declaration.value.contains("flex") && !declaration.value.contains("inline");
        text += QByteArray(flexLayoutProperty) + (flex ? ":row" : ":none") +
                (plain->value.contains('!') ? " !important" : "") + end;
    }
    return text;
}

std::optional<CssDeclaration> parseDeclaration(QByteArrayView text)
{
    const qsizetype colon = text.indexOf(':');
    if (colon <= 0)
        return {};
    return CssDeclaration{text.first(colon).trimmed().toByteArray().toLower(),
                          text.sliced(colon + 1).trimmed().toByteArray()};
}

bool usesVariables(const QByteArray &value)
{
    return value.contains("var(") || value.contains("VAR(");
}

// What the engine can match, or nothing. It takes an unknown pseudo-element for the element itself.
QByteArray plainSelector(QByteArrayView selector, const CssLimits &limits)
{
    QByteArray text = selector.toByteArray().simplified();
    if (text.isEmpty() || text.size() > limits.selectorBytes || !isBalancedCss(text) || text.contains('{') ||
        text.contains('&') || text.contains('\\'))
        return {};
    text.replace("::before", ":before").replace("::after", ":after").replace(":any-link", ":link");
    text.replace(":root", "html");
    if (text.contains("htmlhtml") || text.contains("::"))
        return {};
    for (QByteArrayView unknown : {":is(", ":where(", ":has(", ":matches(", ":-", ":host", ":focus", ":active",
                                   ":visited", ":target", ":checked", ":disabled", ":enabled", ":empty"}) {
        if (text.contains(unknown))
            return {};
    }
    int parts = 1;
    for (qsizetype i = 0; (i = findOutsideBrackets(text, i, " >+~")) < text.size(); ++i)
        ++parts;
    return parts > 2 * limits.selectorParts ? QByteArray() : text;
}

class SheetPass
{
public:
    SheetPass(const QUrl &base, const CssLimits &limits, PreferredColors colors)
        : m_base(base), m_limits(limits), m_colors(colors)
    {
    }

    GuardedCss run(QByteArrayView utf8)
    {
        const QByteArray css = withoutCssComments(utf8.first(qMin(utf8.size(), m_limits.sheetBytes)));
        rules(css, Scope::Top);
        return std::move(m_out);
    }

private:
    enum class Scope { Top, Nested };

    void rules(QByteArrayView css, Scope scope, int depth = 0)
    {
        for (qsizetype at = 0; at < css.size() && m_rules < m_limits.rules;) {
            const char c = css[at];
            if (c == '}' || c == ';' || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
                ++at;
                continue;
            }
            const qsizetype end = findOutsideBrackets(css, at, c == '@' ? "{;" : "{}");
            const QByteArrayView prelude = css.sliced(at, end - at).trimmed();
            if (end >= css.size() || css[end] != '{') {
                if (c == '@')
                    statement(prelude, scope);
                at = end + 1;
                continue;
            }
            const qsizetype after = skipBrackets(css, end);
            const bool closed = after > end + 1 && css[after - 1] == '}';
            const QByteArrayView block = css.sliced(end + 1, after - end - 1 - (closed ? 1 : 0));
            if (c == '@')
                atRule(prelude, block, scope, depth);
            else
                rule(prelude, block, scope);
            at = after;
        }
    }

    void statement(QByteArrayView prelude, Scope scope)
    {
        if (scope != Scope::Top || !prelude.startsWith("@import") || m_rules > 0 ||
            int(m_out.imports.size()) >= m_limits.sheets)
            return;
        QByteArrayView rest = prelude.sliced(7).trimmed();
        qsizetype end = 0;
        QByteArrayView target;
        if (rest.startsWith("url(")) {
            end = skipBrackets(rest, 3);
            target = rest.sliced(4, qMax<qsizetype>(0, end - 5)).trimmed();
        } else if (rest.startsWith('"') || rest.startsWith('\'')) {
            end = rest.indexOf(rest[0], 1);
            end = end < 0 ? rest.size() : end + 1;
            target = rest.first(end);
        }
        if (target.size() >= 2 && (target.startsWith('"') || target.startsWith('\'')))
            target = target.sliced(1, target.size() - 2);
        if (target.isEmpty() || target.size() > 4096)
            return;
        m_out.imports.push_back(
            {m_base.resolved(QUrl(QString::fromUtf8(target))), rest.sliced(end).trimmed().toByteArray()});
    }

    void atRule(QByteArrayView prelude, QByteArrayView block, Scope scope, int depth)
    {
        if (depth >= 8)
            return;
        if (prelude.startsWith("@layer")) {
            rules(block, scope, depth + 1);
        } else if (prelude.startsWith("@media")) {
            const QByteArray media = engineMedia(prelude.sliced(6), m_colors);
            if (media == allMedia) {
                rules(block, scope, depth + 1);
            } else if (!media.isEmpty()) {
                m_out.text += "@media " + media + " {\n";
                rules(block, Scope::Nested, depth + 1);
                m_out.text += "}\n";
            }
        }
        // @font-face, @keyframes, @page, @supports and the unknown ones change nothing that the engine can show.
    }

    void rule(QByteArrayView prelude, QByteArrayView block, Scope scope)
    {
        QByteArray plain;
        QByteArray hover;
        for (QByteArrayView part : splitOutsideBrackets(prelude, ',')) {
            if (++m_rules > m_limits.rules)
                break;
            const QByteArray selector = plainSelector(part, m_limits);
            if (selector.isEmpty())
                continue;
            QByteArray &list = selector.contains(":hover") ? hover : plain;
            list += (list.isEmpty() ? "" : ", ") + selector;
        }
        const bool variables = scope == Scope::Top;
        if (!plain.isEmpty())
            body(plain, block, HoverRule::No, variables);
        if (!hover.isEmpty())
            body(hover, block, HoverRule::Yes, false);
    }

    void body(const QByteArray &selectors, QByteArrayView block, HoverRule hover, bool takeVariables)
    {
        QByteArray declarations;
        for (qsizetype at = 0; at < block.size();) {
            const qsizetype end = findOutsideBrackets(block, at, ";{");
            if (end < block.size() && block[end] == '{') { // a nested rule, which the engine does not know
                at = skipBrackets(block, end);
                continue;
            }
            const auto declaration = parseDeclaration(block.sliced(at, end - at));
            at = end + 1;
            if (!declaration)
                continue;
            if (declaration->property.startsWith("--")) {
                if (takeVariables && declaration->value.size() <= 4096)
                    m_out.variables.insert(declaration->property, declaration->value);
                continue;
            }
            if (hover == HoverRule::Yes && !isPaintProperty(declaration->property))
                continue;
            if (usesVariables(declaration->value)) {
                // Left as it is until the variables of all sheets are known.
                if (declaration->value.size() < 4096 && isBalancedCss(declaration->value) &&
                    !hasBraces(declaration->value) && !declaration->value.contains('\n') &&
                    !declaration->property.startsWith('-'))
                    declarations += declaration->property + ':' + declaration->value + ";\n";
                continue;
            }
            declarations += engineText(*declaration, m_base, m_limits, ";\n");
        }
        if (declarations.isEmpty())
            return;
        m_out.hasHover = m_out.hasHover || hover == HoverRule::Yes;
        m_out.text += selectors + " {\n" + declarations + "}\n";
    }

    const QUrl m_base;
    const CssLimits &m_limits;
    const PreferredColors m_colors;
    GuardedCss m_out;
    int m_rules = 0;
};

// Replaces var() in one value; nothing when it cannot be done within the limits. @p work counts down: empty variables
// can be nested exponentially without ever growing.
std::optional<QByteArray> withVariables(const QByteArray &value, const QHash<QByteArray, QByteArray> &variables,
                                        int &work, int depth = 0)
{
    if (depth > 12 || --work < 0)
        return {};
    QByteArray out;
    qsizetype at = 0;
    for (qsizetype found; (found = value.indexOf("var(", at)) >= 0;) {
        out += value.mid(at, found - at);
        const qsizetype end = skipBrackets(value, found + 3);
        const QByteArrayView arguments = QByteArrayView(value).sliced(found + 4, qMax<qsizetype>(0, end - found - 5));
        const qsizetype comma = findOutsideBrackets(arguments, 0, ",");
        const QByteArray name = arguments.first(comma).trimmed().toByteArray().toLower();
        std::optional<QByteArray> replacement;
        if (const auto variable = variables.constFind(name); variable != variables.cend())
            replacement = withVariables(*variable, variables, work, depth + 1);
        if (!replacement && comma < arguments.size())
            replacement =
                withVariables(arguments.sliced(comma + 1).trimmed().toByteArray(), variables, work, depth + 1);
        if (!replacement || out.size() + replacement->size() > 4096)
            return {};
        out += *replacement;
        at = end;
    }
    out += value.mid(at);
    return out.size() > 8192 ? std::nullopt : std::optional(out);
}

} // namespace

GuardedCss guardStyleSheet(QByteArrayView utf8, const QUrl &base, const CssLimits &limits, PreferredColors colors)
{
    return SheetPass(base, limits, colors).run(utf8);
}

QByteArray guardDeclarations(QByteArrayView utf8, const CssLimits &limits)
{
    const QByteArray css = withoutCssComments(utf8.first(qMin(utf8.size(), limits.valueBytes)));
    QByteArray out;
    for (QByteArrayView part : splitOutsideBrackets(css, ';')) {
        auto declaration = parseDeclaration(part);
        if (!declaration)
            continue;
        if (usesVariables(declaration->value)) {
            int work = maxSubstitutions;
            const auto value = withVariables(declaration->value, {}, work);
            if (!value)
                continue;
            declaration->value = *value;
        }
        out += engineText(*declaration, {}, limits, ";");
    }
    return out;
}

QByteArray resolveCssVariables(const QByteArray &guardedText, const QHash<QByteArray, QByteArray> &variables,
                               const CssLimits &limits)
{
    if (!guardedText.contains("var("))
        return guardedText;
    QByteArray out;
    out.reserve(guardedText.size());
    // Exponential definitions are short each but many: the work of one sheet is bounded as a whole.
    qsizetype budget = limits.sheetBytes;
    for (qsizetype at = 0; at < guardedText.size();) {
        qsizetype end = guardedText.indexOf('\n', at);
        end = end < 0 ? guardedText.size() : end;
        const QByteArray line = guardedText.mid(at, end - at);
        at = end + 1;
        if (!line.contains("var(") || line.endsWith('{')) {
            out += line + '\n';
            continue;
        }
        auto declaration = parseDeclaration(line.chopped(1));
        if (!declaration || budget <= 0)
            continue;
        int work = maxSubstitutions;
        const auto value = withVariables(declaration->value, variables, work);
        budget -= value ? value->size() : 4096;
        if (!value)
            continue;
        declaration->value = *value;
        out += engineText(*declaration, {}, limits, ";\n");
    }
    return out;
}

} // namespace bulkhead
