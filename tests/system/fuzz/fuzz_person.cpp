// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/fuzz_person.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "tests/system/decisions/scene.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace bulkhead::fuzz {

FuzzPerson::FuzzPerson(Scene &scene, Tab &tab, RandomSource &random) : m_scene(scene), m_tab(&tab), m_random(random) {}

PageProcess *FuzzPerson::host() const
{
    for (PageProcess *host : m_scene.pool().hosts()) {
        if (m_tab && m_tab->holdsPageIn(host))
            return host;
    }
    return nullptr;
}

void FuzzPerson::click(Tab &tab, QPoint at)
{
    for (const bool press : {true, false}) {
        const QPointF where(at);
        const QMouseEvent event(press ? QEvent::MouseButtonPress : QEvent::MouseButtonRelease, where, where,
                                Qt::LeftButton, press ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        tab.sendMouseEvent(event, 1);
    }
}

void FuzzPerson::hover(Tab &tab, QPoint at)
{
    const QPointF where(at);
    const QMouseEvent event(QEvent::MouseMove, where, where, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    tab.sendMouseEvent(event, 0);
}

void FuzzPerson::act()
{
    if (!m_tab)
        return;
    if (m_random.oneIn(3))
        return look();
    switch (m_random.below(20)) {
    case 0:
        m_tab->reload(m_random.oneIn(2) ? ReloadMode::Normal : ReloadMode::BypassCache);
        break;
    case 1:
        m_random.oneIn(2) ? m_tab->goBack() : m_tab->goForward();
        break;
    case 2:
        if (m_scene.tabCount() < 8)
            m_random.oneIn(2) ? m_scene.tabs().duplicate(m_tab) : m_scene.tabs().reopen();
        break;
    case 3:
        if (m_random.oneIn(40))
            m_tab->endProcess();
        break;
    default:
        touch();
        break;
    }
}

void FuzzPerson::look()
{
    if (!m_tab || m_random.oneIn(2))
        return;
    m_random.oneIn(3) ? move() : question();
}

void FuzzPerson::touch()
{
    const QPoint at(int(m_random.below(300)), int(m_random.below(300)));
    switch (m_random.below(5)) {
    case 0: {
        static constexpr int Keys[] = {Qt::Key_Tab, Qt::Key_Return, Qt::Key_A, Qt::Key_PageDown, Qt::Key_Escape};
        const QKeyEvent press(QEvent::KeyPress, Keys[m_random.below(std::size(Keys))], Qt::NoModifier,
                              QStringLiteral("a"));
        m_tab->sendKeyEvent(press);
        break;
    }
    case 1: {
        const QPointF where(at);
        const QWheelEvent wheel(where, where, QPoint(0, 30), QPoint(0, 120), Qt::NoButton, Qt::NoModifier,
                                Qt::NoScrollPhase, false);
        m_tab->sendWheelEvent(wheel);
        break;
    }
    case 2:
        if (m_tab->takesTouch(at))
            m_tab->sendTouch(m_random.oneIn(2) ? QEvent::TouchBegin : QEvent::TouchEnd, int(m_random.below(3)), at,
                             Qt::NoModifier);
        if (m_tab->takesText())
            m_tab->sendText(QStringLiteral("text"),
                            m_random.oneIn(2) ? Tab::TextState::Finished : Tab::TextState::Composing);
        break;
    default:
        click(*m_tab, at);
        break;
    }
}

void FuzzPerson::move()
{
    switch (m_random.below(7)) {
    case 0:
        m_scene.window().resize(400 + int(m_random.below(700)), 300 + int(m_random.below(500)));
        break;
    case 1:
        m_scene.tabs().activate(int(m_random.below(std::size_t(m_scene.tabCount()))));
        break;
    case 2:
        m_scene.tabs().activate(m_scene.tabs().indexOf(m_tab));
        break;
    case 3:
        m_tab->setZoom(0.25 + double(m_random.below(40)) / 10);
        break;
    case 4:
        m_tab->scrollTo({int(m_random.below(100)), int(m_random.below(10000))});
        break;
    case 5:
        m_tab->setDark(m_random.oneIn(2));
        break;
    default:
        hover(*m_tab, {9, 9});
        break;
    }
}

void FuzzPerson::question()
{
    PageProcess *process = host();
    switch (m_random.below(11)) {
    case 0:
        m_tab->find(m_random.oneIn(4) ? QString() : QStringLiteral("e"),
                    m_random.oneIn(2) ? FindStep::Next : FindStep::Previous, Qt::CaseInsensitive);
        break;
    case 1:
        m_tab->requestText([](const QString &) {});
        break;
    case 2:
        m_tab->requestSelectedText([](const QString &) {});
        break;
    case 3:
        m_tab->requestHit({5, 5}, [](const Tab::Hit &) {});
        break;
    case 4:
        m_tab->selectAll();
        break;
    case 5:
        m_tab->requestStructure([](const DocumentStructure &) {});
        break;
    case 6:
        m_tab->requestSheet(int(m_random.below(3)), {40, 30}, 1, [](const QImage &) {});
        break;
    case 7:
        if (process && process->isReady() && !process->plugin() && process->isUsable()) {
            if (m_traced == process)
                (void)process->stopTrace();
            else
                process->startTrace();
            m_traced = m_traced == process ? nullptr : process;
        }
        break;
    case 8:
        if (m_random.oneIn(20))
            (void)m_tab->captureStack();
        break;
    case 9:
        if (TabEmbeds *boxes = m_tab->embeds(); boxes && boxes->count() > 0)
            m_random.oneIn(3) ? boxes->reload(int(m_random.below(std::size_t(boxes->count()))))
                              : boxes->post(int(m_random.below(std::size_t(boxes->count()))), "{}");
        break;
    default:
        if (m_random.oneIn(20))
            m_tab->stop();
        break;
    }
}

} // namespace bulkhead::fuzz
