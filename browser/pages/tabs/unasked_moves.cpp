// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/unasked_moves.h"

namespace bulkhead {

bool UnaskedMoves::allow(Where where)
{
    if (m_moves >= MostMoves || (where == Where::AnotherSite && m_leaves >= MostLeaves))
        return false;
    ++m_moves;
    m_leaves += where == Where::AnotherSite;
    return true;
}

bool UnaskedMoves::allowLeave()
{
    if (m_leaves >= MostLeaves)
        return false;
    ++m_leaves;
    return true;
}

} // namespace bulkhead
