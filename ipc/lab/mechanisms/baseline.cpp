// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <cstring>

namespace bulkhead::lab {

namespace {

// essential: begin
/// No second process: what was sent is received again. What is left is the cost of writing, reading and checking the
/// data, which all mechanisms have in common.
class NullLink : public Link
{
public:
    Result<void> send(ConstBytes message) override
    {
        m_message = message;
        return {};
    }
    Result<ConstBytes> receive(std::size_t bytes) override { return m_message.first(bytes); }

private:
    ConstBytes m_message;
};

/// The same with one copy, the least that a mechanism with copies can do.
class CopyLink : public Link
{
public:
    Result<void> send(ConstBytes message) override
    {
        m_copy.resize(message.size());
        std::memcpy(m_copy.data(), message.data(), message.size());
        return {};
    }
    Result<ConstBytes> receive(std::size_t bytes) override { return ConstBytes(m_copy).first(bytes); }

private:
    std::vector<std::byte> m_copy;
};
// essential: end

template <class LinkType>
class Baseline : public Mechanism
{
public:
    explicit Baseline(MechanismInfo info) : m_info(std::move(info)) {}
    MechanismInfo info() const override { return m_info; }
    Result<std::unique_ptr<Link>> create(Place &, Fds &) const override { return std::make_unique<LinkType>(); }
    Result<std::unique_ptr<Link>> open(const Place &, Fds) const override { return std::make_unique<LinkType>(); }

private:
    MechanismInfo m_info;
};

MechanismInfo baselineInfo(const char *name, const char *title, const char *summary, const char *dataPath,
                           double copies)
{
    MechanismInfo info;
    info.name = name;
    info.title = title;
    info.family = Family::Baseline;
    info.summary = summary;
    info.dataPath = dataPath;
    info.partner = Partner::None;
    info.userCopies = copies;
    info.source = "ipc/lab/mechanisms/baseline.cpp";
    return info;
}

} // namespace

std::unique_ptr<Mechanism> nullMechanism()
{
    return std::make_unique<Baseline<NullLink>>(baselineInfo(
        "null", "Nothing (baseline)", "One process writes a message and checks it, without sending it anywhere.",
        "stays where it is", 0));
}

std::unique_ptr<Mechanism> memcpyMechanism()
{
    return std::make_unique<Baseline<CopyLink>>(
        baselineInfo("memcpy", "One copy (baseline)",
                     "One process writes a message, copies it once, and checks the copy.", "memory -> memory", 1));
}

} // namespace bulkhead::lab
