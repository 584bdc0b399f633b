// SPDX-License-Identifier: BSD-3-Clause
#include <bulkhead/viewer.h>

/// Greets whom the document names.
class Hello : public bulkhead::Viewer
{
    QString m_name;

    void load(const QByteArray &bytes) override
    {
        m_name = QString::fromUtf8(bytes).simplified();
        if (m_name.isEmpty())
            return setError(QStringLiteral("The document names nobody."));
        setTitle(QStringLiteral("Hello, %1").arg(m_name));
    }

    void paint(QPainter &painter, const QRect &) override
    {
        painter.fillRect(QRect(QPoint(), size()), QColor(0x1a, 0x5f, 0xb4));
        painter.setPen(Qt::white);
        painter.setFont(QFont(QStringLiteral("sans-serif"), 28));
        painter.drawText(QRect(QPoint(), size()), Qt::AlignCenter, QStringLiteral("Hello, %1!").arg(m_name));
    }
};

BULKHEAD_PLUGIN(Hello)
