// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/mechanism_card.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/data_path.h"
#include "browser/lab/kit/code_view.h"
#include "browser/lab/kit/lab_context.h"
#include "browser/lab/kit/mechanism_code.h"
#include "browser/widgets/plain_text.h"
#include "ipc/lab/engine/results.h"

#include <QComboBox>
#include <QLabel>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

namespace {

QLabel *wrapped(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString factsOf(const wire::LabMechanism &mechanism, const QString &copies)
{
    QStringList facts;
    facts << MechanismCard::tr("Copies of each byte: %1.").arg(copies);
    facts << (mechanism.largest() > 0
                  ? MechanismCard::tr("Largest message: %1 (%2).")
                        .arg(axisSize(double(mechanism.largest())), QString::fromStdString(mechanism.limited_by()))
                  : MechanismCard::tr("Largest message: as memory allows."));
    if (mechanism.lossy())
        facts << MechanismCard::tr("May lose messages.");
    QStringList waits, calls;
    for (const std::uint32_t wait : mechanism.waits())
        waits << QString::fromLatin1(lab::waitName(lab::Wait(wait)));
    facts << MechanismCard::tr("Can wait: %1.").arg(waits.join(QStringLiteral(", ")));
    for (const std::string &call : mechanism.calls())
        calls << QString::fromStdString(call);
    if (!calls.isEmpty())
        facts << MechanismCard::tr("System calls: %1.").arg(calls.join(QStringLiteral(", ")));
    if (!mechanism.unavailable().empty())
        facts << MechanismCard::tr("Not on this machine: %1.").arg(QString::fromStdString(mechanism.unavailable()));
    return facts.join(u'\n');
}

} // namespace

MechanismCard::MechanismCard(LabContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_choice(new QComboBox(this)), m_title(wrapped(this)),
      m_summary(wrapped(this)), m_drawing(new DataPathDrawing(this)), m_facts(wrapped(this)),
      m_code(new QTabWidget(this))
{
    setAccessibleName(tr("About the mechanism"));
    m_choice->setAccessibleName(tr("Mechanism to explain"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_code->setAccessibleName(tr("Essential code"));
    m_code->setDocumentMode(true);
    m_code->setUsesScrollButtons(true);
    m_code->setMinimumHeight(160);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_choice);
    column->addWidget(m_title);
    column->addWidget(m_summary);
    column->addWidget(m_drawing);
    column->addWidget(m_facts);
    column->addWidget(m_code, 1);
    connect(m_choice, &QComboBox::currentTextChanged, this, &MechanismCard::update);
    connect(&m_context, &LabContext::mechanismsChanged, this, &MechanismCard::update);
    update();
}

void MechanismCard::setMechanisms(const QStringList &names)
{
    const QString before = shown();
    {
        const QSignalBlocker quiet(m_choice);
        m_choice->clear();
        m_choice->addItems(names);
        m_choice->setCurrentIndex(std::max(0, int(names.indexOf(before))));
        m_choice->setVisible(names.size() > 1);
    }
    update();
}

void MechanismCard::show(const QString &mechanism)
{
    if (m_choice->findText(mechanism) < 0)
        m_choice->addItem(mechanism);
    m_choice->setVisible(m_choice->count() > 1);
    m_choice->setCurrentText(mechanism);
}

QString MechanismCard::shown() const
{
    return m_choice->currentText();
}

QString MechanismCard::code() const
{
    QString all;
    for (int i = 0; i < m_code->count(); ++i)
        all += static_cast<const CodeView *>(m_code->widget(i))->toPlainText();
    return all;
}

void MechanismCard::update()
{
    const wire::LabMechanism *mechanism = m_context.mechanism(shown());
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_summary, m_drawing, m_facts, m_code})
        part->setVisible(mechanism);
    if (!mechanism)
        return;
    QFont strong = font();
    strong.setBold(true);
    m_title->setFont(strong);
    plain::setText(m_title, OutsideText(QString::fromStdString(mechanism->title())));
    plain::setText(m_summary, OutsideText(QString::fromStdString(mechanism->summary()), OutsideText::Lines::Many));
    m_drawing->setPath(DataPath::of(*mechanism));
    plain::setText(m_facts, OutsideText(factsOf(*mechanism, m_drawing->path().summary()), OutsideText::Lines::Many));
    while (m_code->count() > 0)
        delete m_code->widget(0);
    for (const CodePart &part : mechanismCode(shown(), QString::fromStdString(mechanism->source()))) {
        const int tab = m_code->addTab(new CodeView(part.code, m_code), part.file.section(u'/', -1));
        m_code->setTabToolTip(tab, toolTipText(OutsideText(part.file)));
    }
}

} // namespace bulkhead
