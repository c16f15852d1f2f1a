// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace preview {

/// Every control and reusable widget once, to look at after a change of the style.
[[nodiscard]] QWidget *makeGallery();

} // namespace preview
