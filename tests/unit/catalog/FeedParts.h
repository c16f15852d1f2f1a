// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the shapes that the feeds give, with invented figures.
#pragma once

#include <QByteArray>

#include <archive.h>
#include <archive_entry.h>

namespace tests {

inline QByteArray vastAnswer()
{
    return R"({"offers": [
 {"id": 1, "gpu_name": "RTX 4090", "num_gpus": 1, "gpu_ram": 24564, "dph_base": 0.3, "dph_total": 0.40,
  "cpu_cores_effective": 16.0, "cpu_ram": 65536, "disk_space": 100.5, "geolocation": "Sweden, SE",
  "reliability": 0.99, "verification": "verified"},
 {"id": 2, "gpu_name": "RTX 4090", "num_gpus": 8, "gpu_ram": 24564, "dph_total": 2.80,
  "cpu_cores_effective": 64.0, "cpu_ram": 524288, "disk_space": 2000, "geolocation": "Quebec, CA"},
 {"id": 3, "gpu_name": "A100 PCIE", "num_gpus": 1, "gpu_ram": 40960, "dph_total": 0.7777777,
  "cpu_cores_effective": null, "geolocation": null},
 {"id": 4, "gpu_name": "RTX 3060 laptop", "num_gpus": 1, "gpu_ram": 6144, "dph_total": 0.05},
 {"id": 5, "gpu_name": "Tesla T4", "num_gpus": 1, "gpu_ram": 15360, "dph_total": 0}
]})";
}

inline QByteArray runPodAnswer()
{
    return R"({"data": {"gpuTypes": [
 {"id": "NVIDIA GeForce RTX 4090", "displayName": "RTX 4090", "memoryInGb": 24, "secureCloud": true,
  "communityCloud": true, "securePrice": 0.69, "communityPrice": 0.34,
  "lowestPrice": {"minVcpu": 6, "minMemory": 41}},
 {"id": "NVIDIA A100 80GB PCIe", "displayName": "A100 PCIe", "memoryInGb": 80, "securePrice": 1.64,
  "communityPrice": 0, "lowestPrice": null},
 {"id": "AMD Instinct MI300X OAM", "displayName": "MI300X", "memoryInGb": 192, "securePrice": 2.99,
  "communityPrice": null, "lowestPrice": {"minVcpu": null, "minMemory": null}},
 {"id": "unknown", "displayName": "unknown", "memoryInGb": 0, "securePrice": null}
]}})";
}

inline QByteArray gpuhuntCsv()
{
    return "instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size,"
           "gpu_vendor,flags,cpu_arch,provider_data\n"
           "gpu_1x_a10,us-west-1,0.75,30,200.0,1,A10,24.0,False,1400.0,nvidia,,x86,\n"
           "gpu_8x_a100,us-west-1,14.32,240,1800.0,8,A100,80.0,False,20000.0,nvidia,,x86,{}\n"
           "gpu_8x_a100_small,us-east-1,10.32,124,1800.0,8,A100,40.0,False,6000.0,nvidia,,x86,\n"
           "gpu_1x_a10,us-east-1,0.60,30,200.0,1,A10,24.0,True,1400.0,nvidia,,x86,\n"
           "cpu_4x,us-east-1,0.20,4,16.0,0,,,False,100.0,,,x86,\n"
           "gpu_1x_gh200,us-east-3,1.49,64,432.0,1,GH200,96.0,False,4000.0,nvidia,,arm,\n";
}

/// A ZIP of files by name.
inline QByteArray zipOf(std::initializer_list<std::pair<const char *, QByteArray>> files)
{
    QByteArray zip(16 * 1024 * 1024, '\0');
    std::size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, zip.data(), std::size_t(zip.size()), &used);
    for (const auto &[name, content] : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, content.size());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, content.constData(), std::size_t(content.size()));
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return zip.first(qsizetype(used));
}

} // namespace tests
