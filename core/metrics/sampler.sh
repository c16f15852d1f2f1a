#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The remote half of Danlu's monitor: prints what core/metrics/SampleAssembler reads. POSIX sh (dash,
# busybox ash, bash); needs head, awk and sleep; writes no file; ends with its stdin.
# usage: sampler.sh INTERVAL_MS COUNT    (COUNT 0 = until stdin ends)
#
# Everything is lines of one of these forms, each written in one piece:
#   @danlu: KIND ID LENGTH TEXT     one line of document ID; LENGTH is the bytes of TEXT
#   @danlu: KIND. ID LINES          document ID is complete and has LINES lines
# KIND: h host, f fast figures, g GPU rows (single lines), x nvidia-smi -q -x, d df, i df -i,
#       p processes, c their commands, e why there is no nvidia-smi
# Several processes write to the same pipe: pieces below 4096 bytes do not mix.
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/nvidia/bin:/opt/bin:/usr/lib/wsl/lib${PATH:+:$PATH}
export PATH
unset ENV BASH_ENV
interval_ms=${1:-1000}
count=${2:-0}
proc=${DANLU_PROC:-/proc}
cg=${DANLU_CGROUP:-/sys/fs/cgroup}
# v1: links to one controller, which some systems lack.
cpu1=$cg/cpu acct1=$cg/cpuacct
[ -e "$cpu1" ] || cpu1=$cg/cpu,cpuacct
[ -e "$acct1" ] || acct1=$cg/cpu,cpuacct
cpu2=$cg mem2=$cg set2=$cg mem1=$cg/memory set1=$cg/cpuset
smi=${DANLU_SMI:-$(command -v nvidia-smi)}
seconds=$(awk -v ms="$interval_ms" 'BEGIN {printf "%.3f", ms / 1000}')
sleep 0.001 2>/dev/null || seconds=$(((interval_ms + 999) / 1000))
limited=
command -v timeout >/dev/null 2>&1 && limited=timeout

# A container without a cgroup namespace, a user's slice, a job of Slurm: our group is below what is
# mounted, and the nearest limit above us is the one that holds. None: the mounted one, as in most containers.
is_limit() { # FILE
    { read -r most _ <"$1"; } 2>/dev/null || return 1
    case $most in "" | max | -1 | ???????????????*) return 1 ;; esac # v1 writes "none" as 2^63 and the like
}
nearest() { # ROOT GROUP FILE -> $found
    found=$1
    group=$2
    while case $group in /?*) true ;; *) false ;; esac; do
        if is_limit "$1$group/$3"; then
            found=$1$group
            return
        fi
        group=${group%/*}
    done
}
find_groups() {
    while IFS=: read -r _ names own; do
        case $own in *..*) continue ;; esac
        case ,$names, in
        ,,)
            nearest "$cg" "$own" cpu.max
            cpu2=$found
            nearest "$cg" "$own" memory.max
            [ "$found" != "$cg" ] || nearest "$cg" "$own" memory.high
            mem2=$found
            [ ! -s "$cg$own/cpuset.cpus.effective" ] || set2=$cg$own
            ;;
        *,memory,*)
            nearest "$mem1" "$own" memory.limit_in_bytes
            mem1=$found
            ;;
        *,cpuset,*) [ ! -s "$set1$own/cpuset.cpus" ] || set1=$set1$own ;;
        *,cpu,*)
            nearest "$cpu1" "$own" cpu.cfs_quota_us
            [ ! -e "$acct1${found#"$cpu1"}/cpuacct.usage" ] || acct1=$acct1${found#"$cpu1"}
            cpu1=$found
            ;;
        esac
    done
}
find_groups 2>/dev/null <"$proc/self/cgroup"

# Reads lines, writes them as document KIND ID. head's "==> file <==" lines pass as they are.
tag() { # KIND ID
    awk -v kind="$1" -v id="$2" '
        # Of the long files only what is of use.
        /^==> .* <==$/ {want = ""
            if (/memory\.stat /) want = "active_file$"
            if (/\/stat / && !/[0-9]\/stat /) want = "^cpu$"
            if (/\/meminfo /) want = "^(MemTotal|MemAvailable|MemFree|Buffers|Cached):$"}
        want != "" && !/^==>/ && $1 !~ want {next}
        {print "@danlu: " kind " " id " " length($0) " " $0; fflush(); n++}
        END {print "@danlu: " kind ". " id " " n + 0; fflush()}'
}

host() {
    {
        echo "hostname $(hostname 2>/dev/null || cat "$proc/sys/kernel/hostname")"
        echo "kernel $(uname -r)"
        echo "hz $(getconf CLK_TCK 2>/dev/null || echo 100)"
        echo "page $(getconf PAGESIZE 2>/dev/null || echo 4096)"
        awk '/^cpu[0-9]/ {n++} END {print "cpus " n + 0}' "$proc/stat"
        sed 's/^[^)]*) /start /' "$proc/1/stat" 2>/dev/null
        sed 's/^/os /' /etc/os-release 2>/dev/null || sed 's/^/os /' /usr/lib/os-release 2>/dev/null
        awk -F: '{print "user " $3 " " $1}' /etc/passwd 2>/dev/null
    } | tag h 1
}

slow() { # ID
    { $limited ${limited:+10} df -P -T -B1 2>/dev/null || $limited ${limited:+10} df -P -T -k 2>/dev/null ||
        $limited ${limited:+10} df -P -k 2>/dev/null; } | tag d "$1"
    $limited ${limited:+10} df -P -i 2>/dev/null | tag i "$1"
}

processes() { # ID: pid, CPU ticks, resident pages, name
    head -n 1 "$proc"/[0-9]*/stat 2>/dev/null | awk '
        /^[0-9]+ \(/ {
            name = $0; sub(/^[0-9]+ \(/, "", name); sub(/\)[^)]*$/, "", name)
            rest = $0; sub(/^.*\) /, "", rest); split(rest, f, " ")
            if (f[22] > 0) print $1, f[12] + f[13], f[22], name
        }' | tag p "$1"
}

commands() { # ID: command lines, owners, who has a GPU open, what is open to read
    {
        head -c 240 "$proc"/[0-9]*/cmdline 2>/dev/null | tr '\000\n' ' \n' | awk '
            /^==> / {split($2, a, "/"); pid = a[length(a) - 1]; next}
            pid != "" && NF {print "command", pid, $0; pid = ""}'
        # shellcheck disable=SC2012
        ls -ldn "$proc"/[0-9]* 2>/dev/null | awk '{n = split($NF, a, "/"); print "owner", a[n], $3}'
        # shellcheck disable=SC2012
        ls -l "$proc"/[0-9]*/fd 2>/dev/null | awk -v skip="^$proc/" '
            $0 ~ skip {n = split($0, a, "/"); pid = a[n - 1]; seen = files = 0}
            /-> \/dev\/nvidia[0-9]/ && !seen {print "gpu", pid; seen = 1}
            /^lr-x/ && files < 8 && all < 200 && (at = index($0, " -> /")) {
                path = substr($0, at + 4)
                if (path !~ /^\/(dev|proc|sys|usr|lib|lib64|bin|sbin|etc|opt|run|var)\// && length(path) < 240) {
                    print "reads", pid, path; files++; all++
                }
            }'
    } | tag c "$1"
}

full_report() { # ID
    { $limited ${limited:+20} "$smi" -q -x 2>&1 || [ $? -ne 124 ] || echo "nvidia-smi: timed out"; } | tag x "$1"
}

alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

fields_all=index,uuid,name,driver_version,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,power.limit,fan.speed,mig.mode.current
fields_few=index,uuid,name,driver_version,utilization.gpu,memory.used,memory.total,temperature.gpu

# Ends the nvidia-smi PID when no row comes for ten seconds (twenty before the first: a machine with
# eight cards may take so long). Each row is a signal, so that nothing is started for it.
watch_rows() { # PID
    quiet=-2
    trap 'quiet=0' USR1
    trap 'kill $nap 2>/dev/null; exit 0' TERM
    while [ $quiet -lt 3 ]; do
        sleep 4 &
        nap=$!
        while kill -0 $nap 2>/dev/null; do wait $nap; done
        quiet=$((quiet + 1))
    done
    kill -9 "$1" 2>/dev/null
}

# One nvidia-smi keeps running: starting it for every sample takes a second and more without
# persistence mode. Its PID comes first in the same stream, so that it can be ended with the rest.
gpu_rows() {
    set_name=1 fields=$fields_all pause=2
    while :; do
        { "$smi" --query-gpu=$fields --format=csv,noheader,nounits -lms "$interval_ms" 2>&1 & echo "$!"; wait; } | {
            pid='' watch='' bad=0
            trap '' USR1 # until the watch has its own
            trap 'kill $pid $watch 2>/dev/null; exit 0' TERM
            while IFS= read -r line; do
                if [ -z "$pid" ] && case $line in *[!0-9]* | "") false ;; esac; then
                    pid=$line
                    watch_rows "$pid" </dev/null >/dev/null &
                    watch=$!
                    continue
                fi
                case $line in [0-9]*", "*) [ $bad -eq 3 ] || bad=4 ;; *"not a valid field"*) bad=3 ;; esac
                [ -n "$line" ] || continue
                [ -z "$watch" ] || kill -USR1 "$watch" 2>/dev/null
                printf '@danlu: g %s %s %s\n' "$set_name" "${#line}" "$line"
            done
            [ -z "$watch" ] || kill "$watch" 2>/dev/null
            exit $bad
        } &
        reader=$!
        trap 'kill $reader 2>/dev/null; exit 0' TERM
        wait $reader
        ended=$?
        [ $ended -ne 4 ] || pause=2 # it has worked
        if [ $ended -eq 3 ] && [ $set_name = 1 ]; then
            set_name=2 fields=$fields_few
        else
            sleep $pause
            [ $pause -ge 60 ] || pause=$((pause * 2))
        fi
    done
}

exec 3<&0 </dev/null
host
children=
if [ -n "$smi" ]; then
    gpu_rows 3<&- &
    children=$!
else
    text="nvidia-smi: command not found"
    printf '@danlu: e 1 %s %s\n' "${#text}" "$text"
fi
# Ends the rest when the connection (our stdin) ends.
{ cat <&3 >/dev/null 2>&1; kill $$ 2>/dev/null; } &
children="$children $!"
exec 3<&-
trap 'trap - EXIT; kill $children 2>/dev/null; exit 0' TERM INT HUP EXIT
trap '' PIPE

n=0 slow_job='' xml_job=''
slow_every=$(((15000 + interval_ms - 1) / interval_ms))
process_every=$(((5000 + interval_ms - 1) / interval_ms))
while :; do
    n=$((n + 1))
    head -n 80 "$proc/uptime" "$proc/net/dev" "$proc/stat" "$proc/meminfo" "$cpu2/cpu.max" "$cpu2/cpu.stat" \
        "$set2/cpuset.cpus.effective" "$mem2/memory.max" "$mem2/memory.high" "$mem2/memory.current" \
        "$mem2/memory.stat" "$mem2/memory.events" "$mem2/io.stat" "$cpu1/cpu.cfs_quota_us" \
        "$cpu1/cpu.cfs_period_us" "$acct1/cpuacct.usage" "$mem1/memory.limit_in_bytes" \
        "$mem1/memory.usage_in_bytes" "$mem1/memory.stat" "$mem1/memory.oom_control" \
        "$set1/cpuset.cpus" "$cg/blkio/blkio.throttle.io_service_bytes" 2>/dev/null |
        tag f $n
    [ "$count" -eq 0 ] || [ $n -lt "$count" ] || break
    if [ $((n % slow_every)) -eq 1 ] || [ "$slow_every" -eq 1 ]; then
        # Each in the background and one at a time of each kind: what hangs holds only itself.
        alive "$slow_job" || { slow $n & slow_job=$!; }
        if [ -n "$smi" ]; then
            alive "$xml_job" || { full_report $n & xml_job=$!; }
        fi
        commands $n
    fi
    if [ $((n % process_every)) -eq 1 ] || [ "$process_every" -eq 1 ]; then processes $n; fi
    sleep "$seconds"
done
