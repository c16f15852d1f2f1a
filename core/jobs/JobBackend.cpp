// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobBackend.h"

#include "core/base/ShellQuote.h"

#include <algorithm>

namespace core::jobs {

namespace {

QByteArray folderText(const JobId &id)
{
    return "~/.danlu/jobs/" + id;
}

class ScreenBackend final : public JobBackend
{
public:
    [[nodiscard]] QByteArray name() const override { return "screen"; }
    [[nodiscard]] QByteArray usable() const override { return "command -v screen"; }
    [[nodiscard]] QByteArray launch() const override
    {
        return R"(screen -U -dmS "$job_session" sh "$job_runner" run "$job_dir")";
    }
    [[nodiscard]] QByteArray attachText(const JobId &id) const override
    {
        return "screen -x " + sessionName(id); // also where somebody else looks at it
    }
};

class TmuxBackend final : public JobBackend
{
public:
    [[nodiscard]] QByteArray name() const override { return "tmux"; }
    [[nodiscard]] QByteArray usable() const override { return "command -v tmux"; }
    [[nodiscard]] QByteArray launch() const override
    {
        return R"(tmux new-session -d -s "$job_session" sh "$job_runner" run "$job_dir")";
    }
    [[nodiscard]] QByteArray attachText(const JobId &id) const override
    {
        return "tmux attach -t =" + sessionName(id);
    }
};

class NohupBackend final : public JobBackend
{
public:
    [[nodiscard]] QByteArray name() const override { return "nohup"; }
    [[nodiscard]] QByteArray usable() const override { return "true"; }
    [[nodiscard]] QByteArray launch() const override
    {
        // In the background a shell without job control makes a command deaf to SIGINT: setsid -f
        // first, which needs no "&" (util-linux has it, busybox not).
        return R"(
if setsid -f true 2>/dev/null; then
    setsid -f nohup sh "$job_runner" run "$job_dir" >/dev/null 2>&1
elif command -v setsid >/dev/null; then
    setsid nohup sh "$job_runner" run "$job_dir" >/dev/null 2>&1 &
else
    nohup sh "$job_runner" run "$job_dir" >/dev/null 2>&1 &
fi)";
    }
    [[nodiscard]] QByteArray launchText(const JobId &id) const override
    {
        return "setsid -f nohup sh " + folderText(id) + "/runner run " + folderText(id) +
               " </dev/null >/dev/null 2>&1";
    }
};

} // namespace

QByteArray JobBackend::launchText(const JobId &id) const
{
    return launch()
        .replace("\"$job_session\"", sessionName(id))
        .replace("\"$job_runner\"", folderText(id) + "/runner")
        .replace("\"$job_dir\"", folderText(id));
}

QByteArray JobBackend::attachText(const JobId &) const
{
    return {};
}

JobBackends standardBackends()
{
    return {std::make_shared<ScreenBackend>(), std::make_shared<TmuxBackend>(),
            std::make_shared<NohupBackend>()};
}

const JobBackend *backendNamed(const JobBackends &backends, QByteArrayView name)
{
    const auto found = std::find_if(backends.cbegin(), backends.cend(),
                                    [name](const auto &one) { return one->name() == name; });
    return found == backends.cend() ? nullptr : found->get();
}

QByteArray sessionName(const JobId &id)
{
    return "danlu-" + id;
}

QByteArray attachText(const probe::ScreenSession &session)
{
    const QByteArray name = session.name.toUtf8();
    return "screen -x " +
           shellQuote(session.pid ? QByteArray::number(*session.pid) + '.' + name : name);
}

QByteArray attachText(const probe::TmuxSession &session)
{
    return "tmux attach -t " + shellQuote('=' + session.name.toUtf8());
}

QByteArray terminalText(const QByteArray &attach)
{
    for (const auto &[tool, option] : {std::pair("screen ", "-U "), std::pair("tmux ", "-u ")}) {
        if (attach.startsWith(tool))
            return QByteArray("exec ") + tool + option + attach.mid(qsizetype(qstrlen(tool)));
    }
    return attach;
}

QByteArray logText(const JobId &id)
{
    return "tail -n +1 -f " + folderText(id) + "/log";
}

QByteArray stopText(const JobId &id)
{
    return "sh " + folderText(id) + "/runner stop " + folderText(id);
}

QByteArray cancelText(const JobId &id)
{
    return "sh " + folderText(id) + "/runner cancel " + folderText(id);
}

} // namespace core::jobs
