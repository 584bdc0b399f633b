// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/shaper.h"

#include <QHashFunctions>
#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace bulkhead::engine {

/// Shaped words by font, direction, language and text. In a manual nine of ten words were there before.
class WordCache
{
public:
    struct View
    {
        FontId font{};
        std::uint16_t language = 0;
        Direction direction = Direction::Ltr;
        QStringView text;
    };

    /// Null when it is not there.
    std::shared_ptr<const ShapedText> find(const View &word) const;
    void insert(const View &word, std::shared_ptr<const ShapedText> shaped);
    void clear();
    std::size_t size() const { return m_words.size(); }

private:
    struct Key
    {
        FontId font{};
        std::uint16_t language = 0;
        Direction direction = Direction::Ltr;
        QString text;

        View view() const { return {font, language, direction, text}; }
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(const View &word) const
        {
            return qHash(word.text,
                         std::size_t(word.font) * 31 + std::size_t(word.language) * 2 + std::size_t(word.direction));
        }
        std::size_t operator()(const Key &word) const { return (*this)(word.view()); }
    };
    struct Equal
    {
        using is_transparent = void;
        static bool same(const View &a, const View &b)
        {
            return a.font == b.font && a.language == b.language && a.direction == b.direction && a.text == b.text;
        }
        bool operator()(const Key &a, const Key &b) const { return same(a.view(), b.view()); }
        bool operator()(const View &a, const Key &b) const { return same(a, b.view()); }
        bool operator()(const Key &a, const View &b) const { return same(a.view(), b); }
    };

    std::unordered_map<Key, std::shared_ptr<const ShapedText>, Hash, Equal> m_words;
    std::size_t m_characters = 0; // of all texts
};

} // namespace bulkhead::engine
