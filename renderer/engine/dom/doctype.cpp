// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/doctype.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace bulkhead::engine {

namespace {

// Lower case; public identifiers that begin so.
constexpr const char *quirksStarts[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};

bool isAnyOf(const QByteArray &text, std::initializer_list<const char *> all)
{
    return std::any_of(all.begin(), all.end(), [&text](const char *one) { return text == one; });
}

bool startsWithAnyOf(const QByteArray &text, std::initializer_list<const char *> starts)
{
    return std::any_of(starts.begin(), starts.end(), [&text](const char *start) { return text.startsWith(start); });
}

} // namespace

QuirksMode quirksOf(const Doctype &doctype)
{
    const QByteArray publicId = doctype.publicId.toLower();
    const QByteArray systemId = doctype.systemId.toLower();
    const bool isHtml401 =
        startsWithAnyOf(publicId, {"-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"});
    if (doctype.name.toLower() != "html" ||
        isAnyOf(publicId, {"-//w3o//dtd w3 html strict 3.0//en//", "-/w3c/dtd html 4.0 transitional/en", "html"}) ||
        systemId == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd" ||
        std::any_of(std::begin(quirksStarts), std::end(quirksStarts),
                    [&publicId](const char *start) { return publicId.startsWith(start); }) ||
        (isHtml401 && doctype.systemId.isNull()))
        return QuirksMode::Quirks;
    const bool isLimited = isHtml401 || startsWithAnyOf(publicId, {"-//w3c//dtd xhtml 1.0 frameset//",
                                                                   "-//w3c//dtd xhtml 1.0 transitional//"});
    return isLimited ? QuirksMode::Limited : QuirksMode::None;
}

} // namespace bulkhead::engine
