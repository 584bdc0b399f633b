// SPDX-License-Identifier: BSD-3-Clause
//
// Plugins in C++ with Qt: a class that paints a document. Header only, and nothing but <bulkhead/plugin.h> underneath.
//
//     class Hello : public bulkhead::Viewer {
//         void load(const QByteArray &bytes) override { m_text = QString::fromUtf8(bytes); }
//         void paint(QPainter &painter, const QRect &) override { painter.drawText(20, 40, m_text); }
//         QString m_text;
//     };
//     BULKHEAD_PLUGIN(Hello)
//
// What is not overridden has a sensible default: scrolling where the document is larger than the view, high-resolution
// screens, clipping to the damage, a page for errors, exceptions caught. Coordinates are document units (CSS pixels).
// Everything runs on the main thread, where Qt's event loop runs, too: timers and queued signals work.
#ifndef BULKHEAD_VIEWER_H
#define BULKHEAD_VIEWER_H

#include <bulkhead/plugin.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QColor>
#include <QHash>
#include <QImage>
#include <QList>
#include <QPainter>
#include <QPointF>
#include <QRect>
#include <QString>
#include <QUrl>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace bulkhead {

/// One document shown in one place.
class Viewer
{
public:
    Viewer() = default;
    Viewer(const Viewer &) = delete;
    Viewer &operator=(const Viewer &) = delete;
    virtual ~Viewer() = default;

protected:
    // ---- to override: at least paint(), and load() or append()

    /// The document, whole. Manifests with "content": "stream" get append() instead if that is overridden.
    virtual void load(const QByteArray &bytes) { Q_UNUSED(bytes) }
    /// A piece of it; the default collects them for load().
    virtual void append(QByteArrayView piece) { m_collected.append(piece.data(), piece.size()); }
    /// No more comes; the default calls load().
    virtual void finished(bool complete)
    {
        Q_UNUSED(complete)
        load(m_collected);
    }

    /// Paints at least the part inside @p damage. The painter is in document units and clipped to the damage.
    virtual void paint(QPainter &painter, const QRect &damage) = 0;

    /// size(), scale(), isDark() or the like differ.
    virtual void viewChanged() {}
    /// Mouse, wheel, keys, touch. True: used; otherwise the host scrolls, or passes it on.
    virtual bool input(const bulkhead_input &event)
    {
        Q_UNUSED(event)
        return false;
    }

    struct Found
    {
        int count = 0, active = 0; ///< active from 1; 0 when there is none
        QRect area;                ///< of the active one
    };
    virtual Found find(const QString &text, bool backward, bool caseSensitive)
    {
        Q_UNUSED(text)
        Q_UNUSED(backward)
        Q_UNUSED(caseSensitive)
        return {};
    }
    /// All of the document's text, for copying and for people who cannot see it.
    virtual QString text() const { return {}; }
    virtual QString selectedText() const { return {}; }
    virtual void selectAll() {}
    virtual void clearSelection() {}
    struct Chapter
    {
        QString title;
        int level = 1; ///< 1 is the outermost
        QRect area;    ///< where it begins
    };
    /// The table of contents, in the document's order.
    virtual QList<Chapter> outline() const { return {}; }
    /// What is printed. The default cuts the document into pages as high as paper is for its width.
    virtual int pageCount() const { return std::max(1, (documentSize().height() + pageHeight() - 1) / pageHeight()); }
    virtual QRect pageArea(int page) const
    {
        const int top = page * pageHeight();
        return {0, top, documentSize().width(), std::clamp(documentSize().height() - top, 1, pageHeight())};
    }
    /// The painter's origin is the page's corner; the default paints that part of the document.
    virtual void paintPage(QPainter &painter, int page)
    {
        const QRect area = pageArea(page);
        painter.translate(-area.topLeft());
        paint(painter, area);
    }
    /// A message from the page that embeds this.
    virtual void received(const QByteArray &json) { Q_UNUSED(json) }
    /// What restoreState() of another instance needs to look the same: after a crash, or when the person comes back.
    virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray &state) { Q_UNUSED(state) }

    // ---- to call

    /// What is shown has changed, everywhere or in @p area.
    void update() { m_host->invalidate(m_page, nullptr); }
    void update(const QRect &area)
    {
        const bulkhead_rect rect{area.x(), area.y(), area.width(), area.height()};
        m_host->invalidate(m_page, &rect);
    }
    /// Of the whole document; larger than the view means that it can be scrolled.
    void setContentSize(QSize size)
    {
        m_contentSize = size;
        m_host->set_content_size(m_page, size.width(), size.height());
    }
    void setBackground(QColor color) { m_host->set_background(m_page, color.rgba()); }
    void setTitle(const QString &title) { m_host->set_title(m_page, title.toUtf8().constData()); }
    void setProgress(double fraction) { m_host->set_progress(m_page, fraction); }
    /// Shows a page with this sentence instead of painting; an empty one ends that.
    void setError(const QString &sentence)
    {
        m_host->set_error(m_page, sentence.isEmpty() ? nullptr : sentence.toUtf8().constData());
    }
    void log(const QString &sentence, int level = BULKHEAD_LOG_INFO)
    {
        m_host->log(level, sentence.toUtf8().constData());
    }
    void setCursor(Qt::CursorShape shape)
    {
        if (const auto *cursor = hostExtension<bulkhead_cursor>(BULKHEAD_CURSOR))
            cursor->set(m_page, uint32_t(shape));
    }
    QPoint scrollPosition() const
    {
        int32_t x = 0, y = 0;
        if (const auto *scrolling = hostExtension<bulkhead_scrolling>(BULKHEAD_SCROLLING))
            scrolling->position(m_page, &x, &y);
        return {x, y};
    }
    void scrollTo(QPoint position)
    {
        if (const auto *scrolling = hostExtension<bulkhead_scrolling>(BULKHEAD_SCROLLING))
            scrolling->scroll_to(m_page, position.x(), position.y());
    }
    /// To the page that embeds this; false when none does.
    bool post(const QByteArray &json)
    {
        const auto *messages = hostExtension<bulkhead_message_sender>(BULKHEAD_MESSAGES);
        return messages && messages->post(m_page, json.constData()) != 0;
    }
    bulkhead_colors theme() const
    {
        bulkhead_colors colors{sizeof(bulkhead_colors), 0xffffffff, 0xff000000, 0xff707070, 0xff1a5fb4, 0xffb3261e};
        if (const auto *theme = hostExtension<bulkhead_theme>(BULKHEAD_THEME))
            theme->colors(m_page, &colors);
        return colors;
    }

    // ---- services; see the permissions in the manifest
    using Answer = std::function<void(bool ok, const QByteArray &bytesOrReason)>;
    void fetch(const QUrl &url, Answer done)
    {
        if (const auto *service = hostExtension<bulkhead_fetch>(BULKHEAD_FETCH))
            service->get(m_page, url.toEncoded().constData(), &answered, new Answer(std::move(done)));
    }
    void store(const QString &key, const QByteArray &value, Answer done = {})
    {
        if (const auto *service = hostExtension<bulkhead_storage>(BULKHEAD_STORAGE))
            service->put(m_page, key.toUtf8().constData(), value.constData(), size_t(value.size()), &answered,
                         new Answer(std::move(done)));
    }
    void fromStore(const QString &key, Answer done)
    {
        if (const auto *service = hostExtension<bulkhead_storage>(BULKHEAD_STORAGE))
            service->get(m_page, key.toUtf8().constData(), &answered, new Answer(std::move(done)));
    }
    void copy(const QString &text, Answer done = {})
    {
        if (const auto *service = hostExtension<bulkhead_clipboard>(BULKHEAD_CLIPBOARD))
            service->copy(m_page, text.toUtf8().constData(), &answered, new Answer(std::move(done)));
    }
    void saveAs(const QString &name, const QByteArray &bytes, Answer done = {})
    {
        if (const auto *service = hostExtension<bulkhead_save>(BULKHEAD_SAVE))
            service->save(m_page, name.toUtf8().constData(), bytes.constData(), size_t(bytes.size()), &answered,
                          new Answer(std::move(done)));
    }
    void openLink(const QUrl &url, Answer done = {})
    {
        if (const auto *service = hostExtension<bulkhead_open>(BULKHEAD_OPEN))
            service->link(m_page, url.toEncoded().constData(), 0, &answered, new Answer(std::move(done)));
    }
    /// For manifests with "content": "ranges".
    using Piece = std::function<void(quint64 offset, const QByteArray &bytes, bool found)>;
    void read(quint64 offset, quint32 count, Piece done)
    {
        const auto *content = hostExtension<bulkhead_content>(BULKHEAD_CONTENT);
        auto owned = std::make_unique<Piece>(std::move(done));
        const auto arrived = [](void *user, uint64_t at, const void *bytes, size_t size) {
            const std::unique_ptr<Piece> piece(static_cast<Piece *>(user));
            (*piece)(at, QByteArray(static_cast<const char *>(bytes), qsizetype(bytes ? size : 0)), bytes != nullptr);
        };
        if (content && content->read(m_page, offset, count, arrived, owned.get()))
            (void)owned.release();
    }

    // ---- to ask
    QUrl url() const { return m_url; }
    QString mimeType() const { return m_mimeType; }
    QString fileName() const { return m_fileName; }
    std::optional<quint64> length() const { return m_length; }
    QString attribute(const QString &name) const { return m_attributes.value(name); }
    /// Of the view, in document units.
    QSize size() const { return QSize(int(m_view.width / m_view.scale), int(m_view.height / m_view.scale)); }
    double scale() const { return m_view.scale; } ///< device pixels per document unit
    bool isVisible() const { return m_view.flags & BULKHEAD_VIEW_VISIBLE; }
    bool isFocused() const { return m_view.flags & BULKHEAD_VIEW_FOCUSED; }
    bool isDark() const { return m_view.flags & BULKHEAD_VIEW_DARK; }
    bool isEmbedded() const { return m_view.flags & BULKHEAD_VIEW_EMBEDDED; }

    /// For what this class has no words for.
    bulkhead_page *page() const { return m_page; }
    const bulkhead_host &host() const { return *m_host; }
    template <class T>
    const T *hostExtension(const char *id) const
    {
        return static_cast<const T *>(m_host->extension(id));
    }

private:
    template <class T>
    friend struct ViewerEntry;

    static void answered(void *user, int ok, const void *bytes, size_t count)
    {
        const std::unique_ptr<Answer> answer(static_cast<Answer *>(user));
        if (*answer)
            (*answer)(ok != 0, QByteArray(static_cast<const char *>(bytes), qsizetype(count)));
    }

    void begin(const bulkhead_document &document)
    {
        m_url = QUrl::fromEncoded(document.url);
        m_mimeType = QString::fromUtf8(document.mime_type);
        m_fileName = QString::fromUtf8(document.file_name);
        if (document.length != BULKHEAD_LENGTH_UNKNOWN)
            m_length = document.length;
        for (size_t i = 0; i < document.attribute_count; ++i)
            m_attributes.insert(QString::fromUtf8(document.attributes[i].name),
                                QString::fromUtf8(document.attributes[i].value));
    }

    QSize documentSize() const { return m_contentSize.isEmpty() ? size().expandedTo({1, 1}) : m_contentSize; }
    int pageHeight() const { return std::max(1, int(documentSize().width() * 1.41421)); } // of A4

    bool paintSheet(const bulkhead_frame &frame, int page)
    {
        QImage image(reinterpret_cast<uchar *>(frame.pixels), frame.width, frame.height, frame.stride,
                     QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        painter.scale(frame.scale, frame.scale);
        paintPage(painter, page);
        return true;
    }

    void paintFrame(const bulkhead_frame &frame, const bulkhead_rect *damage, size_t count)
    {
        QImage image(reinterpret_cast<uchar *>(frame.pixels), frame.width, frame.height, frame.stride,
                     QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        for (size_t i = 0; i < count; ++i) {
            const QRect device(damage[i].x, damage[i].y, damage[i].width, damage[i].height);
            const QPointF from = QPointF(device.x() + frame.origin_x, device.y() + frame.origin_y) / frame.scale;
            const QPointF to =
                QPointF(device.x() + device.width() + frame.origin_x, device.y() + device.height() + frame.origin_y) /
                frame.scale;
            painter.save();
            painter.setClipRect(device);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing |
                                   QPainter::SmoothPixmapTransform);
            painter.translate(-frame.origin_x, -frame.origin_y);
            painter.scale(frame.scale, frame.scale);
            paint(painter, QRectF(from, to).toAlignedRect());
            painter.restore();
        }
    }

    const bulkhead_host *m_host = nullptr;
    bulkhead_page *m_page = nullptr;
    bulkhead_view m_view{sizeof(bulkhead_view), 0, 1, 1, 1, 1};
    QSize m_contentSize;
    QByteArray m_collected;
    QUrl m_url;
    QString m_mimeType, m_fileName;
    std::optional<quint64> m_length;
    QHash<QString, QString> m_attributes;
};

/// The functions of the C ABI for a class derived from Viewer.
template <class T>
struct ViewerEntry
{
    static Viewer *viewer(void *self) { return static_cast<Viewer *>(self); }

    /// Exceptions end here: the document shows what they say.
    template <class Work>
    static auto guarded(Viewer *self, Work work) -> decltype(work())
    {
        try {
            return work();
        } catch (const std::exception &exception) {
            self->setError(QString::fromUtf8(exception.what()));
        } catch (...) {
            self->setError(QStringLiteral("The plugin threw an exception of unknown kind."));
        }
        return decltype(work())();
    }

    static void *create(const bulkhead_host *host, bulkhead_page *page)
    {
        try {
            Viewer *made = new T;
            made->m_host = host;
            made->m_page = page;
            return made;
        } catch (...) {
            return nullptr;
        }
    }
    static void destroy(void *self) { delete viewer(self); }
    static void paint(void *self, const bulkhead_frame *frame, const bulkhead_rect *damage, size_t count)
    {
        guarded(viewer(self), [&] { viewer(self)->paintFrame(*frame, damage, count); });
    }
    static void view(void *self, const bulkhead_view *view)
    {
        viewer(self)->m_view = *view;
        guarded(viewer(self), [&] { viewer(self)->viewChanged(); });
    }
    static void begin(void *self, const bulkhead_document *document) { viewer(self)->begin(*document); }
    static void data(void *self, const void *bytes, size_t count)
    {
        guarded(viewer(self),
                [&] { viewer(self)->append(QByteArrayView(static_cast<const char *>(bytes), qsizetype(count))); });
    }
    static void whole(void *self, const void *bytes, size_t count)
    {
        // The memory stays: no copy.
        viewer(self)->m_collected = QByteArray::fromRawData(static_cast<const char *>(bytes), qsizetype(count));
    }
    static void end(void *self, int complete)
    {
        guarded(viewer(self), [&] { viewer(self)->finished(complete != 0); });
    }
    static int input(void *self, const bulkhead_input *event)
    {
        return guarded(viewer(self), [&] { return viewer(self)->input(*event); }) ? 1 : 0;
    }
    static size_t save(void *self, void *state, size_t capacity)
    {
        const QByteArray saved = guarded(viewer(self), [&] { return viewer(self)->saveState(); });
        if (size_t(saved.size()) > capacity)
            return 0;
        std::copy(saved.begin(), saved.end(), static_cast<char *>(state));
        return size_t(saved.size());
    }
    static void restore(void *self, const void *state, size_t count)
    {
        guarded(viewer(self),
                [&] { viewer(self)->restoreState(QByteArray(static_cast<const char *>(state), qsizetype(count))); });
    }
    static void find(void *self, const char *text, uint32_t flags, bulkhead_find_result *result)
    {
        const auto found = guarded(viewer(self), [&] {
            return viewer(self)->find(QString::fromUtf8(text), flags & BULKHEAD_FIND_BACKWARD,
                                      flags & BULKHEAD_FIND_CASE_SENSITIVE);
        });
        result->count = uint32_t(std::max(0, found.count));
        result->active = uint32_t(std::max(0, found.active));
        result->area = {found.area.x(), found.area.y(), found.area.width(), found.area.height()};
    }
    static size_t text(void *self, int selectionOnly, char *text, size_t capacity)
    {
        const QByteArray bytes = guarded(viewer(self), [&] {
                                     return selectionOnly ? viewer(self)->selectedText() : viewer(self)->text();
                                 }).toUtf8();
        std::copy_n(bytes.constData(), std::min(capacity, size_t(bytes.size())), text);
        return size_t(bytes.size());
    }
    static void selectAll(void *self)
    {
        guarded(viewer(self), [&] { viewer(self)->selectAll(); });
    }
    static void clearSelection(void *self)
    {
        guarded(viewer(self), [&] { viewer(self)->clearSelection(); });
    }
    static int outlineEntry(void *self, uint32_t index, char *title, size_t capacity, uint32_t *level,
                            bulkhead_rect *area)
    {
        const auto chapters = guarded(viewer(self), [&] { return viewer(self)->outline(); });
        if (index >= uint32_t(chapters.size()) || capacity == 0)
            return 0;
        const Viewer::Chapter &chapter = chapters[qsizetype(index)];
        const QByteArray bytes = chapter.title.toUtf8().left(qsizetype(capacity) - 1);
        std::copy_n(bytes.constData(), bytes.size() + 1, title);
        *level = uint32_t(std::max(1, chapter.level));
        *area = {chapter.area.x(), chapter.area.y(), chapter.area.width(), chapter.area.height()};
        return 1;
    }
    static uint32_t pageCount(void *self)
    {
        return uint32_t(std::max(0, guarded(viewer(self), [&] { return viewer(self)->pageCount(); })));
    }
    static int pageArea(void *self, uint32_t index, bulkhead_rect *area)
    {
        const QRect rect = guarded(viewer(self), [&] { return viewer(self)->pageArea(int(index)); });
        *area = {rect.x(), rect.y(), rect.width(), rect.height()};
        return rect.isValid() ? 1 : 0;
    }
    static int paintPage(void *self, uint32_t index, const bulkhead_frame *frame)
    {
        return guarded(viewer(self), [&] { return viewer(self)->paintSheet(*frame, int(index)); }) ? 1 : 0;
    }
    static void receive(void *self, const char *json)
    {
        guarded(viewer(self), [&] { viewer(self)->received(QByteArray(json)); });
    }
    static const void *extension(const char *id)
    {
        static const bulkhead_find finder{sizeof finder, &find};
        static const bulkhead_selection selection{sizeof selection, &text, &selectAll, &clearSelection};
        static const bulkhead_outline contents{sizeof contents, &outlineEntry};
        static const bulkhead_pages pages{sizeof pages, &pageCount, &pageArea, &paintPage};
        static const bulkhead_message_receiver receiver{sizeof receiver, &receive};
        const QByteArrayView wanted(id);
        if (wanted == QByteArrayView(BULKHEAD_FIND))
            return &finder;
        if (wanted == QByteArrayView(BULKHEAD_SELECTION))
            return &selection;
        if (wanted == QByteArrayView(BULKHEAD_OUTLINE))
            return &contents;
        if (wanted == QByteArrayView(BULKHEAD_PAGES))
            return &pages;
        if (wanted == QByteArrayView(BULKHEAD_MESSAGES))
            return &receiver;
        return nullptr;
    }

    static constexpr bulkhead_plugin entry(const char *id, const char *version)
    {
        return {sizeof(bulkhead_plugin),
                BULKHEAD_ABI_MAJOR,
                BULKHEAD_ABI_MINOR,
                id,
                version,
                &create,
                &destroy,
                &paint,
                &view,
                &begin,
                &data,
                &whole,
                &end,
                &input,
                &save,
                &restore,
                &extension};
    }
};

} // namespace bulkhead

/// Exports a class derived from Viewer as this library's plugin. Id and version are those of the manifest, by way of
/// bulkhead_add_plugin().
#define BULKHEAD_PLUGIN(Class)                                                                                         \
    extern "C" BULKHEAD_EXPORT const bulkhead_plugin bulkhead_plugin_entry =                                           \
        bulkhead::ViewerEntry<Class>::entry(BULKHEAD_PLUGIN_ID, BULKHEAD_PLUGIN_VERSION);

#endif
