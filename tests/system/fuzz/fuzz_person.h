// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/tabs/tab.h"
#include "tests/system/fuzz/random_source.h"

#include <QPoint>
#include <QPointer>

namespace bulkhead {
class Scene;
} // namespace bulkhead

namespace bulkhead::fuzz {

/// Somebody in front of the window who does, in no order, what one can do to a tab: so that there is something to
/// answer, to acknowledge and to be in the middle of. Main thread.
class FuzzPerson
{
public:
    /// All of them outlive it, but for @p tab.
    FuzzPerson(Scene &scene, Tab &tab, RandomSource &random);

    /// Null once it is closed.
    Tab *tab() const { return m_tab; }
    /// Anything.
    void act();
    /// Only what gives the page no right to anything.
    void look();

    static void click(Tab &tab, QPoint at);
    static void hover(Tab &tab, QPoint at);

private:
    void question();
    void touch();
    void move();
    PageProcess *host() const;

    Scene &m_scene;
    QPointer<Tab> m_tab;
    RandomSource &m_random;
    QPointer<PageProcess> m_traced;
};

} // namespace bulkhead::fuzz
