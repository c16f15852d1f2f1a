// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Card.h"

class QCheckBox;

namespace core {
struct Error;
}

namespace core::fleet {
class SshConfigKeeper;
}

namespace ui {
class Banner;
class Label;
} // namespace ui

namespace ui::settings {

/// Lets VS Code, scp and ssh in a terminal know the instances by name: the block in ~/.ssh/config,
/// on or off, and what is in it.
class SshConfigCard final : public Card
{
    Q_OBJECT

public:
    explicit SshConfigCard(core::fleet::SshConfigKeeper &keeper, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();
    void updateBanner();
    void showError(const core::Error &error);

    core::fleet::SshConfigKeeper &m_keeper;
    Label *m_heading;
    QCheckBox *m_on;
    Label *m_words;
    Label *m_namesWords;
    Label *m_names;
    Label *m_left;
    Label *m_backup;
    Banner *m_banner;
};

} // namespace ui::settings
