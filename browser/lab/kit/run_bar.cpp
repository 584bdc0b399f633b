// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/run_bar.h"

#include "browser/lab/kit/lab_export.h"
#include "browser/lab/kit/lab_page.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QClipboard>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

namespace bulkhead {

namespace {

QToolButton *menuButton(const QString &text, const char *icon, QMenu *menu, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text); // with a mnemonic
    button->setIcon(standardIcon(QLatin1String(icon)));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

RunBar::RunBar(LabPage &page)
    : QWidget(&page), m_page(page),
      m_run(new QPushButton(page.description().runText.isEmpty() ? tr("&Run") : page.description().runText, this)),
      m_cancel(new QPushButton(tr("&Cancel"), this)), m_progress(new QProgressBar(this)), m_status(new QLabel(this)),
      m_kept(new QMenu(this)), m_pictures(new QMenu(this)), m_exports(new QMenu(this))
{
    m_keep = menuButton(tr("&Kept"), "document-open-recent", m_kept, this);
    m_picture = menuButton(tr("&Picture"), "edit-copy", m_pictures, this);
    m_export = menuButton(tr("&Export"), "document-save", m_exports, this);
    m_run->setIcon(standardIcon(QStringLiteral("media-playback-start")));
    m_cancel->setIcon(standardIcon(QStringLiteral("process-stop")));
    m_run->setAutoDefault(true);
    m_progress->setMaximumWidth(160);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_status->setAccessibleName(tr("Status"));
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    makeMenus();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 16, 8);
    row->addWidget(m_run);
    row->addWidget(m_cancel);
    row->addWidget(m_progress);
    row->addWidget(m_status, 1);
    row->addWidget(m_keep);
    row->addWidget(m_picture);
    row->addWidget(m_export);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (!m_page.isRunning())
            m_page.start();
    });
    connect(m_cancel, &QPushButton::clicked, &m_page, &LabPage::cancel);
    connect(&m_page, &LabPage::stateChanged, this, &RunBar::update);
    connect(m_kept, &QMenu::aboutToShow, this, &RunBar::fillKept);
    // The page is not there yet; it has nothing yet either.
    m_cancel->setEnabled(false);
    m_progress->hide();
    m_picture->setEnabled(false);
    m_export->setEnabled(false);
}

void RunBar::makeMenus()
{
    m_pictures->addAction(tr("&Copy Picture"), this, [this] {
        QGuiApplication::clipboard()->setImage(labPicture(m_page));
        say(tr("The picture is in the clipboard."));
    });
    m_pictures->addAction(tr("Copy as &SVG"), this, [this] {
        auto *copied = new QMimeData;
        const QByteArray svg = labExport(m_page, LabFormat::Svg);
        copied->setData(QStringLiteral("image/svg+xml"), svg);
        copied->setText(QString::fromUtf8(svg));
        QGuiApplication::clipboard()->setMimeData(copied);
        say(tr("The picture is in the clipboard, as SVG."));
    });
    m_pictures->addSeparator();
    m_pictures->addAction(tr("Save P&NG…"), this, [this] { saveAs(tr("PNG picture (*.png)"), QStringLiteral("png")); });
    m_pictures->addAction(tr("Save S&VG…"), this, [this] { saveAs(tr("SVG picture (*.svg)"), QStringLiteral("svg")); });
    m_exports->addAction(tr("&Report (HTML)…"), this,
                         [this] { saveAs(tr("HTML report (*.html)"), QStringLiteral("html")); });
    m_exports->addAction(tr("&JSON…"), this, [this] { saveAs(tr("JSON (*.json)"), QStringLiteral("json")); });
    m_exports->addAction(tr("&CSV…"), this, [this] { saveAs(tr("CSV table (*.csv)"), QStringLiteral("csv")); });
}

void RunBar::fillKept()
{
    m_kept->clear();
    LabResults &results = m_page.context().results();
    const bool hasResult = !m_page.isRunning() && !m_page.exported().isEmpty();
    m_kept->addAction(tr("&Keep This Result…"), this, &RunBar::askName)->setEnabled(hasResult);
    m_kept->addSeparator();
    const QStringList names = results.names(m_page.name());
    if (names.isEmpty())
        m_kept->addAction(tr("None is kept yet"))->setEnabled(false);
    for (const QString &name : names) {
        QMenu *one = m_kept->addMenu(plain::menuText(OutsideText::name(name)));
        one->addAction(tr("&Show"), this,
                       [this, name] {
                           const QJsonObject kept = m_page.context().results().load(m_page.name(), name);
                           const bool shown = m_page.restore(kept[QStringLiteral("result")].toObject());
                           say(shown
                                   ? tr("This is “%1”, measured %2.").arg(name, kept[QStringLiteral("made")].toString())
                                   : tr("This page can compare “%1”, but not show it again.").arg(name));
                       })
            ->setEnabled(!m_page.isRunning());
        one->addAction(tr("&Compare With It"), this, [this, name] { m_page.compareWith(name); })->setEnabled(hasResult);
        one->addSeparator();
        one->addAction(tr("&Delete"), this, [this, name] {
            m_page.context().results().remove(m_page.name(), name);
            say(tr("“%1” is deleted.").arg(name));
        });
    }
}

void RunBar::askName()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep This Result"));
    dialog->setLabelText(tr("Name of the result:"));
    dialog->setTextValue(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd hh:mm")));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const QString name = text.trimmed();
        if (name.isEmpty())
            return;
        const Result<void> kept = m_page.context().results().keep(m_page.name(), name, labDocument(m_page));
        say(kept ? tr("Kept as “%1”.").arg(name) : QString::fromStdString(kept.error().what));
    });
    dialog->open();
}

void RunBar::saveAs(const QString &filter, const QString &ending)
{
    auto *dialog =
        new QFileDialog(this, tr("Save"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QStringLiteral("ipc-lab-%1.%2").arg(m_page.name(), ending));
    const QByteArray content = labExport(m_page, *labFormatFromName(ending)); // as it is now
    connect(dialog, &QFileDialog::fileSelected, this, [this, content](const QString &name) {
        QFile file(name);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
        say(written ? tr("Written to %1.").arg(name) : tr("%1 cannot be written: %2").arg(name, file.errorString()));
    });
    dialog->open();
}

void RunBar::showProgress(int done, int total, const QString &text)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
    say(text);
}

void RunBar::say(const QString &sentence)
{
    m_sentence = sentence;
    showSentence();
}

void RunBar::showSentence()
{
    const OutsideText sentence(m_sentence);
    plain::setText(
        m_status, OutsideText(m_status->fontMetrics().elidedText(sentence.plain(), Qt::ElideRight, m_status->width())));
    plain::setToolTip(m_status, sentence);
    plain::setAccessibleDescription(m_status, sentence);
}

void RunBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showSentence();
}

void RunBar::update()
{
    const bool running = m_page.isRunning();
    const bool hadFocus = (running ? m_run : m_cancel)->hasFocus();
    m_run->setEnabled(!running);
    m_cancel->setEnabled(running);
    if (hadFocus)
        (running ? m_cancel : m_run)->setFocus();
    m_progress->setVisible(running);
    const bool hasResult = !running && !m_page.exported().isEmpty();
    m_picture->setEnabled(!running && !m_page.charts().isEmpty());
    m_export->setEnabled(hasResult);
}

void RunBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::bar(palette()));
    painter.fillRect(QRect(0, 0, width(), 1), chrome::line(palette()));
}

} // namespace bulkhead
