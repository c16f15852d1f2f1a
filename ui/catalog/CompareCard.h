// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CudaSupport.h"
#include "ui/catalog/Prices.h"
#include "ui/common/Card.h"

#include <array>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace ui {
class IconView;
class Label;
} // namespace ui

namespace ui::catalog {

/// Two cards side by side in every figure, with what the second has of the first; and whether a
/// CUDA or torch can drive the first.
class CompareCard final : public ui::Card
{
    Q_OBJECT

public:
    explicit CompareCard(Prices &prices, QWidget *parent = nullptr);

    /// The first of the two; \a second too, unless it is null.
    void choose(const GpuCard *first, const GpuCard *second = nullptr);
    [[nodiscard]] const GpuCard *first() const { return cardOf(m_first); }
    [[nodiscard]] const GpuCard *second() const { return cardOf(m_second); }

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        Label *name = nullptr;
        Label *first = nullptr;
        Label *second = nullptr;
        Label *ratio = nullptr;
    };
    void buildCuda();
    [[nodiscard]] const GpuCard *cardOf(const QComboBox *box) const;
    void fill(QComboBox *box);
    void compare();
    void setLine(std::size_t line, const QString &name, const QString &first, const QString &second,
                 const QString &ratio = {});
    void updateCuda();
    void tellCuda(const QString &words, bool isTrouble);
    void retranslate();

    Prices &m_prices;
    core::Result<core::catalog::TorchBuilds> m_builds;
    QComboBox *m_first;
    QComboBox *m_second;
    QGridLayout *m_grid;
    Label *m_ratioTitle;
    std::array<Line, 11> m_lines;
    Label *m_cudaLabel;
    QLineEdit *m_cuda;
    Label *m_torchLabel;
    QLineEdit *m_torch;
    IconView *m_sign;
    Label *m_verdict;
};

} // namespace ui::catalog
