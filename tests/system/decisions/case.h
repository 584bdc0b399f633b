// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/system/decisions/protections.h"
#include "tests/system/decisions/scene.h"

#include <functional>
#include <vector>

namespace bulkhead {

/// One decision of the browser, and what relies on it. run() plays the scene and says what came of it, in the words of
/// expected; with the protection replaced the same scene must end in the words of without: the attack succeeded, so
/// this case can fail.
struct Case
{
    const char *group;
    const char *name; ///< a sentence: what must happen
    const Protection &protection;
    std::function<QString(Scene &)> run; ///< or alone
    QByteArray expected;
    QByteArray without;
    Scene::Settings settings = {};
    std::function<QString()> alone = {};
};
using Cases = std::vector<Case>;

/// Adds the cases of one group.
class Group
{
public:
    Group(Cases &cases, const char *name) : m_cases(cases), m_name(name) {}
    void operator()(const char *name, const Protection &protection, std::function<QString(Scene &)> run,
                    const QByteArray &expected, const QByteArray &without, const Scene::Settings &settings = {}) const
    {
        m_cases.push_back({m_name, name, protection, std::move(run), expected, without, settings});
    }
    /// One without a browser, whose parts would only be in the way.
    void alone(const char *name, const Protection &protection, std::function<QString()> run, const QByteArray &expected,
               const QByteArray &without) const
    {
        m_cases.push_back({m_name, name, protection, {}, expected, without, {}, std::move(run)});
    }

private:
    Cases &m_cases;
    const char *m_name;
};

// One file for each.
void addInitiatorCases(Cases &cases);
void addAboutCases(Cases &cases);
void addActivationCases(Cases &cases);
void addFileCases(Cases &cases);
void addNetworkCases(Cases &cases);
void addMessageCases(Cases &cases);
void addPluginCases(Cases &cases);
void addIsolationCases(Cases &cases);
void addNamedFileCases(Cases &cases);
void addTextCases(Cases &cases);
void addAddressCases(Cases &cases);
void addBudgetCases(Cases &cases);
void addLabCases(Cases &cases);

} // namespace bulkhead
