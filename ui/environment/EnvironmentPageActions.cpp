// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked before an environment, a mirror or a cache is changed.
#include "core/env/Actions.h"
#include "ui/common/Format.h"
#include "ui/environment/ActionDialog.h"
#include "ui/environment/EnvironmentPage.h"
#include "ui/environment/EnvironmentWords.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>

namespace ui::environment {

using core::env::Cache;
using core::env::Environment;
using core::env::Mirror;
using core::env::Report;

namespace {

/// Those that have an address in \a part, behind what stands for none.
std::vector<const Mirror *> mirrorsWith(QByteArray Mirror::*part)
{
    std::vector<const Mirror *> all{nullptr};
    for (const Mirror &mirror : core::env::mirrors()) {
        if (!(mirror.*part).isEmpty())
            all.push_back(&mirror);
    }
    return all;
}

QStringList mirrorNames(const std::vector<const Mirror *> &all, const QString &none)
{
    QStringList names{none};
    for (const Mirror *mirror : all) {
        if (mirror)
            names.append(QString::fromUtf8(mirror->name));
    }
    return names;
}

QByteArray typed(const QLineEdit *field)
{
    return field->text().trimmed().toUtf8();
}

} // namespace

/// Belongs to the page and to what it showed when it was opened.
ActionDialog *EnvironmentPage::makeDialog(const QString &title, const QString &startText)
{
    auto *dialog = new ActionDialog(title, startText, this);
    // Another instance may be shown by the time it is answered.
    connect(dialog, &ActionDialog::startRequested, this,
            [this, watch = m_watch](const core::jobs::JobSpec &spec) {
                if (watch && watch == m_watch)
                    startJob(spec);
            });
    return dialog;
}

void EnvironmentPage::askNew()
{
    if (!m_report)
        return;
    ActionDialog *dialog = makeDialog(tr("New environment"), tr("Create"));
    const QLineEdit *name = dialog->addLine(tr("Name"), "environmentName", QStringLiteral("train"));
    const QComboBox *python =
        dialog->addChoice(QStringLiteral("Python"), "environmentPython",
                          {QStringLiteral("3.12"), QStringLiteral("3.11"), QStringLiteral("3.10"),
                           QStringLiteral("3.9"), QStringLiteral("3.8"), QStringLiteral("3.13")});
    const QLineEdit *packages =
        dialog->addLine(tr("Packages"), "environmentPackageNames", QStringLiteral("numpy pandas"));
    const auto mirrors = mirrorsWith(&Mirror::conda);
    const QComboBox *mirror =
        dialog->addChoice(tr("From"), "environmentMirror", mirrorNames(mirrors, tr("As set up")));
    dialog->setMaker([report = *m_report, name, python, packages, mirrors, mirror] {
        return createJob(report, {typed(name), python->currentText().toUtf8(), typed(packages),
                                  mirrors[std::size_t(mirror->currentIndex())]});
    });
    dialog->open();
}

void EnvironmentPage::askClone()
{
    const EnvironmentRow *row = current();
    if (!row || !m_report)
        return;
    //: %1 is an environment's name
    ActionDialog *dialog = makeDialog(tr("Clone %1").arg(titleOf(row->environment)), tr("Clone"));
    dialog->setWords(tr("The copy has the same packages and can be changed by itself."));
    const QLineEdit *name = dialog->addLine(tr("Name of the copy"), "environmentName");
    dialog->setMaker([report = *m_report, from = row->environment, name] {
        return cloneJob(report, from, typed(name));
    });
    dialog->open();
}

void EnvironmentPage::askRemove()
{
    const EnvironmentRow *row = current();
    if (!row || !m_report)
        return;
    const Environment &one = row->environment;
    ActionDialog *dialog = makeDialog(tr("Remove %1?").arg(titleOf(one)), tr("Remove"));
    const QString path = QString::fromUtf8(one.path);
    dialog->setWords(row->bytes
                         //: %1 is a folder, %2 its size
                         ? tr("%1 goes with all packages in it: %2. This can't be undone.")
                               .arg(path, format::bytes(double(*row->bytes)))
                         : tr("%1 goes with all packages in it. This can't be undone.").arg(path));
    dialog->setDestructive();
    dialog->setMaker([report = *m_report, one] { return removeJob(report, one); });
    dialog->open();
}

void EnvironmentPage::askInstall()
{
    const EnvironmentRow *row = current();
    if (!row || !m_report)
        return;
    const Environment &one = row->environment;
    ActionDialog *dialog =
        makeDialog(tr("Install packages into %1").arg(titleOf(one)), tr("Install"));
    const QLineEdit *packages = dialog->addLine(tr("Packages"), "environmentPackageNames",
                                                QStringLiteral("transformers datasets>=2.0"));
    QStringList tools{QStringLiteral("pip")};
    if (one.kind == Environment::Kind::Conda)
        tools.append(QStringLiteral("conda"));
    const QComboBox *tool = dialog->addChoice(tr("With"), "environmentTool", tools);
    const QLineEdit *requirements =
        dialog->addLine(tr("Requirements file"), "environmentRequirements",
                        tr("Optional, on the instance: /root/project/requirements.txt"));
    const auto mirrors = mirrorsWith(&Mirror::pip);
    const QComboBox *mirror =
        dialog->addChoice(tr("From"), "environmentMirror", mirrorNames(mirrors, tr("As set up")));
    dialog->setMaker([report = *m_report, one, packages, tool, requirements, mirrors, mirror] {
        return installJob(report, one,
                          {tool->currentIndex() == 1, typed(packages), typed(requirements),
                           mirrors[std::size_t(mirror->currentIndex())]});
    });
    dialog->open();
}

void EnvironmentPage::askTorch()
{
    const EnvironmentRow *row = current();
    if (!row || !m_report || !row->fit.advice)
        return;
    const core::env::TorchAdvice &advice = *row->fit.advice;
    ActionDialog *dialog = makeDialog(
        //: %1 is a version, %2 a version of CUDA, %3 an environment's name
        tr("Install PyTorch %1 with CUDA %2 into %3")
            .arg(advice.torch.text(), advice.cuda.text(), titleOf(row->environment)),
        tr("Install"));
    dialog->setWords(fitReason(row->fit, row->environment) + u' ' +
                     tr("This build can. It is some gigabytes to download."));
    dialog->setMaker([report = *m_report, one = row->environment, words = advice.pipWords] {
        return pipJob(report, one, words);
    });
    dialog->open();
}

void EnvironmentPage::askPlain(const QString &title, const QString &words, const Specs &spec)
{
    ActionDialog *dialog = makeDialog(title, tr("Run"));
    dialog->setWords(words);
    dialog->setMaker([spec] { return spec; });
    dialog->open();
}

void EnvironmentPage::askAptInstall()
{
    ActionDialog *dialog = makeDialog(tr("Install system packages"), tr("Install"));
    dialog->setWords(tr("Where a package is not found, update the lists first."));
    const QLineEdit *packages =
        dialog->addLine(tr("Packages"), "environmentPackageNames", QStringLiteral("zip htop"));
    dialog->setMaker(
        [report = *m_report, packages] { return aptInstallJob(report, typed(packages)); });
    dialog->open();
}

void EnvironmentPage::askPipMirror()
{
    ActionDialog *dialog = makeDialog(tr("Mirror for pip"), tr("Set"));
    dialog->setWords(tr("Now: %1").arg(mirrorText(m_report->settings.pipIndex)));
    const auto mirrors = mirrorsWith(&Mirror::pip);
    QComboBox *mirror = dialog->addChoice(tr("Mirror"), "environmentMirror",
                                          mirrorNames(mirrors, tr("Back to the default")));
    mirror->setCurrentIndex(1);
    dialog->setMaker([report = *m_report, mirrors, mirror] {
        return pipMirrorJob(report, mirrors[std::size_t(mirror->currentIndex())]);
    });
    dialog->open();
}

void EnvironmentPage::askCondaMirror()
{
    ActionDialog *dialog = makeDialog(tr("Mirror for conda"), tr("Set"));
    dialog->setWords(tr("Now: %1").arg(mirrorText(m_report->settings.condaChannel)));
    const auto mirrors = mirrorsWith(&Mirror::conda);
    QComboBox *mirror = dialog->addChoice(tr("Mirror"), "environmentMirror",
                                          mirrorNames(mirrors, tr("Back to the default")));
    mirror->setCurrentIndex(1);
    dialog->setMaker([report = *m_report, mirrors, mirror] {
        return condaMirrorJob(report, mirrors[std::size_t(mirror->currentIndex())]);
    });
    dialog->open();
}

void EnvironmentPage::askHfMirror()
{
    ActionDialog *dialog = makeDialog(tr("Mirror for Hugging Face"), tr("Set"));
    dialog->setWords(tr("It is one line in ~/.bashrc; new terminals and jobs have it."));
    QComboBox *mirror =
        dialog->addChoice(tr("Mirror"), "environmentMirror",
                          {tr("Back to the default"), QLatin1StringView(core::env::hfMirror)});
    mirror->setCurrentIndex(1);
    dialog->setMaker([report = *m_report, mirror] {
        return hfMirrorJob(report, mirror->currentIndex() == 1
                                       ? std::optional(QByteArray(core::env::hfMirror))
                                       : std::nullopt);
    });
    dialog->open();
}

void EnvironmentPage::askCache(Cache cache, const QString &title)
{
    ActionDialog *dialog = makeDialog(title, tr("Move"));
    QString words = tr("What is there is copied first and taken away last: broken off, nothing is "
                       "lost, and it can be run again.");
    if (cache == Cache::Conda)
        words += u' ' + tr("Environments on the system disk then no longer share files with the "
                           "cache and take more room.");
    dialog->setWords(words);
    const QComboBox *where = dialog->addChoice(
        tr("Where to"), "environmentWhere",
        {QString::fromUtf8(movedCache(*m_report, cache)),
         //: %1 is a folder
         tr("Back to %1").arg(QString::fromUtf8(defaultCache(*m_report, cache)))});
    dialog->setMaker([report = *m_report, cache, where] {
        return moveCacheJob(report, cache, where->currentIndex() == 0);
    });
    dialog->open();
}

void EnvironmentPage::fillSetUp()
{
    m_setUpMenu->clear();
    if (!m_report || !session())
        return;
    const Report &report = *m_report;
    const auto add = [this](const QString &words, const char *name, bool can, auto slot) {
        QAction *action = m_setUpMenu->addAction(words, this, slot);
        action->setObjectName(QLatin1StringView(name));
        action->setEnabled(can);
    };
    const bool hasConda = report.conda() != nullptr;
    const bool hasDisk = report.dataDisk.has_value();
    add(tr("Mirror for pip…"), "setUpPipMirror", true, [this] { askPipMirror(); });
    add(tr("Mirror for conda…"), "setUpCondaMirror", hasConda, [this] { askCondaMirror(); });
    add(tr("Mirror for Hugging Face…"), "setUpHfMirror", true, [this] { askHfMirror(); });
    m_setUpMenu->addSeparator();
    const std::tuple<QString, const char *, Cache, bool> caches[] = {
        {tr("Cache of pip on the data disk…"), "setUpPipCache", Cache::Pip, hasDisk},
        {tr("Cache of conda on the data disk…"), "setUpCondaCache", Cache::Conda,
         hasDisk && hasConda},
        {tr("Cache of Hugging Face on the data disk…"), "setUpHfCache", Cache::HuggingFace,
         hasDisk}};
    for (const auto &[words, name, cache, can] : caches)
        add(words, name, can,
            [this, cache = cache, title = QString(words).remove(u'…')] { askCache(cache, title); });
    m_setUpMenu->addSeparator();
    if (report.isCondaInitialised)
        add(tr("Undo conda init…"), "setUpCondaInit", hasConda, [this] {
            askPlain(tr("Undo conda init"),
                     tr("New terminals then begin without conda's environment."),
                     condaInitJob(*m_report, false));
        });
    else
        add(tr("conda init…"), "setUpCondaInit", hasConda, [this] {
            askPlain(tr("Let terminals begin with conda"),
                     tr("It writes a block into ~/.bashrc; new terminals then show (base)."),
                     condaInitJob(*m_report, true));
        });
    m_setUpMenu->addSeparator();
    add(tr("Update apt's lists…"), "setUpAptUpdate", report.hasApt, [this] {
        askPlain(tr("Update apt's lists"), tr("So that apt knows which packages there are now."),
                 aptUpdateJob(*m_report));
    });
    add(tr("Install system packages…"), "setUpAptInstall", report.hasApt,
        [this] { askAptInstall(); });
}

} // namespace ui::environment
