// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/site_popover.h"

#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace bulkhead {

namespace {

QString explanation(Connection connection)
{
    switch (connection) {
    case Connection::Internal:
        return SitePopover::tr("This page is part of Bulkhead.");
    case Connection::File:
        return SitePopover::tr("This document was opened from this computer. It can read files in its folder only.");
    case Connection::Encrypted:
        return SitePopover::tr("What you send to this site is encrypted on its way.");
    case Connection::NotEncrypted:
        return SitePopover::tr("Others on the network can read and change what this site sends and receives.");
    case Connection::Inline:
        return SitePopover::tr("This page is contained in its own address.");
    case Connection::Unknown:
        break;
    }
    return {};
}

QStringList tabsSharing(const TabList &tabs, const Tab &tab)
{
    QStringList titles;
    for (int i = 0; i < tabs.count(); ++i) {
        const Tab *other = tabs.at(i);
        if (other != &tab && other->rendererPid() > 0 && other->rendererPid() == tab.rendererPid())
            titles.append(other->title().plain());
    }
    return titles;
}

QString sharingSentence(const QStringList &titles)
{
    if (titles.isEmpty())
        return SitePopover::tr("No other tab");
    constexpr int Named = 3;
    QString text = QStringList(titles.first(std::min<qsizetype>(Named, titles.size()))).join(QLatin1Char('\n'));
    if (titles.size() > Named)
        text += QLatin1Char('\n') + SitePopover::tr("and %n more", nullptr, int(titles.size() - Named));
    return text;
}

} // namespace

Connection connectionOf(const Tab &tab)
{
    const Connection connection = connectionOf(tab.url());
    // The address alone proves nothing: it may not have answered yet, or an error page stands in for it.
    return connection == Connection::Encrypted && !tab.isSecure() ? Connection::Unknown : connection;
}

Connection connectionOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (url.isEmpty() || scheme == QLatin1String("about"))
        return Connection::Internal;
    if (scheme == QLatin1String("file"))
        return Connection::File;
    if (scheme == QLatin1String("https"))
        return Connection::Encrypted;
    if (scheme == QLatin1String("http"))
        return Connection::NotEncrypted;
    if (scheme == QLatin1String("data"))
        return Connection::Inline;
    return Connection::Unknown;
}

QString connectionIconName(Connection connection)
{
    switch (connection) {
    case Connection::Internal:
        return QStringLiteral("emblem-system");
    case Connection::File:
        return QStringLiteral("text-x-generic");
    case Connection::Encrypted:
        return QStringLiteral("security-high");
    case Connection::NotEncrypted:
        return QStringLiteral("security-low");
    case Connection::Inline:
    case Connection::Unknown:
        break;
    }
    return QStringLiteral("dialog-information");
}

QString connectionLabel(Connection connection)
{
    switch (connection) {
    case Connection::Internal:
        return SitePopover::tr("Internal page");
    case Connection::File:
        return SitePopover::tr("Local file");
    case Connection::Encrypted:
        return SitePopover::tr("Encrypted");
    case Connection::NotEncrypted:
        return SitePopover::tr("Not encrypted");
    case Connection::Inline:
        return SitePopover::tr("Inline page");
    case Connection::Unknown:
        break;
    }
    return SitePopover::tr("Page information");
}

SitePopover::SitePopover(const TabList &tabs, Tab &tab, QWidget *parent) : QFrame(parent, Qt::Popup), m_tab(&tab)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    const Connection connection = connectionOf(tab);
    setAccessibleName(tr("Page information"));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 14, 16, 14);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(7);
    grid->setColumnMinimumWidth(1, 220);

    auto *icon = new QLabel(this);
    icon->setPixmap(standardIcon(connectionIconName(connection)).pixmap(QSize(20, 20), devicePixelRatioF()));
    auto *headline = new QLabel(this);
    plain::setText(headline, OutsideText(connectionLabel(connection)));
    QFont bold = headline->font();
    bold.setWeight(QFont::DemiBold);
    headline->setFont(bold);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(icon);
    head->addWidget(headline, 1);
    grid->addLayout(head, 0, 0, 1, 2);

    int row = 1;
    QPalette faint;
    faint.setColor(QPalette::WindowText, chrome::faintText(palette()));
    if (const QString text = explanation(connection); !text.isEmpty()) {
        auto *label = new QLabel(this);
        plain::setText(label, OutsideText(text));
        label->setWordWrap(true);
        label->setPalette(faint);
        grid->addWidget(label, row++, 0, 1, 2);
    }
    auto addRow = [&](const QString &name, const OutsideText &value) {
        auto *nameLabel = new QLabel(this);
        plain::setText(nameLabel, OutsideText(name));
        nameLabel->setPalette(faint);
        nameLabel->setAlignment(Qt::AlignTop);
        auto *valueLabel = new QLabel(this);
        plain::setText(valueLabel, value);
        valueLabel->setWordWrap(true);
        valueLabel->setMaximumWidth(320);
        grid->addWidget(nameLabel, row, 0);
        grid->addWidget(valueLabel, row++, 1);
    };
    const qint64 pid = tab.rendererPid();
    if (!tab.siteKey().isEmpty())
        addRow(tr("Site"), OutsideText(shownSite(tab.siteKey())));
    addRow(tr("Process"), OutsideText(pid > 0 ? tr("pid %1").arg(pid) : tr("None at the moment")));
    if (pid > 0) {
        addRow(tr("Shared with"), OutsideText(sharingSentence(tabsSharing(tabs, tab)), OutsideText::Lines::Many));
        auto *buttons = new QHBoxLayout;
        auto *copy = new QPushButton(tr("&Copy pid"), this);
        auto *end = new QPushButton(tr("&End Process"), this);
        buttons->setSpacing(8);
        buttons->addStretch(1);
        buttons->addWidget(copy);
        buttons->addWidget(end);
        grid->setRowMinimumHeight(row++, 4);
        grid->addLayout(buttons, row, 0, 1, 2);
        connect(copy, &QPushButton::clicked, this, [this, pid] {
            QGuiApplication::clipboard()->setText(QString::number(pid));
            close();
        });
        connect(end, &QPushButton::clicked, this, [this] {
            if (m_tab)
                m_tab->endProcess();
            close();
        });
    }
}

void SitePopover::popUpBelow(const QWidget *anchor)
{
    adjustSize();
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + 6));
    if (layoutDirection() == Qt::RightToLeft)
        place.rx() += anchor->width() - width();
    const QRect screen = anchor->screen()->availableGeometry();
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    move(place);
    show();
    if (auto *first = findChild<QPushButton *>())
        first->setFocus(Qt::PopupFocusReason);
}

void SitePopover::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel)) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace bulkhead
