// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/decisions/protections.h"

#include "browser/desktop/library/download_manager.h"
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/pages/fetch/access_policy.h"
#include "browser/pages/fetch/blocked_ports.h"
#include "browser/pages/fetch/disk_queue.h"
#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/fetch/internal_acts.h"
#include "browser/pages/fetch/local_path.h"
#include "browser/pages/fetch/referrer.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/fetch/saved_initiator.h"
#include "browser/pages/fetch/standing.h"
#include "browser/pages/fetch/typed_url.h"
#include "browser/pages/network/opaque_blocking.h"
#include "browser/pages/network/reach_rule.h"
#include "browser/pages/network/strict_transport.h"
#include "browser/pages/page_processes/child_kind.h"
#include "browser/pages/page_processes/gesture_clock.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/process_budget.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/page_processes/site_budget.h"
#include "browser/pages/page_processes/wire_checks.h"
#include "browser/pages/plugins/plugin_hosts.h"
#include "browser/pages/plugins/plugin_permissions.h"
#include "browser/pages/plugins/url_pattern.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/shown/shown_host.h"
#include "browser/pages/shown/stored_text.h"
#include "browser/pages/tabs/opened_tabs.h"
#include "browser/pages/tabs/tab.h"
#include "browser/pages/tabs/unasked_moves.h"
#include "browser/widgets/plain_text.h"
#include "ipc/channel/read_shares.h"
#include "ipc/frames/frame_pool.h"
#include "ipc/lab/engine/reply_rules.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/hanging_disk.h"
#include "tests/system/decisions/wrapped.h"

#include <QFile>
#include <QLabel>
#include <QPointer>
#include <QUrlQuery>

#include <fcntl.h>

#include <atomic>

namespace bulkhead {

namespace {
std::atomic<const Protection *> replaced{nullptr};
std::chrono::milliseconds timePassed{0};
} // namespace

Replacement::Replacement(const Protection &protection)
{
    replaced = &protection;
}

Replacement::~Replacement()
{
    replaced = nullptr;
}

bool isReplaced(const Protection &protection)
{
    return replaced == &protection;
}

void gesture_time::pass(std::chrono::milliseconds time)
{
    timePassed += time;
}

void gesture_time::reset()
{
    timePassed = {};
}

} // namespace bulkhead

namespace bulkhead::protections {

namespace {

Decision allowed()
{
    Decision decision;
    decision.allowed = true;
    return decision;
}

} // namespace

const Protection initiators{"AccessPolicy::decide", "takes everybody for the person"};
const Protection access{"AccessPolicy::decide", "allows everything"};
WRAPPED("_ZN8bulkhead12AccessPolicy6decideERKNS_14AccessQuestionE", Decision, decide, const AccessQuestion &question)
{
    if (isReplaced(access))
        return allowed();
    AccessQuestion asked = question;
    if (isReplaced(initiators))
        asked.initiator = test::person();
    return real_decide(asked);
}

const Protection redirects{"AccessPolicy::decideRedirect", "allows everything"};
WRAPPED("_ZN8bulkhead12AccessPolicy14decideRedirectERK4QUrlRKNS_14AccessQuestionE", Decision, decideRedirect,
        const QUrl &from, const AccessQuestion &question)
{
    return isReplaced(redirects) ? allowed() : real_decideRedirect(from, question);
}

const Protection openedFiles{"AccessPolicy::decideOpened", "allows every place"};
WRAPPED("_ZN8bulkhead12AccessPolicy12decideOpenedERKNS_8DecisionERKNS_10OpenedFileE", Decision, decideOpened,
        const Decision &granted, const OpenedFile &file)
{
    HangingDisk::pass(file.realPath.toStdString());
    return isReplaced(openedFiles) ? allowed() : real_decideOpened(granted, file);
}

const Protection savedInitiators{"SavedInitiator::fromJson", "takes everybody for the person"};
WRAPPED("_ZN8bulkhead14SavedInitiator8fromJsonERK11QJsonObject", std::optional<Initiator>, initiatorFromJson,
        const QJsonObject &object)
{
    return isReplaced(savedInitiators) ? std::optional(test::person()) : real_initiatorFromJson(object);
}

const Protection navigationRights{"Site::forNavigationTo", "gives a document the folder around its own, too"};
WRAPPED("_ZNK8bulkhead4Site15forNavigationToERK4QUrlRKSt8optionalINS_8RealFileEE", Site, forNavigationTo,
        const Site *self, const QUrl &url, const std::optional<RealFile> &file)
{
    if (!isReplaced(navigationRights) || !file)
        return real_forNavigationTo(self, url, file);
    const DiskThread thread = DiskThreadInTests::token();
    return Site::forFile(RealFile(file->folder(), RealFile::Kind::File, thread));
}

const Protection folderGrants{"FolderGrants::mayBeGranted", "lets a document in everywhere"};
WRAPPED("_ZN8bulkhead12FolderGrants12mayBeGrantedERK7QString", bool, mayBeGranted, const QString &folder)
{
    return isReplaced(folderGrants) || real_mayBeGranted(folder);
}

const Protection localPaths{"local_path::fromUrl", "takes the path alone"};
WRAPPED("_ZN8bulkhead10local_path7fromUrlERK4QUrl", std::optional<QString>, localPath, const QUrl &url)
{
    return isReplaced(localPaths) && url.scheme() == u"file" ? std::optional(url.path()) : real_localPath(url);
}

const Protection acts{"InternalActs::settle", "takes every address at its word"};
WRAPPED("_ZN8bulkhead12InternalActs6settleERKNS_12FetchRequestE", InternalRequest, settle, InternalActs *self,
        const FetchRequest &request)
{
    if (!isReplaced(acts))
        return real_settle(self, request);
    return {request.url, QUrlQuery(request.url).queryItemValue(QStringLiteral("act"), QUrl::FullyDecoded)};
}

const Protection gestures{"GestureClock", "believes that the person has just acted"};
const Protection gestureWindow{"GestureClock::Lasting", "counts no time"};
namespace {
GestureClock::Clock::time_point gestureTime()
{
    const GestureClock::Clock::time_point standing{std::chrono::hours(1)};
    return isReplaced(gestureWindow) ? standing : standing + timePassed;
}
} // namespace
WRAPPED("_ZN8bulkhead12GestureClock5spendENS0_4DeedENSt6chrono10time_pointINS2_3_V212steady_clockENS2_"
        "8durationIlSt5ratioILl1ELl1000000000EEEEEE",
        bool, spend, GestureClock *self, GestureClock::Deed deed, GestureClock::Clock::time_point)
{
    return real_spend(self, deed, gestureTime()) || isReplaced(gestures);
}
WRAPPED("_ZNK8bulkhead12GestureClock10activationENSt6chrono10time_pointINS1_3_V212steady_clockENS1_"
        "8durationIlSt5ratioILl1ELl1000000000EEEEEE",
        UserActivation, activation, const GestureClock *self, GestureClock::Clock::time_point)
{
    return isReplaced(gestures) ? UserActivation::Recent : real_activation(self, gestureTime());
}

const Protection gestureKinds{"GestureClock::note", "takes every input for a gesture"};
WRAPPED("_ZN8bulkhead12GestureClock4noteERKNS_4wire10InputEventENSt6chrono10time_pointINS5_3_V212steady_clockENS5_"
        "8durationIlSt5ratioILl1ELl1000000000EEEEEE",
        void, note, GestureClock *self, const wire::InputEvent &event, GestureClock::Clock::time_point)
{
    wire::InputEvent noted = event;
    if (isReplaced(gestureKinds))
        noted.set_type(wire::InputEvent::MOUSE_PRESS);
    real_note(self, noted, gestureTime());
}

const Protection unaskedMoves{"UnaskedMoves::allow", "allows every move"};
WRAPPED("_ZN8bulkhead12UnaskedMoves5allowENS0_5WhereE", bool, allowMove, UnaskedMoves *self, UnaskedMoves::Where where)
{
    return real_allowMove(self, where) || isReplaced(unaskedMoves);
}

const Protection unaskedFileMoves{"UnaskedMoves::allowLeave", "allows every move out of the folder"};
WRAPPED("_ZN8bulkhead12UnaskedMoves10allowLeaveEv", bool, allowLeave, UnaskedMoves *self)
{
    return real_allowLeave(self) || isReplaced(unaskedFileMoves);
}

const Protection tabCeiling{"OpenedTabs::mayOpen", "allows every tab"};
WRAPPED("_ZNK8bulkhead10OpenedTabs7mayOpenERKNS_4SiteE", bool, mayOpen, const OpenedTabs *self, const Site &site)
{
    return real_mayOpen(self, site) || isReplaced(tabCeiling);
}

const Protection downloadCeiling{"DownloadManager::mayStart", "allows every download"};
WRAPPED("_ZN8bulkhead15DownloadManager8mayStartERKNS_9InitiatorERK7QString", bool, mayStart, DownloadManager *self,
        const Initiator &initiator, const QString &name)
{
    return isReplaced(downloadCeiling) || real_mayStart(self, initiator, name);
}

const Protection committedUrls{"Tab::url", "shows every address that is being opened"};
WRAPPED("_ZNK8bulkhead3Tab3urlEv", QUrl, shownUrl, const Tab *self)
{
    const std::optional<NavigationEntry> wanted = self->wanted();
    return isReplaced(committedUrls) && wanted ? wanted->url : real_shownUrl(self);
}

const Protection urlChecks{"checkUrl", "takes every address as it is"};
WRAPPED("_ZN8bulkhead8checkUrlERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEENS_8EmptyUrlE", CheckedUrl,
        wrapped_checkUrl, const std::string &encoded, EmptyUrl empty)
{
    return isReplaced(urlChecks) ? CheckedUrl{BadMessage::None, QUrl(QString::fromStdString(encoded))}
                                 : real_wrapped_checkUrl(encoded, empty);
}

const Protection titles{"cleanTitle", "takes every title as it is"};
WRAPPED("_ZN8bulkhead10cleanTitleERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE", QString, wrapped_cleanTitle,
        const std::string &title)
{
    return isReplaced(titles) ? QString::fromStdString(title) : real_wrapped_cleanTitle(title);
}

const Protection frames{"FramePool::accept", "takes every frame as announced"};
WRAPPED("_ZN8bulkhead9FramePool6acceptERKNS_4wire10FrameReadyE", BadMessage, accept, FramePool *self,
        const wire::FrameReady &frame)
{
    const BadMessage judged = real_accept(self, frame);
    return isReplaced(frames) ? BadMessage::None : judged;
}

// The judgement alone is replaced: what was judged bad is not carried out, but the process goes on.
const Protection pageMessages{"RemotePage::handle", "lets the process go on whatever it said"};
WRAPPED("_ZN8bulkhead10RemotePage6handleERKNS_4wire17RendererToBrowserE", BadMessage, handlePageMessage,
        RemotePage *self, const wire::RendererToBrowser &message)
{
    const BadMessage judged = real_handlePageMessage(self, message);
    return isReplaced(pageMessages) ? BadMessage::None : judged;
}

const Protection credits{"PageFetches::credit", "believes every number"};
WRAPPED("_ZN8bulkhead11PageFetches6creditERKNS_4wire10BodyCreditE", BadMessage, handleCredit, PageFetches *self,
        const wire::BodyCredit &message)
{
    const BadMessage judged = real_handleCredit(self, message);
    return isReplaced(credits) ? BadMessage::None : judged;
}

const Protection inputAnswers{"InputRouter::handled", "believes every answer"};
WRAPPED("_ZN8bulkhead11InputRouter7handledEy", InputRouter::Handled, handledInput, InputRouter *self, quint64 eventId)
{
    InputRouter::Handled handled = real_handledInput(self, eventId);
    if (isReplaced(inputAnswers))
        handled.error = BadMessage::None;
    return handled;
}

const Protection iconChecks{"checkIcon", "takes every icon for a good one"};
WRAPPED("_ZN8bulkhead9checkIconERKNS_4wire11IconChangedE", CheckedIcon, wrapped_checkIcon,
        const wire::IconChanged &message)
{
    const CheckedIcon checked = real_wrapped_checkIcon(message);
    return isReplaced(iconChecks) ? CheckedIcon{BadMessage::None, checked.image} : checked;
}

const Protection blockedPorts{"isBlockedPort", "blocks none"};
WRAPPED("_ZN8bulkhead13isBlockedPortEi", bool, wrapped_isBlockedPort, int port)
{
    return !isReplaced(blockedPorts) && real_wrapped_isBlockedPort(port);
}

const Protection lockDown{"shortfall", "takes every cage for a complete one"};
WRAPPED("_ZN8bulkhead9shortfallERKNS_4wire13SandboxReportES3_", QString, wrapped_shortfall,
        const wire::SandboxReport &report, const wire::SandboxReport &promised)
{
    return isReplaced(lockDown) ? QString() : real_wrapped_shortfall(report, promised);
}

const Protection cookiesSent{"RequestChain::partitionFor", "takes every request for one of the server's own pages"};
WRAPPED("_ZNK8bulkhead12RequestChain12partitionForERKNS_14AccessQuestionE", PartitionKey, requestPartition,
        const RequestChain *self, const AccessQuestion &question)
{
    const PartitionKey key = real_requestPartition(self, question);
    if (isReplaced(topSites))
        return {key.site, key.site, key.standing};
    return isReplaced(cookiesSent) ? PartitionKey{key.site, key.site, Standing::Own} : key;
}

const Protection topSites{"RequestChain::partitionFor", "forgets in whose page it is"};
const Protection crossedChains{"RequestChain::redirected", "forgets who led on"};
WRAPPED("_ZN8bulkhead12RequestChain10redirectedERK4QUrlS3_", void, chainRedirected, RequestChain *self,
        const QUrl &from, const QUrl &to)
{
    if (!isReplaced(crossedChains))
        real_chainRedirected(self, from, to);
}

const Protection strictTransport{"StrictTransport::upgraded", "goes by the address"};
WRAPPED("_ZNK8bulkhead15StrictTransport8upgradedERK7QStringRK4QUrl", QUrl, upgradedUrl, const StrictTransport *self,
        const QString &topSite, const QUrl &url)
{
    return isReplaced(strictTransport) ? url : real_upgradedUrl(self, topSite, url);
}

const Protection opaqueBlocking{"decideOpaque", "lets every answer through"};
WRAPPED("_ZN8bulkhead12decideOpaqueENS_11DestinationENS_10AnswerFromERKNS_10AnswerKindE", BlockDecision,
        wrapped_decideOpaque, Destination destination, AnswerFrom from, const AnswerKind &answer)
{
    return isReplaced(opaqueBlocking) ? BlockDecision() : real_wrapped_decideOpaque(destination, from, answer);
}

const Protection referrers{"referrerFor", "tells the whole address"};
WRAPPED("_ZN8bulkhead11referrerForERK4QUrlS2_", QByteArray, wrapped_referrerFor, const QUrl &page, const QUrl &target)
{
    return isReplaced(referrers) ? page.toEncoded() : real_wrapped_referrerFor(page, target);
}

const Protection privateNetwork{"ReachRule::mayReach", "lets every page reach everything"};
WRAPPED("_ZNK8bulkhead9ReachRule8mayReachERK4QUrlNS_12AddressSpaceE", bool, mayReach, const ReachRule *self,
        const QUrl &url, AddressSpace space)
{
    return isReplaced(privateNetwork) || real_mayReach(self, url, space);
}

const Protection permissionQuestions{"PluginPermissions::request", "grants what the manifest asks for"};
WRAPPED("_ZN8bulkhead17PluginPermissions7requestERKNS_14PluginQuestionERK7QStringSt8functionIFvRKNS_12PluginRightsEEE",
        void, requestPermission, PluginPermissions *self, const PluginQuestion &question, const QString &wanted,
        std::function<void(const PluginRights &)> done)
{
    if (isReplaced(permissionQuestions))
        return done(PluginRights(question.permissions, question.permissions));
    real_requestPermission(self, question, wanted, std::move(done));
}

const Protection urlPatterns{"matchesPattern", "takes every address for one that is named"};
WRAPPED("_ZN8bulkhead14matchesPatternERK4QUrlRK7QString", bool, wrapped_matchesPattern, const QUrl &url,
        const QString &pattern)
{
    return real_wrapped_matchesPattern(url, pattern) || isReplaced(urlPatterns);
}

const Protection grantedRights{"PluginRights", "takes what the manifest asks for as granted"};
WRAPPED("_ZNK8bulkhead12PluginRights8mayFetchERK4QUrl", bool, mayFetch, const PluginRights *self, const QUrl &url)
{
    return real_mayFetch(self, url) || isReplaced(grantedRights);
}
WRAPPED("_ZNK8bulkhead12PluginRights5quotaEv", qint64, quota, const PluginRights *self)
{
    return isReplaced(grantedRights) ? qint64(1) << 40 : real_quota(self);
}

const Protection childRules{"ChildRules::check", "lets every child say everything"};
WRAPPED("_ZN8bulkhead10ChildRules5checkERKNS_4wire17RendererToBrowserENS_10PacketKindENS_10BodyNumberE", BadMessage,
        checkRules, ChildRules *self, const wire::RendererToBrowser &message, PacketKind packet, BodyNumber asked)
{
    const BadMessage judged = real_checkRules(self, message, packet, asked);
    return isReplaced(childRules) ? BadMessage::None : judged;
}

const Protection processBudget{"ProcessBudget::request", "has a site share with another"};
WRAPPED("_ZN8bulkhead13ProcessBudget7requestERKNS_4SiteEPNS_11PageProcessESt8functionIFvN2tl8expectedIS5_NS_"
        "10FetchErrorEEEEE",
        std::unique_ptr<HostRequest>, requestProcess, ProcessBudget *self, const Site &site, PageProcess *current,
        std::function<void(HostAnswer)> done)
{
    // Kept by the control alone: which process was given last.
    static QPointer<PageProcess> last;
    if (!isReplaced(processBudget))
        return real_requestProcess(self, site, current, std::move(done));
    if (last && last->isUsable() && site.scheme() != u"about") {
        last->lockTo(site);
        done(last.data());
        return nullptr;
    }
    return real_requestProcess(self, site, current, [done = std::move(done)](const HostAnswer &answer) {
        last = answer ? *answer : nullptr;
        done(answer);
    });
}

const Protection pluginKeys{"PluginHosts::keyFor", "knows plugins and no sites"};
WRAPPED("_ZNK8bulkhead11PluginHosts6keyForERKNS_14PluginManifestERKNS_4SiteE", QString, keyFor, const PluginHosts *self,
        const PluginManifest &manifest, const Site &site)
{
    return isReplaced(pluginKeys) ? manifest.id : real_keyFor(self, manifest, site);
}

const Protection pluginCeiling{"PluginHosts::isDomainFull", "never finds it full"};
WRAPPED("_ZNK8bulkhead11PluginHosts12isDomainFullERKNS_4SiteE", bool, isDomainFull, const PluginHosts *self,
        const Site &site)
{
    return real_isDomainFull(self, site) && !isReplaced(pluginCeiling);
}

// As files were opened before: by name, whatever is there.
const Protection safeFiles{"safe_file::read", "opens whatever is there"};
Result<QByteArray> readAnything(const QString &name, qint64 most)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error{file.errorString().toStdString(), 0});
    return file.read(most);
}
WRAPPED("_ZN8bulkhead9safe_file4readERK7QStringxNS_5LinksE", Result<QByteArray>, readSafely, const QString &name,
        qint64 most, Links links)
{
    return isReplaced(safeFiles) ? readAnything(name, most) : real_readSafely(name, most, links);
}
WRAPPED("_ZN8bulkhead9safe_file9readStartERK7QStringxNS_5LinksE", Result<QByteArray>, readStartSafely,
        const QString &name, qint64 most, Links links)
{
    return isReplaced(safeFiles) ? readAnything(name, most) : real_readStartSafely(name, most, links);
}

const Protection safeLibraries{"openRegular", "opens whatever is there"};
WRAPPED("_ZN8bulkhead11openRegularERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEmNS_5LinksE", Result<UniqueFd>,
        openSafely, const std::string &path, std::uint64_t most, Links links)
{
    return isReplaced(safeLibraries) ? Result<UniqueFd>(UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)))
                                     : real_openSafely(path, most, links);
}

const Protection typedHosts{"typedUrl", "takes a file for meant wherever there is one"};
WRAPPED("_ZN8bulkhead8typedUrlERK7QStringS2_", Result<QUrl>, wrapped_typedUrl, const QString &typed,
        const QString &folder)
{
    const QString file = folder + u'/' + typed;
    if (isReplaced(typedHosts) && QFile::exists(file))
        return QUrl::fromLocalFile(file);
    return real_wrapped_typedUrl(typed, folder);
}

// A text that was not cleaned can be had in no other way: its only member is the string.
static_assert(sizeof(OutsideText) == sizeof(QString));
const Protection outsideTexts{"OutsideText", "takes every text as it is"};
WRAPPED("_ZN8bulkhead11OutsideTextC1ERK7QStringNS0_5LinesE", void, makeOutsideText, OutsideText *self,
        const QString &text, OutsideText::Lines lines)
{
    if (isReplaced(outsideTexts))
        new (static_cast<void *>(self)) QString(text);
    else
        real_makeOutsideText(self, text, lines);
}

const Protection shownUrls{"OutsideText(QUrl)", "writes every address as Qt does"};
WRAPPED("_ZN8bulkhead11OutsideTextC1ERK4QUrl", void, makeShownUrl, OutsideText *self, const QUrl &url)
{
    if (isReplaced(shownUrls))
        new (static_cast<void *>(self)) QString(QUrl::fromPercentEncoding(url.toEncoded()));
    else
        real_makeShownUrl(self, url);
}

const Protection escapes{"OutsideText::escaped", "escapes nothing"};
WRAPPED("_ZNK8bulkhead11OutsideText7escapedEv", QString, escaped, const OutsideText *self)
{
    return isReplaced(escapes) ? self->plain() : real_escaped(self);
}

const Protection plainLabels{"plain::setText", "lets Qt guess what is markup"};
WRAPPED("_ZN8bulkhead5plain7setTextEP6QLabelRKNS_11OutsideTextE", void, setLabelText, QLabel *label,
        const OutsideText &text)
{
    if (!isReplaced(plainLabels))
        return real_setLabelText(label, text);
    label->setTextFormat(Qt::AutoText);
    label->setText(text.plain());
}

const Protection storedUrls{"stored::url", "keeps every address"};
WRAPPED("_ZN8bulkhead6stored3urlERK4QUrl", std::optional<QString>, storedUrl, const QUrl &url)
{
    return isReplaced(storedUrls) ? std::optional(url.toString(QUrl::FullyEncoded)) : real_storedUrl(url);
}

const Protection hostLabels{"shownHostLabel", "decodes every name"};
WRAPPED("_ZN8bulkhead14shownHostLabelERK7QString", QString, wrapped_shownHostLabel, const QString &ascii)
{
    return isReplaced(hostLabels) ? QUrl::fromAce(ascii.toLatin1(), QUrl::IgnoreIDNWhitelist)
                                  : real_wrapped_shownHostLabel(ascii);
}

const Protection locks{"Tab::isSecure", "goes by the address"};
WRAPPED("_ZNK8bulkhead3Tab8isSecureEv", bool, isSecure, const Tab *self)
{
    return isReplaced(locks) ? self->url().scheme() == u"https" : real_isSecure(self);
}

const Protection fetchRoom{"SiteAccount::reserveFetch", "has room for everything"};
WRAPPED("_ZN8bulkhead11SiteAccount12reserveFetchEv", std::optional<Charge>, reserveFetch, SiteAccount *self)
{
    return isReplaced(fetchRoom) ? std::optional(self->charge(Holding::Body, SiteAccount::FetchBytes))
                                 : real_reserveFetch(self);
}

const Protection siteCosts{"SiteAccount::charge", "counts nothing"};
WRAPPED("_ZN8bulkhead11SiteAccount6chargeENS_7HoldingEx", Charge, chargeSite, SiteAccount *self, Holding what,
        qint64 bytes)
{
    return isReplaced(siteCosts) ? Charge() : real_chargeSite(self, what, bytes);
}

const Protection domainCeiling{"ProcessBudget", "has no limit for one domain"};
WRAPPED("_ZN8bulkhead13ProcessBudgetC1ENS0_6LimitsESt8functionIFSt6vectorIPNS_11PageProcessESaIS5_EEvEES2_IFS5_RKNS_"
        "4SiteES5_bEE",
        void, makeProcessBudget, ProcessBudget *self, ProcessBudget::Limits limits, ProcessBudget::Running running,
        ProcessBudget::Provide provide)
{
    if (isReplaced(domainCeiling))
        limits.ofOneDomain = limits.processes;
    real_makeProcessBudget(self, limits, std::move(running), std::move(provide));
}

const Protection allPluginsCeiling{"PluginHosts::isFull", "never finds it full"};
WRAPPED("_ZNK8bulkhead11PluginHosts6isFullEv", bool, isFull, const PluginHosts *self)
{
    return real_isFull(self) && !isReplaced(allPluginsCeiling);
}

const Protection readShares{"ReadShares::begin", "gives everybody all the time"};
WRAPPED("_ZN8bulkhead10ReadShares5beginERNS_7ChannelEm", std::chrono::nanoseconds, beginReading, ReadShares *self,
        Channel &channel, ReadShares::Party party)
{
    return isReplaced(readShares) ? std::chrono::hours(1) : real_beginReading(self, channel, party);
}

const Protection diskShares{"DiskQueue::add", "takes every piece of work for another person's"};
WRAPPED("_ZN8bulkhead9DiskQueue3addERKNS_10DiskClientERKSt10shared_ptrINS_7DiskJobEE", void, addDiskJob,
        DiskQueue *self, const DiskClient &client, const std::shared_ptr<DiskJob> &job)
{
    static std::atomic<int> persons;
    real_addDiskJob(
        self, isReplaced(diskShares) ? DiskClient{DiskClient::Urgency::Person, QString::number(++persons)} : client,
        job);
}

const Protection labReplies{"checkReply", "believes every answer"};
WRAPPED("_ZN8bulkhead3lab10checkReplyENS_4wire10LabCommand8BodyCaseERKNS1_8LabReplyEm", Result<void>,
        wrapped_checkReply, wire::LabCommand::BodyCase command, const wire::LabReply &reply, std::size_t fds)
{
    return isReplaced(labReplies) ? Result<void>() : real_wrapped_checkReply(command, reply, fds);
}
const Protection labAnswers{"isAnswered", "waits for an answer to everything"};
WRAPPED("_ZN8bulkhead3lab10isAnsweredENS_4wire10LabCommand8BodyCaseE", bool, wrapped_isAnswered,
        wire::LabCommand::BodyCase command)
{
    return isReplaced(labAnswers) || real_wrapped_isAnswered(command);
}

// In the worker's own program: hostile_lab_protections.cpp.
const Protection socketJudge{"SocketJudge", "makes every connection"};
const Protection socketKinds{"labWorkerPolicy", "lets every kind of socket through"};

} // namespace bulkhead::protections
