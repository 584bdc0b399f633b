// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/word_cache.h"

#include <utility>

namespace bulkhead::engine {

namespace {
/// Some 40 MB with their glyphs; then all are forgotten, and what a page shows comes back at once.
constexpr std::size_t MostCharacters = 1'000'000;
constexpr std::size_t MostWords = 100'000;
} // namespace

std::shared_ptr<const ShapedText> WordCache::find(const View &word) const
{
    const auto found = m_words.find(word);
    return found == m_words.end() ? nullptr : found->second;
}

void WordCache::insert(const View &word, std::shared_ptr<const ShapedText> shaped)
{
    const auto length = std::size_t(word.text.size());
    if (length > MostCharacters / 4)
        return;
    if (m_characters + length > MostCharacters || m_words.size() >= MostWords)
        clear();
    m_characters += length;
    m_words.emplace(Key{word.font, word.language, word.direction, word.text.toString()}, std::move(shaped));
}

void WordCache::clear()
{
    m_words.clear();
    m_characters = 0;
}

} // namespace bulkhead::engine
