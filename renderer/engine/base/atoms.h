// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

#include <cstdint>
#include <deque>

namespace bulkhead::engine {

/// An interned string: a name of an element, attribute, class or id. Equal numbers are equal strings of one Atoms.
enum class Atom : std::uint32_t { None = 0 };

/// The names that a page's document and style sheets use, each once. Known names have constants (known_atoms.h), the
/// same in every table.
class Atoms
{
public:
    Atoms();
    Atoms(const Atoms &) = delete;
    Atoms &operator=(const Atoms &) = delete;

    /// The atom of @p name as it is written; Atom::None for the empty name.
    Atom intern(QStringView name);
    /// The atom of @p name with A to Z lowered.
    Atom internLower(QStringView name);
    /// The atom of @p name, or Atom::None when nobody interned it.
    Atom find(QStringView name) const;
    /// Valid as long as the table.
    const QString &name(Atom atom) const { return m_names[std::size_t(atom)]; }
    std::size_t count() const { return m_names.size(); }

private:
    std::deque<QString> m_names; // stays where it is: the keys of m_atoms look into it
    QHash<QStringView, Atom> m_atoms;
};

} // namespace bulkhead::engine
