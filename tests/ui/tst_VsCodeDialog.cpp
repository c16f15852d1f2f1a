// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that opens a folder of the simulated instance in VS Code: what it writes, here and
// there, and which link it hands to the desktop.
#include "core/fleet/SshConfigKeeper.h"
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"
#include "ui/vscode/CheckList.h"
#include "ui/vscode/VsCodeDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace core;
using core::vscode::Editor;
using ui::vscode::CheckList;
using ui::vscode::VsCodeDialog;

class tst_VsCodeDialog : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFirstTimeItShowsWhatItWrites();
    void filesAreWrittenThere();
    void aBrokenFileDoesNotStopTheEditor();
    void withoutAProgramTheCommandIsLeft();
    void theLookIsToldInWords_data();
    void theLookIsToldInWords();

private:
    void open();
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        const auto all = m_dialog->findChildren<T *>(QLatin1StringView(name));
        return all.isEmpty() ? nullptr : all.last();
    }
    [[nodiscard]] QByteArray config() const
    {
        QFile file(m_dir->filePath(QStringLiteral(".ssh/config")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<fleet::SshConfigKeeper> m_keeper;
    QPointer<VsCodeDialog> m_dialog;
    QList<QUrl> m_links;
    bool m_hasProgram = true;
};

void tst_VsCodeDialog::initTestCase()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("1")});
}

void tst_VsCodeDialog::init()
{
    makeServices();
    addRig();
    connectIt();
    m_keeper = std::make_unique<fleet::SshConfigKeeper>(
        *m_profiles, profiles::SshConfigBlockPlace{m_dir->filePath(QStringLiteral(".ssh/config")),
                                                   m_dir->filePath(QStringLiteral("known"))});
    m_links.clear();
    m_hasProgram = true;
}

void tst_VsCodeDialog::cleanup()
{
    delete m_dialog;
    m_keeper.reset();
    closeWindow();
}

void tst_VsCodeDialog::open()
{
    m_dialog = new VsCodeDialog(*m_instance,
                                {*m_profiles,
                                 *m_keeper,
                                 [this](const QUrl &link) {
                                     m_links += link;
                                     return m_hasProgram;
                                 },
                                 {}},
                                Editor::VsCode);
    m_dialog->open();
}

void tst_VsCodeDialog::theFirstTimeItShowsWhatItWrites()
{
    open();
    QVERIFY(part<QWidget>("vscodeConfig")->isVisible());
    QVERIFY(part<QLabel>("vscodeConfigLines")->text().contains(QStringLiteral("Host rig\n")));
    QVERIFY(part<QLabel>("vscodeConfigLines")
                ->text()
                .contains(QStringLiteral("Port %1").arg(m_rig->port())));
    QVERIFY(config().isEmpty()); // nothing before it is asked
    auto *folder = part<QComboBox>("vscodeFolder");
    // The data disk first, as soon as it is known.
    QTRY_COMPARE_WITH_TIMEOUT(folder->currentText(), QStringLiteral("/root/autodl-tmp"), 20000);
    folder->setEditText(QStringLiteral("/root/我的 data"));
    const QByteArray link = "vscode://vscode-remote/ssh-remote+rig/root/%E6%88%91%E7%9A%84%20data";
    QTest::mouseClick(part<QPushButton>("vscodeOpen"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_links.isEmpty(), 10000);
    QCOMPARE(m_links.front().toEncoded(), link);
    QVERIFY(config().contains("Host rig\n"));
    QTRY_VERIFY(!m_dialog); // it closes
    // The second time it asks nothing.
    open();
    QVERIFY(!part<QWidget>("vscodeConfig")->isVisible());
    QCOMPARE(part<QPushButton>("vscodeOpen")->text(), QStringLiteral("Open in VS Code"));
    part<QComboBox>("vscodeEditor")->setCurrentIndex(1);
    QCOMPARE(part<QPushButton>("vscodeOpen")->text(), QStringLiteral("Open in Cursor"));
    QTest::mouseClick(part<QPushButton>("vscodeOpen"), Qt::LeftButton);
    QTRY_COMPARE(m_links.size(), 2);
    QCOMPARE(m_links.last().scheme(), QStringLiteral("cursor"));
}

void tst_VsCodeDialog::filesAreWrittenThere()
{
    // A conda in no usual place: terminals alone find it, and its list of environments has one that
    // is elsewhere again.
    remote("mkdir -p /srv/conda/bin /srv/conda/conda-meta /srv/conda/etc/profile.d "
           "/srv/conda/envs/train/bin /srv/conda/envs/train/conda-meta /srv/far/bin "
           "/srv/far/conda-meta /root/project/.vscode /root/.conda && "
           "touch /srv/conda/etc/profile.d/conda.sh && "
           "for one in /srv/conda/bin/conda /srv/conda/bin/python /srv/conda/envs/train/bin/python "
           "/srv/far/bin/python; do ln -sf /bin/true $one; done && "
           "echo /srv/far >/root/.conda/environments.txt && "
           "echo 'PATH=/srv/conda/bin:$PATH' >>/root/.bashrc && "
           "printf '{\\n  // mine\\n  \"configurations\": []\\n}\\n' "
           ">/root/project/.vscode/launch.json");
    open();
    auto *python = part<QComboBox>("vscodePython");
    int train = -1;
    QCOMPARE(python->itemText(0), QStringLiteral("Looking for the environments…"));
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            for (int i = 0; i < python->count(); ++i)
                train = python->itemText(i).startsWith(QStringLiteral("train ")) ? i : train;
            return train > 0;
        }(),
        20000);
    QVERIFY(python->findText(QStringLiteral("/srv/far  (/srv/far)")) > 0);
    python->setCurrentIndex(train);
    QVERIFY(part<QLabel>("vscodePreview")->text().contains(QStringLiteral("CONDA_PREFIX")));
    part<QCheckBox>("vscodeExtensions")->setChecked(true);
    part<QComboBox>("vscodeFolder")->setEditText(QStringLiteral("/root/project"));
    QTest::mouseClick(part<QPushButton>("vscodeOpen"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_links.isEmpty(), 20000);
    const QByteArray launch = remoteOutput("cat /root/project/.vscode/launch.json");
    QVERIFY(launch.startsWith("{\n  // mine\n  \"configurations\": [\n"));
    QVERIFY(launch.contains("\"CONDA_PREFIX\": \"/srv/conda/envs/train\""));
    QVERIFY(remoteOutput("cat /root/project/.vscode/extensions.json").contains("ms-python.python"));
}

void tst_VsCodeDialog::aBrokenFileDoesNotStopTheEditor()
{
    remote("mkdir -p /root/broken/.vscode && echo '{' >/root/broken/.vscode/extensions.json");
    open();
    part<QCheckBox>("vscodeExtensions")->setChecked(true);
    part<QComboBox>("vscodeFolder")->setEditText(QStringLiteral("/root/broken"));
    QTest::mouseClick(part<QPushButton>("vscodeOpen"), Qt::LeftButton);
    auto *banner = part<ui::Banner>("vscodeBanner");
    QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 20000);
    QCOMPARE(banner->kind(), ui::Banner::Kind::Error);
    QVERIFY(m_links.isEmpty());
    QCOMPARE(remoteOutput("cat /root/broken/.vscode/extensions.json"), QByteArray("{\n"));
    QTest::mouseClick(part<QPushButton>("vscodeOpenAnyway"), Qt::LeftButton);
    QCOMPARE(m_links.size(), 1);
}

void tst_VsCodeDialog::withoutAProgramTheCommandIsLeft()
{
    m_hasProgram = false;
    open();
    part<QComboBox>("vscodeFolder")->setEditText(QStringLiteral("/srv/x"));
    QTest::mouseClick(part<QPushButton>("vscodeOpen"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(part<ui::Banner>("vscodeBanner")->isVisible(), 10000);
    QCOMPARE(m_links.size(), 1);
    QVERIFY(m_dialog && m_dialog->isVisible());
    QCOMPARE(part<QLabel>("vscodeCommand")->text(),
             QStringLiteral("code --remote ssh-remote+rig /srv/x"));
    QVERIFY(part<QPushButton>("vscodeOpen")->isEnabled());
    part<QComboBox>("vscodeFolder")->setEditText(QStringLiteral("no path"));
    QVERIFY(!part<QPushButton>("vscodeOpen")->isEnabled());
}

void tst_VsCodeDialog::theLookIsToldInWords_data()
{
    using Kind = CheckList::Line::Kind;
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QString>("word");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("room") << QByteArray("free 9000000\n") << QStringLiteral("free") << Kind::Good;
    QTest::newRow("no room") << QByteArray("free 1000\nplace /root\n") << QStringLiteral("/root")
                             << Kind::Bad;
    QTest::newRow("an old system")
        << QByteArray("glibc 2.17\n") << QStringLiteral("2.17") << Kind::Bad;
    QTest::newRow("no way out") << QByteArray("reach 0\n") << QStringLiteral("from this computer")
                                << Kind::Warning;
    QTest::newRow("a way out") << QByteArray("reach 1\n") << QStringLiteral("reaches")
                               << Kind::Good;
    QTest::newRow("a proxy") << QByteArray("reach 1\nproxy http_proxy http://p:1\n")
                             << QStringLiteral("http://p:1") << Kind::Info;
}

void tst_VsCodeDialog::theLookIsToldInWords()
{
    QFETCH(QByteArray, told);
    QFETCH(QString, word);
    QFETCH(CheckList::Line::Kind, kind);
    const auto facts =
        core::vscode::parseRemoteFacts("home /root\narch x86_64\nglibc 2.35\n" + told);
    QVERIFY(facts);
    bool found = false;
    for (const CheckList::Line &line : CheckList::linesOf(*facts))
        found = found || (line.kind == kind && line.text.contains(word));
    QVERIFY(found);
}

QTEST_MAIN(tst_VsCodeDialog)
#include "tst_VsCodeDialog.moc"
