// SPDX-License-Identifier: GPL-3.0-or-later
// check_sources: long because it holds every setting there is, each with its key and its fallback.
#include "ui/settings/Settings.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

#include <algorithm>

namespace ui::settings {

namespace {

struct Key
{
    const char *name;
    const char *fallback;
};

// Every key there is.
constexpr Key versionKey{"version", "1"};
constexpr Key languageKey{"language", ""};
constexpr Key themeKey{"theme", "system"};
constexpr Key idleMinutesKey{"advice/idleMinutes", "10"};
constexpr Key chartSpanKey{"monitor/span", "1"}; // ten minutes
constexpr Key geometryKey{"window/geometry", ""};
constexpr Key splitterKey{"window/splitter", ""};
constexpr Key lastInstanceKey{"window/lastInstance", ""};
constexpr Key verifyKey{"copies/verify", "false"};
constexpr Key linksKey{"copies/links", "copy"};
constexpr Key overwriteKey{"copies/overwrite", "ask"};
constexpr Key connectionsKey{"copies/connections", "2"};
constexpr Key parallelKey{"copies/parallel", "2"};
constexpr Key limitKey{"copies/bytesPerSecond", "0"};
constexpr Key downloadsKey{"copies/downloadFolder", ""};
constexpr Key editorKey{"files/editor", ""};
constexpr Key hiddenKey{"files/showHidden", "false"};
constexpr Key filesLayoutKey{"files/layout", ""};
constexpr Key keyUsesKey{"keys/lastUsed", "{}"}; // JSON: a path can't be a name of QSettings
constexpr Key seenGpusKey{"cards/seen", "{}"};   // JSON: {"<profile>": [{"name", "mib"}]}
constexpr Key priceQuestionKey{"cards/question", ""};
constexpr Key sshConfigKey{"ssh/managesConfig", "false"};
constexpr Key silencedKey{"advice/silenced", "{}"}; // JSON: keys hold paths
constexpr Key budgetDayKey{"money/budgetPerDay", ""};
constexpr Key budgetMonthKey{"money/budgetPerMonth", ""};
constexpr Key budgetCurrencyKey{"money/budgetCurrency", "CNY"};
constexpr Key notifiesKey{"notifications/on", "true"};
constexpr Key quietKey{"notifications/quiet", "false"};
constexpr Key quietFromKey{"notifications/quietFrom", "23:00"};
constexpr Key quietToKey{"notifications/quietTo", "08:00"};
constexpr Key trayKey{"window/tray", "true"};
constexpr Key remoteEditorKey{"vscode/editor", "vscode"};
constexpr Key terminalFontKey{"terminal/fontSize", "13"};

constexpr qsizetype mostKeyUses = 200;

QString nameOf(const Key &key)
{
    return QString::fromLatin1(key.name);
}

QVariant valueOf(const QSettings &store, const Key &key)
{
    return store.value(nameOf(key), QString::fromLatin1(key.fallback));
}

QString textOf(const QSettings &store, const Key &key)
{
    return valueOf(store, key).toString();
}

QJsonObject objectOf(const QSettings &store, const Key &key)
{
    return QJsonDocument::fromJson(textOf(store, key).toUtf8()).object();
}

/// The fallback for what is no time.
QTime timeOf(const QSettings &store, const Key &key)
{
    const QString format = QStringLiteral("HH:mm");
    const QTime time = QTime::fromString(textOf(store, key), format);
    return time.isValid() ? time : QTime::fromString(QString::fromLatin1(key.fallback), format);
}

} // namespace

Settings::Settings(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_store(std::make_unique<QSettings>(QDir(directory).filePath(QStringLiteral("settings.ini")),
                                          QSettings::IniFormat))
{
    if (!m_store->contains(nameOf(versionKey)))
        m_store->setValue(nameOf(versionKey), QString::fromLatin1(versionKey.fallback));
}

Settings::~Settings() = default;

QString Settings::directory() const
{
    return QFileInfo(m_store->fileName()).absolutePath();
}

QString Settings::language() const
{
    return textOf(*m_store, languageKey);
}

void Settings::setLanguage(const QString &language)
{
    if (language == this->language())
        return;
    m_store->setValue(nameOf(languageKey), language);
    Q_EMIT languageChanged();
}

QString Settings::theme() const
{
    return textOf(*m_store, themeKey);
}

void Settings::setTheme(const QString &theme)
{
    if (theme == this->theme())
        return;
    m_store->setValue(nameOf(themeKey), theme);
    Q_EMIT themeChanged();
}

int Settings::chartSpan() const
{
    return valueOf(*m_store, chartSpanKey).toInt();
}

void Settings::setChartSpan(int span)
{
    m_store->setValue(nameOf(chartSpanKey), span);
}

QByteArray Settings::geometry() const
{
    return m_store->value(nameOf(geometryKey)).toByteArray();
}

void Settings::setGeometry(const QByteArray &geometry)
{
    m_store->setValue(nameOf(geometryKey), geometry);
}

QByteArray Settings::splitter() const
{
    return m_store->value(nameOf(splitterKey)).toByteArray();
}

void Settings::setSplitter(const QByteArray &state)
{
    m_store->setValue(nameOf(splitterKey), state);
}

QString Settings::lastInstance() const
{
    return m_store->value(nameOf(lastInstanceKey)).toString();
}

void Settings::setLastInstance(const QString &id)
{
    m_store->setValue(nameOf(lastInstanceKey), id);
}

bool Settings::verifiesCopies() const
{
    return valueOf(*m_store, verifyKey).toBool();
}

void Settings::setVerifiesCopies(bool verifies)
{
    m_store->setValue(nameOf(verifyKey), verifies);
    Q_EMIT copiesChanged();
}

QString Settings::links() const
{
    return textOf(*m_store, linksKey);
}

void Settings::setLinks(const QString &links)
{
    m_store->setValue(nameOf(linksKey), links);
    Q_EMIT copiesChanged();
}

QString Settings::overwrite() const
{
    return textOf(*m_store, overwriteKey);
}

void Settings::setOverwrite(const QString &overwrite)
{
    m_store->setValue(nameOf(overwriteKey), overwrite);
    Q_EMIT copiesChanged();
}

int Settings::copyConnections() const
{
    return valueOf(*m_store, connectionsKey).toInt();
}

void Settings::setCopyConnections(int count)
{
    m_store->setValue(nameOf(connectionsKey), count);
    Q_EMIT copiesChanged();
}

int Settings::parallelCopies() const
{
    return valueOf(*m_store, parallelKey).toInt();
}

void Settings::setParallelCopies(int count)
{
    m_store->setValue(nameOf(parallelKey), count);
    Q_EMIT copiesChanged();
}

qint64 Settings::copyLimit() const
{
    return valueOf(*m_store, limitKey).toLongLong();
}

void Settings::setCopyLimit(qint64 bytesPerSecond)
{
    if (bytesPerSecond == copyLimit())
        return;
    m_store->setValue(nameOf(limitKey), bytesPerSecond);
    Q_EMIT copiesChanged();
}

QString Settings::downloadFolder() const
{
    return m_store->value(nameOf(downloadsKey)).toString();
}

void Settings::setDownloadFolder(const QString &folder)
{
    m_store->setValue(nameOf(downloadsKey), folder);
}

QString Settings::editor() const
{
    return m_store->value(nameOf(editorKey)).toString();
}

void Settings::setEditor(const QString &command)
{
    if (command == editor())
        return;
    m_store->setValue(nameOf(editorKey), command);
    Q_EMIT editorChanged();
}

QHash<QString, QDateTime> Settings::keyUses() const
{
    const QJsonObject object = objectOf(*m_store, keyUsesKey);
    QHash<QString, QDateTime> uses;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        const QDateTime time = QDateTime::fromString(it->toString(), Qt::ISODate);
        if (time.isValid())
            uses.insert(it.key(), time);
    }
    return uses;
}

void Settings::noteKeyUse(const QString &path, const QDateTime &time)
{
    QHash<QString, QDateTime> uses = keyUses();
    uses.insert(path, time);
    while (uses.size() > mostKeyUses) {
        auto oldest = uses.begin();
        for (auto it = uses.begin(); it != uses.end(); ++it)
            oldest = *it < *oldest ? it : oldest;
        uses.erase(oldest);
    }
    QJsonObject object;
    for (auto it = uses.cbegin(); it != uses.cend(); ++it)
        object.insert(it.key(), it->toUTC().toString(Qt::ISODate));
    m_store->setValue(nameOf(keyUsesKey),
                      QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    Q_EMIT keyUsesChanged();
}

QHash<QString, std::vector<Settings::SeenGpu>> Settings::seenGpus() const
{
    const QByteArray text = textOf(*m_store, seenGpusKey).toUtf8();
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    QHash<QString, std::vector<SeenGpu>> seen;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        for (const auto &one : it->toArray()) {
            const QJsonObject fields = one.toObject();
            const QJsonValue mib = fields.value(u"mib");
            seen[it.key()].push_back(
                {fields.value(u"name").toString(),
                 mib.isDouble() ? std::optional(mib.toInteger()) : std::nullopt,
                 std::max(1, fields.value(u"count").toInt(1))});
        }
    }
    return seen;
}

void Settings::setSeenGpus(const QHash<QString, std::vector<SeenGpu>> &gpus)
{
    QJsonObject object;
    for (auto it = gpus.cbegin(); it != gpus.cend(); ++it) {
        QJsonArray list;
        for (const SeenGpu &gpu : *it) {
            QJsonObject fields{{QStringLiteral("name"), gpu.name}};
            if (gpu.memoryMib)
                fields.insert(QStringLiteral("mib"), *gpu.memoryMib);
            if (gpu.count > 1)
                fields.insert(QStringLiteral("count"), gpu.count);
            list.append(fields);
        }
        object.insert(it.key(), list);
    }
    m_store->setValue(nameOf(seenGpusKey),
                      QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

QByteArray Settings::priceQuestion() const
{
    return m_store->value(nameOf(priceQuestionKey)).toString().toUtf8();
}

void Settings::setPriceQuestion(const QByteArray &json)
{
    m_store->setValue(nameOf(priceQuestionKey), QString::fromUtf8(json));
}

bool Settings::managesSshConfig() const
{
    return valueOf(*m_store, sshConfigKey).toBool();
}

void Settings::setManagesSshConfig(bool manages)
{
    if (manages != managesSshConfig())
        m_store->setValue(nameOf(sshConfigKey), manages);
}

bool Settings::hasSilencedAdvice() const
{
    return !objectOf(*m_store, silencedKey).isEmpty();
}

QSet<QString> Settings::silencedAdvice(const QString &instanceId) const
{
    QSet<QString> keys;
    const QJsonArray silenced = objectOf(*m_store, silencedKey).value(instanceId).toArray();
    for (const QJsonValue key : silenced)
        keys.insert(key.toString());
    return keys;
}

void Settings::silenceAdvice(const QString &instanceId, const QString &key)
{
    QSet<QString> keys = silencedAdvice(instanceId);
    keys.insert(key);
    QStringList sorted = keys.values();
    sorted.sort();
    QJsonObject object = objectOf(*m_store, silencedKey);
    object.insert(instanceId, QJsonArray::fromStringList(sorted));
    m_store->setValue(nameOf(silencedKey),
                      QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    Q_EMIT adviceChanged();
}

void Settings::restoreAdvice()
{
    m_store->remove(nameOf(silencedKey));
    Q_EMIT adviceChanged();
}

core::cost::Budget Settings::budget() const
{
    const auto currency = core::currencyOf(textOf(*m_store, budgetCurrencyKey));
    if (!currency)
        return {};
    const auto amount = [&](const Key &key) {
        return core::moneyOf(m_store->value(nameOf(key)).toString(), *currency);
    };
    return {amount(budgetDayKey), amount(budgetMonthKey)};
}

void Settings::setBudget(const core::cost::Budget &budget)
{
    const auto write = [this](const Key &key, const std::optional<core::Money> &amount) {
        m_store->setValue(nameOf(key), amount ? core::decimalText(*amount) : QString());
        if (amount)
            m_store->setValue(nameOf(budgetCurrencyKey),
                              QString(core::currencyCode(amount->currency)));
    };
    write(budgetDayKey, budget.perDay);
    write(budgetMonthKey, budget.perMonth);
}

bool Settings::showsHidden() const
{
    return valueOf(*m_store, hiddenKey).toBool();
}

void Settings::setShowsHidden(bool shows)
{
    m_store->setValue(nameOf(hiddenKey), shows);
}

QByteArray Settings::filesLayout() const
{
    return m_store->value(nameOf(filesLayoutKey)).toByteArray();
}

void Settings::setFilesLayout(const QByteArray &state)
{
    m_store->setValue(nameOf(filesLayoutKey), state);
}

bool Settings::notifies() const
{
    return textOf(*m_store, notifiesKey) == u"true";
}

void Settings::setNotifies(bool notifies)
{
    if (notifies == this->notifies())
        return;
    m_store->setValue(nameOf(notifiesKey), notifies);
    Q_EMIT notificationsChanged();
}

QuietHours Settings::quietHours() const
{
    return {textOf(*m_store, quietKey) == u"true", timeOf(*m_store, quietFromKey),
            timeOf(*m_store, quietToKey)};
}

void Settings::setQuietHours(const QuietHours &hours)
{
    if (hours == quietHours())
        return;
    m_store->setValue(nameOf(quietKey), hours.isOn);
    m_store->setValue(nameOf(quietFromKey), hours.from.toString(QStringLiteral("HH:mm")));
    m_store->setValue(nameOf(quietToKey), hours.to.toString(QStringLiteral("HH:mm")));
    Q_EMIT notificationsChanged();
}

bool Settings::showsTray() const
{
    return textOf(*m_store, trayKey) == u"true";
}

void Settings::setShowsTray(bool shows)
{
    if (shows == showsTray())
        return;
    m_store->setValue(nameOf(trayKey), shows);
    Q_EMIT notificationsChanged();
}

QString Settings::remoteEditor() const
{
    return textOf(*m_store, remoteEditorKey);
}

void Settings::setRemoteEditor(const QString &editor)
{
    m_store->setValue(nameOf(remoteEditorKey), editor);
}

int Settings::idleMinutes() const
{
    const int minutes = valueOf(*m_store, idleMinutesKey).toInt();
    return std::clamp(minutes, fewestIdleMinutes, mostIdleMinutes);
}

void Settings::setIdleMinutes(int minutes)
{
    if (minutes == idleMinutes())
        return;
    m_store->setValue(nameOf(idleMinutesKey), minutes);
    Q_EMIT notificationsChanged();
}

int Settings::terminalFontSize() const
{
    return valueOf(*m_store, terminalFontKey).toInt();
}

void Settings::setTerminalFontSize(int pixels)
{
    m_store->setValue(nameOf(terminalFontKey), pixels);
}

} // namespace ui::settings
