// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/legacy_values.h"

#include <QString>
#include <QStringView>

#include <initializer_list>
#include <utility>

namespace bulkhead::engine {

/// Writes declarations from the attributes of one element.
class HintWriter
{
public:
    HintWriter(const Document &document, NodeId element) : m_document(document), m_element(element) {}

    const QString *value(Atom attribute) const { return m_document.attribute(m_element, attribute); }
    /// True also when there is no such attribute.
    bool valueIsNot(Atom attribute, QStringView lower) const;
    QString take() { return std::move(m_text); }

    void add(const char *property, const QString &value);
    void addDimension(Atom attribute, const char *property, ZeroDimension zero = ZeroDimension::Allowed);
    void addPixels(Atom attribute, const char *property) { addPixelsOf(m_element, attribute, property); }
    void addPixels(const char *attribute, const char *property);
    void addPixelsOf(NodeId element, Atom attribute, const char *property);
    void addColor(Atom attribute, const char *property) { addColorOf(m_element, attribute, property); }
    void addColorOf(NodeId element, Atom attribute, const char *property);
    /// The background attribute: a picture.
    void addBackground();
    using Mapping = std::pair<QStringView, const char *>;
    /// A value by the attribute's, in any case; nothing for others.
    void addMapped(Atom attribute, const char *property, std::initializer_list<Mapping> mappings);

private:
    const Document &m_document;
    NodeId m_element;
    QString m_text;
};

} // namespace bulkhead::engine
