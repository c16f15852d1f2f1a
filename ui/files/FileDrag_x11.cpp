// SPDX-License-Identifier: GPL-3.0-or-later
// Promises on X11 and Wayland. X11: the X Direct Save protocol
// (freedesktop.org, "Direct Save Protocol for the X Window System"), which Thunar, PCManFM, Caja
// and Nemo speak: the source's window has a property with the file's name; on the drop the target
// replaces it by the whole file:// URI and asks for the target XdndDirectSave0, which only then
// begins the copy. Both: KDE's file managers call org.kde.ark.DndExtract over D-Bus with the
// folder. Other targets are offered nothing: a list of URIs would have to name files that do not
// exist yet.
#include "ui/files/FileDrag.h"

#include <QDBusConnection>
#include <QDrag>
#include <QGuiApplication>
#include <QPixmap>
#include <QSysInfo>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <xcb/xcb.h>

#include <cstdlib>

namespace ui::files {

namespace {

const QString &directSave()
{
    static const QString type = QStringLiteral("XdndDirectSave0");
    return type;
}

const QString &arkService()
{
    static const QString type = QStringLiteral("application/x-kde-ark-dndextract-service");
    return type;
}

const QString &arkPath()
{
    static const QString type = QStringLiteral("application/x-kde-ark-dndextract-path");
    return type;
}

struct Freed
{
    void operator()(void *reply) const { std::free(reply); }
};
template <typename T>
using Reply = std::unique_ptr<T, Freed>;

xcb_connection_t *x11()
{
    const auto *native = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    return native ? native->connection() : nullptr;
}

xcb_atom_t atom(xcb_connection_t *display, QByteArrayView name)
{
    const auto asked = xcb_intern_atom(display, 0, quint16(name.size()), name.data());
    const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(display, asked, nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

/// The window that Qt drags with.
xcb_window_t dragWindow(xcb_connection_t *display)
{
    const auto asked = xcb_get_selection_owner(display, atom(display, "XdndSelection"));
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(display, asked, nullptr));
    return reply ? reply->owner : xcb_window_t(XCB_WINDOW_NONE);
}

/// The folder of a file://host/path URI of this machine; "" = it is none.
QString folderOf(const QByteArray &uri)
{
    constexpr QByteArrayView scheme = "file://";
    if (!uri.startsWith(scheme))
        return {};
    const qsizetype path = uri.indexOf('/', scheme.size());
    if (path < 0)
        return {};
    const QByteArray host = uri.sliced(scheme.size(), path - scheme.size());
    if (!host.isEmpty() && host != "localhost" && host != QSysInfo::machineHostName().toUtf8())
        return {};
    const QByteArray file = QByteArray::fromPercentEncoding(uri.sliced(path));
    return QString::fromLocal8Bit(file.first(file.lastIndexOf('/') + 1));
}

/// What is dragged; tells where it was dropped.
class Promise final : public QMimeData
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.ark.DndExtract")

public:
    Promise(const QMimeData &rows, QString name, std::function<void(const QString &)> keep)
        : m_name(std::move(name))
        , m_keep(std::move(keep))
    {
        for (const QString &format : rows.formats())
            setData(format, rows.data(format));
        if (x11())
            setData(directSave(), {});
        static int count = 0;
        m_path = QStringLiteral("/danlu/drag/%1").arg(++count);
        QDBusConnection bus = QDBusConnection::sessionBus();
        if (bus.isConnected() &&
            bus.registerObject(m_path, this, QDBusConnection::ExportScriptableSlots)) {
            setData(arkService(), bus.baseService().toUtf8());
            setData(arkPath(), m_path.toUtf8());
        }
    }

    ~Promise() override { QDBusConnection::sessionBus().unregisterObject(m_path); }

    /// Once the drag has begun.
    void offer()
    {
        if (xcb_connection_t *display = x11()) {
            const QByteArray name = m_name.toLocal8Bit();
            m_window = dragWindow(display);
            xcb_change_property(display, XCB_PROP_MODE_REPLACE, m_window,
                                atom(display, "XdndDirectSave0"), atom(display, "text/plain"), 8,
                                quint32(name.size()), name.constData());
            xcb_flush(display);
        }
    }

public Q_SLOTS:
    /// Called by KDE's file managers.
    Q_SCRIPTABLE void extractSelectedFilesTo(const QString &folder) { keep(folder); }

protected:
    QVariant retrieveData(const QString &type, QMetaType wanted) const override
    {
        if (type != directSave())
            return QMimeData::retrieveData(type, wanted);
        const QString folder = droppedInto();
        if (folder.isEmpty())
            return QByteArray("F"); // the target may try something else
        // Queued: the target waits for this answer.
        QMetaObject::invokeMethod(
            qApp, [keep = m_keep, folder] { keep(folder); }, Qt::QueuedConnection);
        m_keep = [](const QString &) {};
        return QByteArray("S");
    }

private:
    void keep(const QString &folder)
    {
        std::exchange(m_keep, [](const QString &) {})(folder);
    }

    [[nodiscard]] QString droppedInto() const
    {
        constexpr quint32 longest = 4096;
        xcb_connection_t *display = x11();
        if (!display || m_window == XCB_WINDOW_NONE)
            return {};
        const auto asked = xcb_get_property(display, 1, m_window, atom(display, "XdndDirectSave0"),
                                            XCB_GET_PROPERTY_TYPE_ANY, 0, longest);
        const Reply<xcb_get_property_reply_t> reply(
            xcb_get_property_reply(display, asked, nullptr));
        if (!reply || reply->format != 8)
            return {};
        return folderOf(QByteArray(static_cast<const char *>(xcb_get_property_value(reply.get())),
                                   xcb_get_property_value_length(reply.get())));
    }

    QString m_name;
    QString m_path;
    mutable std::function<void(const QString &)> m_keep;
    xcb_window_t m_window = XCB_WINDOW_NONE;
};

} // namespace

void dragFiles(QWidget *source, std::unique_ptr<QMimeData> rows, const QPixmap &picture,
               const QString &name, std::function<void(const QString &folder)> keep)
{
    auto *promise = new Promise(*rows, name, std::move(keep));
    auto *drag = new QDrag(source);
    drag->setMimeData(promise);
    drag->setPixmap(picture);
    QTimer::singleShot(0, promise, &Promise::offer);
    drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::MoveAction);
}

} // namespace ui::files

#include "FileDrag_x11.moc"
