// SPDX-License-Identifier: GPL-3.0-or-later
// Files of this machine dropped on an instance, in the list or on its Monitor tab.
#include "ui/files/FileDrop.h"
#include "ui/files/FilesPage.h"
#include "ui/shell/MainWindow.h"

#include <QPointer>
#include <QWidget>

namespace ui::shell {

void MainWindow::takeDrops(QWidget *widget, const InstanceAt &instanceAt)
{
    const auto chosen = std::make_shared<QPointer<core::fleet::Instance>>();
    auto *drop = new files::FileDrop(widget, [instanceAt, chosen](const QPoint &position) {
        const auto [instance, box] = instanceAt(position);
        *chosen = instance;
        const QByteArray disk = instance ? files::FilesPage::dataDisk(*instance) : QByteArray();
        return files::FileDrop::Place{disk, box, false};
    });
    connect(drop, &files::FileDrop::filesDropped, this,
            [this, chosen](const QStringList &paths, const QByteArray &directory) {
                if (*chosen)
                    filesPage()->uploadTo(**chosen, paths, directory);
            });
}

} // namespace ui::shell
