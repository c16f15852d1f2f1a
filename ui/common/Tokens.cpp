// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Tokens.h"

#include <QWidget>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

Tokens makeLight()
{
    Tokens t;
    t.dark = false;
    t.window = QColor(0xF6F7F9);
    t.surface = QColor(0xFFFFFF);
    t.surface2 = QColor(0xEEF1F5);
    t.line = QColor(0xDDE2E9);
    t.edge = QColor(0xC3CAD5);
    t.text = QColor(0x1B2330);
    t.text2 = QColor(0x566174);
    t.text3 = QColor(0x636D82);
    t.accent = QColor(0xC8501E);
    t.onAccent = QColor(0xFFFFFF);
    t.accentText = QColor(0xB84516);
    t.accentSoft = QColor(0xFBEAE2);
    t.good = QColor(0x2E9E5B);
    t.warn = QColor(0xC77E12);
    t.bad = QColor(0xCC3B3B);
    t.goodText = QColor(0x1F7A44);
    t.warnText = QColor(0x8F5A08);
    t.badText = QColor(0xB83030);
    t.onBad = QColor(0xFFFFFF);
    t.gpu = QColor(0x3B7DDD);
    t.mem = QColor(0x8A5BD0);
    t.power = QColor(0xC27C1E);
    t.temp = QColor(0xD0463F);
    t.cpu = QColor(0x2E9E78);
    t.net = QColor(0x5A6B86);
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.dark = true;
    t.window = QColor(0x15181D);
    t.surface = QColor(0x1D2127);
    t.surface2 = QColor(0x262B33);
    t.line = QColor(0x323842);
    t.edge = QColor(0x47505D);
    t.text = QColor(0xE8ECF2);
    t.text2 = QColor(0xA6B0C0);
    t.text3 = QColor(0x8893A6);
    t.accent = QColor(0xF0824A);
    t.onAccent = QColor(0x15181D);
    t.accentText = QColor(0xF0824A);
    t.accentSoft = QColor(0x3A2A24);
    t.good = QColor(0x4CC27D);
    t.warn = QColor(0xE8A33D);
    t.bad = QColor(0xF06A6A);
    t.goodText = t.good;
    t.warnText = t.warn;
    t.badText = t.bad;
    t.onBad = QColor(0x15181D);
    t.gpu = QColor(0x6BA3F2);
    t.mem = QColor(0xB08AF0);
    t.power = QColor(0xF0B25A);
    t.temp = QColor(0xF0766F);
    t.cpu = QColor(0x55C79F);
    t.net = QColor(0x93A3BD);
    return t;
}

double luminance(const QColor &colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

const Tokens &lightTokens()
{
    static const Tokens set = makeLight();
    return set;
}

const Tokens &darkTokens()
{
    static const Tokens set = makeDark();
    return set;
}

const Tokens &tokens(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkTokens()
                                                                               : lightTokens();
}

const Tokens &tokens(const QWidget *widget)
{
    return tokens(widget->palette());
}

QPalette makePalette(const Tokens &t)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &normal, const QColor &disabled) {
        p.setColor(QPalette::Active, role, normal);
        p.setColor(QPalette::Inactive, role, normal);
        p.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, t.window, t.window);
    set(QPalette::Base, t.surface, t.surface);
    set(QPalette::AlternateBase, t.surface2, t.surface2);
    set(QPalette::Button, t.surface, t.surface2);
    set(QPalette::WindowText, t.text, t.text3);
    set(QPalette::Text, t.text, t.text3);
    set(QPalette::ButtonText, t.text, t.text3);
    set(QPalette::PlaceholderText, t.text3, t.text3);
    set(QPalette::Dark, t.text2, t.text3);
    set(QPalette::Mid, t.line, t.line);
    set(QPalette::Midlight, t.surface2, t.surface2);
    set(QPalette::Light, t.surface, t.surface);
    set(QPalette::Shadow, QColor(0, 0, 0, t.dark ? 160 : 60), QColor(0, 0, 0, 40));
    set(QPalette::BrightText, t.badText, t.text3);
    set(QPalette::Link, t.accentText, t.text3);
    set(QPalette::LinkVisited, t.accentText, t.text3);
    // Selected text in fields and views: soft, so that words keep their own colour.
    set(QPalette::Highlight, t.accentSoft, t.surface2);
    set(QPalette::HighlightedText, t.text, t.text3);
    set(QPalette::ToolTipBase, t.dark ? t.surface2 : t.text, t.surface2);
    set(QPalette::ToolTipText, t.dark ? t.text : t.surface, t.text3);
    return p;
}

QColor shade(const QColor &base, int index, int count, bool dark)
{
    if (count <= 1)
        return base;
    float h = 0, s = 0, l = 0;
    base.getHslF(&h, &s, &l);
    // Away from the background first: light surfaces go darker, dark ones lighter; the span stays
    // where a line still has 3:1 against the surface.
    const float from = dark ? std::min(0.88F, l + 0.18F) : std::max(0.22F, l - 0.22F);
    const float to = dark ? std::max(0.52F, l - 0.12F) : std::min(0.58F, l);
    const float part = float(index % count) / float(count - 1);
    return QColor::fromHslF(h, s, from + (to - from) * part);
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace ui
