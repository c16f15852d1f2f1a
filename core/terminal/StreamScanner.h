// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>
#include <string_view>

namespace core::terminal {

/// ESC [ leader parameters intermediates final, as ECMA-48 5.4 has it.
struct ControlSequence
{
    static constexpr int maxParameters = 32;
    static constexpr int missing = -1;

    struct Parameter
    {
        int value = missing; ///< at most 9999
        bool more = false;   ///< a colon follows: the next one belongs to it
    };

    char leader = 0;       ///< one of <=>?, 0 = none
    char intermediate = 0; ///< 0 = none
    char final = 0;
    int count = 0; ///< of parameters; one that is missing counts
    std::array<Parameter, maxParameters> parameters{};

    /// The parameter's value; \a fallback where it is missing.
    [[nodiscard]] int value(int index, int fallback) const
    {
        return index < count && parameters[std::size_t(index)].value != missing
                   ? parameters[std::size_t(index)].value
                   : fallback;
    }
};

/// What a scanner finds, in the order of the stream.
class StreamHandler
{
public:
    /// Well-formed UTF-8 of whole characters, none of them a control.
    virtual void onText(std::string_view utf8) = 0;
    /// C0 without NUL, ESC, CAN and SUB.
    virtual void onControl(char control) = 0;
    /// ESC intermediate final; \a intermediate 0 = none.
    virtual void onEscape(char intermediate, char final) = 0;
    virtual void onSequence(const ControlSequence &sequence) = 0;
    /// The string of an OSC.
    virtual void onCommand(std::string_view bytes) = 0;
    /// The string of a DCS.
    virtual void onDeviceControl(std::string_view bytes) = 0;

protected:
    ~StreamHandler() = default;
};

/// Takes a terminal's byte stream apart, cut at any byte, in bounded memory: overlong strings,
/// surplus parameters and endless combining marks are dropped, what is no UTF-8 becomes U+FFFD.
/// What comes out is safe to give to libvterm, of whose versions some overrun their buffers on raw
/// streams (0.1.4: more than 16 parameters; ESC and \ of a string's end in different writes).
/// States: the parser for DEC terminals by Paul Williams, https://vt100.net/emu/dec_ansi_parser.
class StreamScanner
{
public:
    explicit StreamScanner(StreamHandler &handler)
        : m_handler(handler)
    {
    }

    void feed(std::string_view bytes);

private:
    enum class State {
        Ground,
        Escape,
        Sequence,      ///< in a CSI
        SequenceEnds,  ///< past its parameters
        SequenceError, ///< to be ignored up to its final byte
        String,
        StringEscape ///< ESC came: a backslash ends the string
    };
    enum class StringKind { Command, DeviceControl, Ignored };

    [[nodiscard]] bool completes(char byte);
    [[nodiscard]] std::size_t scanText(std::string_view bytes);
    [[nodiscard]] std::size_t scanString(std::string_view bytes);
    [[nodiscard]] int decode(std::string_view bytes, char32_t &character) const;
    [[nodiscard]] bool isKept(char32_t character);
    void scanByte(char byte);
    void scanEscape(char byte);
    void scanSequence(char byte);
    void startString(StringKind kind);
    void endString();

    StreamHandler &m_handler;
    State m_state = State::Ground;
    char m_intermediate = 0;
    bool m_tooManyIntermediates = false;
    ControlSequence m_sequence;
    StringKind m_kind = StringKind::Ignored;
    QByteArray m_string;
    bool m_stringTooLong = false;
    std::array<char, 4> m_partial{}; ///< the beginning of a character whose rest has not come
    std::size_t m_partialSize = 0;
    int m_combining = 0; ///< combining characters in a row
};

} // namespace core::terminal
