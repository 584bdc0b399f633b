// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/tag_traits.h"

#include "renderer/engine/base/known_atoms.h"

#include <array>
#include <initializer_list>

namespace bulkhead::engine {

namespace {

using TraitsByName = std::array<std::uint32_t, std::size_t(KnownName::Count)>;

using namespace tag;

constexpr std::initializer_list<Atom> voids{Area, Base,  Basefont, Bgsound, Br,   Col,   Embed,  Frame, Hr, Image,
                                            Img,  Input, Keygen,   Link,    Meta, Param, Source, Track, Wbr};
constexpr std::initializer_list<Atom> specials{
    Address,    Applet,  Area,   Article,  Aside,  Base,     Basefont, Bgsound,  Blockquote, Body,  Br,    Button,
    Caption,    Center,  Col,    Colgroup, Dd,     Details,  Dir,      Div,      Dl,         Dt,    Embed, Fieldset,
    Figcaption, Figure,  Footer, Form,     Frame,  Frameset, H1,       H2,       H3,         H4,    H5,    H6,
    Head,       Header,  Hgroup, Hr,       Html,   Iframe,   Img,      Input,    Keygen,     Li,    Link,  Listing,
    Main,       Marquee, Menu,   Meta,     Nav,    Noembed,  Noframes, Noscript, Object,     Ol,    P,     Param,
    Plaintext,  Pre,     Script, Section,  Select, Source,   Style,    Summary,  Table,      Tbody, Td,    Template,
    Textarea,   Tfoot,   Th,     Thead,    Title,  Tr,       Track,    Ul,       Wbr,        Xmp};
constexpr std::initializer_list<Atom> formattings{A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U};
constexpr std::initializer_list<Atom> scopes{Applet, Caption, Html, Table, Td, Th, Marquee, Object, Template};
constexpr std::initializer_list<Atom> pEnders{
    Address, Article, Aside,    Blockquote, Center, Dd,     Details, Dialog,  Dir,  Div,
    Dl,      Dt,      Fieldset, Figcaption, Figure, Footer, Form,    H1,      H2,   H3,
    H4,      H5,      H6,       Header,     Hgroup, Hr,     Li,      Listing, Main, Menu,
    Nav,     Ol,      P,        Plaintext,  Pre,    Search, Section, Summary, Ul,   Xmp};
constexpr std::initializer_list<Atom> breakouts{
    B,   Big,  Blockquote, Body,  Br,   Center, Code,   Dd,  Div, Dl,      Dt,   Em,   Embed, H1, H2,
    H3,  H4,   H5,         H6,    Head, Hr,     I,      Img, Li,  Listing, Menu, Meta, Nobr,  Ol, P,
    Pre, Ruby, S,          Small, Span, Strong, Strike, Sub, Sup, Table,   Tt,   U,    Ul,    Var};

TraitsByName makeTraits()
{
    TraitsByName traits{};
    const auto add = [&traits](std::initializer_list<Atom> names, std::uint32_t trait) {
        for (const Atom name : names)
            traits[std::size_t(name)] |= trait;
    };
    add(voids, trait::Void);
    add(specials, trait::Special);
    add(formattings, trait::Formatting);
    add(scopes, trait::Scope);
    add(pEnders, trait::EndsP);
    add(breakouts, trait::Breakout);
    add({H1, H2, H3, H4, H5, H6}, trait::Heading);
    add({Applet, Marquee, Object, Td, Th, Caption}, trait::Marker);
    add({Tbody, Thead, Tfoot, Tr, Td, Th, Caption, Colgroup}, trait::TablePart);
    add({Html, Table, Template}, trait::TableEnd);
    add({Html, Head, Body, Frameset}, trait::Unnested);
    // Names are lowered here, so foreignObject is not the known one.
    add({Desc, Title, Mi, Mo, Mn, Ms, Mtext, AnnotationXml}, trait::Integration);
    add({Rb, Rp, Rt, Rtc}, trait::RubyPart);
    return traits;
}

} // namespace

std::uint32_t tagTraits(Atom name)
{
    static const TraitsByName table = makeTraits();
    return std::size_t(name) < table.size() ? table[std::size_t(name)] : 0;
}

} // namespace bulkhead::engine
