// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/Transfer.h"

#include <QSignalSpy>
#include <QTest>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// One copy to its end, with what it told.
struct TransferRun
{
    std::optional<core::Error> error;
    core::transfer::TransferSummary summary;
    std::vector<core::transfer::FileOutcome> outcomes;
    int retries = 0;
    bool isFinished = false;

    TransferRun(const core::transfer::TransferRequest &request,
                const core::ssh::SessionOptions &options, int ms = 240000)
    {
        core::transfer::Transfer transfer(request, options);
        QObject::connect(
            &transfer, &core::transfer::Transfer::fileEnded, &transfer,
            [this](const core::transfer::FileOutcome &outcome) { outcomes.push_back(outcome); });
        QObject::connect(&transfer, &core::transfer::Transfer::retrying, &transfer,
                         [this] { ++retries; });
        QSignalSpy finished(&transfer, &core::Operation::finished);
        transfer.start();
        isFinished = finished.wait(ms) && finished.count() == 1;
        error = transfer.error();
        summary = transfer.summary();
    }
    [[nodiscard]] bool isWhole() const { return isFinished && !error && summary.failed == 0; }
    [[nodiscard]] int count(core::transfer::FileOutcome::Result result) const
    {
        int found = 0;
        for (const auto &outcome : outcomes)
            found += outcome.result == result ? 1 : 0;
        return found;
    }
    /// For a failed QVERIFY2.
    [[nodiscard]] QByteArray words() const
    {
        QByteArray text = !isFinished ? "not finished" : "finished";
        if (error)
            text += ": " + QByteArray(core::errorCodeName(error->code).data()) + ' ' +
                    error->detail.toUtf8();
        for (const auto &outcome : outcomes) {
            if (outcome.error)
                text += "\n  " + outcome.path + ": " + outcome.error->detail.toUtf8();
        }
        return text;
    }
};

/// What a tree holds, by path: type, mode, seconds of its mtime, contents.
[[nodiscard]] inline QMap<QByteArray, QByteArray> treeOf(const QByteArray &root,
                                                         bool withDirectoryTimes = true)
{
    QMap<QByteArray, QByteArray> tree;
    QByteArrayList left{QByteArray()};
    while (!left.isEmpty()) {
        const QByteArray path = left.takeLast();
        const QByteArray full = root + path;
        struct stat info
        {
        };
        if (lstat(full.constData(), &info) != 0)
            continue;
        QByteArray facts = QByteArray::number(info.st_mode, 8);
        if (S_ISLNK(info.st_mode)) {
            QByteArray target(4096, '\0');
            target.truncate(readlink(full.constData(), target.data(), 4096));
            facts += " -> " + target;
        } else if (S_ISREG(info.st_mode)) {
            const int file = open(full.constData(), O_RDONLY);
            QByteArray bytes(info.st_size, '\0');
            bytes.truncate(read(file, bytes.data(), std::size_t(bytes.size())));
            close(file);
            facts += ' ' + QByteArray::number(qint64(info.st_mtime)) + ' ' + bytes;
        } else if (S_ISDIR(info.st_mode)) {
            if (withDirectoryTimes)
                facts += ' ' + QByteArray::number(qint64(info.st_mtime));
            DIR *list = opendir(full.constData());
            while (const dirent *entry = list ? readdir(list) : nullptr) {
                const QByteArray name = entry->d_name;
                if (name != "." && name != "..")
                    left.append(path + '/' + name);
            }
            if (list)
                closedir(list);
        }
        tree.insert(path, facts);
    }
    return tree;
}

/// "" when both hold the same; else the first difference.
[[nodiscard]] inline QByteArray difference(const QMap<QByteArray, QByteArray> &a,
                                           const QMap<QByteArray, QByteArray> &b)
{
    for (auto it = a.begin(); it != a.end(); ++it) {
        if (!b.contains(it.key()))
            return "missing: " + it.key();
        if (b.value(it.key()) != it.value())
            return "differs: " + it.key() + ": " + it.value().left(60) + " | " +
                   b.value(it.key()).left(60);
    }
    for (auto it = b.begin(); it != b.end(); ++it) {
        if (!a.contains(it.key()))
            return "too much: " + it.key();
    }
    return {};
}
