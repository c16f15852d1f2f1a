// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Series.h"

/// Every number that the rules judge by, with where it comes from. "Begin" is what it takes to say
/// something, "Stay" what it takes to go on saying it: between the two nothing changes.
namespace core::advice {

using metrics::TimeMs;
inline constexpr TimeMs second = 1000;
inline constexpr TimeMs minute = 60 * second;

// How long it must have been so. Two minutes for an unused GPU is the product's promise; the others
// are long enough for several epochs of a small model's loader and several reports of nvidia-smi.
inline constexpr TimeMs unusedWindow = 2 * minute;
inline constexpr TimeMs loadingWindow = 2 * minute; ///< DataLoading, CpuBound, SlowDisk
inline constexpr TimeMs starvedWindow = 3 * minute;
inline constexpr TimeMs fillWindow = minute;          ///< GpuMemoryFull, MemoryFull
inline constexpr TimeMs diskWindow = 30 * second;     ///< two runs of df
inline constexpr TimeMs throttleWindow = 90 * second; ///< six reports of nvidia-smi
inline constexpr TimeMs outOfMemoryWindow = 3 * minute;
inline constexpr TimeMs cardWindow = 60 * minute;

/// A window may be pieced together over short gaps: its data must lie within so many windows.
inline constexpr double windowReach = 1.5;
/// Figures older than this, or than three of their steps, say nothing of the present.
inline constexpr TimeMs freshness = 5 * second;

/// A finding ends when what it says has not been so for this long ...
inline constexpr TimeMs settle = 30 * second;
/// ... a process that was killed is worth reading of for longer ...
inline constexpr TimeMs outOfMemorySettle = 10 * minute;
/// ... and when nothing is known any more for so long.
inline constexpr TimeMs unknownSettle = 5 * minute;

// nvidia-smi's utilisation is a whole percent and stays at 0 for a GPU without kernels; single
// readings of a few percent are the monitors' own.
inline constexpr double unusedPercent = 1;
inline constexpr double unusedBlipPercent = 5;
inline constexpr double unusedShare = 0.98; ///< of the readings
/// A CUDA context alone takes 200 to 500 MiB; what a driver keeps without any is less.
inline constexpr double heldMib = 200;
/// A process whose memory grows by so much is loading a model, and has not begun.
inline constexpr double fillingMib = 512;
/// A compiler with a twentieth of a core compiles; its workers stay when they are done.
inline constexpr double compilingPercent = 5;
/// Empty GPUs beside one that works: a script may do several things, one after the other.
inline constexpr TimeMs leftOutWindow = 10 * minute;
/// Half a core over two minutes is work; a shell, sshd, Jupyter and TensorBoard at rest stay below.
inline constexpr double workingCores = 0.5;

// A student's rule of thumb: "GPU swinging, peak under 50 %: data preprocessing can't keep up".
inline constexpr double peakShare = 0.98; ///< of the readings lie below the peak
inline constexpr double peakBegin = 50;
inline constexpr double peakStay = 60;
/// Between the 10th and the 90th percentile; nvidia-smi's own noise on an even load is below 10.
inline constexpr double swingBegin = 15;
inline constexpr double swingStay = 10;
inline constexpr int swingsBegin = 6; ///< half swings in the window
inline constexpr int swingsStay = 3;
inline constexpr int fewestPoints = 20; ///< fewer readings don't show a swing
/// Work with pauses longer than this is a person trying things, or a server between requests.
inline constexpr TimeMs longestPause = 25 * second;
inline constexpr double pausePercent = 5;
/// Less is no training.
inline constexpr double workPercent = 3;

// "CPU near cores x 100 %: too few cores": the kernel's quota holds a saturated container at 95 to
// 100 % of its share.
inline constexpr double boundBegin = 0.93;
inline constexpr double boundStay = 0.80;
/// The busiest GPU at more than this does not wait for the CPU.
inline constexpr double boundGpuBegin = 85;
inline constexpr double boundGpuStay = 92;
/// The CPU may have worked for something else before: what comes before a run, or after it.
inline constexpr TimeMs boundPause = 45 * second;
/// Above this share of the cores more workers don't help: where boundBegin takes over.
inline constexpr double loadingCpuBegin = boundBegin;
inline constexpr double loadingCpuStay = 0.96;
/// A GPU this busy is fed: another one that waits has a reason of its own.
inline constexpr double fedGpu = 85;

/// Of GPUs that take turns the loads add up to one's, at any time: those of GPUs that wait together
/// go up and down together. A reading may fall into a pause.
inline constexpr double turnsLeast = 70;
inline constexpr double turnsMost = 120;
inline constexpr double turnsShare = 0.75; ///< of the readings

// "CPU far below that: raise num_workers": half of the share lies idle.
inline constexpr double starvedCpuBegin = 0.5;
inline constexpr double starvedCpuStay = 0.65;
inline constexpr double starvedGpuBegin = 50;
inline constexpr double starvedGpuStay = 60;
/// A training process that waits for its loader still uses a good part of one core.
inline constexpr double starvedCores = 0.3;

// The product's promises: 95 % of the GPU's memory, 90 % of a disk or its inodes. The kernel kills
// at 100 % of the container's memory.
inline constexpr double gpuMemoryBegin = 0.95;
inline constexpr double gpuMemoryStay = 0.92;
inline constexpr double memoryBegin = 0.90;
inline constexpr double memoryStay = 0.85;
inline constexpr double diskBegin = 90;
inline constexpr double diskStay = 88;
/// So much free space is no trouble however large the disk.
inline constexpr qint64 plentyFreeBytes = qint64(200) << 30;
inline constexpr qint64 plentyFreeInodes = 10'000'000;

/// Readings of the window in which files of the slow disk were open.
inline constexpr double slowDiskShareBegin = 0.6;
inline constexpr double slowDiskShareStay = 0.2;
inline constexpr double slowDiskGpu = 60; ///< a GPU busier than this does not wait for the disk

inline constexpr double throttleShareBegin = 0.75; ///< of the readings
inline constexpr double throttleShareStay = 0.3;
inline constexpr double throttleBusyPercent = 30; ///< an idle GPU's clocks don't matter
/// Where the driver tells neither reasons nor the card's own threshold: cards of the last ten years
/// slow down between 87 and 102 degrees.
inline constexpr double hotWithoutThreshold = 90;
/// A power limit this far below the card's own was set by somebody.
inline constexpr double loweredLimit = 0.95;
/// At its power limit a card under full load runs at 65 to 90 % of its highest clock; below this
/// the limit costs much.
inline constexpr double cappedClock = 0.6;

// Idle figures measured on rented instances: GPU 5 %, CPU 5 % of a core, network 10 kB/s, disk
// 500 kB/s. On top
// come this monitor's own cost (with nvidia-smi up to a tenth of a core, with the report of eight
// GPUs some 10 kB/s) and that of Jupyter, TensorBoard and scanners at the door.
inline constexpr double idleGpuPercent = 5;
inline constexpr double idleCores = 0.25;
inline constexpr double idleCoresStay = 0.5;
inline constexpr double idleBytesPerSecond = 50'000;
inline constexpr double idleBytesPerSecondStay = 150'000;
inline constexpr double idleDiskBytesPerSecond = 500'000;
inline constexpr double idleShare = 0.98; ///< of the readings
/// Quicker than this something is fetched, which keeps the CPU busy with unpacking.
inline constexpr double fetchingBytesPerSecond = 1'000'000;
inline constexpr TimeMs idleStayWindow = minute;

// A smaller card: a tenth of memory and speed to spare, and worth moving for.
inline constexpr double cardHeadroom = 1.10;
inline constexpr double cardHeadroomStay = 1.02;
inline constexpr double cardWorthwhilePrice = 0.8; ///< of the current price, at most
inline constexpr double cardWorthwhilePriceStay = 0.85;
inline constexpr double cardPeakShare = 0.95;   ///< of the busy readings lie below the load
inline constexpr TimeMs cardBusy = 30 * minute; ///< so much work in what was recorded
inline constexpr TimeMs cardReach = 24 * 60 * minute;
inline constexpr TimeMs cardSettle = 10 * minute;

} // namespace core::advice
