#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The remote half of core/jobs. POSIX sh (dash, busybox ash, bash) and the usual small tools.
# Danlu evaluates it over the connection, its own text in $danlu_script, and makes one call. Each job
# keeps a copy beside it, as "runner":
#   sh runner run DIR          what runs the job, started by the backend
#   sh runner stop DIR GRACE   TERM, and after GRACE seconds KILL, to all of its processes
#   sh runner cancel DIR       the end action won't happen
#
# ~/.danlu/jobs/ID, complete from its first moment on:
#   command   shell text             spec     WORD TEXT lines of core/jobs/JobSpec, for Danlu alone
#   runner    this script            backend  its name
#   alive, stop   the backend's own shell text, where a job is not a process of this machine
#   handle    what the backend printed at launch, if anything
#   then      "ACTION SECONDS": the end action and its countdown; taking the file away cancels it
#   off       shell text that powers the instance off
#   guard     thresholds, instead of a command: see guard_watch
#   postpone  seconds that the countdown is put back to
#   stopped   somebody asked it to end
#   log       what the command prints
#   load      "GPU% CPU%" of the instance on average since the job began, "-" for what can't be read
#   fetched   somebody has the files that were to be fetched
#   run/      made by the runner that got the job, which nobody else can get then:
#     state   one line of WORD=VALUE, written over in place, so that a full disk can't lose it
#     whole   while nothing of the log was lost
#     open    while the log is written
danlu_umask=$(umask) danlu_lc=${LC_ALL-}
umask 077
LC_ALL=C
export LC_ALL
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/nvidia/bin:/opt/bin:/usr/lib/wsl/lib
export PATH
mark=''
jobs=${HOME:-}/.danlu/jobs

# Tells by lines "MARK WORD TEXT": start-up files may have printed anything before.
say() { # WORD TEXT
    printf '\n%s%s %s\n' "$mark" "$1" "$2"
}
# Words of the system, in one line.
give_up() { # PATH WORDS
    say failed "$1: $(printf '%s' "$2" | tr '\n' ' ')"
    exit 1
}
nap() { # SECONDS, less than one
    sleep "$1" 2>/dev/null || sleep 1
}
# As the user would have it, for what is not ours.
as_user() {
    umask "$danlu_umask"
    if [ -n "$danlu_lc" ]; then LC_ALL=$danlu_lc; else unset LC_ALL; fi
}

boot_id() {
    cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -
}
# When process PID began, in ticks since the boot (proc(5), stat, field 22): the same PID with another
# beginning is another process. Fails for one that has ended.
ticks() { # PID
    set -- "$(cat "/proc/${1:-none}/stat" 2>/dev/null)"
    # shellcheck disable=SC2086 # numbers
    set -- ${1##*") "}
    [ "${1:-Z}" != Z ] && [ "$1" != X ] && printf '%s\n' "${20}"
}
is_process() { # PID TICKS BOOT
    [ "${2:--}" != - ] && [ "$3" = "$(boot_id)" ] && [ "$(ticks "$1")" = "$2" ]
}

# The state. by, at: the runner's PID and ticks; pid, ticks: the command's; out: the pipe it prints to.
put_state() {
    printf '%-399s\n' "state=$state boot=$boot by=$by at=$at pid=$pid ticks=$pid_ticks out=$out began=$began ended=$ended code=$code then=$then left=$left idle=$idle off=$off" 1<>"$dir/run/state"
}
# Sets state, boot, by, ...; false where no runner has begun.
get_state() { # DIR
    state='' boot=- by=- at=- pid=- pid_ticks=- out=- began=- ended=- code=- then=none left=- idle=- off=-
    { read -r words <"$1/run/state"; } 2>/dev/null || return 1
    for word in $words; do
        value=${word#*=}
        case $word in
        state=*) state=$value ;; boot=*) boot=$value ;; by=*) by=$value ;; at=*) at=$value ;;
        pid=*) pid=$value ;; ticks=*) pid_ticks=$value ;; out=*) out=$value ;; began=*) began=$value ;; ended=*) ended=$value ;;
        code=*) code=$value ;; then=*) then=$value ;; left=*) left=$value ;; idle=*) idle=$value ;;
        off=*) off=$value ;;
        esac
    done
    [ -n "$state" ]
}
# After get_state: somebody is there for it.
is_alive() { # DIR
    if [ -s "$1/alive" ]; then
        handle=$(cat "$1/handle" 2>/dev/null)
        (eval "$(cat "$1/alive")") >/dev/null 2>&1 </dev/null
    else
        is_process "$by" "$at" "$boot" || is_process "$pid" "$pid_ticks" "$boot"
    fi
}

# ---- the runner

run() { # DIR
    dir=$1 id=${1##*/}
    mkdir "$dir/run" 2>/dev/null || exit 0 # another one has it
    get_state "$dir"
    boot=$(boot_id)
    if ! { printf '%-399s\n' state=starting | cat >"$dir/run/state" && true >"$dir/run/whole" && true >"$dir/run/open"; }; then
        rm -rf "$dir/run" # no room: it has not begun
        exit 1
    fi
    # The command gets these, and the runner outlives it. Not HUP: when a terminal is closed its first
    # process alone gets that, and the others when that one has ended.
    trap : INT QUIT TERM
    shown=''
    if [ -t 1 ]; then
        tail -n +1 -f "$dir/log" & # so that a terminal which stands still holds up nobody
        shown=$!
    fi
    supervise 2>/dev/null | pump
    [ -z "$shown" ] || { nap 0.5; kill -9 "$shown"; }
}

# Into the log. What finds no room there is lost, and the job goes on.
pump() {
    trap '' HUP INT QUIT TERM
    until cat >>"$dir/log" 2>/dev/null; do
        rm -f "$dir/run/whole"
        # A piece goes by, where cat took none. It is waited for, so there may be room for it by then.
        [ "$(dd bs=65536 count=1 2>/dev/null | tee -a "$dir/log" 2>/dev/null | wc -c)" -gt 0 ] || break
    done
    rm -f "$dir/run/open"
}

supervise() {
    trap : HUP INT QUIT TERM
    read -r by _ </proc/self/stat # this subshell
    at=$(ticks "$by") began=$(date +%s) state=running
    [ ! -f "$dir/then" ] || then=armed
    put_state
    if [ -f "$dir/guard" ]; then
        guard
        return
    fi
    note_load </dev/null >/dev/null 2>&1 &
    noting=$!
    (run_command 2>&1)
    code=$?
    # It would hold up nobody, but costs something. Its last look may be under way.
    kill -9 "$noting"
    end_with $code
    if [ "$then" = armed ] && [ "$what" = shutdown-if-ok ] && [ "$code" != 0 ]; then
        rm -f "$dir/then"
        then=skipped left=-
        put_state
    elif [ "$then" = armed ] && count_down; then
        power_off
    fi
}

# How busy the instance is meanwhile, for as long as the job runs. A look costs a start of nvidia-smi.
note_load() {
    sleep 1
    first=$(measure) sum=0 looks=0 pause=1
    while sleep "$pause" && is_process "$by" "$at" "$boot"; do # a runner that was killed says nothing
        pause=$((pause < 30 ? pause * 2 : 60))
        look=$(compare "$first" "$(measure)" | awk -v sum="$sum" -v n="$looks" '{
            if ($2 != "-") {sum += $2; n++}
            print sum, n, (n ? sum / n : "-"), $3}')
        sum=${look%% *} look=${look#* }
        looks=${look%% *}
        # In place: a full disk can't take it away.
        printf '%-59s\n' "${look#* }" 1<>"$dir/load"
    done
}

run_command() {
    read -r pid _ </proc/self/stat
    pid_ticks=$(ticks "$pid") out=$(readlink "/proc/$pid/fd/1" 2>/dev/null)
    case $out in pipe:*) ;; *) out=- ;; esac
    put_state
    [ -t 0 ] || exec </dev/null
    as_user
    cd "${HOME:-/}" || true
    # What it begins has these by inheritance: see tree.
    DANLU_JOB=$id
    export DANLU_JOB
    # A login shell; what its start-up files print is not the command's. A conda that is set up for
    # terminals only comes last, so that "python" is found as it is there (core/jobs/JobSpec).
    exec 3>&1 >/dev/null 2>&1
    # shellcheck disable=SC2016 # for that shell
    inner='command -v conda >/dev/null || for base in @conda_places@; do [ -x "$base/bin/conda" ] && PATH=$PATH:$base/bin && break; done
exec >&3 2>&1 3>&-; unset base; . "$0"'
    if command -v bash >/dev/null; then
        exec bash -lc "exec 199<\"\${0%/*}/run\"; $inner" "$dir/command" # a number that scripts don't use
    fi
    exec sh -lc "exec 9<\"\${0%/*}/run\"; $inner" "$dir/command" # dash has none above it
}

end_with() { # EXIT_CODE
    get_state "$dir" # the command has put itself there
    code=$1 ended=$(date +%s) state=ended idle=-
    exec >/dev/null # the pump sees the end now, unless the command has left somebody behind
    n=0
    while [ -e "$dir/run/open" ] && [ $n -lt 50 ]; do
        nap 0.1
        n=$((n + 1))
    done
    what=''
    { read -r what left _ <"$dir/then"; } 2>/dev/null
    [ "$then" = none ] || [ -n "$what" ] || then=cancelled
    [ -n "$what" ] || left=-
    put_state
}

# From $left to 0, and takes the file away, which only one can. Fails when it was cancelled, and when the
# guard sees something going on: then is armed again.
count_down() {
    trap 'rm -f "$dir/then"' INT # Ctrl+C in the job's terminal
    case $left in '' | *[!0-9]*) left=60 ;; esac
    then=counting
    while put_state && [ -e "$dir/then" ] && [ "$left" -gt 0 ]; do
        sleep 1
        left=$((left - 1))
        if { read -r more <"$dir/postpone"; } 2>/dev/null; then
            rm -f "$dir/postpone"
            case $more in '' | *[!0-9]*) more=0 ;; esac
            [ "$more" -le "$left" ] || left=$more
        fi
        if [ -f "$dir/guard" ] && [ $((left % 5)) = 0 ] && ! still_idle; then
            then=armed left=-
            put_state
            return 1
        fi
    done
    left=-
    # shellcheck disable=SC2217 # nothing to ask on a terminal
    rm "$dir/then" 2>/dev/null </dev/null && return
    then=cancelled
    put_state
    return 1
}

power_off() {
    then=fired
    put_state
    # No file for its words: there may be no room for one.
    (
        as_user
        eval "$(cat "$dir/off")"
    ) >/dev/null 2>&1 </dev/null
    off=$?
    [ $off = 0 ] || then=failed
    put_state
}

# ---- load, for the guard and for "safe to stop?"

proc=${DANLU_PROC:-/proc}
cg=${DANLU_CGROUP:-/sys/fs/cgroup}

# Percent of the busiest GPU. Fails where nobody can tell; without a GPU it is 0.
gpu_load() {
    limited=''
    ! command -v timeout >/dev/null 2>&1 || limited='timeout 15'
    text=$($limited "${DANLU_SMI:-nvidia-smi}" --query-gpu=utilization.gpu --format=csv,noheader,nounits 2>&1)
    result=$?
    case $text in *"No devices were found"*)
        echo 0
        return
        ;;
    esac
    [ $result = 0 ] && printf '%s\n' "$text" | awk '
        !/^ *[0-9]+ *$/ {unknown = 1}
        $1 + 0 > most {most = $1 + 0}
        END {if (unknown || NR == 0) exit 1; print most + 0}'
}
# Microseconds that the container has computed.
cpu_used() {
    if [ -r "$cg/cpu.stat" ]; then
        awk '$1 == "usage_usec" {print $2; found = 1} END {exit !found}' "$cg/cpu.stat"
    else
        usage=$cg/cpuacct/cpuacct.usage # a link, which some systems lack
        [ -r "$usage" ] || usage=$cg/cpu,cpuacct/cpuacct.usage
        awk '{printf "%.0f\n", $1 / 1000; found = 1} END {exit !found}' "$usage"
    fi
}
# Bytes read and written: of the container, or else of the whole machine.
disk_moved() {
    if [ -r "$cg/io.stat" ]; then
        awk '{for (i = 2; i <= NF; i++) if (sub(/^[rw]bytes=/, "", $i)) n += $i} END {printf "%.0f\n", n}' "$cg/io.stat"
    elif [ -r "$cg/blkio/blkio.throttle.io_service_bytes" ]; then
        awk '$2 == "Read" || $2 == "Write" {n += $3} END {printf "%.0f\n", n}' "$cg/blkio/blkio.throttle.io_service_bytes"
    elif [ -r "$proc/diskstats" ]; then
        awk '$3 !~ /^(loop|ram|zram|dm-)/ {n += ($6 + $10) * 512} END {printf "%.0f\n", n}' "$proc/diskstats"
    else
        false
    fi
}
net_moved() {
    [ -r "$proc/net/dev" ] &&
        awk 'sub(/:/, " ") && $1 != "lo" {n += $2 + $10} END {printf "%.0f\n", n}' "$proc/net/dev"
}
# UPTIME GPU CPU DISK NET as they stand; "-" for what can't be read.
measure() {
    {
        read -r up _ <"$proc/uptime" || up=-
        echo "$up $(gpu_load || echo -) $(cpu_used || echo -) $(disk_moved || echo -) $(net_moved || echo -)"
    } 2>/dev/null
}
# SECONDS GPU% CPU%-of-one-core DISK-B/s NET-B/s between two of these. A counter that went back is unknown.
compare() { # BEFORE AFTER
    awk -v a="$1" -v b="$2" '
        function rate(i, scale) {
            return old[i] == "-" || new[i] == "-" || new[i] + 0 < old[i] + 0 ? "-" : (new[i] - old[i]) / scale / s
        }
        BEGIN {
            split(a, old, " "); split(b, new, " "); s = new[1] - old[1]
            if (old[1] == "-" || new[1] == "-" || s <= 0) print 0, "-", "-", "-", "-"
            else print s, new[2], rate(3, 10000), rate(4, 1), rate(5, 1)
        }'
}

# ---- the guard: $dir/guard has "SECONDS GPU% CPU% DISK-B/s NET-B/s", all of them below for so long.

guard_every=20

# Compares $before with now, which becomes $before. Sets passed. What can't be read is busy.
still_idle() {
    now=$(measure)
    found=$(compare "$before" "$now")
    before=$now
    passed=$(awk -v found="$found" -v limits="$(cat "$dir/guard")" -v every=$guard_every 'BEGIN {
        split(found, f, " "); split(limits, most, " ")
        for (i = 2; i <= 5; i++) if (f[i] == "-" || f[i] + 0 >= most[i] + 0) exit 1
        printf "%.0f\n", (f[1] > 3 * every ? every : f[1]) # nobody looked while the machine stood still
    }')
}
# Ends when it was idle for long enough.
watch() {
    read -r pid _ </proc/self/stat
    pid_ticks=$(ticks "$pid") before=$(measure) idle=0 out=-
    read -r wanted _ <"$dir/guard" || return 1
    while put_state && [ -e "$dir/then" ] && [ "$idle" -lt "$wanted" ]; do
        sleep $guard_every
        if still_idle; then idle=$((idle + passed)); else idle=0; fi
        echo "$(date +%s) idle=$idle $found"
    done
}
guard() {
    while (watch 2>&1); do
        get_state "$dir"
        { read -r _ left _ <"$dir/then"; } 2>/dev/null || break
        before=$(measure)
        if count_down; then
            state=ended ended=$(date +%s) code=0 idle=-
            power_off
            return
        fi
        [ "$then" = armed ] || break
    done
    end_with 1
}

# ---- what Danlu asks for

# Into a file; fails on a full disk.
save() { # FILE TEXT
    printf '%s\n' "$2" | cat >"$1"
}

# ID SPEC COMMAND THEN OFF GUARD, then backends in the order of preference: NAME USABLE LAUNCH ALIVE STOP.
# May be asked again with the same words: a job begins once.
start() {
    case ${HOME:-} in /*) ;; *) give_up "~" "HOME is not set" ;; esac
    trap : HUP INT TERM PIPE # to the end, whatever becomes of the connection
    words=$(mkdir -p "$jobs" 2>&1) || give_up "$jobs" "$words"
    dir=$jobs/$1
    if ! [ -d "$dir" ]; then
        new=$jobs/.new-$1-$$
        # shellcheck disable=SC2154 # Danlu's
        words=$({
            mkdir "$new" && save "$new/spec" "$2" && save "$new/command" "$3" && save "$new/runner" "$danlu_script" &&
                { [ -z "$4" ] || { save "$new/then" "$4" && save "$new/off" "$5"; }; } &&
                { [ -z "$6" ] || save "$new/guard" "$6"; } && true >"$new/log" && mv "$new" "$dir"
        } 2>&1) || {
            rm -rf "$new"
            give_up "$dir" "$words"
        }
        rm -rf "${dir:?}/${new##*/}" # where another call was quicker
    fi
    shift 6
    # A queue has it, or the runner; else nobody yet, as far as one can see.
    [ -d "$dir/run" ] || { [ -s "$dir/alive" ] && [ -s "$dir/handle" ]; } || launch "$@"
    n=0
    until { get_state "$dir" && [ "$state" != starting ]; } || [ -s "$dir/alive" ]; do
        n=$((n + 1))
        [ $n -lt 100 ] || not_begun "the job did not begin"
        [ $n -lt 200 ] || break # its runner has it, and comes to it slowly
        nap 0.1
    done
    answer
}
launch() { # [NAME USABLE LAUNCH ALIVE STOP]...
    # What the backend's text may use.
    # shellcheck disable=SC2034
    job_dir=$dir job_runner=$dir/runner job_session=danlu-${dir##*/}
    words="no way to run a job here"
    while [ $# -ge 5 ]; do
        if (eval "$2") >/dev/null 2>&1 </dev/null; then
            rm -f "$dir/alive" "$dir/stop"
            words=$({
                save "$dir/backend" "$1" && { [ -z "$4" ] || save "$dir/alive" "$4"; } && { [ -z "$5" ] || save "$dir/stop" "$5"; }
            } 2>&1) || not_begun "$words"
            (
                as_user
                unset STY TMUX
                eval "$3"
            ) >"$dir/handle.new" 2>"$dir/launch" </dev/null && {
                mv "$dir/handle.new" "$dir/handle"
                return
            }
            words="$1: $(cat "$dir/handle.new" "$dir/launch" 2>/dev/null)"
        fi
        shift 5
    done
    not_begun "$words"
}
# Sees to it that it will not begin later, and says so.
not_begun() { # WORDS
    if mkdir "$dir/run" 2>/dev/null || ! [ -d "$dir/run" ]; then
        why=$(save "$dir/room" "$1" 2>&1) && why=$1 # the runner may have found none
        rm -rf "$dir"
        give_up "$dir" "$why"
    fi
}

answer() {
    say now "$(date +%s)"
    [ ! -d "$dir" ] || tell_job "$dir"
    say end ""
}
tell_job() { # DIR
    say job "${1##*/}"
    sed "s/^/${mark}spec /" "$1/spec"
    backend=''
    { read -r backend <"$1/backend"; } 2>/dev/null
    say backend "$backend"
    [ ! -f "$1/stopped" ] || say stopped ""
    [ ! -f "$1/then" ] || say armed ""
    lives='' watched=''
    for _ in 1 2; do # what is not there any more may have told its end since
        get_state "$1" || break
        [ "$state" != ended ] || [ -f "$1/then" ] || break
        lives='' watched=''
        ! is_alive "$1" || lives=1
        ! { [ -s "$1/alive" ] || is_process "$by" "$at" "$boot"; } || watched=1 # by its runner
        [ -z "$lives" ] || [ -z "$watched" ] || break
    done
    [ -z "$state" ] || say state "$words"
    [ -z "$lives" ] || say alive ""
    [ -z "$watched" ] || say watched ""
    [ ! -f "$1/fetched" ] || say fetched ""
    [ ! -s "$1/load" ] || say average "$(cat "$1/load")"
    whole=whole
    [ -e "$1/run/whole" ] || ! [ -d "$1/run" ] || whole="cut"
    say log "$(($(wc -c <"$1/log"))) $whole"
}

list() { # MOST
    say now "$(date +%s)"
    # shellcheck disable=SC2012 # the names are ours
    ls "$jobs" 2>/dev/null | sort -r | head -n "$1" | while read -r id; do
        [ ! -f "$jobs/$id/spec" ] || tell_job "$jobs/$id"
    done
    screen -ls 2>&1 </dev/null | sed "s/^/${mark}screen /"
    tmux list-sessions -F '#{session_name}|#{session_windows}|#{session_attached}|#{session_created}|#{session_group}' 2>&1 </dev/null |
        sed "s/^/${mark}tmux /"
    say end ""
}

# Who has the job's folder "run" open, or prints where it prints: by inheritance, also without its
# environment, session and parent. Its own runner aside.
holders() { # after get_state
    # Once nobody reads it any more the number may be another pipe's.
    { [ "$boot" = "$(boot_id)" ] && [ -e "$dir/run/open" ]; } || out=-
    folder=$(cd "$dir/run" 2>/dev/null && pwd -P)
    # shellcheck disable=SC2012 # it says where they lead
    ls -l /proc/[0-9]*/fd 2>/dev/null | folder=$folder out=$out awk '
        /^\/proc\/[0-9]+\/fd:$/ {split($0, path, "/"); next}
        (i = index($0, " -> ")) {
            to = substr($0, i + 4); n = split(substr($0, 1, i - 1), word, " ")
            if (to == ENVIRON["folder"] || to == ENVIRON["out"] && word[n] ~ /^[12]$/) print path[3]
        }' | sort -u
}

# Of the job, "PID TICKS" a line: its command, whatever carries its mark in the environment or holds what
# it has open, what these have begun, and who was in $remaining. Parents first: a shell that outlives its
# command goes on with the next one. Who has left all of that behind, as a daemon that closes its files
# and clears its environment, is nobody's any more.
tree() { # after get_state
    roots=''
    ! is_process "$pid" "$pid_ticks" "$boot" || roots=$pid
    for file in $(grep -l "DANLU_JOB=$id" /proc/[0-9]*/environ 2>/dev/null); do
        ! tr '\0' '\n' 2>/dev/null <"$file" | grep -qx "DANLU_JOB=$id" || roots="$roots ${file#/proc/}"
    done
    cat /proc/[0-9]*/stat 2>/dev/null | awk -v roots="$roots" -v held="$(holders | tr '\n' ' ')" \
        -v before="$(printf '%s' "$remaining" | tr '\n' ' ')" -v by="$by" -v pid="$pid" -v me=$$ '
        BEGIN {
            n = split(roots, root, " "); for (i = 1; i <= n; i++) {sub(/\/.*/, "", root[i]); found[root[i]] = 1}
            held_count = split(held, holder, " "); count = split(before, old, " ")
        }
        /^[0-9]+ \(/ {
            rest = $0; sub(/^.*\) /, "", rest); split(rest, f, " ")
            if (f[1] != "Z" && f[1] != "X") {parent[$1] = f[2]; start[$1] = f[20]}
        }
        END {
            for (i = 1; i <= held_count; i++) {
                p = holder[i] # the runner has the pipe, and so for a moment what it starts
                if (p != by && (p == pid || parent[p] != by)) found[p] = 1
            }
            for (i = 1; i < count; i += 2) if (start[old[i]] == old[i + 1]) found[old[i]] = 1
            do {
                more = 0
                for (p in parent) if (!(p in found) && parent[p] in found) more = found[p] = 1
            } while (more)
            for (p in found) if (p in start && !(parent[p] in found)) queue[++last] = p
            for (i = 1; i <= last; i++) {
                if (queue[i] != me) print queue[i], start[queue[i]]
                for (p in found) if (p in start && parent[p] == queue[i]) queue[++last] = p
            }
        }'
}
send() { # SIGNAL, to those that come by stdin as tree tells them
    while read -r one begun; do
        [ -z "$one" ] || [ "$(ticks "$one")" != "$begun" ] || kill -s "$1" "$one" 2>/dev/null
    done
}

stop() { # DIR GRACE_SECONDS
    dir=$1 id=${1##*/}
    [ -f "$dir/spec" ] || give_up "$dir" "No such file or directory"
    rm -f "$dir/then"
    { get_state "$dir" && [ "$state" = ended ]; } || true 2>/dev/null >"$dir/stopped"
    if mkdir "$dir/run" 2>/dev/null; then # nobody can begin it any more
        get_state "$dir"
        state=ended ended=$(date +%s)
        save "$dir/run/state" "state=ended ended=$ended" 2>/dev/null
    fi
    [ ! -s "$dir/stop" ] || (
        # shellcheck disable=SC2034 # for that text
        handle=$(cat "$dir/handle" 2>/dev/null)
        eval "$(cat "$dir/stop")"
    ) >/dev/null 2>&1 </dev/null
    get_state "$dir"
    remaining=''
    remaining=$(tree)
    printf '%s\n' "$remaining" | send TERM
    n=0
    while [ -n "$remaining" ] && [ $n -lt $(($2 * 5)) ]; do
        nap 0.2
        remaining=$(tree)
        n=$((n + 1))
    done
    # Who is just about to become another program shows neither mark nor parent, but holds the log open.
    for _ in 1 2 3; do
        n=0
        while [ -n "$remaining" ] && [ $n -lt 50 ]; do
            printf '%s\n' "$remaining" | send KILL
            nap 0.2
            remaining=$(tree)
            n=$((n + 1))
        done
        settle
        [ -e "$dir/run/open" ] || break
        remaining=$(tree)
    done
    [ -z "$remaining" ] || give_up "$dir" "these don't end: $remaining"
    answer
}
# Until the runner has taken note.
settle() {
    n=0
    while [ $n -lt 100 ] && get_state "$dir" && is_process "$by" "$at" "$boot"; do
        case $state:$then in ended:counting | running:* | starting:*) ;; *) return ;; esac
        nap 0.1
        n=$((n + 1))
    done
}
# The end action won't happen, unless it has begun already.
cancel() { # DIR
    dir=$1
    [ -f "$dir/spec" ] || give_up "$dir" "No such file or directory"
    rm -f "$dir/then"
    ! get_state "$dir" || [ "$state" != ended ] || settle
    answer
}
# A countdown that runs goes back to SECONDS where it is below.
postpone() { # DIR SECONDS
    dir=$1
    words=$({ save "$dir/postpone.new" "$2" && mv "$dir/postpone.new" "$dir/postpone"; } 2>&1) ||
        give_up "$dir" "$words"
    answer
}
# The files that were to be fetched, one "file PATH" each: what the patterns find, absolute. CD: shell
# text that goes to the job's directory.
match() { # DIR CD [PATTERN]...
    dir=$1 change=$2
    shift 2
    [ -f "$dir/spec" ] || give_up "$dir" "No such file or directory"
    words=$(eval "$change" 2>&1) || give_up "$dir" "$words"
    eval "$change"
    for pattern; do
        # shellcheck disable=SC2088 # as people write it
        case $pattern in "~/"*) pattern=$HOME/${pattern#"~/"} ;; esac
        IFS=''
        # shellcheck disable=SC2086 # that is what finds
        set -- $pattern
        unset IFS
        for one; do
            case $one in /*) ;; *) one=$(pwd)/$one ;; esac
            [ ! -e "$one" ] || say file "$(printf %s "$one" | tr '\n' '\001')"
        done
    done
    answer
}
fetched() { # DIR
    dir=$1
    words=$(save "$dir/fetched" "" 2>&1) || give_up "$dir" "$words"
    answer
}
forget() { # DIR
    dir=$1
    mkdir "$dir/run" 2>/dev/null # nobody can begin it any more
    get_state "$dir"
    if is_alive "$dir"; then give_up "$dir" "the job runs"; fi
    words=$(rm -rf "$dir" 2>&1) || give_up "$dir" "$words"
    answer
}

# The log from OFFSET on, as "data LENGTH" lines with so many bytes after them. With LIVE until the job
# has ended or stdin does.
follow() { # DIR OFFSET LIVE
    dir=$1 offset=$2
    [ -r "$dir/log" ] || give_up "$dir/log" "No such file or directory"
    exec 3<&0 4<"$dir/log" </dev/null
    if [ -n "$3" ]; then
        {
            cat <&3
            kill $$
        } >/dev/null 2>&1 &
        watcher=$!
        trap 'exit 0' TERM
        trap 'kill $watcher' EXIT # before $$ is another's
    fi
    exec 3<&-
    say now "$(date +%s)"
    dd bs=1 skip="$offset" count=0 <&4 2>/dev/null # the position is shared with what comes after
    while :; do
        over=''
        # Before the size: what is written until then belongs to it.
        if [ -z "$3" ]; then
            over=1
        elif get_state "$dir"; then
            [ "$state" != ended ] && is_alive "$dir" || over=1
        fi
        size=$(($(wc -c <"$dir/log")))
        [ "$size" -ge "$offset" ] || give_up "$dir/log" "it has become shorter"
        while [ "$offset" -lt "$size" ]; do
            n=$((size - offset))
            [ $n -le 262144 ] || n=262144
            printf '\n%sdata %s\n' "$mark" $n
            dd bs=$n count=1 <&4 2>/dev/null
            offset=$((offset + n))
        done
        [ -z "$over" ] || break
        nap 0.5
    done
    answer
}

# The kept terminals (core/jobs/KeptShell) in which a command runs: something below their shell.
busy_shells() {
    {
        screen -ls 2>/dev/null </dev/null | sed -n 's/^[[:space:]]*\([0-9]*\)\.\(danlu-[^[:space:]]*\).*/\1 2 \2/p'
        tmux list-panes -a -F '#{pane_pid} 1 #{session_name}' 2>/dev/null </dev/null
    } | awk '$3 ~ /^danlu-(shell-)?[0-9]+$/ && length($3) < 20' | while read -r root depth name; do
        cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$root" -v depth="$depth" '
            /^[0-9]+ \(/ {
                rest = $0; sub(/^.*\) /, "", rest); split(rest, f, " ")
                if (f[1] != "Z" && f[1] != "X") parent[$1] = f[2]
            }
            END {
                for (p in parent) {
                    n = 0
                    for (at = p; at in parent && at != root; at = parent[at]) n++
                    if (at == root && n >= depth) exit 0
                }
                exit 1
            }' && say busy-shell "$name"
    done
}
# For "safe to stop?": the list, the load, and the files below DIRS that are younger than TIME.
look() { # MOST_JOBS TIME MOST_FILES [DIR]...
    before=$(measure)
    sleep 2
    say load "$(compare "$before" "$(measure)")"
    most_jobs=$1 minutes=$((($(date +%s) - $2) / 60 + 1)) most_files=$3
    shift 3
    busy_shells
    limited=''
    ! command -v timeout >/dev/null 2>&1 || limited='timeout 60'
    [ $# -eq 0 ] || {
        $limited find "$@" -xdev -path "$HOME/.danlu" -prune -o -type f -mmin "-$minutes" -print0 2>/dev/null
        printf '= %s\0' $?
    } | tr '\n\0' '\001\n' | awk -v most="$most_files" -v mark="$mark" '
        /^= / {code = $2; next}
        ++n <= most {print mark "newer " $0}
        END {print mark "newer-count " n + 0, code == "0" ? "all" : "some"}'
    list "$most_jobs"
}

# A job by its id: FUNCTION ID [ARGUMENTS]...
on() {
    function=$1 job=$jobs/$2
    shift 2
    "$function" "$job" "$@"
}

case ${1:-} in
run) run "$2" ;;
stop) stop "$2" "${3:-10}" ;;
cancel) cancel "$2" ;;
esac
