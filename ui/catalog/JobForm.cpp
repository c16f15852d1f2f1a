// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/JobForm.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QLineEdit>
#include <QSignalBlocker>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr double mostHours = 100'000;
constexpr double mostMemoryGb = 2048;
constexpr std::array jobFigures{Figure::Fp16, Figure::Fp32, Figure::Bandwidth};

} // namespace

JobForm::JobForm(Prices &prices, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_hours(new QDoubleSpinBox)
    , m_card(new QComboBox)
    , m_gpus(new QSpinBox)
    , m_memory(new QDoubleSpinBox)
    , m_figure(new QComboBox)
    , m_setUp(new QDoubleSpinBox)
    , m_noGpu(new QCheckBox)
{
    setFocusProxy(m_hours);
    m_hours->setObjectName(QStringLiteral("jobHours"));
    m_card->setObjectName(QStringLiteral("jobCard"));
    m_gpus->setObjectName(QStringLiteral("jobGpus"));
    m_memory->setObjectName(QStringLiteral("jobMemory"));
    m_figure->setObjectName(QStringLiteral("jobFigure"));
    m_setUp->setObjectName(QStringLiteral("jobSetUp"));
    m_noGpu->setObjectName(QStringLiteral("jobNoGpu"));
    m_hours->setRange(0.1, mostHours);
    m_hours->setDecimals(1);
    m_hours->setValue(30);
    m_gpus->setRange(1, mostGpus);
    m_memory->setRange(0, mostMemoryGb);
    m_memory->setDecimals(0);
    m_memory->setValue(20);
    m_setUp->setRange(0, 1000);
    m_setUp->setDecimals(1);
    m_noGpu->setChecked(true);
    m_card->setEditable(true);
    m_card->setInsertPolicy(QComboBox::NoInsert);
    m_card->setMinimumContentsLength(14);
    m_card->completer()->setFilterMode(Qt::MatchContains);
    m_card->completer()->setCompletionMode(QCompleter::PopupCompletion);
    for (const Figure figure : jobFigures)
        m_figure->addItem(QString(), int(figure));
    fillCards();
    m_card->setEditText(QStringLiteral("RTX 4090"));

    const std::array<QWidget *, 6> fields{m_hours, m_card, m_gpus, m_memory, m_figure, m_setUp};
    auto *row = new QHBoxLayout;
    auto *second = new QHBoxLayout;
    for (QHBoxLayout *layout : {row, second})
        layout->setSpacing(space::m);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        m_labels[i] = new Label(TextStyle::Caption, TextTone::Secondary);
        m_labels[i]->setBuddy(fields[i]);
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(m_labels[i]);
        column->addWidget(fields[i]);
        (i < 4 ? row : second)->addLayout(column, fields[i] == m_card ? 2 : 1);
    }
    second->addWidget(m_noGpu, 2, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(row);
    layout->addLayout(second);

    for (QDoubleSpinBox *field : {m_hours, m_memory, m_setUp})
        connect(field, &QDoubleSpinBox::valueChanged, this, &JobForm::changed);
    connect(m_gpus, &QSpinBox::valueChanged, this, &JobForm::changed);
    connect(m_card, &QComboBox::editTextChanged, this, &JobForm::changed);
    connect(m_figure, &QComboBox::currentIndexChanged, this, &JobForm::changed);
    connect(m_noGpu, &QCheckBox::toggled, this, &JobForm::changed);
    connect(&m_prices, &Prices::ownChanged, this, &JobForm::fillCards);
    retranslate();
}

/// The user's own first; what was typed stays.
void JobForm::fillCards()
{
    const QSignalBlocker block(m_card);
    const QString typed = m_card->currentText();
    m_card->clear();
    for (const bool own : {true, false}) {
        for (const GpuCard &card : m_prices.cards().cards()) {
            if (m_prices.isOwn(card) == own)
                m_card->addItem(own ? icon(Icon::Star, IconTone::Accent) : QIcon(), card.name);
        }
    }
    m_card->setEditText(typed);
}

Job JobForm::job() const
{
    Job job;
    job.card = m_card->currentText().trimmed();
    job.hours = Decimal::nearest(m_hours->value()).value_or(Decimal());
    job.setUpHours = Decimal::nearest(m_setUp->value()).value_or(Decimal());
    job.setUpWithoutGpu = m_noGpu->isChecked();
    if (m_memory->value() > 0)
        job.memoryGb = Decimal::nearest(m_memory->value());
    job.figure = Figure(m_figure->currentData().toInt());
    return job;
}

int JobForm::gpus() const
{
    return m_gpus->value();
}

QJsonObject JobForm::state() const
{
    return {{QStringLiteral("hours"), m_hours->value()},
            {QStringLiteral("card"), m_card->currentText()},
            {QStringLiteral("gpus"), m_gpus->value()},
            {QStringLiteral("memory"), m_memory->value()},
            {QStringLiteral("figure"), m_figure->currentIndex()},
            {QStringLiteral("setUp"), m_setUp->value()},
            {QStringLiteral("noGpu"), m_noGpu->isChecked()}};
}

void JobForm::restore(const QJsonObject &state)
{
    m_hours->setValue(state.value(u"hours").toDouble(m_hours->value()));
    const QString card = state.value(u"card").toString();
    if (!card.isEmpty())
        m_card->setEditText(card.left(80));
    m_gpus->setValue(state.value(u"gpus").toInt(m_gpus->value()));
    m_memory->setValue(state.value(u"memory").toDouble(m_memory->value()));
    const int figure = state.value(u"figure").toInt(m_figure->currentIndex());
    if (figure >= 0 && figure < m_figure->count())
        m_figure->setCurrentIndex(figure);
    m_setUp->setValue(state.value(u"setUp").toDouble(m_setUp->value()));
    m_noGpu->setChecked(state.value(u"noGpu").toBool(m_noGpu->isChecked()));
}

void JobForm::retranslate()
{
    setAccessibleName(tr("Your job"));
    const std::array<QString, 6> names{
        tr("It takes, hours"),   tr("on this card"), tr("GPUs"),
        tr("Memory needed, GB"), tr("Limited by"),   tr("Set-up and uploads, hours")};
    const std::array<QWidget *, 6> fields{m_hours, m_card, m_gpus, m_memory, m_figure, m_setUp};
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_labels.at(i)->setText(names.at(i));
        fields.at(i)->setAccessibleName(names.at(i));
    }
    for (int i = 0; i < m_figure->count(); ++i)
        m_figure->setItemText(i, figureName(Figure(m_figure->itemData(i).toInt())));
    m_figure->setToolTip(tr("The hours on other cards are scaled by this figure alone: FP16 suits "
                            "training with mixed precision, bandwidth suits text generation."));
    m_memory->setToolTip(tr("GPU memory, on each GPU; 0 = any"));
    //: In a field: no memory is asked for
    m_memory->setSpecialValueText(tr("Any"));
    m_noGpu->setText(tr("in no-GPU mode"));
    m_noGpu->setToolTip(tr("Where the provider has one: without its GPU an instance costs a few "
                           "cents an hour, and installing and uploading need no more."));
}

void JobForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
