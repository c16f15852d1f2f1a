// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Describe.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

class IconView;

/// A strip that tells something and offers what to do about it; in the page, never a dialog.
class Banner : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "group")

public:
    enum class Kind { Info, Good, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);

    /// \a details: more words below the first line, "" for none.
    void setMessage(Kind kind, const QString &text, const QString &details = {});
    /// Words, both buttons and the technical line of an error; actionTriggered() tells which
    /// button.
    void setError(const Description &description);
    /// The technical line, folded away until asked for; "" removes it.
    void setTechnical(const QString &text);
    /// Buttons from left to right; the first is the obvious one. Removed by clearActions().
    QPushButton *addAction(const QString &text);
    void clearActions();
    void setClosable(bool closable);
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered(ui::ErrorAction action);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void retranslate();
    void showTechnical(bool shown);

    Kind m_kind = Kind::Info;
    IconView *m_sign;
    QLabel *m_text;
    QLabel *m_details;
    QLabel *m_technical;
    QPushButton *m_detailsButton;
    QPushButton *m_copyButton;
    QToolButton *m_close;
    QHBoxLayout *m_actions;
    QList<QPushButton *> m_actionButtons;
};

} // namespace ui
