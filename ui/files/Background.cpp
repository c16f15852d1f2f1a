// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/Background.h"

#include <QPointer>

namespace ui::files {

Background::Background()
    : m_thread(core::startWorkerThread(QStringLiteral("files")))
    , m_worker(new QObject)
{
    m_worker->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
}

Background::~Background()
{
    m_thread.reset(); // before the home that its jobs post to
}

void Background::run(QObject *context, std::function<Then()> job)
{
    // The pointer is only looked at in this thread.
    const auto guard = std::make_shared<QPointer<QObject>>(context);
    QMetaObject::invokeMethod(
        m_worker,
        [home = &m_home, guard, job = std::move(job)] {
            Then then = job();
            QMetaObject::invokeMethod(
                home,
                [guard, then = std::move(then)] {
                    if (*guard && then)
                        then();
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace ui::files
