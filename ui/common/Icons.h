// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace ui {

/// The icons of resources/icons, one file each (camelCase name with a lower-case first letter).
enum class Icon {
    Add,
    ArrowDown,
    ArrowUp,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clock,
    Close,
    Copy,
    Cpu,
    Disk,
    Download,
    Edit,
    Error,
    Eye,
    EyeOff,
    File,
    Folder,
    Furnace,
    Gear,
    Globe,
    Gpu,
    Help,
    Info,
    Key,
    Link,
    Lock,
    Memory,
    Money,
    Monitor,
    Moon,
    More,
    Network,
    Ok,
    Paste,
    Pause,
    Play,
    Power,
    Refresh,
    Search,
    Server,
    Shield,
    Star,
    Stop,
    Sun,
    Terminal,
    Thermometer,
    Transfer,
    Trash,
    Unplug,
    Upload,
    User,
    Warning
};

/// What colours an icon. Looked up in the application's palette when it is painted, so that one
/// QIcon serves light and dark.
enum class IconTone { Text, Secondary, Hint, Accent, OnAccent, Good, Warn, Bad };

/// A monochrome line icon, rendered from SVG at the device's own resolution.
[[nodiscard]] QIcon icon(Icon name, IconTone tone = IconTone::Text);
/// The furnace in colour, for windows and the tray.
[[nodiscard]] QIcon appIcon();

} // namespace ui
