<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Advice</name>
    <message numerus="yes">
        <source>Memory ran out: the system killed %n process(es)</source>
        <translation>
            <numerusform>Memory ran out: the system killed %n process</numerusform>
            <numerusform>Memory ran out: the system killed %n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>main</name>
    <message numerus="yes">
        <source>%n saved instance(s) could not be read and are left out. The file as it was is kept.</source>
        <translation>
            <numerusform>%n saved instance could not be read and is left out. The file as it was is kept.</numerusform>
            <numerusform>%n saved instances could not be read and are left out. The file as it was is kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::catalog::FeedsPart</name>
    <message numerus="yes">
        <source>%n offer(s), of %1</source>
        <extracomment>A source of prices; %1 is a time</extracomment>
        <translation>
            <numerusform>%n offer, of %1</numerusform>
            <numerusform>%n offers, of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::catalog::OffersPart</name>
    <message numerus="yes">
        <source>%n offer(s) removed.</source>
        <translation>
            <numerusform>%n offer removed.</numerusform>
            <numerusform>%n offers removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::environment::EnvironmentPage</name>
    <message numerus="yes">
        <source>%n packages</source>
        <translation>
            <numerusform>%n package</numerusform>
            <numerusform>%n packages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n packages</source>
        <translation>
            <numerusform>%1 of %n package</numerusform>
            <numerusform>%1 of %n packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::files::FilesPage</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading… %n so far</source>
        <translation>
            <numerusform>Reading… %n so far</numerusform>
            <numerusform>Reading… %n so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected, %1</source>
        <translation>
            <numerusform>%n selected, %1</numerusform>
            <numerusform>%n selected, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names with “%1” below %2</source>
        <translation>
            <numerusform>%n name with “%1” below %2</numerusform>
            <numerusform>%n names with “%1” below %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::jobs</name>
    <message numerus="yes">
        <source>The instance powers itself off after %n minutes without work.</source>
        <translation>
            <numerusform>The instance powers itself off after %n minute without work.</numerusform>
            <numerusform>The instance powers itself off after %n minutes without work.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::jobs::JobsPage</name>
    <message numerus="yes">
        <source>All of its processes are asked to end (SIGTERM); those that are still there after %n seconds are killed. Its log stays. A power-off that waits for its end is cancelled.</source>
        <translation>
            <numerusform>All of its processes are asked to end (SIGTERM); those that are still there after %n second are killed. Its log stays. A power-off that waits for its end is cancelled.</numerusform>
            <numerusform>All of its processes are asked to end (SIGTERM); those that are still there after %n seconds are killed. Its log stays. A power-off that waits for its end is cancelled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::jobs::SafetyPanel</name>
    <message numerus="yes">
        <source>%n copies have not ended</source>
        <translation>
            <numerusform>%n copy has not ended</numerusform>
            <numerusform>%n copies have not ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jobs run</source>
        <translation>
            <numerusform>%n job runs</numerusform>
            <numerusform>%n jobs run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions were begun outside</source>
        <translation>
            <numerusform>%n session was begun outside</numerusform>
            <numerusform>%n sessions were begun outside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are new</source>
        <translation>
            <numerusform>%n file is new</numerusform>
            <numerusform>%n files are new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A command runs in %n kept terminals</source>
        <translation>
            <numerusform>A command runs in %n kept terminal</numerusform>
            <numerusform>A command runs in %n kept terminals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::keys::AgentDialog</name>
    <message numerus="yes">
        <source>after %n hour(s)</source>
        <translation>
            <numerusform>after %n hour</numerusform>
            <numerusform>after %n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::monitor::AdviceSection</name>
    <message numerus="yes">
        <source>%n more piece(s) of advice</source>
        <translation>
            <numerusform>%n more piece of advice</numerusform>
            <numerusform>%n more pieces of advice</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::monitor::TableSection</name>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::processes::EndDialog</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also what they started (%n processes)</source>
        <translation>
            <numerusform>Also what they started (%n process)</numerusform>
            <numerusform>Also what they started (%n processes)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::processes::ProcessesPage</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n processes</source>
        <translation>
            <numerusform>%1 of %n process</numerusform>
            <numerusform>%1 of %n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n processes still run</source>
        <translation>
            <numerusform>%n process still runs</numerusform>
            <numerusform>%n processes still run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n processes could not be ended</source>
        <translation>
            <numerusform>%n process could not be ended</numerusform>
            <numerusform>%n processes could not be ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::settings::SshConfigCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::MainWindow</name>
    <message numerus="yes">
        <source>%n transfers are done</source>
        <translation>
            <numerusform>%n transfer is done</numerusform>
            <numerusform>%n transfers are done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transfers need a look</source>
        <translation>
            <numerusform>%n transfer needs a look</numerusform>
            <numerusform>%n transfers need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n host key(s) from ~/.ssh/known_hosts are trusted for %1 now.</source>
        <translation>
            <numerusform>%n host key(s) from ~/.ssh/known_hosts are trusted for %1 now.</numerusform>
            <numerusform>%n host key(s) from ~/.ssh/known_hosts are trusted for %1 now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) imported from ~/.ssh/config.</source>
        <translation>
            <numerusform>%n instance(s) imported from ~/.ssh/config.</numerusform>
            <numerusform>%n instance(s) imported from ~/.ssh/config.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Transfers: %n need a look</source>
        <extracomment>In the side bar: copies that failed, wholly or in part</extracomment>
        <translation>
            <numerusform>Transfers: %n needs a look</numerusform>
            <numerusform>Transfers: %n need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n files are there already and differ</source>
        <translation>
            <numerusform>%1: %n file is there already and differs</numerusform>
            <numerusform>%1: %n files are there already and differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n files were not copied</source>
        <translation>
            <numerusform>%1: %n file was not copied</numerusform>
            <numerusform>%1: %n files were not copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copies run or wait</source>
        <translation>
            <numerusform>%n copy runs or waits</numerusform>
            <numerusform>%n copies run or wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copies of it end.</source>
        <translation>
            <numerusform>%n copy of it ends.</numerusform>
            <numerusform>%n copies of it end.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) copied for sharing</source>
        <translation>
            <numerusform>%n instance copied for sharing</numerusform>
            <numerusform>%n instances copied for sharing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) exported, without passwords and keys</source>
        <translation>
            <numerusform>%n instance exported, without passwords and keys</numerusform>
            <numerusform>%n instances exported, without passwords and keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::NewsBanner</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalTab</name>
    <message numerus="yes">
        <source>Paste %n lines? Each may run as soon as it arrives.</source>
        <translation>
            <numerusform>Paste %n line? It may run as soon as it arrives.</numerusform>
            <numerusform>Paste %n lines? Each may run as soon as it arrives.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalTabs</name>
    <message numerus="yes">
        <source>%n terminals share one connection, no more</source>
        <translation>
            <numerusform>%n terminal on one connection, no more</numerusform>
            <numerusform>%n terminals share one connection, no more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::transfers::TransferDetails</name>
    <message numerus="yes">
        <source>%n files were not copied</source>
        <translation>
            <numerusform>%n file was not copied</numerusform>
            <numerusform>%n files were not copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are there already and differ</source>
        <translation>
            <numerusform>%n file is there already and differs</numerusform>
            <numerusform>%n files are there already and differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::transfers::Words</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files failed</source>
        <translation>
            <numerusform>%n file failed</numerusform>
            <numerusform>%n files failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n files</source>
        <translation>
            <numerusform>%1 of %n file</numerusform>
            <numerusform>%1 of %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files: %1</source>
        <extracomment>What went wrong with all of the files that follow</extracomment>
        <translation>
            <numerusform>%n file: %1</numerusform>
            <numerusform>%n files: %1</numerusform>
        </translation>
    </message>
</context>
</TS>
