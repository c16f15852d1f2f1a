// SPDX-License-Identifier: GPL-3.0-or-later
// The method interface is deprecated for libraries; for a test it is the short way.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "tests/support/FixedRandom.h"

#include <openssl/rand.h>

#include <random>

namespace support {

namespace {

std::mt19937 &fixedGenerator()
{
    static std::mt19937 generator;
    return generator;
}

int fixedBytes(unsigned char *buffer, int size)
{
    for (int i = 0; i < size; ++i)
        buffer[i] = static_cast<unsigned char>(fixedGenerator()() & 0xff);
    return 1;
}

int fixedStatus()
{
    return 1;
}

} // namespace

FixedRandom::FixedRandom()
{
    static const RAND_METHOD method{nullptr, fixedBytes, nullptr, nullptr, fixedBytes, fixedStatus};
    RAND_set_rand_method(&method);
    restart();
}

FixedRandom::~FixedRandom()
{
    RAND_set_rand_method(nullptr);
}

void FixedRandom::restart()
{
    fixedGenerator().seed();
}

} // namespace support
