// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NewsBanner.h"

#include <QEvent>
#include <QPushButton>

#include <algorithm>

namespace ui::shell {

using namespace std::chrono_literals;

namespace {

constexpr auto briefTime = 8s;
constexpr std::size_t mostNews = 20;

} // namespace

NewsBanner::NewsBanner(QWidget *parent)
    : Banner(parent)
{
    setObjectName(QStringLiteral("news"));
    setClosable(true);
    hide();
    m_end.setSingleShot(true);
    connect(this, &Banner::closed, this, &NewsBanner::dropFirst);
    connect(&m_end, &QTimer::timeout, this, &NewsBanner::dropFirst);
}

void NewsBanner::add(const Notification &notification, bool isBrief)
{
    if (!notification.topic.isEmpty())
        std::erase_if(m_news,
                      [&](const Notification &one) { return one.topic == notification.topic; });
    m_news.push_front(notification);
    if (m_news.size() > mostNews)
        m_news.pop_back();
    showFirst();
    if (isBrief)
        m_end.start(briefTime);
}

void NewsBanner::dropFirst()
{
    if (!m_news.empty())
        m_news.pop_front();
    showFirst();
}

void NewsBanner::showFirst()
{
    m_end.stop();
    clearActions();
    setVisible(!m_news.empty());
    if (m_news.empty())
        return;
    const Notification &first = m_news.front();
    const Kind kind = first.kind == Notification::Kind::Good      ? Kind::Good
                      : first.kind == Notification::Kind::Warning ? Kind::Warning
                                                                  : Kind::Info;
    QString details = first.text;
    if (m_news.size() > 1) {
        const QString more = tr("and %n more", nullptr, int(m_news.size()) - 1);
        details += details.isEmpty() ? more : u'\n' + more;
    }
    setMessage(kind, first.title, details);
    if (!first.open)
        return;
    QPushButton *show = addAction(tr("Show"));
    show->setObjectName(QStringLiteral("newsShow"));
    connect(show, &QPushButton::clicked, this, [this, open = first.open] {
        dropFirst();
        open();
    });
}

void NewsBanner::changeEvent(QEvent *event)
{
    Banner::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showFirst();
}

} // namespace ui::shell
