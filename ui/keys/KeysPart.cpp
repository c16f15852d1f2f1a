// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/KeysPart.h"

namespace ui::keys {

ErrorContext keyContext(const QString &path)
{
    ErrorContext context;
    context.path = path;
    context.auth = ErrorContext::Auth::Key;
    return context;
}

KeysPart::KeysPart(const char *bannerName, QWidget *parent)
    : QWidget(parent)
    , m_tools(new QWidget(this))
    , m_banner(new Banner)
{
    m_banner->setObjectName(QLatin1StringView(bannerName));
    m_banner->setClosable(true);
    m_banner->hide();
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
}

void KeysPart::tell(Banner::Kind kind, const QString &text, const QString &details)
{
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(kind, text, details);
    m_banner->show();
}

void KeysPart::showError(const core::Error &error, const ErrorContext &context)
{
    if (error.code == core::ErrorCode::Cancelled) {
        m_banner->hide();
        return;
    }
    // What the buttons would do belongs to an instance's page.
    m_banner->setError(withoutActions(describe(error, context)));
    m_banner->show();
}

} // namespace ui::keys
