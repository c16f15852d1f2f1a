// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace core::ssh {
class Session;
}
namespace core::transfer {
class RemoteAction;
}

namespace ui {
class Banner;
class EmptyState;
class Label;
} // namespace ui

namespace ui::files {

/// A window that shows a remote text or picture without keeping a copy.
class FileViewer final : public QWidget
{
    Q_OBJECT

public:
    explicit FileViewer(QWidget *parent = nullptr);
    ~FileViewer() override;

    /// Reads and shows it; the window opens at once.
    void show(core::ssh::Session &session, const QByteArray &path);

Q_SIGNALS:
    void editRequested(const QByteArray &path);
    void downloadRequested(const QByteArray &path);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void take(core::transfer::RemoteAction *read);
    void fitPicture();

    QByteArray m_path;
    QPixmap m_picture;
    QPointer<core::transfer::RemoteAction> m_read;
    Label *m_note;
    QPushButton *m_edit;
    QPushButton *m_download;
    QStackedWidget *m_pages;
    EmptyState *m_other;
    QPlainTextEdit *m_text;
    QLabel *m_image;
};

} // namespace ui::files
