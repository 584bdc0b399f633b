// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QPlainTextEdit>

namespace bulkhead {

/// C++ to be read: monospaced, with comments, strings, keywords and system calls told apart.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeView(const QString &code, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void useFixedFont();
};

} // namespace bulkhead
