// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/advice/TraceParts.h"

#include <algorithm>
#include <cmath>

using namespace core;
using namespace core::advice;

namespace traces {

namespace {

std::vector<Cause> makeCauses()
{
    using K = FindingKind;
    using R = QRandomGenerator;
    return {
        // Nothing is wrong, though some of it looks like it.
        {"training", {}, 900, 1, [](Sample &, int, R &) {}},
        {"training on four GPUs", {}, 900, 4, [](Sample &, int, R &) {}},
        {"training with validation",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t % 90 > 75)
                 setUtil(s, 20 + noise(r, 15));
         }},
        {"training that swings above 60 %",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) { setUtil(s, saw(t, 6, 0.7, 97, 62) + noise(r, 3)); }},
        {"loading the model first",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t > 100)
                 return;
             setUtil(s, 0);
             setMemory(s, 150 * t);
             setCpu(s, 1 + noise(r, 0.1));
         }},
        {"checkpoints every five minutes",
         {},
         1200,
         1,
         [](Sample &s, int t, R &) {
             if (t % 300 > 270)
                 setUtil(s, 0);
         }},
        {"a server between requests",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 9, 0.4, 38, 0) + noise(r, 3));
             setCpu(s, 1.2 + noise(r, 0.2));
             setProcesses(s, {process("python -m vllm.entrypoints.openai.api_server", 60, true)});
         }},
        {"trying things in a notebook",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 97, 0.3, 41, 0) + noise(r, 2));
             setCpu(s, saw(t, 97, 0.3, 1.3, 0.1));
         }},
        {"installing packages",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 0.95 + noise(r, 0.1));
             setProcesses(s, {process("python /root/miniconda3/bin/pip install torch", 95, false)});
         }},
        {"compiling an extension",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 15.9 + noise(r, 0.1));
             setProcesses(s, {process("/usr/lib/gcc/x86_64-linux-gnu/11/cc1plus -O2", 99, false)});
         }},
        {"unpacking a data set",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 1.0 + noise(r, 0.05));
             setProcesses(s, {process("unzip -q train.zip", 99, false)});
         }},
        {"downloading with nothing else",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             s.network.rxBytesPerSecond = 8e6 + noise(r, 2e6);
             setProcesses(s, {process("wget http://example.org/x", 8, false)});
         }},
        {"full power, as it should be",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             GpuInfo &gpu = s.gpus.front();
             gpu.powerW = 449 + noise(r, 1);
             gpu.throttle = probe::ThrottleReasons{false, true, false, false};
             gpu.smClockMhz = 2475;
         }},
        {"a card cut into slices",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.gpus.front().utilPercent.reset();
             s.gpus.front().mig = true;
         }},
        {"nvidia-smi hangs",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             setCpu(s, 1.2 + noise(r, 0.1));
             GpuInfo &gpu = s.gpus.front();
             gpu.utilPercent.reset();
             gpu.memUsedMib.reset();
             gpu.tempC.reset();
             s.smiError = probe::SmiError{probe::SmiFailure::TimedOut, {}};
             s.mode = metrics::Mode::Unknown;
         }},
        {"no driver, nothing runs",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             s.gpus.clear();
             s.mode = metrics::Mode::Unknown;
             s.smiError = probe::SmiError{probe::SmiFailure::NoDriver, {}};
         }},
        {"JAX takes three quarters",
         {},
         900,
         1,
         [](Sample &s, int, R &) { setMemory(s, 0.76 * total); }},
        {"TensorBoard beside a training run",
         {},
         900,
         1,
         [](Sample &s, int, R &) { s.processes.push_back(tensorboard()); }},
        {"a server of one's own",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 9, 0.4, 38, 0) + noise(r, 3));
             setCpu(s, 1.2 + noise(r, 0.2));
             setProcesses(s, {process("python server.py --port 6006", 60, true)});
         }},
        {"a server that takes all the memory",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 9, 0.4, 38, 0) + noise(r, 3));
             setMemory(s, 0.965 * total);
             setCpu(s, 1.2 + noise(r, 0.2));
             setProcesses(s, {process("python -m vllm.entrypoints.openai.api_server", 60, true)});
         }},
        {"a second GPU that helps now and then",
         {},
         900,
         2,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 9, 0.4, 38, 0) + noise(r, 3), 1);
             setCpu(s, 4 + noise(r, 0.3));
         }},
        {"an editor's server works",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 1.0 + noise(r, 0.1));
             setProcesses(s, {process("/root/.vscode-server/bin/x/node out/server.js", 98, false)});
         }},
        {"a model is fetched and checked",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 0.9 + noise(r, 0.1));
             setProcesses(s, {process("python /root/miniconda3/bin/huggingface-cli download Qwen/x",
                                      90, false)});
         }},
        {"a script that fetches",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 0.9 + noise(r, 0.1));
             s.network.rxBytesPerSecond = 2e7 + noise(r, 5e6);
             setProcesses(s, {process("python fetch.py", 90, false)});
         }},
        {"frames of films",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 12 + noise(r, 0.5));
             setProcesses(s, {process("ffmpeg -i in.mp4 frames/%05d.jpg", 1200, false)});
         }},
        {"copying from the shared disk",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 0.15 + noise(r, 0.03));
             s.processes.push_back(
                 process("cp -r /root/autodl-fs/imagenet /root/autodl-tmp", 15, false));
         }},
        {"something that the disk is busy with",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             s.diskBytesPerSecond = 4e7 + noise(r, 1e7);
         }},
        {"memory that is page cache",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.memory.usedBytes = 116 * gib;
             s.memory.cacheBytes = 92 * gib;
         }},
        {"all a bit below their limits",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             setMemory(s, 0.945 * total);
             s.memory.usedBytes = qint64(0.89 * double(*s.memory.limitBytes));
             setCpu(s, 14.2 + noise(r, 0.2));
             s.disks[0] = disk("/", "overlay", "overlay", DiskRole::System, 30 * gib, 89.5);
         }},
        {"an old kill before we looked",
         {},
         900,
         1,
         [](Sample &s, int, R &) { s.memory.oomKills = 7; }},
        {"a new container after a kill",
         {},
         900,
         1,
         [](Sample &s, int t, R &) {
             s.memory.oomKills = t < 300 ? 3 : 0;
             s.host.uptimeSeconds = t < 300 ? 5000 + t : t - 299;
         }},
        {"a huge disk with terabytes free",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.disks[1] = disk("/root/autodl-tmp", "/dev/md0", "xfs", DiskRole::Data,
                               qint64(30000) * gib, 93);
         }},
        {"public data is full, and read-only",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.disks.push_back(disk("/root/autodl-pub", "pub", "ext4", DiskRole::Public, 1500 * gib,
                                    100, 1000, 100));
         }},
        {"data on the data disk",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.processes.front().reads = {QStringLiteral("/root/autodl-tmp/train.lmdb/data.mdb")};
         }},
        {"slow disk, but the GPU is busy",
         {},
         900,
         1,
         [](Sample &s, int, R &) {
             s.processes.front().reads = {QStringLiteral("/root/autodl-fs/train.h5")};
         }},
        {"no-GPU mode, uploading",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             noGpuMode(s, r);
             setCpu(s, 0.3 + noise(r, 0.05));
             s.network.rxBytesPerSecond = 9e6;
         }},
        {"no-GPU mode, unpacking",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             noGpuMode(s, r);
             setCpu(s, 0.5);
             setProcesses(s, {process("tar xf data.tar", 50, false)});
         }},

        // One cause each.
        {"stuck with its memory",
         {K::GpuUnused},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 0);
             setCpu(s, 0.9 + noise(r, 0.1));
         }},
        {"one GPU of two is left out",
         {K::GpuUnused},
         900,
         2,
         [](Sample &s, int, R &) { setUtil(s, 0, 1); }},
        {"training on the CPU",
         {K::GpuUnused},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 8 + noise(r, 1));
             setProcesses(s, {process("python train.py", 800, false)});
         }},
        {"training on the CPU with all cores",
         {K::GpuUnused},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setCpu(s, 16);
             setProcesses(s, {process("python train.py", 1600, false)});
         }},
        {"a forgotten notebook with a model",
         {K::GpuUnused, K::Idle},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 9000);
             setProcesses(s, {process("python -m ipykernel_launcher", 0.3, true)});
         }},
        {"stuck, TensorBoard is open",
         {K::GpuUnused},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 0);
             setCpu(s, 0.9 + noise(r, 0.1));
             s.processes.push_back(tensorboard());
         }},
        {"a forgotten notebook with a file open",
         {K::GpuUnused, K::Idle},
         900,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 9000);
             setProcesses(s, {process("python -m ipykernel_launcher", 0.3, true)});
             s.processes.front().reads = {QStringLiteral("/root/data.h5")};
         }},
        {"sawtooth, TensorBoard is open",
         {K::DataLoading},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 7, 0.45, 44, 3) + noise(r, 3));
             setCpu(s, 2.1 + noise(r, 0.3));
             s.processes.push_back(tensorboard());
         }},
        {"sawtooth with most of the CPU",
         {K::DataLoading},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 7, 0.45, 44, 3) + noise(r, 3));
             setCpu(s, 14.1 + noise(r, 0.1));
         }},
        {"CPU at the limit, the GPU hardly used",
         {K::CpuBound},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, t % 10 < 1 ? 20 : 0);
             setCpu(s, 15.95 + noise(r, 0.05));
         }},
        {"sawtooth under 50 %",
         {K::DataLoading},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 7, 0.45, 44, 3) + noise(r, 3));
             setCpu(s, 2.1 + noise(r, 0.3));
         }},
        {"slow sawtooth, CPU in the middle",
         {K::DataLoading},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 20, 0.4, 45, 2) + noise(r, 1));
             setCpu(s, saw(t, 20, 0.5, 14.4, 3.2));
         }},
        {"sawtooth on four GPUs",
         {K::DataLoading},
         900,
         4,
         [](Sample &s, int t, R &r) {
             for (GpuInfo &gpu : s.gpus)
                 gpu.utilPercent = std::round(saw(t + *gpu.index, 8, 0.5, 40, 4) + noise(r, 4));
             setCpu(s, 3 + noise(r, 0.5));
         }},
        {"CPU at the limit",
         {K::CpuBound},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 7, 0.45, 44, 3) + noise(r, 3));
             setCpu(s, 15.85 + noise(r, 0.15));
         }},
        {"CPU at the limit of five cores",
         {K::CpuBound},
         900,
         1,
         [](Sample &s, int, R &r) {
             s.cpu.limitCores = 5;
             setUtil(s, 55 + noise(r, 20));
             setCpu(s, 4.95 + noise(r, 0.05));
         }},
        {"too few workers",
         {K::GpuStarved},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 30 + noise(r, 4));
             setCpu(s, 1.1 + noise(r, 0.1));
         }},
        {"too few workers, high peaks",
         {K::GpuStarved},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 10, 0.3, 92, 6) + noise(r, 4));
             setCpu(s, 1.4 + noise(r, 0.2));
         }},
        {"GPU memory is full",
         {K::GpuMemoryFull},
         900,
         1,
         [](Sample &s, int, R &r) { setMemory(s, 0.975 * total + noise(r, 50)); }},
        {"one kill",
         {K::OutOfMemory},
         900,
         1,
         [](Sample &s, int t, R &) { s.memory.oomKills = t < 400 ? 2 : 3; }},
        {"memory near the limit",
         {K::MemoryFull},
         900,
         1,
         [](Sample &s, int, R &r) {
             s.memory.usedBytes = qint64((0.955 + noise(r, 0.01)) * double(*s.memory.limitBytes));
             s.memory.cacheBytes = gib; // the kernel has taken the rest back
         }},
        {"no-GPU mode runs out of memory",
         {K::MemoryFull},
         900,
         1,
         [](Sample &s, int, R &r) {
             noGpuMode(s, r);
             setCpu(s, 0.4);
             s.memory.usedBytes = qint64(1.93 * double(gib));
             s.memory.cacheBytes = gib / 50;
         }},
        {"system disk is full",
         {K::DiskFull},
         900,
         1,
         [](Sample &s, int t, R &) {
             s.disks[0] = disk("/", "overlay", "overlay", DiskRole::System, 30 * gib,
                               std::min(99.0, 80 + t / 30.0));
         }},
        {"shared disk is out of inodes",
         {K::InodesFull},
         900,
         1,
         [](Sample &s, int, R &) {
             s.disks[2] = disk("/root/autodl-fs", "fs:/1", "nfs4", DiskRole::Shared, 200 * gib, 34,
                               200000, 97);
         }},
        {"data on the shared disk",
         {K::SlowDisk},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, saw(t, 9, 0.4, 35, 0) + noise(r, 3));
             setCpu(s, 0.8 + noise(r, 0.2));
             if (t / 15 % 4 != 0) // a listing now and then shows none
                 s.processes.front().reads = {
                     QStringLiteral("/root/autodl-fs/imagenet/n01/x.JPEG")};
         }},
        {"data on the system disk",
         {K::SlowDisk},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 22 + noise(r, 5));
             setCpu(s, 1 + noise(r, 0.2));
             s.processes.front().reads = {QStringLiteral("/root/data/train.h5")};
         }},
        {"hot",
         {K::HeatThrottled},
         900,
         1,
         [](Sample &s, int, R &r) {
             GpuInfo &gpu = s.gpus.front();
             gpu.tempC = std::round(89 + noise(r, 1));
             gpu.throttle = probe::ThrottleReasons{true, false, false, false};
             gpu.smClockMhz = 1600;
         }},
        {"hot, an old driver",
         {K::HeatThrottled},
         900,
         1,
         [](Sample &s, int, R &) {
             GpuInfo &gpu = s.gpus.front();
             gpu.throttle.reset();
             gpu.tempC = 97;
             gpu.slowdownTempC = 96;
         }},
        {"a lowered power limit",
         {K::PowerThrottled},
         900,
         1,
         [](Sample &s, int, R &r) {
             GpuInfo &gpu = s.gpus.front();
             gpu.powerLimitW = 300;
             gpu.powerW = 299 + noise(r, 1);
             gpu.throttle = probe::ThrottleReasons{false, true, false, false};
         }},
        {"the server's supply is weak",
         {K::PowerThrottled},
         900,
         1,
         [](Sample &s, int, R &) {
             s.gpus.front().throttle = probe::ThrottleReasons{false, false, true, true};
         }},
        {"nothing runs", {K::Idle}, 900, 1, [](Sample &s, int, R &r) { nothingRuns(s, r); }},
        {"no-GPU mode, forgotten",
         {K::Idle},
         900,
         1,
         [](Sample &s, int, R &r) { noGpuMode(s, r); }},
        {"a small model on a large card",
         {K::CheaperCard},
         4500,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 52 + noise(r, 4));
             setMemory(s, 7000 + noise(r, 200));
             setCpu(s, 3 + noise(r, 0.3));
         }},
    };
}

} // namespace

double noise(QRandomGenerator &random, double size)
{
    return (random.generateDouble() * 2 - 1) * size;
}

Sample healthy(int gpus, int second, QRandomGenerator &random)
{
    Sample sample;
    sample.time = std::chrono::system_clock::time_point(
        std::chrono::milliseconds(start + qint64(second) * 1000));
    sample.host.hostname = QStringLiteral("autodl-container-abc");
    sample.host.uptimeSeconds = 5000 + second;
    sample.mode = metrics::Mode::Gpu;
    for (int i = 0; i < gpus; ++i) {
        GpuInfo gpu;
        gpu.index = i;
        gpu.name = QStringLiteral("NVIDIA GeForce RTX 4090");
        gpu.mig = false;
        gpu.utilPercent = std::round(95 + noise(random, 4));
        gpu.memTotalMib = qint64(total);
        gpu.memUsedMib = qint64(0.75 * total + noise(random, 100));
        gpu.tempC = std::round(66 + noise(random, 2));
        gpu.powerW = 400 + noise(random, 20);
        gpu.powerLimitW = 450;
        gpu.powerLimitDefaultW = 450;
        gpu.smClockMhz = 2520;
        gpu.smClockMaxMhz = 3105;
        gpu.slowdownTempC = 95;
        gpu.throttle = probe::ThrottleReasons{};
        sample.gpus.push_back(gpu);
    }
    sample.cpu = {16, 5 + noise(random, 1), metrics::Source::Cgroup2};
    sample.memory = {120 * gib, qint64((24 + noise(random, 1)) * double(gib)),
                     metrics::Source::Cgroup2, 0, 8 * gib};
    sample.network = {3000 + noise(random, 1000), 9000 + noise(random, 2000)};
    sample.disks = {
        disk("/", "overlay", "overlay", DiskRole::System, 30 * gib, 40),
        disk("/root/autodl-tmp", "/dev/md0", "xfs", DiskRole::Data, 50 * gib, 55, 26214400, 2),
        disk("/root/autodl-fs", "fs:/1", "nfs4", DiskRole::Shared, 200 * gib, 10, 200000, 10)};
    sample.processes = {process("python train.py --config resnet50.yaml", 130, true),
                        process("/usr/sbin/sshd -D", 0, false)};
    return sample;
}

const std::vector<Cause> &causes()
{
    static const std::vector<Cause> all = [] {
        std::vector<Cause> made = makeCauses();
        const std::vector<Cause> more = moreCauses();
        made.insert(made.end(), more.begin(), more.end());
        return made;
    }();
    return all;
}

std::vector<SamplePtr> trace(const Cause &cause, quint32 seed, bool rough)
{
    QRandomGenerator random(seed);
    std::vector<SamplePtr> samples;
    int lost = 0;
    for (int second = 0; second < cause.seconds; ++second) {
        Sample sample = healthy(cause.gpus, second, random);
        cause.load(sample, second, random);
        if (rough) {
            sample.time += std::chrono::milliseconds(int(noise(random, 250)));
            if (lost == 0 && random.bounded(120) == 0)
                lost = 1 + int(random.bounded(8));
            if (lost > 0) {
                --lost;
                continue;
            }
            // A torn document: what it would have told is missing in this sample.
            if (random.bounded(40) == 0)
                sample.cpu.usedCores.reset();
            if (random.bounded(40) == 0)
                sample.memory.usedBytes.reset();
            if (random.bounded(40) == 0)
                sample.network = {};
            for (GpuInfo &gpu : sample.gpus) {
                if (random.bounded(40) == 0) {
                    gpu.utilPercent.reset();
                    gpu.memUsedMib.reset();
                }
            }
        }
        samples.push_back(std::make_shared<const Sample>(std::move(sample)));
    }
    return samples;
}

Player::Player(Options options)
    : advisor(std::move(options))
{
}

void Player::play(const SamplePtr &sample)
{
    series.append(*sample);
    const Changes changes = advisor.take(sample, series);
    const TimeMs now =
        std::chrono::duration_cast<std::chrono::milliseconds>(sample->time.time_since_epoch())
            .count();
    for (const QString &key : changes.begun)
        begun.emplace_back(now, key);
    for (const QString &key : changes.ended)
        ended.emplace_back(now, key);
}

void Player::play(const std::vector<SamplePtr> &samples)
{
    for (const SamplePtr &sample : samples)
        play(sample);
}

const Finding *Player::find(FindingKind kind)
{
    m_found = advisor.findings();
    const auto it = std::find_if(m_found.begin(), m_found.end(),
                                 [kind](const Finding &one) { return one.kind == kind; });
    return it == m_found.end() ? nullptr : &*it;
}

Options withCards()
{
    Options options;
    options.card = CardFacts{QStringLiteral("RTX 4090"), 24564, 82.6, {19800, Currency::Cny}};
    options.otherCards = {
        {QStringLiteral("RTX 3090"), 24576, 35.6, {13200, Currency::Cny}},
        {QStringLiteral("RTX 4080 SUPER"), 16376, 52.2, {12800, Currency::Cny}},
        {QStringLiteral("RTX 4070 Ti"), 12282, 53.0, {9800, Currency::Cny}},
        {QStringLiteral("RTX 3080"), 10240, 29.8, {8800, Currency::Cny}},
        {QStringLiteral("RTX 5090"), 32607, 104.8, {28800, Currency::Cny}},
        {QStringLiteral("RTX 4070 abroad"), 24564, 90, {1000, Currency::Usd}},
    };
    return options;
}

} // namespace traces
