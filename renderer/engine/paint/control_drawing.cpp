// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/control_drawing.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/paint/border_drawing.h"
#include "renderer/engine/paint/control_label.h"
#include "renderer/engine/paint/control_shapes.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace bulkhead::engine {

namespace {

constexpr double arrowRoom = 16;

/// One element and what it is recorded with.
class Control
{
public:
    Control(const PaintInput &input, DisplayList &list, const ComputedStyle &style, NodeId element,
            const QRectF &content)
        : m_input(input), m_list(list), m_style(style), m_element(element), m_content(content),
          m_colors(ControlColors::of(style.inherited->darkScheme))
    {
    }

    void record();

private:
    bool is(Atom name) const { return m_input.document.isElement(m_element, name); }
    bool has(Atom name) const { return m_input.document.hasAttribute(m_element, name); }
    QString attribute(Atom name) const
    {
        const QString *value = m_input.document.attribute(m_element, name);
        return value ? *value : QString();
    }
    std::optional<double> number(Atom name) const;
    bool isRightToLeft() const { return m_style.text->direction == Direction::Rtl; }
    QColor faint() const
    {
        QColor color = m_style.text->color;
        color.setAlphaF(color.alphaF() * 0.55F);
        return color;
    }
    void label(const QString &text, LabelAlign align, const QColor &color)
    {
        recordLabel(m_input, m_list, m_style, text, m_content, color, align);
    }

    void input();
    void textField(const QString &type);
    void fileField();
    void range();
    void select();
    void textArea();
    void progress();
    void meter();
    void missingImage();

    const PaintInput &m_input;
    DisplayList &m_list;
    const ComputedStyle &m_style;
    NodeId m_element;
    QRectF m_content;
    ControlColors m_colors;
};

std::optional<double> Control::number(Atom name) const
{
    bool isNumber = false;
    const double value = attribute(name).trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

void Control::record()
{
    if (is(tag::Input))
        input();
    else if (is(tag::Select))
        select();
    else if (is(tag::Textarea))
        textArea();
    else if (is(tag::Progress))
        progress();
    else if (is(tag::Meter))
        meter();
    else if (is(tag::Img))
        missingImage();
}

void Control::input()
{
    const QString type = attribute(attr::Type).toLower();
    if (type == QLatin1String("checkbox") || type == QLatin1String("radio")) {
        recordCheck(m_list, m_content, has(attr::Checked) ? ControlState::On : ControlState::Off,
                    type == QLatin1String("radio"), has(attr::Disabled), m_colors);
    } else if (type == QLatin1String("range")) {
        range();
    } else if (type == QLatin1String("color")) {
        const QColor color(attribute(attr::Value));
        m_list.fill(m_content, color.isValid() ? color : QColor(Qt::black));
    } else if (type == QLatin1String("file")) {
        fileField();
    } else if (type == QLatin1String("submit") || type == QLatin1String("reset") || type == QLatin1String("button")) {
        QString text = attribute(attr::Value);
        if (!has(attr::Value) && type == QLatin1String("submit"))
            text = QCoreApplication::translate("HtmlPage", "Submit");
        else if (!has(attr::Value) && type == QLatin1String("reset"))
            text = QCoreApplication::translate("HtmlPage", "Reset");
        label(text, LabelAlign::Center, m_style.text->color);
    } else if (type == QLatin1String("image")) {
        label(attribute(attr::Alt), LabelAlign::Start, m_style.text->color);
    } else if (type != QLatin1String("hidden")) {
        textField(type);
    }
}

void Control::textField(const QString &type)
{
    QString text = attribute(attr::Value);
    if (text.isEmpty()) {
        label(attribute(attr::Placeholder), LabelAlign::Start, faint());
        return;
    }
    if (type == QLatin1String("password"))
        text.fill(QChar(0x2022));
    label(text, LabelAlign::Start, m_style.text->color);
}

void Control::fileField()
{
    const QString text = QCoreApplication::translate("HtmlPage", "Choose file");
    const QRectF button(m_content.left(), m_content.top(), std::min(m_content.width(), 110.0), m_content.height());
    m_list.fill(button, m_colors.track);
    const BorderEdge edge{1, BorderStyle::Solid, m_colors.border};
    RoundedRect outline{button, {}};
    outline.radii.fill({2, 2});
    recordBorder(m_list, outline, {edge, edge, edge, edge});
    recordLabel(m_input, m_list, m_style, text, button, m_style.text->color, LabelAlign::Center);
}

void Control::range()
{
    const double least = number(attr::Min).value_or(0), most = std::max(least, number(attr::Max).value_or(100));
    const double value = std::clamp(number(attr::Value).value_or(least + (most - least) / 2), least, most);
    recordSlider(m_list, m_content, most > least ? (value - least) / (most - least) : 0, isRightToLeft(),
                 has(attr::Disabled), m_colors);
}

void Control::select()
{
    const Document &document = m_input.document;
    constexpr int mostOptions = 10'000;
    std::vector<NodeId> options;
    NodeId chosen = NodeId::None;
    for (NodeId node = document.nextInTree(m_element, m_element); node != NodeId::None && options.size() < mostOptions;
         node = document.nextInTree(node, m_element)) {
        if (!document.isElement(node, tag::Option))
            continue;
        options.push_back(node);
        if (document.hasAttribute(node, attr::Selected))
            chosen = node;
    }
    const auto textOf = [&](NodeId option) {
        const QString *given = document.attribute(option, attr::Label);
        return (given && !given->isEmpty() ? *given : document.textContent(option)).simplified();
    };
    const int rows = int(std::clamp(number(attr::Size).value_or(has(attr::Multiple) ? 4 : 1), 1.0, 1000.0));
    if (rows > 1 || has(attr::Multiple)) {
        const double height = m_content.height() / rows;
        QRectF row(m_content.left(), m_content.top(), m_content.width(), height);
        for (std::size_t i = 0; i < options.size() && row.top() < m_content.bottom() && height > 1; ++i) {
            if (document.hasAttribute(options[i], attr::Selected))
                m_list.fill(row, m_colors.track);
            recordLabel(m_input, m_list, m_style, textOf(options[i]), row.adjusted(2, 0, -2, 0), m_style.text->color,
                        LabelAlign::Start);
            row.translate(0, height);
        }
        return;
    }
    if (chosen == NodeId::None && !options.empty())
        chosen = options.front();
    if (chosen != NodeId::None)
        recordLabel(m_input, m_list, m_style, textOf(chosen), m_content.adjusted(0, 0, -arrowRoom, 0),
                    m_style.text->color, LabelAlign::Start);
    recordArrow(m_list, m_content, m_style.text->color);
}

void Control::textArea()
{
    QString text = m_input.document.textContent(m_element);
    const bool isEmpty = text.isEmpty();
    if (isEmpty)
        text = attribute(attr::Placeholder);
    recordLabelLines(m_input, m_list, m_style, text, m_content, isEmpty ? faint() : m_style.text->color);
}

void Control::progress()
{
    const double most = number(attr::Max).value_or(1);
    const auto value = number(attr::Value);
    const double part = !value ? -1 : most > 0 ? std::clamp(*value / most, 0.0, 1.0) : 0;
    recordBar(m_list, m_content, part, isRightToLeft(), m_colors.accent, m_colors);
}

// Of the HTML standard, 4.10.14: which of the three regions the value is in decides the colour.
void Control::meter()
{
    const double least = number(attr::Min).value_or(0), most = std::max(least, number(attr::Max).value_or(1));
    const double value = std::clamp(number(attr::Value).value_or(0), least, most);
    const double low = std::clamp(number(attr::Low).value_or(least), least, most);
    const double high = std::clamp(number(attr::High).value_or(most), low, most);
    const double best = std::clamp(number(attr::Optimum).value_or((least + most) / 2), least, most);
    const auto region = [&](double at) { return at < low ? 0 : at > high ? 2 : 1; };
    const int away = std::abs(region(value) - region(best));
    const QColor color = away == 0 ? QColor(16, 124, 16) : away == 1 ? QColor(255, 185, 0) : QColor(216, 59, 1);
    recordBar(m_list, m_content, most > least ? (value - least) / (most - least) : 0, isRightToLeft(), color, m_colors);
}

void Control::missingImage()
{
    const QUrl url = m_input.images ? m_input.images->urlOf(m_element) : QUrl();
    if (!url.isEmpty() && m_input.images->state(url) == ImageSource::State::Loading)
        return;
    const QString text = attribute(attr::Alt);
    if (m_content.width() < 4 || m_content.height() < 4 || (has(attr::Alt) && text.isEmpty()))
        return;
    const BorderEdge edge{1, BorderStyle::Solid, m_colors.disabled};
    recordBorder(m_list, {m_content, {}}, {edge, edge, edge, edge});
    recordLabelLines(m_input, m_list, m_style, text, m_content.adjusted(3, 2, -3, -2), m_style.text->color);
}

} // namespace

void recordControl(const PaintInput &input, DisplayList &list, const ComputedStyle &style, NodeId element,
                   const QRectF &content)
{
    if (!content.isEmpty())
        Control(input, list, style, element, content).record();
}

} // namespace bulkhead::engine
