// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/Budget.h"
#include "ui/settings/QuietHours.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QSettings;

namespace ui::settings {

/// The program's preferences: settings.ini in the configuration folder. One table (Settings.cpp)
/// has every key with its default. Never a secret.
class Settings final : public QObject
{
    Q_OBJECT

public:
    static constexpr int fewestIdleMinutes = 2;
    static constexpr int mostIdleMinutes = 24 * 60;

    explicit Settings(const QString &directory, QObject *parent = nullptr);
    ~Settings() override;

    /// Where settings.ini is; the program's other files are there, too.
    [[nodiscard]] QString directory() const;
    [[nodiscard]] QString language() const; ///< "" = the system's, "en", "zh_CN"
    void setLanguage(const QString &language);
    [[nodiscard]] QString theme() const; ///< "system", "light", "dark"
    void setTheme(const QString &theme);
    [[nodiscard]] int chartSpan() const; ///< charts::ChartGroup::Span
    void setChartSpan(int span);
    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);
    [[nodiscard]] QByteArray splitter() const;
    void setSplitter(const QByteArray &state);
    [[nodiscard]] QString lastInstance() const;
    void setLastInstance(const QString &id);

    [[nodiscard]] int idleMinutes() const; ///< before it is said that nothing goes on
    void setIdleMinutes(int minutes);

    [[nodiscard]] bool verifiesCopies() const; ///< SHA-256 of each file on both sides
    void setVerifiesCopies(bool verifies);
    [[nodiscard]] QString links() const; ///< "copy", "follow", "skip"
    void setLinks(const QString &links);
    [[nodiscard]] QString overwrite() const; ///< "ask", "skip", "newer", "always"
    void setOverwrite(const QString &overwrite);
    [[nodiscard]] int copyConnections() const; ///< for one copy
    void setCopyConnections(int count);
    [[nodiscard]] int parallelCopies() const; ///< for one instance
    void setParallelCopies(int count);
    [[nodiscard]] qint64 copyLimit() const; ///< bytes a second of all copies; 0 = none
    void setCopyLimit(qint64 bytesPerSecond);
    [[nodiscard]] QString downloadFolder() const; ///< "" = the system's
    void setDownloadFolder(const QString &folder);
    /// Program and arguments that remote files are edited with; "" = the system's text editor.
    [[nodiscard]] QString editor() const;
    void setEditor(const QString &command);
    /// When a key file last signed in, UTC; by absolute path.
    [[nodiscard]] QHash<QString, QDateTime> keyUses() const;
    void noteKeyUse(const QString &path, const QDateTime &time);
    /// The GPUs that an instance was last seen with, by its id: name and, where it is known, memory
    /// in MiB.
    struct SeenGpu
    {
        QString name;
        std::optional<qint64> memoryMib;
        int count = 1;
        bool operator==(const SeenGpu &) const = default;
    };
    [[nodiscard]] QHash<QString, std::vector<SeenGpu>> seenGpus() const;
    void setSeenGpus(const QHash<QString, std::vector<SeenGpu>> &gpus);
    /// What was last asked on the Cards and prices page: JSON, "" at first.
    [[nodiscard]] QByteArray priceQuestion() const;
    void setPriceQuestion(const QByteArray &json);
    /// The block in ~/.ssh/config is kept up to date.
    [[nodiscard]] bool managesSshConfig() const;
    void setManagesSshConfig(bool manages);
    /// "Not again": keys of findings, of one instance.
    [[nodiscard]] QSet<QString> silencedAdvice(const QString &instanceId) const;
    void silenceAdvice(const QString &instanceId, const QString &key);
    /// All advice is given again, on every instance.
    void restoreAdvice();
    [[nodiscard]] bool hasSilencedAdvice() const;
    [[nodiscard]] core::cost::Budget budget() const;
    void setBudget(const core::cost::Budget &budget);
    [[nodiscard]] bool showsHidden() const; ///< names that start with a dot
    void setShowsHidden(bool shows);
    [[nodiscard]] QByteArray filesLayout() const; ///< files::FilesPage::layoutChanged()
    void setFilesLayout(const QByteArray &state);
    [[nodiscard]] bool notifies() const; ///< outside the window
    void setNotifies(bool notifies);
    [[nodiscard]] QuietHours quietHours() const;
    void setQuietHours(const QuietHours &hours);
    [[nodiscard]] bool showsTray() const; ///< the icon beside the clock
    void setShowsTray(bool shows);
    [[nodiscard]] QString remoteEditor() const; ///< "vscode", "cursor"
    void setRemoteEditor(const QString &editor);
    [[nodiscard]] int terminalFontSize() const; ///< logical pixels
    void setTerminalFontSize(int pixels);

Q_SIGNALS:
    /// How copies are made.
    void copiesChanged();
    void editorChanged();
    void languageChanged();
    void themeChanged();
    void keyUsesChanged();
    void adviceChanged();
    /// What may pop up, and when; the icon beside the clock.
    void notificationsChanged();

private:
    std::unique_ptr<QSettings> m_store;
};

} // namespace ui::settings
