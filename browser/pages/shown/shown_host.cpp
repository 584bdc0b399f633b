// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/shown_host.h"

#include <unicode/uidna.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>

namespace bulkhead {
namespace {

template <auto Close>
struct Closer
{
    template <class T>
    void operator()(T *opened) const
    {
        Close(opened);
    }
};
using SpoofChecker = std::unique_ptr<USpoofChecker, Closer<uspoof_close>>;
using Idna = std::unique_ptr<UIDNA, Closer<uidna_close>>;

constexpr int MostLabel = 256; // UTF-16 units; DNS allows 63 bytes

/// Both are read-only once made, and may then be used by any thread.
struct Tools
{
    SpoofChecker spoof;
    Idna idna;

    Tools()
    {
        UErrorCode error = U_ZERO_ERROR;
        idna.reset(uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_UNICODE, &error));
        spoof.reset(uspoof_open(&error));
        if (!spoof)
            return;
        uspoof_setRestrictionLevel(spoof.get(), USPOOF_HIGHLY_RESTRICTIVE);
        uspoof_setChecks(spoof.get(),
                         USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_CHAR_LIMIT | USPOOF_MIXED_NUMBERS |
                             USPOOF_HIDDEN_OVERLAY,
                         &error);
        const std::unique_ptr<USet, Closer<uset_close>> allowed(uset_openEmpty());
        uset_addAll(allowed.get(), uspoof_getRecommendedSet(&error));
        uset_addAll(allowed.get(), uspoof_getInclusionSet(&error));
        uspoof_setAllowedChars(spoof.get(), allowed.get(), &error);
        if (U_FAILURE(error))
            spoof.reset();
    }
};

const char16_t *utf16(const QString &text)
{
    return reinterpret_cast<const char16_t *>(text.utf16());
}

bool isAscii(QChar c)
{
    return c.unicode() < 0x80;
}

/// What @p text looks like: two texts with the same skeleton cannot be told apart.
QString skeletonOf(const USpoofChecker *spoof, const QString &text)
{
    char16_t buffer[MostLabel * 8];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length =
        uspoof_getSkeleton(spoof, 0, utf16(text), int32_t(text.size()), buffer, std::size(buffer), &error);
    return U_SUCCESS(error) ? QString::fromUtf16(buffer, length) : QString();
}

/// Has a character that could be taken for ASCII punctuation ("ノ" for a slash), or is wholly made of what looks like
/// ASCII.
bool looksLikeAscii(const USpoofChecker *spoof, QString label)
{
    // Two letters of their own alphabets whose skeleton is two ASCII letters; nobody takes them for these.
    label.replace(u'\u00e6', u'\u00f8').replace(u'\u0153', u'\u00f8');
    const QString skeleton = skeletonOf(spoof, label);
    if (skeleton.isEmpty() || std::all_of(skeleton.begin(), skeleton.end(), isAscii))
        return true;
    return std::any_of(label.begin(), label.end(), [&](QChar c) {
        if (isAscii(c) || c.isSurrogate())
            return false;
        const QString one = skeletonOf(spoof, QString(c));
        return one.size() == 1 && isAscii(one[0]) && !one[0].isLetterOrNumber();
    });
}

} // namespace

QString shownHostLabel(const QString &ascii)
{
    if (!ascii.startsWith(QLatin1String("xn--"), Qt::CaseInsensitive) || ascii.size() > MostLabel)
        return ascii;
    static const Tools tools;
    if (!tools.idna || !tools.spoof)
        return ascii;
    char16_t buffer[MostLabel];
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = uidna_labelToUnicode(tools.idna.get(), utf16(ascii), int32_t(ascii.size()), buffer,
                                                std::size(buffer), &info, &error);
    if (U_FAILURE(error) || info.errors != 0)
        return ascii;
    const QString label = QString::fromUtf16(buffer, length);
    error = U_ZERO_ERROR;
    const int32_t problems = uspoof_check2(tools.spoof.get(), utf16(label), int32_t(label.size()), nullptr, &error);
    if (U_FAILURE(error) || problems != 0 || looksLikeAscii(tools.spoof.get(), label))
        return ascii;
    return label;
}

} // namespace bulkhead
