// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace core::ssh {
class Session;
}
namespace core::transfer {
class RemoteAction;
}

namespace ui {
class EmptyState;
class Label;
} // namespace ui

namespace ui::files {

class Background;

/// A window that shows a remote text or picture without keeping a copy. Closing it ends the
/// reading. Whatever the file holds, it is only shown: text is plain, pictures are of few formats
/// and of a limited size, and they are decoded in \a Background.
class FileViewer final : public QWidget
{
    Q_OBJECT

public:
    explicit FileViewer(Background &background, QWidget *parent = nullptr);
    ~FileViewer() override;

    /// Reads and shows it; the window opens at once.
    void show(core::ssh::Session &session, const QByteArray &path);
    [[nodiscard]] const QByteArray &path() const { return m_path; }

Q_SIGNALS:
    void editRequested(const QByteArray &path);
    void downloadRequested(const QByteArray &path);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// What came of decoding; of neither: no picture.
    struct Picture
    {
        QImage image;
        QSize pixels; ///< of the file
        bool isTooLarge = false;
    };

    void build();
    void stop();
    void take(core::transfer::RemoteAction *read);
    void showText(const QByteArray &bytes, qint64 size, bool isCut);
    void showPicture(const Picture &picture, qint64 size);
    void showWords(const QString &title, const QString &text, bool isError);
    void fitPicture();
    [[nodiscard]] static Picture decode(const QByteArray &bytes);

    Background &m_background;
    QByteArray m_path;
    QPixmap m_picture;
    QPointer<core::transfer::RemoteAction> m_read;
    QTimer m_slow; ///< a wait that takes longer shows itself
    Label *m_note;
    QPushButton *m_edit;
    QPushButton *m_download;
    QPushButton *m_cancel = nullptr;
    QStackedWidget *m_pages;
    EmptyState *m_other;
    QPlainTextEdit *m_text;
    QLabel *m_image;
};

} // namespace ui::files
