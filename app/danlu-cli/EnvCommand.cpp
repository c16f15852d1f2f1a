// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/EnvCommand.h"

#include "app/danlu-cli/Output.h"
#include "core/catalog/CardCatalog.h"

using namespace core;

namespace cli {

EnvCommand::EnvCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_connection(m_arguments, services)
{
}

void EnvCommand::start()
{
    if (m_arguments.positionals.size() != 1 ||
        (m_arguments.has("packages") && m_arguments.has("sizes"))) {
        finish(reportError(
            {ErrorCode::Usage, Step::None, QStringLiteral("env TARGET [--sizes | --packages ENV]")},
            m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::ready, this, &EnvCommand::look);
    const auto fail = [this](const Error &error) { finish(reportError(error, m_arguments.json)); };
    connect(&m_connection, &Connection::failed, this, fail);
    connect(&m_connection, &Connection::lost, this, fail);
    m_connection.start();
}

bool EnvCommand::ranInto(const Operation &operation)
{
    if (!operation.error())
        return false;
    finish(reportError(*operation.error(), m_arguments.json));
    return true;
}

void EnvCommand::look()
{
    auto *look = new env::LookAround(*m_connection.session());
    connect(look, &Operation::finished, this, [this, look] {
        if (!ranInto(*look))
            take(look->report());
    });
}

void EnvCommand::take(const env::Report &report)
{
    m_report = report;
    if (m_arguments.has("packages"))
        listPackages(report);
    else if (m_arguments.has("sizes"))
        measure();
    else
        print();
}

void EnvCommand::listPackages(const env::Report &report)
{
    const QString wanted = *m_arguments.value("packages");
    const env::Environment *environment = report.find(bytesOfWord(wanted));
    if (!environment) {
        finish(reportError({ErrorCode::NotFound, Step::None, wanted}, m_arguments.json));
        return;
    }
    auto *list = new env::ListPackages(*m_connection.session(), *environment);
    connect(list, &Operation::finished, this, [this, list] {
        if (ranInto(*list))
            return;
        if (m_arguments.json)
            printJson(packagesJson(list->packages()));
        else
            printLine(packagesText(list->packages()));
        finish(ExitDone);
    });
}

void EnvCommand::measure()
{
    QByteArrayList paths;
    for (const env::Environment &one : m_report.environments) {
        if (one.kind != env::Environment::Kind::System)
            paths.append(one.path);
    }
    auto *measure = new env::MeasureSizes(*m_connection.session(), paths);
    connect(measure, &env::MeasureSizes::measured, this,
            [this](const QByteArray &path, std::optional<qint64> bytes) {
                if (bytes)
                    m_sizes.insert(path, *bytes);
            });
    connect(measure, &Operation::finished, this, [this, measure] {
        if (!ranInto(*measure))
            print();
    });
}

void EnvCommand::print()
{
    const auto cards = catalog::CardCatalog::shipped();
    const auto builds = catalog::TorchBuilds::shipped();
    for (const Error *error :
         {cards ? nullptr : &cards.error(), builds ? nullptr : &builds.error()}) {
        if (error) {
            finish(reportError(*error, m_arguments.json));
            return;
        }
    }
    std::vector<env::TorchFit> fits;
    for (const env::Environment &one : m_report.environments)
        fits.push_back(judgeTorch(one, m_report, *cards, *builds));
    if (m_arguments.json)
        printJson(envJson(m_report, fits, m_sizes));
    else
        printLine(envText(m_report, fits, m_sizes));
    finish(ExitDone);
}

void EnvCommand::cancel()
{
    finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void EnvCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT done(exitCode);
}

} // namespace cli
