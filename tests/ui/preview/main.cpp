// SPDX-License-Identifier: GPL-3.0-or-later
// Paints widgets with made-up data into PNG files, to be looked at:
// ui_preview FOLDER [SCENE...] [--dark] [--size 1040x740] [--full] [--lang zh_CN --qm FILE].
// Honours QT_SCALE_FACTOR.
#include "tests/ui/preview/Gallery.h"
#include "tests/ui/preview/MonitorScenes.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QScrollArea>
#include <QTextStream>
#include <QTranslator>

#include <memory>

namespace {

/// As high as the whole content of its scroll area, so that one picture shows all of a page.
void growToContent(QWidget &page)
{
    auto *area = page.findChild<QScrollArea *>(QStringLiteral("monitorScroll"));
    if (!area || !area->isVisible() || !area->widget())
        return;
    const int content = area->widget()->heightForWidth(area->viewport()->width());
    const int height = std::max(content, area->widget()->sizeHint().height());
    page.resize(page.width(), page.height() - area->viewport()->height() + height);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"),
                                 QStringLiteral("where the PNG files go"));
    parser.addPositionalArgument(QStringLiteral("scene"), QStringLiteral("which; all without one"));
    const QCommandLineOption dark(QStringLiteral("dark"));
    const QCommandLineOption full(QStringLiteral("full"));
    const QCommandLineOption size(QStringLiteral("size"), {}, QStringLiteral("WxH"));
    const QCommandLineOption qm(QStringLiteral("qm"), {}, QStringLiteral("FILE"));
    const QCommandLineOption suffix(QStringLiteral("suffix"), {}, QStringLiteral("TEXT"));
    parser.addOptions({dark, full, size, qm, suffix});
    parser.addHelpOption();
    parser.process(application);
    QStringList scenes = parser.positionalArguments();
    if (scenes.isEmpty())
        parser.showHelp(2);
    const QDir folder(scenes.takeFirst());
    if (scenes.isEmpty())
        scenes = preview::monitorScenes() << QStringLiteral("gallery");
    QTranslator translator;
    if (parser.isSet(qm) && translator.load(parser.value(qm))) {
        QLocale::setDefault(QLocale(QLocale::Chinese, QLocale::China));
        application.installTranslator(&translator);
    }
    const ui::Theme theme(application,
                          parser.isSet(dark) ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    for (const QString &name : std::as_const(scenes)) {
        const std::unique_ptr<QWidget> page(name == QLatin1StringView("gallery")
                                                ? preview::makeGallery()
                                                : preview::makeMonitor(name));
        if (!page) {
            QTextStream(stderr) << "no scene " << name << '\n';
            return 2;
        }
        if (parser.isSet(size)) {
            const QStringList sides = parser.value(size).split(QLatin1Char('x'));
            page->resize(sides.value(0).toInt(), sides.value(1).toInt());
        }
        page->show();
        QCoreApplication::processEvents();
        if (QWidget *focused = page->focusWidget())
            focused->clearFocus();
        if (parser.isSet(full)) {
            growToContent(*page);
            QCoreApplication::processEvents();
        }
        const QString path = folder.filePath(name + parser.value(suffix) + QStringLiteral(".png"));
        if (!page->grab().save(path)) {
            QTextStream(stderr) << "cannot write " << path << '\n';
            return 1;
        }
    }
    return 0;
}
