// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/StreamScanner.h"

#include <QChar>

#include <algorithm>

namespace core::terminal {

namespace {

constexpr int maxValue = 9999;
constexpr qsizetype maxString = 8192; ///< the target of a link is the longest that is of use
constexpr int maxCombining = 12;      ///< on one character
constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

constexpr char esc = '\x1B';
constexpr char bel = '\x07';
constexpr char can = '\x18';
constexpr char sub = '\x1A';

constexpr bool isControl(char byte)
{
    return static_cast<unsigned char>(byte) < 0x20;
}

constexpr bool isPlain(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

} // namespace

void StreamScanner::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (m_partialSize > 0) {
            if (completes(bytes.front()))
                bytes.remove_prefix(1);
            continue;
        }
        std::size_t used = 0;
        if (m_state == State::Ground)
            used = scanText(bytes);
        else if (m_state == State::String)
            used = scanString(bytes);
        if (used == 0) {
            scanByte(bytes.front());
            used = 1;
        }
        bytes.remove_prefix(used);
    }
}

/// \returns the length of the character at the beginning; 0 when its end is missing; the negative
/// length of what can't be the beginning of one.
int StreamScanner::decode(std::string_view bytes, char32_t &character) const
{
    const auto byte = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        character = first;
        return 1;
    }
    // The ranges of Unicode's table 3-7, well-formed UTF-8.
    int length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        character = first & 0x1F;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        character = first & 0x0F;
        if (first == 0xE0)
            low = 0xA0;
        else if (first == 0xED)
            high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        character = first & 0x07;
        if (first == 0xF0)
            low = 0x90;
        else if (first == 0xF4)
            high = 0x8F;
    } else {
        return -1;
    }
    for (int i = 1; i < length; ++i) {
        if (std::size_t(i) >= bytes.size())
            return 0;
        const unsigned char next = byte(std::size_t(i));
        if (next < low || next > high)
            return -i;
        low = 0x80;
        high = 0xBF;
        character = character << 6 | (next & 0x3F);
    }
    return length;
}

bool StreamScanner::isKept(char32_t character)
{
    if (character < 0xA0) // C1
        return false;
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format: return ++m_combining <= maxCombining;
    default: m_combining = 0; return true;
    }
}

/// Adds to the character that was cut. \returns false when \a byte does not belong to it.
bool StreamScanner::completes(char byte)
{
    m_partial[m_partialSize] = byte;
    const std::string_view whole(m_partial.data(), m_partialSize + 1);
    char32_t character = 0;
    const int length = decode(whole, character);
    if (length == 0) {
        ++m_partialSize;
        return true;
    }
    m_partialSize = 0;
    if (length < 0) {
        m_combining = 0;
        m_handler.onText(replacement);
        return false;
    }
    if (isKept(character))
        m_handler.onText(whole);
    return true;
}

/// Passes on what is text at the beginning. \returns how much was used up.
std::size_t StreamScanner::scanText(std::string_view bytes)
{
    std::size_t begin = 0;
    std::size_t at = 0;
    const auto pass = [&] {
        if (at > begin)
            m_handler.onText(bytes.substr(begin, at - begin));
    };
    while (at < bytes.size()) {
        const char byte = bytes[at];
        if (isPlain(byte)) {
            m_combining = 0;
            do
                ++at;
            while (at < bytes.size() && isPlain(bytes[at]));
            continue;
        }
        if (static_cast<unsigned char>(byte) < 0x80)
            break;
        char32_t character = 0;
        const int length = decode(bytes.substr(at, 4), character);
        if (length > 0 && isKept(character)) {
            at += std::size_t(length);
            continue;
        }
        pass();
        if (length == 0) {
            m_partialSize = bytes.size() - at;
            std::copy(bytes.begin() + std::ptrdiff_t(at), bytes.end(), m_partial.begin());
            return bytes.size();
        }
        if (length < 0) {
            m_combining = 0;
            m_handler.onText(replacement);
        }
        at += std::size_t(std::abs(length));
        begin = at;
    }
    pass();
    return at;
}

std::size_t StreamScanner::scanString(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size() && !isControl(bytes[at]))
        ++at;
    if (m_kind != StringKind::Ignored && !m_stringTooLong) {
        m_stringTooLong = m_string.size() + qsizetype(at) > maxString;
        if (!m_stringTooLong)
            m_string.append(bytes.data(), qsizetype(at));
    }
    return at;
}

void StreamScanner::scanByte(char byte)
{
    if (byte == can || byte == sub) {
        m_state = State::Ground;
        return;
    }
    if (byte == esc) {
        m_state = m_state == State::String ? State::StringEscape : State::Escape;
        m_intermediate = 0;
        m_tooManyIntermediates = false;
        return;
    }
    if (m_state == State::String) {
        if (byte == bel)
            endString();
        return; // other controls are no part of a string
    }
    if (m_state == State::StringEscape) {
        if (byte == '\\') {
            endString();
            return;
        }
        m_state = State::Escape; // the string was given up
    }
    if (isControl(byte)) {
        if (byte != 0) {
            m_combining = 0;
            m_handler.onControl(byte);
        }
        return;
    }
    if (byte == 0x7F)
        return;
    if (m_state == State::Escape)
        scanEscape(byte);
    else if (m_state != State::Ground)
        scanSequence(byte);
}

void StreamScanner::scanEscape(char byte)
{
    if (byte >= 0x20 && byte <= 0x2F) {
        m_tooManyIntermediates = m_intermediate != 0;
        m_intermediate = byte;
        return;
    }
    m_state = State::Ground;
    if (static_cast<unsigned char>(byte) >= 0x80)
        return;
    if (m_intermediate != 0) {
        if (!m_tooManyIntermediates)
            m_handler.onEscape(m_intermediate, byte);
        return;
    }
    switch (byte) {
    case '[':
        m_sequence = {};
        m_state = State::Sequence;
        break;
    case ']': startString(StringKind::Command); break;
    case 'P': startString(StringKind::DeviceControl); break;
    case 'X': // SOS
    case '^': // PM
    case '_': // APC
    case 'k': // screen's title
        startString(StringKind::Ignored);
        break;
    default: m_handler.onEscape(0, byte); break;
    }
}

void StreamScanner::scanSequence(char byte)
{
    if (byte >= 0x40 && byte <= 0x7E) {
        const bool isGood = m_state != State::SequenceError;
        m_state = State::Ground;
        m_sequence.final = byte;
        m_sequence.count = std::min(m_sequence.count + 1, ControlSequence::maxParameters);
        if (isGood)
            m_handler.onSequence(m_sequence);
        return;
    }
    if (m_state == State::SequenceError)
        return;
    if (byte >= 0x20 && byte <= 0x2F) {
        if (m_sequence.intermediate != 0)
            m_state = State::SequenceError;
        else
            m_state = State::SequenceEnds;
        m_sequence.intermediate = byte;
        return;
    }
    const bool isFirst = m_sequence.count == 0 && m_sequence.leader == 0 &&
                         m_sequence.parameters[0].value == ControlSequence::missing;
    if (byte >= 0x3C && byte <= 0x3F && isFirst && m_state == State::Sequence) {
        m_sequence.leader = byte;
        return;
    }
    if (m_state != State::Sequence || byte < '0' || byte > ';') {
        m_state = State::SequenceError;
        return;
    }
    // count is the index of the parameter being read; surplus ones are read and dropped.
    const bool hasRoom = m_sequence.count < ControlSequence::maxParameters;
    if (byte == ';' || byte == ':') {
        if (hasRoom) {
            m_sequence.parameters[std::size_t(m_sequence.count)].more = byte == ':';
            ++m_sequence.count;
        }
    } else if (hasRoom) {
        int &value = m_sequence.parameters[std::size_t(m_sequence.count)].value;
        value = std::min(maxValue, std::max(value, 0) * 10 + (byte - '0'));
    }
}

void StreamScanner::startString(StringKind kind)
{
    m_kind = kind;
    m_string.clear();
    m_stringTooLong = false;
    m_state = State::String;
}

void StreamScanner::endString()
{
    m_state = State::Ground;
    if (m_stringTooLong)
        return;
    const std::string_view bytes(m_string.constData(), std::size_t(m_string.size()));
    if (m_kind == StringKind::Command)
        m_handler.onCommand(bytes);
    else if (m_kind == StringKind::DeviceControl)
        m_handler.onDeviceControl(bytes);
}

} // namespace core::terminal
