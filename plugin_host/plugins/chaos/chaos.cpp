// SPDX-License-Identifier: BSD-3-Clause
// A plugin that does everything wrong: each of its buttons is one misbehaviour. A document's lines name buttons to
// press by itself, a moment after it is shown; a line "count N" says what to show as pressed so far.
#include <bulkhead/viewer.h>

#include <QTimer>

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {

constexpr int ButtonWidth = 150;
constexpr int ButtonHeight = 36;
constexpr int Gap = 10;
constexpr int Top = 70;
constexpr int Columns = 3;
constexpr size_t Far = size_t(1) << 30; // bytes behind the end of a frame

struct Deed
{
    const char *name;
    const char *says;
};
constexpr Deed Deeds[] = {
    {"crash", "Write to address 0"}, {"abort", "Call abort()"},          {"hang", "Loop for ever"},
    {"leak", "Take all memory"},     {"flood", "10,000 messages"},       {"fds", "Take all descriptors"},
    {"outside", "Draw far outside"}, {"damage", "Lie about damage"},     {"fork", "Start a process"},
    {"read", "Read /etc/passwd"},    {"write", "Write to /tmp"},         {"connect", "Open a socket"},
    {"throw", "Throw an exception"}, {"exit", "Call exit(3)"},           {"error", "Report an error"},
    {"store", "Use storage"},        {"fetch", "Fetch (no permission)"}, {"sleep", "Sleep for 4 s"},
    {"spin", "Paint without end"},
};

} // namespace

class Chaos : public bulkhead::Viewer
{
    int m_count = 0;
    QString m_result = QStringLiteral("Nothing has happened yet.");
    bool m_paintOutside = false;
    bool m_lie = false;
    bool m_throw = false;
    bool m_spin = false;
    unsigned m_shade = 0;
    bool m_selected = false;
    int m_found = -1; ///< button

    static QRect buttonRect(int index)
    {
        return {Gap + index % Columns * (ButtonWidth + Gap), Top + index / Columns * (ButtonHeight + Gap), ButtonWidth,
                ButtonHeight};
    }

    void viewChanged() override { update(); }

    void load(const QByteArray &bytes) override
    {
        setTitle(QStringLiteral("Chaos"));
        const int rows = (int(std::size(Deeds)) + Columns - 1) / Columns;
        setContentSize({Gap + Columns * (ButtonWidth + Gap), Top + rows * (ButtonHeight + Gap)});
        for (const QByteArray &line : bytes.split('\n')) {
            if (line.startsWith("count "))
                m_count = line.mid(6).toInt();
            else if (!line.trimmed().isEmpty())
                QTimer::singleShot(100, [this, name = line.trimmed()] { press(name); });
        }
    }

    QString text() const override { return QStringLiteral("%1 pressed. %2").arg(m_count).arg(m_result); }
    QByteArray saveState() const override { return QByteArray::number(m_count); }
    void restoreState(const QByteArray &state) override { m_count = state.toInt(); }
    QString selectedText() const override { return m_selected ? text() : QString(); }
    void selectAll() override { m_selected = true; }
    void clearSelection() override { m_selected = false; }
    Found find(const QString &wanted, bool backward, bool caseSensitive) override
    {
        QList<int> hits;
        for (int i = 0; !wanted.isEmpty() && i < int(std::size(Deeds)); ++i) {
            if (QLatin1String(Deeds[i].says).contains(wanted, caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive))
                hits << i;
        }
        const auto count = int(hits.size());
        const int before = int(hits.indexOf(m_found));
        const int now = count == 0   ? -1
                        : before < 0 ? (backward ? count - 1 : 0)
                                     : (before + (backward ? count - 1 : 1)) % count;
        m_found = now < 0 ? -1 : hits[now];
        update();
        return {count, now + 1, m_found < 0 ? QRect() : buttonRect(m_found)};
    }
    QList<Chapter> outline() const override
    {
        return {{QStringLiteral("What happened"), 1, QRect(0, 0, 100, Top)},
                {QStringLiteral("Buttons"), 1, QRect(0, Top, 100, 100)},
                {QStringLiteral("The last one"), 2, buttonRect(int(std::size(Deeds)) - 1)}};
    }
    void received(const QByteArray &json) override { post(json); }

    void paint(QPainter &painter, const QRect &) override
    {
        if (std::exchange(m_throw, false))
            throw std::runtime_error("Chaos throws, as asked.");
        const bulkhead_colors colors = theme();
        painter.fillRect(QRect(QPoint(), size()), QColor::fromRgba(colors.background));
        if (m_lie) {
            painter.setClipping(false);
            painter.fillRect(0, 0, 5000, 5000, QColor::fromHsv(int(m_shade++ * 37 % 360), 200, 200));
        }
        painter.setPen(QColor::fromRgba(colors.text));
        QFont font(QStringLiteral("sans-serif"));
        font.setPixelSize(16);
        painter.setFont(font);
        painter.drawText(QRect(Gap, Gap, size().width(), 50), Qt::TextWordWrap,
                         QStringLiteral("%1 pressed. %2").arg(m_count).arg(m_result));
        font.setPixelSize(13);
        painter.setFont(font);
        for (int i = 0; i < int(std::size(Deeds)); ++i) {
            painter.setPen(QColor::fromRgba(colors.accent));
            painter.drawRoundedRect(QRectF(buttonRect(i)).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
            if (i == m_found)
                painter.fillRect(buttonRect(i).adjusted(2, 2, -2, -2), QColor(255, 200, 0, 110));
            painter.drawText(buttonRect(i), Qt::AlignCenter, QLatin1String(Deeds[i].says));
        }
        if (m_spin)
            update();
        if (m_paintOutside) {
            uchar *pixels = painter.device()->devType() == QInternal::Image
                                ? static_cast<QImage *>(painter.device())->bits()
                                : nullptr;
            std::memset(pixels, 0xff, Far);
        }
    }

    bool input(const bulkhead_input &event) override
    {
        if (event.type == BULKHEAD_TOUCH_BEGIN || event.type == BULKHEAD_TEXT || event.type == BULKHEAD_COMPOSE) {
            const char *what = event.type == BULKHEAD_TOUCH_BEGIN ? "Touched"
                               : event.type == BULKHEAD_TEXT      ? "Typed"
                                                                  : "Composing";
            say(QStringLiteral("%1 %2 at %3, %4.")
                    .arg(QLatin1String(what), QString::fromUtf8(event.text))
                    .arg(event.x)
                    .arg(event.y));
            return true;
        }
        if (event.type != BULKHEAD_MOUSE_RELEASE || event.button != BULKHEAD_LEFT)
            return false;
        for (int i = 0; i < int(std::size(Deeds)); ++i) {
            if (buttonRect(i).contains(QPoint(int(event.x), int(event.y)))) {
                press(Deeds[i].name);
                return true;
            }
        }
        return false;
    }

    void say(const QString &result)
    {
        m_result = result;
        update();
    }
    void sayCall(const char *name, long result)
    {
        say(QStringLiteral("%1: %2").arg(QLatin1String(name), result < 0 ? QString::fromLocal8Bit(std::strerror(errno))
                                                                         : QStringLiteral("done!")));
    }

    /// Without the sanitizer, which would end the process before the signal does.
    __attribute__((no_sanitize("undefined"))) void press(const QByteArray &name)
    {
        ++m_count;
        if (name == "crash") {
            volatile int *nothing = nullptr;
            *nothing = 1;
        } else if (name == "abort") {
            std::abort();
        } else if (name == "hang") {
            for (volatile bool go = true; go;) {
            }
        } else if (name == "leak") {
            for (;;) {
                std::memset(new char[1 << 20], 1, 1 << 20);
            }
        } else if (name == "flood") {
            for (int i = 0; i < 10'000; ++i)
                setTitle(QStringLiteral("Flood %1").arg(i));
            say(QStringLiteral("Flooded."));
        } else if (name == "fds") {
            int taken = 0;
            while (::eventfd(0, 0) >= 0)
                ++taken;
            say(QStringLiteral("%1 descriptors taken.").arg(taken));
        } else if (name == "outside") {
            m_paintOutside = true;
            update();
        } else if (name == "damage") {
            m_lie = true;
            for (int i = 0; i < 20; ++i)
                QTimer::singleShot(i * 20, [this] { update(QRect(0, 0, 1, 1)); });
            say(QStringLiteral("Lying."));
        } else if (name == "fork") {
            sayCall("fork", ::fork());
        } else if (name == "read") {
            sayCall("open", ::open("/etc/passwd", O_RDONLY));
        } else if (name == "write") {
            sayCall("open", ::open("/tmp/bulkhead-chaos", O_WRONLY | O_CREAT, 0600));
        } else if (name == "connect") {
            sayCall("socket", ::socket(AF_INET, SOCK_STREAM, 0));
        } else if (name == "throw") {
            m_throw = true; // where the wrapper catches it; in a timer of Qt's nobody could
        } else if (name == "exit") {
            std::exit(3);
        } else if (name == "error") {
            setError(QStringLiteral("Chaos reports an error, as asked."));
        } else if (name == "store") {
            store(QStringLiteral("count"), QByteArray::number(m_count), [this](bool ok, const QByteArray &why) {
                say(ok ? QStringLiteral("Stored.") : QString::fromUtf8(why));
            });
        } else if (name == "fetch") {
            fetch(QUrl(QStringLiteral("https://example.org/")), [this](bool ok, const QByteArray &why) {
                say(ok ? QStringLiteral("Fetched.") : QString::fromUtf8(why));
            });
        } else if (name == "spin") {
            m_spin = !m_spin;
        } else if (name == "sleep") {
            ::sleep(4);
            say(QStringLiteral("Slept."));
        }
        update();
    }
};

BULKHEAD_PLUGIN(Chaos)
