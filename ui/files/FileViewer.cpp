// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileViewer.h"

#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "ui/common/Describe.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/files/Background.h"

#include <QBoxLayout>
#include <QBuffer>
#include <QCloseEvent>
#include <QImageReader>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStringDecoder>

namespace ui::files {

using namespace std::chrono_literals;
using Type = core::ssh::RemoteEntry::Type;

namespace {

constexpr qint64 mostText = 1024 * 1024;         ///< bytes
constexpr qint64 mostPicture = 32 * 1024 * 1024; ///< bytes
/// A picture that unpacks to more is not shown: a few kilobytes may promise gigabytes.
constexpr qint64 mostPixels = 64 * 1000 * 1000;
constexpr int mostMegabytes = 300; ///< what its decoder may take

/// What is decoded. Not SVG, which may name other files, nor what few know.
const QList<QByteArray> &pictureFormats()
{
    static const QList<QByteArray> formats{"png", "jpg", "jpeg", "gif", "bmp", "webp"};
    return formats;
}

bool isPictureName(const QByteArray &path)
{
    const QByteArray ending = path.mid(path.lastIndexOf('.') + 1).toLower();
    return pictureFormats().contains(ending) &&
           QImageReader::supportedImageFormats().contains(ending);
}

/// UTF-8, or else GBK where Qt knows it, or else bytes as Latin-1. Nothing for what is no text.
std::optional<QString> textOf(const QByteArray &bytes)
{
    if (bytes.contains('\0'))
        return std::nullopt;
    for (const char *encoding : {"UTF-8", "GB18030"}) {
        QStringDecoder decoder(encoding);
        if (!decoder.isValid())
            continue;
        QString text = decoder(bytes);
        if (!decoder.hasError())
            return text;
    }
    return QString::fromLatin1(bytes);
}

} // namespace

FileViewer::FileViewer(Background &background, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_background(background)
    , m_note(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_edit(new QPushButton(icon(Icon::Edit, IconTone::Secondary), tr("Edit in the local editor")))
    , m_download(new QPushButton(icon(Icon::Download, IconTone::Secondary), tr("Download")))
    , m_pages(new QStackedWidget)
    , m_other(new EmptyState)
    , m_text(new QPlainTextEdit)
    , m_image(new QLabel)
{
    setObjectName(QStringLiteral("fileViewer"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(880, 640);
    build();
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        m_other->set(icon(Icon::File, IconTone::Hint), tr("Reading…"), {});
        m_cancel->show();
    });
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_path); });
    connect(m_download, &QPushButton::clicked, this, [this] { Q_EMIT downloadRequested(m_path); });
    connect(m_cancel, &QPushButton::clicked, this, &QWidget::close);
}

FileViewer::~FileViewer()
{
    stop();
}

void FileViewer::build()
{
    m_text->setReadOnly(true);
    m_text->setFont(textFont(TextStyle::Mono));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Contents of the file"));
    m_image->setAlignment(Qt::AlignCenter);
    m_image->setMinimumSize(1, 1);
    m_image->setTextFormat(Qt::PlainText);
    m_image->setAccessibleName(tr("Picture"));
    m_edit->setAccessibleName(m_edit->text());
    m_download->setAccessibleName(m_download->text());
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_cancel = m_other->addAction(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("viewerCancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->hide();
    m_pages->addWidget(m_other);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_image);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::m, space::s, space::m, space::s);
    bar->setSpacing(space::s);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_download);
    bar->addWidget(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
}

void FileViewer::stop()
{
    m_slow.stop();
    if (!m_read)
        return;
    m_read->disconnect(this);
    m_read->cancel();
    m_read->deleteLater();
    m_read = nullptr;
}

void FileViewer::show(core::ssh::Session &session, const QByteArray &path)
{
    m_path = path;
    setWindowTitle(core::transfer::shownName(core::transfer::lastName(path)));
    m_note->setText(core::transfer::shownName(path));
    m_slow.start();
    m_read =
        core::transfer::readRemoteFile(session, path, isPictureName(path) ? mostPicture : mostText);
    connect(m_read, &core::Operation::finished, this, [this] { take(m_read); });
    // The connection takes it along when it goes.
    connect(m_read, &QObject::destroyed, this, [this] {
        if (!m_slow.isActive() && !m_cancel->isVisibleTo(this))
            return;
        const Description words =
            describe({core::ErrorCode::Disconnected, core::Step::Transfer, {}});
        showWords(words.title, words.advice, true);
    });
    QWidget::show();
}

void FileViewer::showWords(const QString &title, const QString &text, bool isError)
{
    m_slow.stop();
    m_cancel->hide();
    m_other->set(isError ? icon(Icon::Error, IconTone::Bad) : icon(Icon::File, IconTone::Hint),
                 title, text);
    m_pages->setCurrentWidget(m_other);
}

void FileViewer::take(core::transfer::RemoteAction *read)
{
    read->disconnect(this);
    read->deleteLater();
    m_read = nullptr;
    const QString name = core::transfer::shownName(core::transfer::lastName(m_path));
    if (read->error() && read->type() && *read->type() != Type::File) {
        m_edit->hide();
        m_download->hide();
        showWords(tr("%1 is not a file with contents").arg(name),
                  tr("It is a folder, a pipe, a device or a socket. Reading it could hang."),
                  false);
        return;
    }
    if (read->error()) {
        ErrorContext context;
        context.path = core::transfer::shownName(m_path);
        const Description words = describe(*read->error(), context);
        showWords(words.title, words.advice, true);
        return;
    }
    if (!isPictureName(m_path) || read->isCut()) {
        showText(read->bytes(), read->size(), read->isCut());
        return;
    }
    m_background.run(this,
                     [this, bytes = read->bytes(), size = read->size()]() -> Background::Then {
                         const Picture picture = decode(bytes);
                         return [this, picture, bytes, size] {
                             if (picture.image.isNull() && !picture.isTooLarge)
                                 showText(bytes, size, false);
                             else
                                 showPicture(picture, size);
                         };
                     });
}

/// In any thread.
FileViewer::Picture FileViewer::decode(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    // Its contents say what it is, not its name; then it must be one of ours.
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    QImageReader::setAllocationLimit(mostMegabytes);
    Picture picture;
    if (!pictureFormats().contains(reader.format()))
        return picture;
    picture.pixels = reader.size();
    picture.isTooLarge =
        qint64(picture.pixels.width()) * qint64(picture.pixels.height()) > mostPixels;
    if (!picture.isTooLarge)
        picture.image = reader.read();
    return picture;
}

void FileViewer::showPicture(const Picture &picture, qint64 size)
{
    m_slow.stop();
    const QString words = format::bytes(double(size));
    //: Path, pixels, size of a picture
    m_note->setText(tr("%1 · %2 × %3 · %4")
                        .arg(core::transfer::shownName(m_path))
                        .arg(picture.pixels.width())
                        .arg(picture.pixels.height())
                        .arg(words));
    if (picture.isTooLarge) {
        showWords(tr("This picture is too large to be shown here"),
                  tr("It has %1 × %2 pixels. Download it to open it with a program of yours.")
                      .arg(picture.pixels.width())
                      .arg(picture.pixels.height()),
                  false);
        return;
    }
    m_picture = QPixmap::fromImage(picture.image);
    m_pages->setCurrentWidget(m_image);
    fitPicture();
}

void FileViewer::showText(const QByteArray &bytes, qint64 size, bool isCut)
{
    m_slow.stop();
    const QString words = format::bytes(double(size));
    const QString path = core::transfer::shownName(m_path);
    const std::optional<QString> text = textOf(bytes);
    if (!text) {
        showWords(tr("This is neither text nor a picture"),
                  tr("%1, %2. Download it to open it with a program of yours.")
                      .arg(core::transfer::shownName(core::transfer::lastName(m_path)), words),
                  false);
        return;
    }
    if (text->isEmpty()) {
        showWords(tr("The file is empty"), {}, false);
        return;
    }
    m_text->setPlainText(*text);
    m_note->setText(
        isCut ? tr("%1 · the first %2 of %3").arg(path, format::bytes(double(bytes.size())), words)
              : tr("%1 · %2").arg(path, words));
    m_pages->setCurrentWidget(m_text);
    m_text->setFocus();
}

void FileViewer::fitPicture()
{
    if (m_picture.isNull())
        return;
    const QSize room = m_pages->size() * devicePixelRatioF();
    QPixmap shown = m_picture;
    if (shown.width() > room.width() || shown.height() > room.height())
        shown = shown.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    shown.setDevicePixelRatio(devicePixelRatioF());
    m_image->setPixmap(shown);
}

void FileViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitPicture();
}

void FileViewer::closeEvent(QCloseEvent *event)
{
    stop();
    QWidget::closeEvent(event);
}

void FileViewer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui::files
