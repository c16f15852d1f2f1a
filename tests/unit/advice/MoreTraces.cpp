// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/advice/TraceParts.h"

using namespace core;
using core::advice::FindingKind;

namespace traces {

std::vector<Cause> moreCauses()
{
    using K = FindingKind;
    using R = QRandomGenerator;
    return {
        {"gradient accumulation, the optimiser on the CPU",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             const bool step = t % 12 >= 5;
             setUtil(s, step ? 1 : 98 + noise(r, 2));
             setCpu(s, step ? 15.8 : 2 + noise(r, 0.3));
         }},
        {"gradient accumulation in bursts",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, t % 9 < 7 ? 99 : 25 + noise(r, 10));
             setCpu(s, 2 + noise(r, 0.3));
         }},
        {"bound by the card's own memory",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 99 + noise(r, 1));
             setCpu(s, 1.1 + noise(r, 0.05));
             s.gpus.front().powerW = 210 + noise(r, 5);
         }},
        {"checkpoints of forty seconds",
         {},
         1200,
         1,
         [](Sample &s, int t, R &r) {
             if (t % 180 > 140) {
                 setUtil(s, 0);
                 setCpu(s, 1 + noise(r, 0.1));
                 s.network.txBytesPerSecond = 2e8;
             }
         }},
        {"validation on the CPU for a minute and a half",
         {},
         1200,
         1,
         [](Sample &s, int t, R &r) {
             if (t % 400 > 310) {
                 setUtil(s, 0);
                 setCpu(s, 1 + noise(r, 0.05));
             }
         }},
        {"kernels are compiled first",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t > 300)
                 return;
             setUtil(s, 0);
             setMemory(s, 2800);
             setCpu(s, 12 + noise(r, 1));
             s.processes = {process("python train.py --compile", 100, true),
                            process("/root/miniconda3/bin/python "
                                    "/root/miniconda3/lib/python3.11/site-packages/torch/_inductor/"
                                    "compile_worker/__main__.py --pickler=x --kind=fork",
                                    95, false),
                            process("/usr/bin/ptxas -arch=sm_89", 60, false)};
         }},
        {"a large model is loaded for five minutes",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t > 300)
                 return;
             setUtil(s, 0);
             setMemory(s, 600 + 58 * t);
             setCpu(s, 0.8 + noise(r, 0.1));
             s.network.rxBytesPerSecond = 6e7;
         }},
        {"a language model's server waits",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 0.91 * total);
             setCpu(s, 0.1 + noise(r, 0.02));
             s.processes = {
                 process("VLLM::EngineCore", 2, true),
                 process("python -m vllm.entrypoints.openai.api_server --model Qwen/Qwen3-8B", 2,
                         false)};
         }},
        {"a server waits and polls",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 0.88 * total);
             setCpu(s, 1.05 + noise(r, 0.03));
             s.processes = {
                 process("sglang::scheduler", 100, true),
                 process("python -m sglang.launch_server --model-path x --port 30000", 3, false)};
         }},
        {"a server with some requests",
         {},
         1500,
         1,
         [](Sample &s, int t, R &r) {
             setMemory(s, 0.91 * total);
             setUtil(s, t % 100 < 12 ? 88 + noise(r, 8) : 0);
             setCpu(s, t % 100 < 12 ? 1.2 : 0.1);
             s.processes = {process("VLLM::EngineCore", 2, true)};
         }},
        {"one GPU of four works, the others are empty",
         {K::GpuUnused},
         1500,
         4,
         [](Sample &s, int, R &) {
             for (int i = 1; i < 4; ++i) {
                 setUtil(s, 0, i);
                 setMemory(s, 4, i);
             }
         }},
        {"a second GPU is empty for a while",
         {},
         900,
         2,
         [](Sample &s, int t, R &) {
             if (t > 240)
                 return;
             setUtil(s, 0, 1);
             setMemory(s, 4, 1);
         }},
        {"the loader comes in bursts",
         {K::GpuStarved},
         900,
         1,
         [](Sample &s, int t, R &r) {
             setUtil(s, t % 16 < 7 ? 95 + noise(r, 4) : 0);
             setCpu(s, 3 + noise(r, 0.5));
         }},
        {"training ends, the process goes",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int t, R &r) {
             if (t > 300)
                 nothingRuns(s, r);
         }},
        {"training ends, the memory stays with nobody",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int t, R &r) {
             if (t <= 300)
                 return;
             nothingRuns(s, r);
             setMemory(s, 9000);
         }},
        {"eight GPUs, one of them hot",
         {K::HeatThrottled},
         900,
         8,
         [](Sample &s, int, R &r) {
             GpuInfo &gpu = s.gpus[5];
             gpu.tempC = std::round(87 + noise(r, 1));
             gpu.throttle = probe::ThrottleReasons{true, false, false, false};
         }},
        {"hot for a moment now and then",
         {},
         900,
         1,
         [](Sample &s, int t, R &) {
             if (t % 60 < 20)
                 s.gpus.front().throttle = probe::ThrottleReasons{true, false, false, false};
         }},
        {"an environment on all cores, a small network",
         {K::CpuBound},
         900,
         1,
         [](Sample &s, int, R &r) {
             setUtil(s, 14 + noise(r, 5));
             setMemory(s, 1800);
             setCpu(s, 15.9 + noise(r, 0.1));
         }},
        {"a batch that fits exactly",
         {K::GpuMemoryFull},
         900,
         2,
         [](Sample &s, int, R &r) { setMemory(s, 0.958 * total + noise(r, 20), 1); }},
        {"killed every five minutes",
         {K::OutOfMemory},
         1500,
         1,
         [](Sample &s, int t, R &) { s.memory.oomKills = t / 300; }},
        {"memory grows to the limit",
         {K::MemoryFull},
         1200,
         1,
         [](Sample &s, int t, R &) {
             s.memory.cacheBytes = gib;
             s.memory.usedBytes = std::min(qint64(118) * gib, qint64(24 + t * 0.12) * gib);
         }},
        {"sawtooth on eight GPUs",
         {K::DataLoading},
         900,
         8,
         [](Sample &s, int t, R &r) {
             for (GpuInfo &gpu : s.gpus)
                 gpu.utilPercent = std::round(std::max(0.0, saw(t, 11, 0.4, 42, 2) + noise(r, 4)));
             setCpu(s, 8 + noise(r, 1));
         }},
        {"layers on four GPUs that take turns",
         {},
         900,
         4,
         [](Sample &s, int t, R &r) {
             for (GpuInfo &gpu : s.gpus)
                 gpu.utilPercent = (t / 3) % 4 == *gpu.index ? std::round(95 + noise(r, 4)) : 0;
             setCpu(s, 2 + noise(r, 0.2));
         }},
        {"layers on two GPUs",
         {},
         900,
         2,
         [](Sample &s, int, R &r) {
             setUtil(s, 48 + noise(r, 6), 0);
             setUtil(s, 46 + noise(r, 6), 1);
             setCpu(s, 1.2 + noise(r, 0.1));
         }},
        {"data in a bucket",
         {K::SlowDisk},
         900,
         1,
         [](Sample &s, int t, R &r) {
             s.disks.push_back(
                 disk("/mnt/oss", "ossfs", "fuse.ossfs", DiskRole::Other, qint64(1) << 50, 0));
             setUtil(s, saw(t, 9, 0.4, 35, 0) + noise(r, 3));
             setCpu(s, 1 + noise(r, 0.2));
             s.processes.front().reads = {QStringLiteral("/mnt/oss/train/0001.tar")};
         }},
        {"CPU at the limit of one core",
         {K::CpuBound},
         900,
         1,
         [](Sample &s, int, R &r) {
             s.cpu.limitCores = 1;
             setUtil(s, 30 + noise(r, 6));
             setCpu(s, 0.995);
         }},
        {"validation in peaks",
         {},
         1200,
         1,
         [](Sample &s, int t, R &r) {
             if (t % 240 > 200)
                 setUtil(s, saw(t, 5, 0.5, 40, 2) + noise(r, 2));
         }},
        {"at its own power limit",
         {},
         900,
         1,
         [](Sample &s, int, R &r) {
             GpuInfo &gpu = s.gpus.front();
             gpu.powerW = 450;
             gpu.throttle = probe::ThrottleReasons{false, true, false, false};
             gpu.smClockMhz = 2200 + noise(r, 50);
         }},
        {"tokens are made first, with all cores",
         {},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t > 115)
                 return;
             nothingRuns(s, r);
             setCpu(s, 15.5 + noise(r, 0.3));
             s.processes = {process("python run_clm.py", 100, false)};
         }},
        {"the next tokens are made, with all cores",
         {K::GpuUnused},
         900,
         1,
         [](Sample &s, int t, R &r) {
             if (t < 300)
                 return;
             nothingRuns(s, r);
             setCpu(s, 15.9 + noise(r, 0.1));
             s.processes = {process("python run_clm.py", 100, false)};
         }},
        {"Ollama waits",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 6000);
             s.processes = {
                 process("/usr/local/bin/ollama runner --model x --port 41234", 1, true)};
         }},
        {"ComfyUI waits",
         {K::Idle},
         1500,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             setMemory(s, 6000);
             s.processes = {process("python main.py --listen 0.0.0.0", 1, true)};
         }},
        {"a notebook, now and then",
         {},
         1500,
         1,
         [](Sample &s, int t, R &r) {
             nothingRuns(s, r);
             setMemory(s, 6000);
             setUtil(s, t % 110 < 4 ? 35 : 0);
             setCpu(s, t % 110 < 10 ? 1 : 0.1);
             s.processes = {process("python -m ipykernel_launcher", 5, true)};
         }},
        {"results are uploaded",
         {},
         1500,
         1,
         [](Sample &s, int, R &r) {
             nothingRuns(s, r);
             s.network.txBytesPerSecond = 3e6 + noise(r, 1e5);
         }},
        {"one GPU of eight does nothing",
         {K::GpuUnused},
         900,
         8,
         [](Sample &s, int, R &) { setUtil(s, 0, 6); }},
    };
}

} // namespace traces
