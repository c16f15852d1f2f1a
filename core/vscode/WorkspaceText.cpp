// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vscode/WorkspaceText.h"

#include "core/vscode/Jsonc.h"

#include <algorithm>
#include <functional>

namespace core::vscode {

namespace {

using Array = JsoncValue::Array;
using Object = JsoncValue::Object;
using Type = JsoncNode::Type;

JsoncValue text(const char *words)
{
    return {QString::fromUtf8(words)};
}

QString pathValue(const Interpreter &interpreter)
{
    return interpreter.prefix + QStringLiteral("/bin:${env:PATH}");
}

Object environment(const Interpreter &interpreter)
{
    return {{QStringLiteral("PATH"), {pathValue(interpreter)}},
            {QStringLiteral("CONDA_PREFIX"), {interpreter.prefix}}};
}

Object configuration(const Interpreter &interpreter)
{
    Object object{{QStringLiteral("name"), {launchName(interpreter)}},
                  {QStringLiteral("type"), text("debugpy")},
                  {QStringLiteral("request"), text("launch")},
                  {QStringLiteral("program"), text("${file}")},
                  {QStringLiteral("console"), text("integratedTerminal")},
                  {QStringLiteral("justMyCode"), {false}},
                  {QStringLiteral("cwd"), text("${workspaceFolder}")},
                  {QStringLiteral("python"), {interpreter.python}}};
    if (!interpreter.prefix.isEmpty())
        object.push_back({QStringLiteral("env"), JsoncValue{environment(interpreter)}});
    return object;
}

QByteArray folderOf(const QByteArray &path)
{
    return path.left(path.lastIndexOf('/'));
}

/// One that a shell finds and that is in none of the environments, e.g. pyenv's.
void addTool(std::vector<Interpreter> &all, const env::Report &report,
             const std::optional<env::Tool> &tool)
{
    if (!tool)
        return;
    const QByteArray folder = folderOf(tool->path); // "python" beside "python3" is the same
    const bool isKnown =
        std::any_of(report.environments.begin(), report.environments.end(),
                    [&folder](const env::Environment &one) {
                        return folder == one.path + "/bin" || folder == folderOf(one.python);
                    }) ||
        std::any_of(all.begin(), all.end(), [&folder](const Interpreter &one) {
            return folder == folderOf(one.python.toUtf8());
        });
    const QString path = QString::fromUtf8(tool->path);
    if (!isKnown)
        all.push_back({path, path, {}});
}

tl::unexpected<Error> otherForm(const char *what)
{
    return fail(ErrorCode::Unsupported, Step::Parse, QString::fromUtf8(what));
}

/// Where a step leads: to a node of the document, or to the error.
const JsoncNode *configurationNamed(const JsoncNode &list, const QString &name)
{
    for (const JsoncNode &item : list.items) {
        const JsoncNode *own = item.type == Type::Object ? item.member(u"name") : nullptr;
        if (own && own->type == Type::String && own->text == name)
            return &item;
    }
    return nullptr;
}

/// One change at a time: each moves the places of what comes behind.
class Editing
{
public:
    using Find = std::function<const JsoncNode *(const JsoncDocument &)>;

    explicit Editing(JsoncDocument document)
        : m_document(std::move(document))
    {
    }

    /// \a replaces: also when the member is there with another value.
    void set(const Find &object, const QString &key, const JsoncValue &value, bool replaces)
    {
        const JsoncNode *node = object(m_document);
        if (!node || node->type != Type::Object)
            return;
        const JsoncNode *old = node->member(key);
        const auto *words = std::get_if<QString>(&value.value);
        const bool isSame = old && words && old->type == Type::String && old->text == *words;
        if (!isSame && (!old || replaces))
            take(m_document.withMember(*node, key, value));
    }
    [[nodiscard]] const JsoncDocument &document() const { return m_document; }

private:
    void take(const QByteArray &changed)
    {
        // What an own change gives reads again; were it not so, it would be left out.
        if (Result<JsoncDocument> again = JsoncDocument::parse(changed))
            m_document = std::move(*again);
    }

    JsoncDocument m_document;
};

QByteArray updated(const JsoncDocument &document, const Interpreter &interpreter)
{
    const QString name = launchName(interpreter);
    const auto own = [name](const JsoncDocument &now) -> const JsoncNode * {
        const JsoncNode *list = now.root()->member(u"configurations");
        return list ? configurationNamed(*list, name) : nullptr;
    };
    const auto env = [own](const JsoncDocument &now) -> const JsoncNode * {
        const JsoncNode *node = own(now);
        return node ? node->member(u"env") : nullptr;
    };
    Editing editing(document);
    for (const auto &[key, value] : configuration(interpreter))
        editing.set(own, key, value, key == u"python" || key == u"type" || key == u"request");
    if (!interpreter.prefix.isEmpty()) {
        for (const auto &[key, value] : environment(interpreter))
            editing.set(env, key, value, true);
    }
    return editing.document().text();
}

} // namespace

std::vector<Interpreter> interpretersOf(const env::Report &report)
{
    std::vector<Interpreter> all;
    for (const env::Environment &one : report.environments) {
        if (one.python.isEmpty())
            continue;
        const QString python = QString::fromUtf8(one.python);
        if (one.kind == env::Environment::Kind::Conda)
            all.push_back({QString::fromUtf8(one.handle()), python, QString::fromUtf8(one.path)});
        else
            all.push_back({python, python, {}});
    }
    for (const std::optional<env::ShellView> &shell : {report.interactive, report.login}) {
        if (shell) {
            addTool(all, report, shell->python);
            addTool(all, report, shell->python3);
        }
    }
    return all;
}

QString launchName(const Interpreter &interpreter)
{
    return QStringLiteral("Python: ") + interpreter.name;
}

QByteArray launchConfiguration(const Interpreter &interpreter)
{
    return JsoncDocument().withRoot({configuration(interpreter)});
}

Result<QByteArray> mergeLaunch(const QByteArray &existing, const Interpreter &interpreter)
{
    const Result<JsoncDocument> document = JsoncDocument::parse(existing);
    if (!document)
        return tl::make_unexpected(document.error());
    const JsoncValue list{Array{{configuration(interpreter)}}};
    const QString key = QStringLiteral("configurations");
    const JsoncNode *root = document->root();
    if (!root)
        return document->withRoot(
            {Object{{QStringLiteral("version"), text("0.2.0")}, {key, list}}});
    if (root->type != Type::Object)
        return otherForm("launch.json: no object");
    const JsoncNode *there = root->member(key);
    if (!there)
        return document->withMember(*root, key, list);
    if (there->type != Type::Array)
        return otherForm("launch.json: \"configurations\" is no list");
    if (!configurationNamed(*there, launchName(interpreter)))
        return document->withItem(*there, {configuration(interpreter)});
    return updated(*document, interpreter);
}

Result<QByteArray> mergeExtensions(const QByteArray &existing, const QStringList &extensions)
{
    Result<JsoncDocument> document = JsoncDocument::parse(existing);
    if (!document)
        return tl::make_unexpected(document.error());
    if (document->root() && document->root()->type != Type::Object)
        return otherForm("extensions.json: no object");
    const QString key = QStringLiteral("recommendations");
    const auto names = [](const JsoncNode *root, QStringView of) {
        QStringList found;
        const JsoncNode *list = root ? root->member(of) : nullptr;
        for (std::size_t i = 0; list && i < list->items.size(); ++i)
            found += list->items[i].text;
        return found;
    };
    const QStringList known =
        names(document->root(), key) + names(document->root(), u"unwantedRecommendations");
    QStringList missing;
    for (const QString &one : extensions) {
        if (!known.contains(one, Qt::CaseInsensitive) &&
            !missing.contains(one, Qt::CaseInsensitive))
            missing += one;
    }
    if (missing.isEmpty())
        return existing;
    Array all;
    for (const QString &one : std::as_const(missing))
        all.push_back({one});
    if (!document->root())
        return document->withRoot({Object{{key, {all}}}});
    const JsoncNode *list = document->root()->member(key);
    if (!list)
        return document->withMember(*document->root(), key, {all});
    if (list->type != Type::Array)
        return otherForm("extensions.json: \"recommendations\" is no list");
    for (const JsoncValue &one : all) {
        document = JsoncDocument::parse(document->withItem(*document->root()->member(key), one));
        if (!document)
            return tl::make_unexpected(document.error());
    }
    return document->text();
}

QStringList recommendedExtensions()
{
    return {QStringLiteral("ms-toolsai.jupyter"), QStringLiteral("ms-python.python"),
            QStringLiteral("ms-python.black-formatter"), QStringLiteral("mhutchie.git-graph"),
            QStringLiteral("eamodio.gitlens")};
}

} // namespace core::vscode
