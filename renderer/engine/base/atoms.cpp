// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/base/atoms.h"

#include "renderer/engine/base/known_atoms.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr bool isUpper(char16_t c)
{
    return c >= u'A' && c <= u'Z';
}

} // namespace

Atoms::Atoms()
{
    m_names.emplace_back();
    for (const QStringView name : knownNames())
        intern(name);
    Q_ASSERT(m_names.size() == std::size_t(KnownName::Count));
}

Atom Atoms::intern(QStringView name)
{
    if (name.isEmpty())
        return Atom::None;
    if (const auto found = m_atoms.constFind(name); found != m_atoms.cend())
        return *found;
    const Atom atom = Atom(m_names.size());
    m_atoms.insert(m_names.emplace_back(name.toString()), atom);
    return atom;
}

Atom Atoms::internLower(QStringView name)
{
    if (std::none_of(name.utf16(), name.utf16() + name.size(), isUpper))
        return intern(name);
    QString lower = name.toString();
    for (QChar &c : lower) {
        if (isUpper(c.unicode()))
            c = QChar(c.unicode() | 0x20);
    }
    return intern(lower);
}

Atom Atoms::find(QStringView name) const
{
    return m_atoms.value(name, Atom::None);
}

} // namespace bulkhead::engine
