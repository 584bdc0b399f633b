// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/message_maker.h"

#include "ipc/channel/limits.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace bulkhead::fuzz {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int Deepest = 6;
/// Enough for the largest message and one byte.
constexpr std::size_t LongestText = limits::MessageBytes + 1;

/// Texts that have broken somebody.
const std::vector<std::string> OddTexts{
    std::string("\0", 1),
    std::string("a\0b", 3),
    "\xff\xfe",
    "\xc0\xaf",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xc3",
    "\xe2\x82",
    "\xef\xbb\xbf",
    "\xef\xbf\xbf",
    "\u202etxt.exe",
    "\u2066\u2067\u2068",
    "\u200b\u200d\u2060",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "\x1b[31m\x07\x08",
    "\r\nSet-Cookie: a=b\r\n\r\n",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b><script>1</script>",
    "&lt;&amp;&#0;",
    "%s%n%x%p",
    "%00",
    "%2e%2e%2f",
    "../../../../etc/passwd",
    "/",
    "//",
    ".",
    "..",
    "~",
    "C:\\",
    "file:///etc/passwd",
    "file:///",
    "file://host/share",
    "about:permissions",
    "about:one?act=go",
    "javascript:1",
    "data:text/html,<p>x",
    "data:,",
    "http://",
    "http:///",
    "http://[::1",
    "http://[fe80::1%25eth0]/",
    "http://a:99999/",
    "http://a:0/",
    "http://\xc3\xa4.example/",
    "http://xn--/",
    "http://a@b@c/",
    "http://%00/",
    "http://1.2.3/",
    "http://0x7f.1/",
    "://",
    "a:b:c",
    ":",
    "?",
    "#",
    "view-source:http://a/",
    "blob:http://a/1",
    "ws://127.0.0.1/",
    "ftp://127.0.0.1/",
    "\t http://a/ ",
    "http://a/\n",
    "null",
    "-1",
    "1e999",
    "{",
    "[[[[[[[["};
constexpr std::size_t OddLengths[] = {255,  256,   1000,  1023,  1024,  1025,  4096,   4097,       8191,
                                      8193, 32767, 32768, 32769, 65535, 65537, 300000, LongestText};

bool isNumber(const FieldDescriptor &field)
{
    return field.cpp_type() != FieldDescriptor::CPPTYPE_STRING && field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
}

/// Every field of @p message and of the parts that are there.
void collect(Message &message, std::vector<std::pair<Message *, const FieldDescriptor *>> &all)
{
    const auto *type = message.GetDescriptor();
    const auto *reflection = message.GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
        const FieldDescriptor *field = type->field(i);
        const bool isBody = field->containing_oneof() != nullptr;
        if (isBody && !reflection->HasField(message, field))
            continue; // another body would be another message
        if (!isBody)
            all.emplace_back(&message, field);
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_map())
            continue;
        if (field->is_repeated()) {
            for (int k = 0; k < std::min(reflection->FieldSize(message, field), 8); ++k)
                collect(*reflection->MutableRepeatedMessage(&message, field, k), all);
        } else if (reflection->HasField(message, field)) {
            collect(*reflection->MutableMessage(&message, field), all);
        }
    }
}

} // namespace

void MessageMaker::fill(Message &message, int depth)
{
    const auto *type = message.GetDescriptor();
    const auto *reflection = message.GetReflection();
    for (int i = 0; i < type->oneof_decl_count(); ++i) {
        const auto *choice = type->oneof_decl(i);
        if (!reflection->HasOneof(message, choice))
            fillField(message, *choice->field(int(m_random.below(std::size_t(choice->field_count())))), depth);
        else
            fill(*reflection->MutableMessage(&message, reflection->GetOneofFieldDescriptor(message, choice)),
                 depth + 1);
    }
    for (int i = 0; i < type->field_count(); ++i) {
        const bool isId = m_known.number(type->field(i)->name(), m_random).has_value();
        if (!type->field(i)->containing_oneof() && (isId || !m_random.oneIn(16)))
            fillField(message, *type->field(i), depth);
    }
    // The one thing that two fields have to agree on.
    const auto *size = type->FindFieldByName("size");
    const auto *pixels = type->FindFieldByName("pixels");
    if (size && pixels && reflection->HasField(message, size)) {
        const Message &given = reflection->GetMessage(message, size);
        const auto edgeOf = [&given](const char *name) {
            return given.GetReflection()->GetUInt32(given, given.GetDescriptor()->FindFieldByName(name));
        };
        reflection->SetString(&message, pixels,
                              std::string(std::size_t(4) * edgeOf("width") * edgeOf("height"), char(m_random.next())));
    }
}

void MessageMaker::fillField(Message &message, const FieldDescriptor &field, int depth)
{
    const auto *reflection = message.GetReflection();
    const std::size_t count = field.is_repeated() ? m_random.below(4) : 1;
    for (std::size_t i = 0; i < count; ++i) {
        if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            if (depth < Deepest)
                fill(field.is_repeated() ? *reflection->AddMessage(&message, &field)
                                         : *reflection->MutableMessage(&message, &field),
                     depth + 1);
        } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
            const std::string text = likelyText(field);
            field.is_repeated() ? reflection->AddString(&message, &field, text)
                                : reflection->SetString(&message, &field, text);
        } else {
            setNumber(message, field, likelyNumber(field), field.is_repeated());
        }
    }
}

void MessageMaker::setNumber(Message &message, const FieldDescriptor &field, std::uint64_t bits, bool add)
{
    const auto *r = message.GetReflection();
    const FieldDescriptor *f = &field;
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
        return add ? r->AddInt32(&message, f, std::int32_t(bits)) : r->SetInt32(&message, f, std::int32_t(bits));
    case FieldDescriptor::CPPTYPE_INT64:
        return add ? r->AddInt64(&message, f, std::int64_t(bits)) : r->SetInt64(&message, f, std::int64_t(bits));
    case FieldDescriptor::CPPTYPE_UINT32:
        return add ? r->AddUInt32(&message, f, std::uint32_t(bits)) : r->SetUInt32(&message, f, std::uint32_t(bits));
    case FieldDescriptor::CPPTYPE_UINT64:
        return add ? r->AddUInt64(&message, f, bits) : r->SetUInt64(&message, f, bits);
    case FieldDescriptor::CPPTYPE_BOOL:
        return add ? r->AddBool(&message, f, bits & 1) : r->SetBool(&message, f, bits & 1);
    case FieldDescriptor::CPPTYPE_ENUM:
        return add ? r->AddEnumValue(&message, f, int(bits)) : r->SetEnumValue(&message, f, int(bits));
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return add ? r->AddDouble(&message, f, double(bits)) : r->SetDouble(&message, f, double(bits));
    case FieldDescriptor::CPPTYPE_FLOAT:
        return add ? r->AddFloat(&message, f, float(bits)) : r->SetFloat(&message, f, float(bits));
    default:
        return;
    }
}

std::uint64_t MessageMaker::likelyNumber(const FieldDescriptor &field)
{
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) // the first stands for "not said" nearly everywhere
        return std::uint64_t(
            field.enum_type()->value(int(m_random.below(std::size_t(field.enum_type()->value_count()))))->number());
    // What is drawn is 10 to 15 pixels large, and what lies in it lies in it.
    const std::string &name = field.name();
    if (name == "width" || name == "height")
        return field.containing_type()->field_count() == 2 ? 10 + m_random.below(6) : 1 + m_random.below(8);
    if (name == "x" || name == "y")
        return m_random.below(3);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE)
        return 1;
    if (const auto known = m_known.number(name, m_random))
        return *known;
    return m_random.below(20);
}

std::string MessageMaker::likelyText(const FieldDescriptor &field)
{
    static const std::vector<std::string> Words{"a",          "Title of a page", "caf\u00e9 \u2013 \u4e2d\u6587",
                                                "key",        "image/png",       "application/x-hostile",
                                                "two\nlines", "{\"a\":1}",       "report.pdf"};
    // A name may be an address, too.
    const bool mayBeAddress = field.name() == "name" && m_random.oneIn(2);
    if (const auto known = m_known.text(mayBeAddress ? "url" : field.name(), m_random))
        return *known;
    return m_random.oneIn(8) ? std::string() : m_random.oneOf(Words);
}

void MessageMaker::spoil(Message &message)
{
    std::vector<std::pair<Message *, const FieldDescriptor *>> all;
    collect(message, all);
    if (all.empty())
        return;
    const auto [where, field] = m_random.oneOf(all);
    spoilField(*where, *field);
}

std::uint64_t MessageMaker::edge()
{
    static constexpr std::uint64_t Edges[] = {0,
                                              1,
                                              2,
                                              16,
                                              17,
                                              64,
                                              65,
                                              100,
                                              101,
                                              255,
                                              256,
                                              1u << 14,
                                              (1u << 14) + 1,
                                              0xffff,
                                              1u << 20,
                                              0x0fffffff,
                                              0x7ffffffe,
                                              0x7fffffff,
                                              0x80000000,
                                              0x80000001,
                                              0xfffffffe,
                                              0xffffffff,
                                              0x100000000,
                                              0x3fffffffffffffff,
                                              0x4000000000000000,
                                              0x7fffffffffffffff,
                                              0x8000000000000000,
                                              0xfffffffffffffffe,
                                              0xffffffffffffffff};
    if (m_random.oneIn(4))
        return m_random.next() >> m_random.below(64);
    return Edges[m_random.below(std::size(Edges))];
}

double MessageMaker::oddDouble()
{
    using Limits = std::numeric_limits<double>;
    static const double Odd[] = {0.0,
                                 -0.0,
                                 -1,
                                 0.09,
                                 0.1,
                                 16,
                                 16.01,
                                 1e-300,
                                 1e300,
                                 Limits::infinity(),
                                 -Limits::infinity(),
                                 Limits::quiet_NaN(),
                                 Limits::denorm_min(),
                                 Limits::max(),
                                 Limits::lowest(),
                                 2147483648.0,
                                 -2147483649.0,
                                 18446744073709551616.0};
    return Odd[m_random.below(std::size(Odd))];
}

std::string MessageMaker::oddText(bool isBytes)
{
    switch (m_random.below(8)) {
    case 0:
        return {};
    case 1: {
        const std::size_t length = OddLengths[m_random.below(std::size(OddLengths))];
        std::string text = m_random.oneIn(3) ? "http://a/" : "";
        const std::string &piece = m_random.oneIn(3) ? m_random.oneOf(OddTexts) : "W";
        while (text.size() < length && !piece.empty())
            text += piece;
        text.resize(length, 'x');
        return text;
    }
    case 2: { // no text at all
        std::string text(m_random.below(isBytes ? 5000 : 40), '\0');
        for (char &c : text)
            c = char(m_random.next());
        return text;
    }
    default:
        return m_random.oneOf(OddTexts);
    }
}

void MessageMaker::spoilField(Message &message, const FieldDescriptor &field)
{
    const auto *reflection = message.GetReflection();
    if (m_random.oneIn(8))
        return reflection->ClearField(&message, &field);
    if (field.is_repeated()) {
        static constexpr std::size_t Counts[] = {1, 2, 15, 16, 17, 32, 33, 64, 65, 200, 1000, 2001, 10'000, 100'001};
        const std::size_t count = Counts[m_random.below(std::size(Counts))];
        const std::string text =
            field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ? oddText(false).substr(0, 1000) : std::string();
        const bool isFilled = count < 100 && m_random.oneIn(2);
        for (std::size_t i = 0; i < count; ++i) {
            if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
                Message *added = reflection->AddMessage(&message, &field);
                if (isFilled)
                    fill(*added, 2);
            } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
                reflection->AddString(&message, &field, text);
            } else {
                setNumber(message, field, edge(), true);
            }
        }
        return;
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Message *part = reflection->MutableMessage(&message, &field);
        part->Clear();
        if (m_random.oneIn(2))
            fill(*part, 2);
        return;
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING)
        return reflection->SetString(&message, &field, oddText(field.type() == FieldDescriptor::TYPE_BYTES));
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE)
        return reflection->SetDouble(&message, &field, oddDouble());
    if (isNumber(field))
        setNumber(message, field, edge(), false);
}

} // namespace bulkhead::fuzz
