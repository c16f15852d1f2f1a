// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/CompareCard.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/ToolTip.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace ui::catalog {

using namespace core::catalog;

CompareCard::CompareCard(Prices &prices, QWidget *parent)
    : ui::Card(parent)
    , m_prices(prices)
    , m_builds(TorchBuilds::shipped())
    , m_first(new QComboBox)
    , m_second(new QComboBox)
    , m_grid(new QGridLayout)
    , m_ratioTitle(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_cudaLabel(new Label(TextStyle::Body))
    , m_cuda(new QLineEdit)
    , m_torchLabel(new Label(TextStyle::Body))
    , m_torch(new QLineEdit)
    , m_sign(new IconView)
    , m_verdict(new Label(TextStyle::Body))
{
    setObjectName(QStringLiteral("compareCard"));
    m_first->setObjectName(QStringLiteral("compareFirst"));
    m_second->setObjectName(QStringLiteral("compareSecond"));
    m_grid->setHorizontalSpacing(space::l);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->addWidget(m_first, 0, 1);
    m_grid->addWidget(m_second, 0, 2);
    m_grid->addWidget(m_ratioTitle, 0, 3);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        Line &line = m_lines[i];
        line.name = new Label(TextStyle::Body, TextTone::Secondary);
        line.first = new Label(TextStyle::Body);
        line.second = new Label(TextStyle::Body);
        line.ratio = new Label(TextStyle::Strong);
        int column = 0;
        for (Label *label : {line.name, line.first, line.second, line.ratio}) {
            label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
            label->setWordWrap(i + 3 >= m_lines.size() && column > 0);
            m_grid->addWidget(label, int(i) + 1, column++);
        }
        line.first->setObjectName(QStringLiteral("compareFirst%1").arg(i));
        line.second->setObjectName(QStringLiteral("compareSecond%1").arg(i));
        line.ratio->setObjectName(QStringLiteral("compareRatio%1").arg(i));
    }
    m_grid->setColumnStretch(1, 2);
    m_grid->setColumnStretch(2, 2);
    m_grid->setColumnStretch(3, 1);
    body()->addLayout(m_grid);
    buildCuda();
    for (QComboBox *box : {m_first, m_second}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        fill(box);
        connect(box, &QComboBox::currentIndexChanged, this, &CompareCard::compare);
    }
    connect(&m_prices, &Prices::ownChanged, this, [this] {
        fill(m_first);
        fill(m_second);
    });
    const auto named = [this](const char *name) {
        return m_prices.cards().match(QLatin1StringView(name)).best();
    };
    choose(named("RTX 4090"), named("RTX 3090"));
    retranslate();
}

void CompareCard::buildCuda()
{
    m_cuda->setObjectName(QStringLiteral("cudaVersion"));
    m_torch->setObjectName(QStringLiteral("torchVersion"));
    m_verdict->setObjectName(QStringLiteral("cudaVerdict"));
    m_cuda->setPlaceholderText(QStringLiteral("12.4"));
    m_torch->setPlaceholderText(QStringLiteral("2.5.1+cu124"));
    m_cuda->setMaximumWidth(96);
    m_torch->setMaximumWidth(144);
    m_verdict->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_cudaLabel, m_cuda, m_torchLabel, m_torch, m_sign})
        row->addWidget(widget);
    row->addWidget(m_verdict, 1);
    body()->addSpacing(space::s);
    body()->addLayout(row);
    for (QLineEdit *field : {m_cuda, m_torch})
        connect(field, &QLineEdit::textChanged, this, &CompareCard::updateCuda);
}

/// All cards, the user's own first.
void CompareCard::fill(QComboBox *box)
{
    const QSignalBlocker block(box);
    const QVariant chosen = box->currentData();
    box->clear();
    for (const bool own : {true, false}) {
        const auto &cards = m_prices.cards().cards();
        for (std::size_t i = 0; i < cards.size(); ++i) {
            if (m_prices.isOwn(cards[i]) == own)
                box->addItem(own ? icon(Icon::Star, IconTone::Accent) : QIcon(), cards[i].name,
                             int(i));
        }
    }
    if (chosen.isValid())
        box->setCurrentIndex(box->findData(chosen));
}

const GpuCard *CompareCard::cardOf(const QComboBox *box) const
{
    const QVariant chosen = box->currentData();
    return chosen.isValid() ? &m_prices.cards().cards()[chosen.toUInt()] : nullptr;
}

void CompareCard::choose(const GpuCard *first, const GpuCard *second)
{
    const auto set = [this](QComboBox *box, const GpuCard *card) {
        const QSignalBlocker block(box);
        if (card)
            box->setCurrentIndex(box->findData(int(card - m_prices.cards().cards().data())));
    };
    set(m_first, first);
    set(m_second, second);
    compare();
}

void CompareCard::setLine(std::size_t line, const QString &name, const QString &first,
                          const QString &second, const QString &ratio)
{
    Line &labels = m_lines.at(line);
    labels.name->setText(name);
    labels.first->setText(first);
    labels.second->setText(second);
    labels.ratio->setText(ratio);
}

void CompareCard::compare()
{
    const GpuCard *one = first();
    const GpuCard *other = second();
    if (!one || !other)
        return;
    std::size_t at = 0;
    for (const FigureComparison &figure : compareCards(*one, *other)) {
        setLine(at, figureName(figure.figure), figureWithUnit(figure.first, figure.figure),
                figureWithUnit(figure.second, figure.figure),
                //: How many times one figure another is: "0.43 ×"
                figure.secondToFirst ? tr("%1 ×").arg(format::number(figure.secondToFirst, 2))
                                     : format::absent());
        m_lines.at(at).first->setToolTip(plainToolTip(sourceText(*one, figure.figure)));
        m_lines.at(at).second->setToolTip(plainToolTip(sourceText(*other, figure.figure)));
        ++at;
    }
    const auto architecture = [](const GpuCard &card) {
        return card.vendor + u' ' + card.architecture;
    };
    const auto cuda = [](const GpuCard &card) {
        if (!card.minCuda)
            return format::absent();
        return card.maxCuda ? tr("%1 to %2").arg(card.minCuda->text(), card.maxCuda->text())
                            : tr("%1 or newer").arg(card.minCuda->text());
    };
    const auto source = [](const GpuCard &card) {
        QString words = format::absent();
        if (!card.sources.isEmpty())
            words =
                card.sources.join(QStringLiteral("; ")) + QStringLiteral(" (%1)").arg(card.asOf);
        // Addresses may be broken after their slashes, or they make the window wide.
        words.replace(u'/', QStringLiteral("/\u200b"));
        return words;
    };
    setLine(at++, tr("BF16"), yesNo(one->bf16), yesNo(other->bf16));
    setLine(at++, tr("Architecture"), architecture(*one), architecture(*other));
    setLine(at++, tr("Compute capability, CUDA"),
            versionText(one->computeCapability) + QStringLiteral(", ") + cuda(*one),
            versionText(other->computeCapability) + QStringLiteral(", ") + cuda(*other));
    setLine(at++, tr("FP16 figure"), fp16Basis(*one), fp16Basis(*other));
    const auto orAbsent = [](const QString &text) {
        return text.isEmpty() ? format::absent() : text;
    };
    setLine(at++, tr("Note"), orAbsent(one->note), orAbsent(other->note));
    setLine(at++, tr("Sources"), source(*one), source(*other));
    updateCuda();
}

void CompareCard::tellCuda(const QString &words, bool isTrouble)
{
    m_verdict->setText(words);
    m_verdict->setTone(isTrouble ? TextTone::Warning : TextTone::Primary);
    m_sign->set(isTrouble ? icon(Icon::Warning, IconTone::Warn)
                          : icon(Icon::Info, IconTone::Secondary));
}

void CompareCard::updateCuda()
{
    const GpuCard *card = first();
    if (!card)
        return;
    const QString cudaTyped = m_cuda->text().trimmed();
    const QString torchTyped = m_torch->text().trimmed();
    const auto cuda = DottedVersion::parse(cudaTyped);
    const auto torch = TorchVersion::parse(torchTyped);
    if (cudaTyped.isEmpty() && torchTyped.isEmpty()) {
        tellCuda(card->minCuda ? tr("The %1 needs an image with CUDA %2 or newer.")
                                     .arg(card->name, card->minCuda->text())
                               : tr("Type the CUDA or torch version of an image to see whether it "
                                    "drives the %1.")
                                     .arg(card->name),
                 false);
        return;
    }
    if ((!cudaTyped.isEmpty() && !cuda) || (!torchTyped.isEmpty() && !torch)) {
        tellCuda(tr("Versions look like 12.4, and like 2.5.1 or 2.5.1+cu124 for torch."), true);
        return;
    }
    QStringList words;
    bool isTrouble = false;
    const auto add = [&](const CudaCheck &check) {
        words.append(cudaText(check, *card));
        isTrouble = isTrouble || isCudaTrouble(check.verdict);
    };
    if (cuda)
        add(checkCuda(*card, *cuda));
    if (torch && m_builds)
        add(m_builds->check(*card, *torch, cuda));
    words.removeDuplicates();
    tellCuda(words.join(u' '), isTrouble);
}

void CompareCard::retranslate()
{
    setTitle(tr("Two cards compared"));
    //: Column: the second card's figure over the first one's
    m_ratioTitle->setText(tr("Second to first"));
    m_first->setAccessibleName(tr("First card"));
    m_second->setAccessibleName(tr("Second card"));
    m_cudaLabel->setText(tr("Image with CUDA"));
    m_cuda->setAccessibleName(tr("CUDA version of the image"));
    m_torchLabel->setText(tr("torch"));
    m_torch->setAccessibleName(tr("torch version of the image"));
    compare();
}

void CompareCard::changeEvent(QEvent *event)
{
    ui::Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
