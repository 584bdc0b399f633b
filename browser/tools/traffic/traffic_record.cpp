// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/traffic_record.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

namespace bulkhead {

namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

constexpr int RepeatedAtMost = 64;
constexpr std::size_t ShownBytes = 48;

QString hex(const std::string &bytes)
{
    QString text =
        QString::fromLatin1(QByteArray(bytes.data(), qsizetype(std::min(bytes.size(), ShownBytes))).toHex(' '));
    if (bytes.size() > ShownBytes)
        text += QStringLiteral(" …");
    return QCoreApplication::translate("TrafficMessage", "%1 bytes").arg(bytes.size()) +
           (bytes.empty() ? QString() : QStringLiteral(": ") + text);
}

/// A value that is no message, as text; @p index below 0: not repeated.
QString scalarText(const pb::Message &message, const Field *field, int index)
{
    const pb::Reflection *r = message.GetReflection();
    const bool many = index >= 0;
    switch (field->cpp_type()) {
    case Field::CPPTYPE_INT32:
        return QString::number(many ? r->GetRepeatedInt32(message, field, index) : r->GetInt32(message, field));
    case Field::CPPTYPE_INT64:
        return QString::number(qint64(many ? r->GetRepeatedInt64(message, field, index) : r->GetInt64(message, field)));
    case Field::CPPTYPE_UINT32:
        return QString::number(many ? r->GetRepeatedUInt32(message, field, index) : r->GetUInt32(message, field));
    case Field::CPPTYPE_UINT64:
        return QString::number(
            quint64(many ? r->GetRepeatedUInt64(message, field, index) : r->GetUInt64(message, field)));
    case Field::CPPTYPE_DOUBLE:
        return QString::number(many ? r->GetRepeatedDouble(message, field, index) : r->GetDouble(message, field));
    case Field::CPPTYPE_FLOAT:
        return QString::number(double(many ? r->GetRepeatedFloat(message, field, index) : r->GetFloat(message, field)));
    case Field::CPPTYPE_BOOL:
        return (many ? r->GetRepeatedBool(message, field, index) : r->GetBool(message, field))
                   ? QStringLiteral("true")
                   : QStringLiteral("false");
    case Field::CPPTYPE_ENUM: {
        const int number = many ? r->GetRepeatedEnumValue(message, field, index) : r->GetEnumValue(message, field);
        const pb::EnumValueDescriptor *value = field->enum_type()->FindValueByNumber(number);
        return value ? QString::fromStdString(value->name()) : QString::number(number);
    }
    case Field::CPPTYPE_STRING: {
        const std::string text = many ? r->GetRepeatedString(message, field, index) : r->GetString(message, field);
        return field->type() == Field::TYPE_BYTES ? hex(text) : QString::fromStdString(text);
    }
    case Field::CPPTYPE_MESSAGE:
        break;
    }
    return {};
}

void addFields(const pb::Message &message, MessageField &to)
{
    const pb::Reflection *r = message.GetReflection();
    const auto add = [&to](const QString &name) {
        auto &field = to.fields.emplace_back(std::make_unique<MessageField>());
        field->name = name;
        field->parent = &to;
        field->row = int(to.fields.size()) - 1;
        return field.get();
    };
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
        const Field *field = message.GetDescriptor()->field(i);
        const QString name = QString::fromStdString(field->name());
        const bool isMessage = field->cpp_type() == Field::CPPTYPE_MESSAGE;
        if (field->is_repeated()) {
            for (int j = 0; j < r->FieldSize(message, field); ++j) {
                MessageField *child = add(QStringLiteral("%1[%2]").arg(name).arg(j));
                if (isMessage)
                    addFields(r->GetRepeatedMessage(message, field, j), *child);
                else
                    child->value = scalarText(message, field, j);
            }
        } else if (isMessage) {
            if (r->HasField(message, field))
                addFields(r->GetMessage(message, field), *add(name));
        } else if (!field->containing_oneof() || r->HasField(message, field)) {
            add(name)->value = scalarText(message, field, -1); // proto3: a default value is a value
        }
    }
}

QJsonObject fieldsJson(const MessageField &of)
{
    QJsonObject object;
    for (const auto &field : of.fields) {
        if (field->fields.empty())
            object.insert(field->name, field->value);
        else
            object.insert(field->name, fieldsJson(*field));
    }
    return object;
}

} // namespace

QString TrafficThread::text() const
{
    const auto tr = [](const char *source) { return QCoreApplication::translate("TrafficThread", source); };
    switch (kind) {
    case Kind::Request:
    case Kind::RequestFromChild:
        return tr("question %1 and its answer").arg(id);
    case Kind::Stream:
        return tr("resource stream %1").arg(id);
    case Kind::Input:
        return tr("input %1 of page %2").arg(id).arg(page);
    case Kind::Frame:
        return tr("frame %1 of page %2").arg(id).arg(page);
    case Kind::None:
        break;
    }
    return {};
}

bool trimInto(const pb::Message &message, pb::Message &copy, std::size_t most)
{
    bool cut = false;
    const pb::Reflection *r = message.GetReflection();
    std::vector<const Field *> fields;
    r->ListFields(message, &fields);
    for (const Field *field : fields) {
        if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
            if (!field->is_repeated()) {
                cut |= trimInto(r->GetMessage(message, field), *r->MutableMessage(&copy, field), most);
                continue;
            }
            const int count = std::min(RepeatedAtMost, r->FieldSize(message, field));
            cut |= count < r->FieldSize(message, field);
            for (int i = 0; i < count; ++i)
                cut |= trimInto(r->GetRepeatedMessage(message, field, i), *r->AddMessage(&copy, field), most);
        } else if (field->cpp_type() == Field::CPPTYPE_STRING && !field->is_repeated()) {
            std::string scratch;
            const std::string &text = r->GetStringReference(message, field, &scratch);
            std::size_t length = std::min(most, text.size());
            // A character of UTF-8 is not cut in half: the copy would not be valid.
            while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
                --length;
            cut |= length < text.size();
            r->SetString(&copy, field, text.substr(0, length));
        } else {
            // The rest is small: numbers, and repeated ones that no message of ours has many of.
            std::unique_ptr<pb::Message> single(message.New());
            single->CopyFrom(message);
            std::vector<const Field *> others;
            r->ListFields(*single, &others);
            for (const Field *other : others) {
                if (other != field)
                    r->ClearField(single.get(), other);
            }
            copy.MergeFrom(*single);
        }
    }
    return cut;
}

QString TrafficMessage::name() const
{
    return body ? QString::fromStdString(body->name()) : QString();
}

std::unique_ptr<MessageField> TrafficMessage::fields() const
{
    auto root = std::make_unique<MessageField>();
    if (!envelope || !body)
        return root;
    const pb::Message *prototype = pb::MessageFactory::generated_factory()->GetPrototype(envelope);
    const std::unique_ptr<pb::Message> message(prototype->New());
    if (message->ParsePartialFromString(content))
        addFields(message->GetReflection()->GetMessage(*message, body), *root);
    return root;
}

QJsonObject TrafficMessage::toJson() const
{
    static const char *const Kinds[] = {"message", "request", "reply"};
    QJsonObject object{
        {QStringLiteral("time"), double(microseconds) / 1e6},
        {QStringLiteral("direction"), way == Way::Sent ? QStringLiteral("sent") : QStringLiteral("received")},
        {QStringLiteral("kind"), QLatin1String(Kinds[int(kind)])},
        {QStringLiteral("name"), name()},
        {QStringLiteral("bytes"), bytes},
        {QStringLiteral("fds"), fds},
        {QStringLiteral("pid"), pid},
        {QStringLiteral("process"), double(process & 0xffffffff)},
        {QStringLiteral("number"), double(number)},
        {QStringLiteral("fields"), fieldsJson(*fields())}};
    if (request)
        object.insert(QStringLiteral("request"), double(request));
    if (latency >= 0)
        object.insert(QStringLiteral("latency_us"), latency);
    if (superseded)
        object.insert(QStringLiteral("superseded"), true);
    if (trimmed)
        object.insert(QStringLiteral("trimmed"), true);
    return object;
}

bool TrafficFrame::isIn(const TrafficThread &thread) const
{
    if (thread.process != process || thread.page != page)
        return false;
    return (thread.kind == TrafficThread::Kind::Frame && thread.id == id) ||
           (thread.kind == TrafficThread::Kind::Input && input != 0 && thread.id == input);
}

QJsonObject TrafficFrame::toJson() const
{
    static const char *const Fates[] = {"waiting", "shown", "superseded"};
    QJsonArray rectangles;
    for (const QRect &rect : damage)
        rectangles.append(QJsonArray{rect.x(), rect.y(), rect.width(), rect.height()});
    QJsonObject object{{QStringLiteral("pid"), pid},
                       {QStringLiteral("process"), double(process & 0xffffffff)},
                       {QStringLiteral("page"), double(page)},
                       {QStringLiteral("frame"), double(id)},
                       {QStringLiteral("pool"), double(pool)},
                       {QStringLiteral("buffer"), double(buffer)},
                       {QStringLiteral("size"), QJsonArray{size.width(), size.height()}},
                       {QStringLiteral("damage"), rectangles},
                       {QStringLiteral("painted_bytes"), double(paintedBytes)},
                       {QStringLiteral("paint_us"), double(paintMicroseconds)},
                       {QStringLiteral("handed_over"), double(handedOver) / 1e6},
                       {QStringLiteral("fate"), QLatin1String(Fates[int(fate)])}};
    if (shown)
        object.insert(QStringLiteral("shown"), double(shown) / 1e6);
    if (released)
        object.insert(QStringLiteral("released"), double(released) / 1e6);
    return object;
}

} // namespace bulkhead
