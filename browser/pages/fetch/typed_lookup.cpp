// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/typed_lookup.h"

#include "browser/pages/fetch/disk_queue.h"
#include "browser/pages/network/postbox.h"

namespace bulkhead {

TypedLookup::TypedLookup(QObject *parent)
    : QObject(parent), m_disk(std::make_shared<DiskQueue>()), m_postbox(std::make_shared<Postbox>(this))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { answer(m_address->assumed()); });
}

TypedLookup::~TypedLookup()
{
    m_postbox->close();
}

void TypedLookup::ask(const TypedAddress &address, std::function<void(const Result<QUrl> &)> done)
{
    cancel();
    if (address.settled())
        return done(*address.settled());
    m_done = std::move(done);
    m_address = address;
    m_patience.start();
    m_disk->add(DiskClient::ofPerson(address.path()),
                [this, postbox = m_postbox, address, question = m_question](const DiskThread &thread) {
                    postbox->post([this, question, found = address.lookedUp(thread)] {
                        if (question == m_question)
                            answer(found);
                    });
                });
}

void TypedLookup::cancel()
{
    ++m_question;
    m_patience.stop();
    m_done = nullptr;
    m_address.reset();
}

void TypedLookup::answer(const Result<QUrl> &found)
{
    const auto done = std::move(m_done);
    cancel();
    if (done)
        done(found);
}

} // namespace bulkhead
