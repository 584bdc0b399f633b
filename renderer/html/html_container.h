// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/display_list.h"
#include "renderer/html/engine_elements.h"
#include "renderer/html/font_face.h"
#include "renderer/resources/image_store.h"

#include <litehtml/litehtml.h>

#include <QHash>
#include <QSet>
#include <QUrl>

#include <map>
#include <memory>

namespace bulkhead {

/// What the engine asks of its surroundings: fonts and their metrics, images, style sheets (all of them fetched
/// before), the viewport; and where its drawing goes: into a display list, never to a painter.
class HtmlContainer final : public litehtml::document_container
{
public:
    HtmlContainer(ImageStore &images, QUrl base, std::vector<QByteArray> sheets);
    ~HtmlContainer();

    EngineState &state() { return m_state; }
    void setViewport(QSize size, qreal scale);
    QString title() const { return m_title; }
    QUrl resolved(const char *url) const;
    PageImage::State imageState(const char *url);

    /// Images whose arrival changes the layout, not only the picture.
    bool layoutDependsOn(const PageImage &image) const { return m_sizeDependents.contains(image.url()); }
    void forgetLayout() { m_sizeDependents.clear(); }

    /// Where drawing goes; the list is also what the engine is given as its device.
    void startRecording(DisplayList &list) { m_list = &list; }
    void stopRecording() { m_list = nullptr; }

    litehtml::uint_ptr create_font(const char *face, int size, int weight, litehtml::font_style style,
                                   unsigned int decoration, litehtml::font_metrics *metrics) override;
    void delete_font(litehtml::uint_ptr font) override;
    int text_width(const char *text, litehtml::uint_ptr font) override;
    void draw_text(litehtml::uint_ptr, const char *text, litehtml::uint_ptr font, litehtml::web_color color,
                   const litehtml::position &box) override;
    int pt_to_px(int pt) const override;
    int get_default_font_size() const override { return 16; }
    const char *get_default_font_name() const override { return "sans-serif"; }
    void draw_list_marker(litehtml::uint_ptr, const litehtml::list_marker &marker) override;
    void load_image(const char *src, const char *base, bool redraw) override;
    void get_image_size(const char *src, const char *base, litehtml::size &size) override;
    void draw_background(litehtml::uint_ptr, const litehtml::background_paint &paint) override;
    void draw_borders(litehtml::uint_ptr, const litehtml::borders &borders, const litehtml::position &box,
                      bool root) override;
    void set_caption(const char *caption) override;
    void set_base_url(const char *) override {}
    void link(const std::shared_ptr<litehtml::document> &, const litehtml::element::ptr &) override {}
    void on_anchor_click(const char *, const litehtml::element::ptr &) override {}
    void set_cursor(const char *) override {}
    void transform_text(litehtml::tstring &text, litehtml::text_transform transform) override;
    void import_css(litehtml::tstring &text, const litehtml::tstring &url, litehtml::tstring &base) override;
    void set_clip(const litehtml::position &box, const litehtml::border_radiuses &radii, bool validX,
                  bool validY) override;
    void del_clip() override;
    void get_client_rect(litehtml::position &client) const override;
    std::shared_ptr<litehtml::element> create_element(const char *tag, const litehtml::string_map &attributes,
                                                      const std::shared_ptr<litehtml::document> &document) override;
    void get_media_features(litehtml::media_features &media) const override;
    void get_language(litehtml::tstring &language, litehtml::tstring &culture) const override;
    void split_text(const char *text, const std::function<void(const char *)> &onWord,
                    const std::function<void(const char *)> &onSpace) override;

private:
    EngineState m_state;
    ImageStore &m_images;
    const QUrl m_base;
    const std::vector<QByteArray> m_sheets;
    QSize m_viewport{800, 600};
    qreal m_scale = 1;
    QString m_title;
    QSet<QUrl> m_sizeDependents;
    std::map<litehtml::uint_ptr, std::unique_ptr<FontFace>> m_fonts;
    DisplayList *m_list = nullptr;
};

/// Saturates: the engine's arithmetic may have gone anywhere.
QRect toRect(const litehtml::position &box);

} // namespace bulkhead
