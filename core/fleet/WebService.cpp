// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/WebService.h"

#include "core/base/ShellQuote.h"
#include "core/jobs/JobSpec.h"

#include <algorithm>
#include <chrono>

namespace core::fleet {

using namespace std::chrono_literals;

namespace {

/// Python starts slowly on a busy disk.
constexpr auto commandPatience = 30s;
constexpr auto lookPause = 1s; ///< between two looks
constexpr int mostLooks = 45;
constexpr int shellNotFound = 127;
constexpr qint64 mostOutput = 256 * 1024;

QByteArray inLoginShell(const QByteArray &command)
{
    return "bash -lc " + shellQuote(command);
}

QByteArray logFile(WebServiceRequest::Kind kind)
{
    return kind == WebServiceRequest::Kind::JupyterLab ? "~/jupyter-lab.log" : "~/tensorboard.log";
}

} // namespace

QByteArray findCommand(const WebServiceRequest &request)
{
    const QByteArray port = QByteArray::number(request.port);
    if (request.kind == WebServiceRequest::Kind::TensorBoard)
        return inLoginShell("exec 3<>/dev/tcp/127.0.0.1/" + port);
    return inLoginShell(jobs::condaPathText("jupyter") +
                        "; jupyter server list --jsonlist || jupyter lab list --jsonlist");
}

QByteArray startCommand(const WebServiceRequest &request)
{
    const QByteArray port = QByteArray::number(request.port);
    const QByteArray folder = request.folder.toUtf8();
    QByteArray program;
    if (request.kind == WebServiceRequest::Kind::TensorBoard) {
        program = "tensorboard --host 127.0.0.1 --port " + port + " --logdir " +
                  (folder.isEmpty() ? QByteArray(".") : shellQuote(folder));
    } else {
        program = "jupyter lab --no-browser --allow-root --ip=127.0.0.1 --port=" + port;
        if (!folder.isEmpty())
            program += " --ServerApp.root_dir=" + shellQuote(folder);
    }
    const QByteArray name = program.left(program.indexOf(' '));
    return inLoginShell(jobs::condaPathText(name) + "; command -v " + name +
                        " || exit 127; setsid nohup " + program + " > " + logFile(request.kind) +
                        " 2>&1 < /dev/null &");
}

WebService::WebService(ssh::Session &session, WebServiceRequest request, QObject *parent)
    : Operation(parent)
    , m_session(&session)
    , m_request(std::move(request))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &WebService::find);
    QMetaObject::invokeMethod(this, &WebService::find, Qt::QueuedConnection);
}

WebService::~WebService()
{
    if (m_exec)
        m_exec->deleteLater(); // it is the session's child
}

void WebService::doCancel()
{
    m_pause.stop();
    if (m_exec)
        m_exec->cancel();
    failWith({ErrorCode::Cancelled, Step::Exec, {}});
}

void WebService::run(const QByteArray &command, void (WebService::*then)(const ssh::Exec &))
{
    if (error()) // cancelled
        return;
    if (!m_session) {
        failWith({ErrorCode::Disconnected, Step::Exec, {}});
        return;
    }
    ssh::ExecOptions options;
    options.timeout = commandPatience;
    options.maxCollect = mostOutput;
    ssh::Exec *exec = m_session->exec(command, options);
    m_exec = exec;
    connect(exec, &Operation::finished, this, [this, exec, then] {
        exec->deleteLater();
        m_exec.clear();
        if (exec->isOk())
            (this->*then)(*exec);
        else
            failWith(*exec->error());
    });
}

void WebService::find()
{
    if (m_looks++ == 0)
        Q_EMIT commandRun(findCommand(m_request));
    run(findCommand(m_request), &WebService::onFound);
}

bool WebService::take(const ssh::Exec &exec)
{
    if (m_request.kind == WebServiceRequest::Kind::TensorBoard) {
        m_port = m_request.port;
        return exec.exitCode() == 0;
    }
    const std::vector<probe::JupyterServer> servers =
        probe::parseJupyterServers(exec.standardOutput());
    if (servers.empty())
        return false;
    const auto wanted = std::find_if(servers.begin(), servers.end(), [this](const auto &one) {
        return one.port == m_request.port;
    });
    const probe::JupyterServer &server = wanted == servers.end() ? servers.front() : *wanted;
    m_port = server.port;
    m_path = server.basePath + QStringLiteral("lab");
    m_token = server.token;
    m_isSecure = server.isSecure;
    return true;
}

void WebService::onFound(const ssh::Exec &exec)
{
    const QString words = QString::fromUtf8(exec.standardError().right(300)).trimmed();
    if (take(exec)) {
        succeed();
    } else if (m_wasStarted) {
        lookAgain();
    } else if (!m_request.mayStart || (exec.exitCode() == shellNotFound &&
                                       m_request.kind == WebServiceRequest::Kind::JupyterLab)) {
        failWith({ErrorCode::NotFound, Step::Exec, words});
    } else {
        m_wasStarted = true;
        const QByteArray command = startCommand(m_request);
        Q_EMIT commandRun(command);
        run(command, &WebService::onStarted);
    }
}

void WebService::onStarted(const ssh::Exec &exec)
{
    if (exec.exitCode() == shellNotFound)
        failWith({ErrorCode::NotFound, Step::Exec, QString::fromUtf8(startCommand(m_request))});
    else if (exec.exitCode() != 0)
        failWith({ErrorCode::RemoteFailed, Step::Exec,
                  QString::fromUtf8(exec.standardError().right(300)).trimmed()});
    else
        lookAgain();
}

void WebService::lookAgain()
{
    if (m_looks < mostLooks)
        m_pause.start(lookPause);
    else
        run("tail -n 5 " + logFile(m_request.kind), &WebService::onLogRead);
}

void WebService::onLogRead(const ssh::Exec &exec)
{
    failWith({ErrorCode::RemoteFailed, Step::Exec,
              QString::fromUtf8(exec.standardOutput().right(1000)).trimmed()});
}

} // namespace core::fleet
