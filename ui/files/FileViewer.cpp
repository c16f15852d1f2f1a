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

#include <QBoxLayout>
#include <QBuffer>
#include <QImageReader>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStringDecoder>

namespace ui::files {

namespace {

constexpr qint64 mostText = 1024 * 1024;         ///< bytes
constexpr qint64 mostPicture = 32 * 1024 * 1024; ///< bytes
constexpr int mostPixels = 8192;                 ///< of a side: a bomb of a picture is not unpacked

bool isPictureName(const QByteArray &path)
{
    const QByteArray ending = path.mid(path.lastIndexOf('.') + 1).toLower();
    return QImageReader::supportedImageFormats().contains(ending);
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

FileViewer::FileViewer(QWidget *parent)
    : QWidget(parent, Qt::Window)
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
    m_text->setReadOnly(true);
    m_text->setFont(textFont(TextStyle::Mono));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Contents of the file"));
    m_image->setAlignment(Qt::AlignCenter);
    m_image->setMinimumSize(1, 1);
    m_pages->addWidget(m_other);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_image);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::m, space::s, space::m, space::s);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_download);
    bar->addWidget(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_path); });
    connect(m_download, &QPushButton::clicked, this, [this] { Q_EMIT downloadRequested(m_path); });
}

FileViewer::~FileViewer()
{
    if (m_read)
        m_read->deleteLater();
}

void FileViewer::show(core::ssh::Session &session, const QByteArray &path)
{
    m_path = path;
    setWindowTitle(core::transfer::shownName(core::transfer::lastName(path)));
    m_note->setText(core::transfer::shownName(path));
    m_other->set(icon(Icon::File, IconTone::Hint), tr("Reading…"), {});
    m_read =
        core::transfer::readRemoteFile(session, path, isPictureName(path) ? mostPicture : mostText);
    connect(m_read, &core::Operation::finished, this, [this] { take(m_read); });
    QWidget::show();
}

void FileViewer::take(core::transfer::RemoteAction *read)
{
    read->deleteLater();
    if (read->error()) {
        const Description words = describe(*read->error());
        m_other->set(icon(Icon::Error, IconTone::Bad), words.title, words.advice);
        return;
    }
    const QString size = format::bytes(double(read->size()));
    const QString path = core::transfer::shownName(m_path);
    if (isPictureName(m_path) && !read->isCut()) {
        QBuffer buffer;
        buffer.setData(read->bytes());
        QImageReader reader(&buffer);
        const QSize pixels = reader.size();
        if (pixels.width() <= mostPixels && pixels.height() <= mostPixels)
            m_picture = QPixmap::fromImageReader(&reader);
        if (!m_picture.isNull()) {
            //: Path, pixels, size of a picture
            m_note->setText(tr("%1 · %2 × %3 · %4")
                                .arg(path)
                                .arg(m_picture.width())
                                .arg(m_picture.height())
                                .arg(size));
            m_pages->setCurrentWidget(m_image);
            fitPicture();
            return;
        }
    }
    const std::optional<QString> text = textOf(read->bytes());
    if (!text) {
        m_other->set(icon(Icon::File, IconTone::Hint), tr("This is neither text nor a picture"),
                     tr("%1, %2. Download it to open it with a program of yours.")
                         .arg(core::transfer::shownName(core::transfer::lastName(m_path)), size));
        return;
    }
    m_text->setPlainText(*text);
    m_note->setText(read->isCut()
                        ? tr("%1 · the first %2 of %3")
                              .arg(path, format::bytes(double(read->bytes().size())), size)
                        : tr("%1 · %2").arg(path, size));
    m_pages->setCurrentWidget(m_text);
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

void FileViewer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui::files
