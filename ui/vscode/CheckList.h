// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vscode/RemoteCheck.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace core {
struct Error;
}

namespace ui {
class IconView;
class Label;
} // namespace ui

namespace ui::vscode {

/// What the look at an instance found, in words: what is fine and what stands in VS Code's way.
class CheckList final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent = nullptr);

    void showWaiting();
    void showError(const core::Error &error);
    void showFacts(const core::vscode::RemoteFacts &facts);

    struct Line
    {
        enum class Kind { Good, Info, Warning, Bad };
        Kind kind = Kind::Good;
        QString text;
    };
    [[nodiscard]] static std::vector<Line> linesOf(const core::vscode::RemoteFacts &facts);

private:
    void showLines(const std::vector<Line> &lines);
};

} // namespace ui::vscode
