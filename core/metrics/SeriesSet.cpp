// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/SeriesSet.h"

namespace core::metrics {

bool isOfGpu(Quantity quantity)
{
    return quantity == Quantity::GpuUtil || quantity == Quantity::GpuMemory ||
           quantity == Quantity::GpuPower || quantity == Quantity::GpuTemp;
}

namespace {

TimeMs toMs(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace

Series &SeriesSet::series(Quantity quantity, int gpu)
{
    return m_series[{quantity, isOfGpu(quantity) ? gpu : 0}];
}

void SeriesSet::append(const Sample &sample)
{
    const TimeMs time = toMs(sample.time);
    m_lastTime = std::max(m_lastTime, time);
    if (m_firstTime == 0 || time < m_firstTime)
        m_firstTime = time;
    for (const probe::GpuInfo &gpu : sample.gpus) {
        if (!gpu.index || *gpu.index < 0 || *gpu.index >= 64)
            continue;
        m_gpuCount = std::max(m_gpuCount, *gpu.index + 1);
        const auto number = [](std::optional<qint64> value) -> std::optional<double> {
            return value ? std::optional<double>(double(*value)) : std::nullopt;
        };
        series(Quantity::GpuUtil, *gpu.index).append(time, gpu.utilPercent);
        series(Quantity::GpuMemory, *gpu.index).append(time, number(gpu.memUsedMib));
        series(Quantity::GpuPower, *gpu.index).append(time, gpu.powerW);
        series(Quantity::GpuTemp, *gpu.index).append(time, gpu.tempC);
    }
    std::optional<double> percent;
    if (sample.cpu.usedCores)
        percent = *sample.cpu.usedCores * 100;
    series(Quantity::CpuPercent).append(time, percent);
    std::optional<double> used;
    if (sample.memory.usedBytes)
        used = double(*sample.memory.usedBytes);
    series(Quantity::MemoryUsed).append(time, used);
    series(Quantity::NetRx).append(time, sample.network.rxBytesPerSecond);
    series(Quantity::NetTx).append(time, sample.network.txBytesPerSecond);
    series(Quantity::DiskIo).append(time, sample.diskBytesPerSecond);
}

void SeriesSet::appendGap(TimeMs time)
{
    for (auto &[key, one] : m_series)
        one.append(time, std::nullopt);
}

const Series *SeriesSet::find(Quantity quantity, int gpu) const
{
    const auto it = m_series.find({quantity, isOfGpu(quantity) ? gpu : 0});
    return it == m_series.end() ? nullptr : &it->second;
}

int SeriesSet::gpuCount() const
{
    return m_gpuCount;
}

TimeMs SeriesSet::lastTime() const
{
    return m_lastTime;
}

std::size_t SeriesSet::memoryBytes() const
{
    std::size_t total = sizeof(SeriesSet);
    for (const auto &[key, one] : m_series)
        total += sizeof(key) + one.memoryBytes();
    return total;
}

void SeriesSet::clear()
{
    *this = SeriesSet();
}

} // namespace core::metrics
