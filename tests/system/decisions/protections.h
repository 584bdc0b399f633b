// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/system/decisions/protection.h"

/// All protections that cases replace. To add one: here its name, in protections.cpp its replacement; the build finds
/// the symbol there.
namespace bulkhead::protections {

extern const Protection access;
extern const Protection initiators;
extern const Protection savedInitiators;
extern const Protection redirects;
extern const Protection openedFiles;
extern const Protection navigationRights;
extern const Protection folderGrants;
extern const Protection localPaths;
extern const Protection acts;
extern const Protection gestures;
extern const Protection gestureWindow;
extern const Protection gestureKinds;
extern const Protection unaskedMoves;
extern const Protection unaskedFileMoves;
extern const Protection tabCeiling;
extern const Protection downloadCeiling;
extern const Protection committedUrls;
extern const Protection urlChecks;
extern const Protection iconChecks;
extern const Protection titles;
extern const Protection outsideTexts;
extern const Protection escapes;
extern const Protection plainLabels;
extern const Protection storedUrls;
extern const Protection hostLabels;
extern const Protection shownUrls;
extern const Protection locks;
extern const Protection pageMessages;
extern const Protection credits;
extern const Protection inputAnswers;
extern const Protection frames;
extern const Protection childRules;
extern const Protection permissionQuestions;
extern const Protection urlPatterns;
extern const Protection grantedRights;
extern const Protection processBudget;
extern const Protection pluginKeys;
extern const Protection pluginCeiling;
extern const Protection safeFiles;
extern const Protection safeLibraries;
extern const Protection typedHosts;
extern const Protection cookiesSent, topSites, crossedChains, strictTransport, opaqueBlocking, referrers,
    privateNetwork;
extern const Protection blockedPorts;
extern const Protection lockDown;
extern const Protection fetchRoom, siteCosts, domainCeiling, allPluginsCeiling, readShares, diskShares;
extern const Protection labReplies, labAnswers, socketJudge, socketKinds;

} // namespace bulkhead::protections
