// SPDX-License-Identifier: GPL-3.0-or-later
// The window while a large file is copied, on the simulated instance: the longest time that it was
// deaf, the longest work of one event, and how far apart the monitor's samples came.
// usage: bench_window [BYTES]
#include "core/ssh/Exec.h"
#include "tests/bench/WatchedApplication.h"
#include "tests/ui/support/WindowFixture.h"

#include <QFile>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>

#include <cstdio>
#include <vector>

using namespace core;
using history::TransferStatus;
using transfer::Direction;

namespace {

class Bench final : public WindowFixture
{
public:
    int run(WatchedApplication &app, qint64 bytes);

private:
    void copy(WatchedApplication &app, const char *page, Direction direction, qint64 bytes);
};

double part(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::size_t(double(values.size() - 1) * share)];
}

void Bench::copy(WatchedApplication &app, const char *page, Direction direction, qint64 bytes)
{
    transfer::TransferRequest request;
    request.direction = direction;
    const QByteArray here = QFile::encodeName(m_dir->filePath(QStringLiteral("big")));
    request.sources = {direction == Direction::Put ? here : "/root/autodl-tmp/big"};
    request.target = direction == Direction::Put ? "/root/autodl-tmp/big" : here + ".back";

    std::vector<double> gaps;    // ms between two turns of the event loop
    std::vector<double> samples; // s between two of the monitor's
    QElapsedTimer sinceTurn;
    QElapsedTimer sinceSample;
    QTimer turn;
    turn.setTimerType(Qt::PreciseTimer);
    connect(&turn, &QTimer::timeout, this, [&] {
        gaps.push_back(double(sinceTurn.nsecsElapsed()) / 1e6);
        sinceTurn.start();
    });
    const auto counting = connect(m_instance, &fleet::Instance::sampleArrived, this, [&] {
        if (sinceSample.isValid())
            samples.push_back(double(sinceSample.nsecsElapsed()) / 1e9);
        sinceSample.start();
    });
    app.longest = 0;
    sinceTurn.start();
    turn.start(1);
    QElapsedTimer whole;
    whole.start();
    const qint64 id = m_queue->add(m_instance->id(), request);
    const bool ended =
        QTest::qWaitFor([&] { return history::hasEnded(m_queue->find(id)->status); }, 600'000);
    const double seconds = double(whole.elapsed()) / 1000;
    turn.stop();
    disconnect(counting);
    const bool good = ended && m_queue->find(id)->status == TransferStatus::Done;
    std::printf("%s, %s %.0f MB in %.1f s%s: deaf at most %.0f ms (99.9 %% under %.1f), one event "
                "at most %.0f ms; %zu samples %.2f to %.2f s apart\n",
                page, direction == Direction::Put ? "put" : "get", double(bytes) / 1e6, seconds,
                good ? "" : " FAILED", part(gaps, 1), part(gaps, 0.999), app.longest,
                samples.size(), part(samples, 0), part(samples, 1));
    std::fflush(stdout);
}

int Bench::run(WatchedApplication &app, qint64 bytes)
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("8")});
    makeServices();
    addRig();
    showWindow();
    connectIt();
    QFile file(m_dir->filePath(QStringLiteral("big")));
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    QByteArray block(1 << 20, Qt::Uninitialized);
    for (qint64 left = bytes; left > 0; left -= block.size()) {
        std::generate(block.begin(), block.end(), [n = quint32(left)]() mutable {
            n = n * 1664525 + 1013904223;
            return char(n >> 24);
        });
        if (file.write(block.constData(), std::min<qint64>(left, block.size())) < 0)
            return 1;
    }
    file.close();
    if (!QTest::qWaitFor([&] { return m_instance->sample() != nullptr; }, 20'000))
        return 1;
    for (const bool transfers : {false, true}) {
        child<QToolButton>("showTransfers")->setChecked(transfers);
        const char *page = transfers ? "Transfers" : "Monitor, 8 GPUs";
        copy(app, page, Direction::Put, bytes);
        copy(app, page, Direction::Get, bytes);
        remote("rm -f /root/autodl-tmp/big");
        QFile::remove(m_dir->filePath(QStringLiteral("big.back")));
    }
    closeWindow();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    WatchedApplication app(argc, argv);
    const qint64 bytes = argc > 1 ? QByteArray(argv[1]).toLongLong() : (qint64(1) << 31);
    return Bench().run(app, bytes);
}
