#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The remote half of RemoteKeys and FindKeyObstacles: functions, and after them one call. POSIX sh
# (dash, busybox ash, bash); needs the usual small tools, no python. Tells by lines "MARK WORD TEXT":
# start-up files may have printed anything before. MARK is random, so no file can hold it.
LC_ALL=C
export LC_ALL
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unset ENV BASH_ENV CDPATH
set -f

say() { # MARK WORD TEXT
    printf '\n%s %s %s\n' "$1" "$2" "$3"
}
# Words of the system, in one line.
give_up() { # MARK PATH WORDS
    say "$1" failed "$2: $(printf '%s' "$3" | tr '\n' ' ')"
    exit 0
}

# Sets dir, file and target: where the file really is.
find_file() { # MARK
    case ${HOME:-} in
    /*) ;;
    *) give_up "$1" "~" "HOME is not set" ;;
    esac
    [ -d "$HOME" ] || give_up "$1" "$HOME" "No such file or directory"
    dir=${HOME%/}/.ssh
    file=$dir/authorized_keys
    target=$file
    say "$1" path "$file"
    if [ -L "$dir" ] && ! [ -e "$dir" ]; then give_up "$1" "$dir" "No such file or directory (dangling link)"; fi
    if [ -e "$dir" ] && ! [ -d "$dir" ]; then give_up "$1" "$dir" "Not a directory"; fi
    if [ -d "$dir" ] && ! [ -x "$dir" ]; then give_up "$1" "$dir" "Permission denied"; fi
    if [ -L "$file" ]; then
        target=$(readlink -f "$file") || target=
        say "$1" link "${target:-$(readlink "$file")}"
        if [ -z "$target" ] || ! [ -e "$target" ]; then
            give_up "$1" "$file" "No such file or directory (dangling link)"
        fi
    fi
    if [ -e "$target" ] && ! [ -f "$target" ]; then give_up "$1" "$target" "Not a regular file"; fi
}

# Another one after every change of the file.
stamp() { # FILE
    if ! [ -e "$1" ]; then
        echo none
        return
    fi
    # Inode, mode, owner, group, size and time.
    # shellcheck disable=SC2012,SC2046 # stat is not everywhere; the words are wanted, without the name
    set -- "$(cksum <"$1")" $(ls -lLind "$1")
    echo "$1 $2 $3 $5 $6 $7 $8 $9 ${10}"
}

read_keys() { # MARK
    find_file "$1"
    if [ -e "$target" ] && ! [ -r "$target" ]; then give_up "$1" "$target" "Permission denied"; fi
    before=$(stamp "$target")
    say "$1" data ""
    if [ -e "$target" ]; then
        cat <"$target"
    fi
    say "$1" stamp "$before"
    say "$1" again "$(stamp "$target")"
}

# One writer at a time. Who dies leaves the lock behind: it is held for an instant only, so after some
# seconds it is taken over. Sets lock.
take_lock() { # MARK FOLDER
    lock=$2/.danlu-lock
    waited=0
    until words=$(mkdir "$lock" 2>&1); do
        case $words in
        *"File exists"*) ;;
        *) give_up "$1" "$lock" "$words" ;;
        esac
        waited=$((waited + 1))
        [ "$waited" -lt 10 ] || rmdir "$lock" 2>/dev/null
        sleep 1
    done
}

# The text comes as words for printf %b, which takes every byte.
write_keys() { # MARK NAME STAMP SIZE WORDS...
    mark=$1 tmp=$2 seen=$3 size=$4
    shift 4
    find_file "$mark"
    if ! [ -d "$dir" ]; then
        words=$(umask 077 && mkdir "$dir" 2>&1) || [ -d "$dir" ] || give_up "$mark" "$dir" "$words"
    fi
    take_lock "$mark" "${target%/*}"
    tmp=${target%/*}/$tmp
    trap 'rm -f "$tmp"; rmdir "$lock"' EXIT
    trap 'exit 1' HUP INT TERM
    if [ -e "$target" ]; then
        # Not even root, who may do all, is to overwrite what is on a read-only file system.
        [ -w "$target" ] || give_up "$mark" "$target" "Permission denied (read-only)"
        # The copy keeps mode, owner and more; its text is replaced.
        words=$(cp -p "$target" "$tmp" 2>&1) || give_up "$mark" "$tmp" "$words"
    else
        umask 077
    fi
    words=$({ printf '%b' "$@" | cat >"$tmp"; } 2>&1) || give_up "$mark" "$tmp" "$words"
    # shellcheck disable=SC2046 # some wc print blanks before the number
    set -- $(wc -c <"$tmp")
    [ "${1:-0}" = "$size" ] || give_up "$mark" "$tmp" "No space left on device (short write)"
    if [ "$(stamp "$target")" != "$seen" ]; then
        say "$mark" changed ""
        exit 0
    fi
    words=$(mv -f "$tmp" "$target" 2>&1) || give_up "$mark" "$target" "$words"
    say "$mark" written ""
}

# The file that the sshd of this very session was started with.
sshd_config() {
    pid=$PPID
    for _ in 1 2 3 4 5 6; do
        [ "${pid:-0}" -gt 1 ] || break
        set -- "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"
        case $1 in
        *sshd*" -f "*)
            set -- "${1#* -f }"
            echo "${1%% *}"
            return
            ;;
        esac
        pid=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$pid/status" 2>/dev/null)
    done
    set +f
    for file in /etc/ssh/sshd_config.d/*.conf; do
        [ ! -f "$file" ] || echo "$file"
    done
    set -f
    echo /etc/ssh/sshd_config
}

find_obstacles() { # MARK
    say "$1" user "$(id -u) $(id -un 2>/dev/null)"
    say "$1" home "${HOME%/}"
    for path in "${HOME%/}" "${HOME%/}/.ssh" "${HOME%/}/.ssh/authorized_keys"; do
        # shellcheck disable=SC2012 # stat is not everywhere
        line=$(ls -lLnd "$path" 2>/dev/null) && say "$1" mode "$line"
    done
    sshd_config | while read -r config; do
        grep -iE '^[[:space:]]*(AuthorizedKeysFile|PubkeyAuthentication|AuthenticationMethods|StrictModes|Match)([[:space:]]|=)' \
            "$config" 2>/dev/null | while read -r line; do
            say "$1" sshd "$line"
        done
    done
    say "$1" end ""
}
