// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Operation.h"
#include "ui/common/Banner.h"

#include <QPointer>
#include <QWidget>

namespace ui::keys {

/// One of the places that the Keys page shows keys of: what they share, a strip that tells and one
/// operation at a time.
class KeysPart : public QWidget
{
    Q_OBJECT

public:
    /// What stands beside the page's title while this part is shown.
    [[nodiscard]] QWidget *tools() const { return m_tools; }
    virtual void refresh() = 0;

protected:
    /// \a bannerName: the strip's object name.
    explicit KeysPart(const char *bannerName, QWidget *parent = nullptr);

    virtual void updateActions() = 0;
    [[nodiscard]] Banner *banner() const { return m_banner; }
    [[nodiscard]] bool isBusy() const { return m_running != nullptr; }
    void tell(Banner::Kind kind, const QString &text, const QString &details = {});
    /// Takes the strip away for a cancelled one.
    void showError(const core::Error &error, const ErrorContext &context);
    /// Ends with \a then, or with \a failed and the error.
    template <typename Operation, typename Then, typename Failed>
    void follow(Operation *operation, Then then, Failed failed);
    /// Ends with \a then or showError().
    template <typename Operation, typename Then>
    void follow(Operation *operation, const ErrorContext &context, Then then)
    {
        follow(operation, then,
               [this, context](const core::Error &error) { showError(error, context); });
    }

private:
    QWidget *m_tools;
    Banner *m_banner;
    QPointer<core::Operation> m_running;
};

/// About a key file.
[[nodiscard]] ErrorContext keyContext(const QString &path);

template <typename Operation, typename Then, typename Failed>
void KeysPart::follow(Operation *operation, Then then, Failed failed)
{
    m_running = operation;
    updateActions();
    connect(operation, &core::Operation::finished, this, [this, operation, then, failed] {
        operation->deleteLater();
        m_running.clear();
        updateActions();
        if (operation->isOk())
            then(operation);
        else
            failed(*operation->error());
    });
}

} // namespace ui::keys
