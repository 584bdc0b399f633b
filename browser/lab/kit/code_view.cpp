// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/code_view.h"

#include "browser/lab/charts/chart_style.h"

#include <QEvent>
#include <QFontDatabase>
#include <QRegularExpression>
#include <QSyntaxHighlighter>

namespace bulkhead {

namespace {

class Highlighter : public QSyntaxHighlighter
{
public:
    Highlighter(QTextDocument *document, const QWidget &look) : QSyntaxHighlighter(document), m_look(look) {}

protected:
    void highlightBlock(const QString &line) override
    {
        static const QRegularExpression Keywords(QStringLiteral(
            "\\b(auto|bool|break|case|catch|class|const|constexpr|continue|delete|do|else|enum|explicit|false|for|if|"
            "int|long|namespace|new|nullptr|override|private|protected|public|return|size_t|sizeof|ssize_t|static|"
            "struct|switch|this|true|typename|unsigned|using|virtual|void|volatile|while)\\b"));
        static const QRegularExpression Calls(QStringLiteral("::[a-z_0-9]+(?=\\()"));
        static const QRegularExpression Strings(QStringLiteral("\"[^\"]*\""));
        static const QRegularExpression Comment(QStringLiteral("//.*$"));
        const ChartStyle style(m_look.palette(), m_look.font());
        QTextCharFormat keyword, call, string, comment;
        keyword.setForeground(style.series(0));
        keyword.setFontWeight(QFont::Bold);
        call.setForeground(style.series(1));
        call.setFontWeight(QFont::Bold);
        string.setForeground(style.series(2));
        comment.setForeground(style.faint);
        comment.setFontItalic(true);
        const auto apply = [&](const QRegularExpression &pattern, const QTextCharFormat &format) {
            for (auto matches = pattern.globalMatch(line); matches.hasNext();) {
                const QRegularExpressionMatch match = matches.next();
                // "std::move(" is no system call.
                if (&pattern == &Calls && match.capturedStart() > 0 &&
                    line[match.capturedStart() - 1].isLetterOrNumber())
                    continue;
                setFormat(int(match.capturedStart()), int(match.capturedLength()), format);
            }
        };
        apply(Keywords, keyword);
        apply(Calls, call);
        apply(Strings, string);
        apply(Comment, comment);
    }

private:
    const QWidget &m_look;
};

} // namespace

CodeView::CodeView(const QString &code, QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Code"));
    useFixedFont();
    new Highlighter(document(), *this);
    setPlainText(code);
}

void CodeView::useFixedFont()
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(parentWidget()->font().pointSizeF() * 0.9);
    document()->setDefaultFont(fixed);
}

void CodeView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        useFixedFont();
        for (QSyntaxHighlighter *highlighter : document()->findChildren<QSyntaxHighlighter *>())
            highlighter->rehighlight();
    }
    QPlainTextEdit::changeEvent(event);
}

} // namespace bulkhead
