#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What there is to compute with: system, driver, CUDA, python, pip, conda, environments, mirrors and
# caches, as core/env/Report reads it: records "WORD TEXT" that end with NUL, the last one "end".
# POSIX sh (dash, busybox ash, bash) and the usual small tools; changes nothing, imports no module of
# python. What can hang has a limit of its own. danlu_pythons, where set before: without the GPUs.
own=$PATH
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/nvidia/bin:/opt/bin:/usr/lib/wsl/lib
home=${HOME:-/root}
HOME=$home # what "~" is
nl='
'
most=200
has() { command -v "$1" >/dev/null 2>&1; }
tell() { [ -z "$2" ] || printf '%s %s\0' "$1" "$2"; }
tell_file() { [ ! -r "$2" ] || [ ! -f "$2" ] || tell "$1" "$2$nl$(head -c 4000 "$2" 2>/dev/null | tr -d '\000')"; }
# SECONDS COMMAND...; an interactive shell waves TERM away.
if timeout 5 true 2>/dev/null; then
    limit() { timeout -s KILL "$@"; }
elif timeout -t 5 true 2>/dev/null; then
    limit() { seconds=$1; shift; timeout -s KILL -t "$seconds" "$@"; }
else
    limit() { shift; "$@"; }
fi

tell home "$home"
tell uid "$(id -u 2>/dev/null)"
tell kernel "$(uname -r)"
tell machine "$(uname -m)"
for file in /etc/os-release /usr/lib/os-release; do
    if [ -r "$file" ]; then tell os-release "$(head -c 8000 "$file" | tr -d '\000')"; break; fi
done
tell df "$(limit 10 df -P -k 2>/dev/null | head -c 60000)"
has apt-get && tell apt 1
has sudo && tell sudo 1

if [ -z "${danlu_pythons:-}" ] && has nvidia-smi; then
    tell smi "$({ limit 15 nvidia-smi -q -x 2>&1; printf '\nsmi-exit %s\n' $?; } </dev/null | head -c 900000)"
    tell compute "$(limit 10 nvidia-smi --query-gpu=compute_cap --format=csv,noheader </dev/null 2>/dev/null | head -c 2000)"
fi
for nvcc in "$(command -v nvcc)" /usr/local/cuda/bin/nvcc; do
    [ -x "$nvcc" ] || continue
    tell nvcc "$nvcc$nl$(limit 10 "$nvcc" --version </dev/null 2>/dev/null | head -c 2000)"
    break
done
tell_file cuda-json /usr/local/cuda/version.json
tell_file cuda-txt /usr/local/cuda/version.txt

# What the user's own shells find. Banners come before the first mark; what they leave running can't
# hold this up, since sed ends at the second.
# shellcheck disable=SC2016
inner='unset HISTFILE
printf "\ndanlu-%s\n" begin
w() { if [ -n "$BASH_VERSION" ]; then type -P "$1"; else command -v "$1" | grep "^/"; fi; }
for n in python python3 pip conda; do
p=$(w $n)
[ -n "$p" ] || continue
printf "%s %s\n" "$n" "$p"
[ $n = conda ] || printf "%s-version %s\n" "$n" "$("$p" --version 2>&1 </dev/null | head -n 1)"
done
e=$(env)
for n in CONDA_EXE VIRTUAL_ENV HF_ENDPOINT HF_HOME PIP_INDEX_URL PIP_CACHE_DIR CONDA_PKGS_DIRS; do
v=$(printf "%s\n" "$e" | sed -n "s/^$n=//p" | head -n 1)
[ -z "$v" ] || printf "%s %s\n" "$n" "$v"
done
printf "danlu-%s\n" end'
shell=bash
has bash || shell='sh'
sees() {
    limit 12 env PATH="$own" HISTFILE=/dev/null "$shell" "$1" "$inner" </dev/null 2>/dev/null |
        sed -n -e '/^danlu-begin$/,/^danlu-end$/p' -e '/^danlu-end$/q' | head -c 20000 | tr -d '\000'
}
login=$(sees -lc)
tell login "$login"
interactive=''
[ $shell = sh ] || interactive=$(sees -ic)
tell interactive "$interactive"

real() { (cd "$1" 2>/dev/null && pwd -P); }
bases=$nl
add_base() {
    [ -d "$1/conda-meta" ] && [ -e "$1/bin/conda" ] && [ -e "$1/etc/profile.d/conda.sh" ] || return 0
    at=$(real "$1")
    case $bases in *"$nl$at$nl"*) return 0 ;; esac
    bases=$bases$at$nl
    version=''
    for file in "$1"/conda-meta/conda-[0-9]*.json; do
        [ ! -e "$file" ] || version=${file##*/}
    done
    writable=''
    [ ! -w "$1/conda-meta" ] || writable=writable
    named_bases=$named_bases$1$nl
    tell base "$1$nl${version%.json}$nl$writable"
}
named_bases=''
# From here on words end at lines' ends only; -f while a list is taken apart, for names with a "*".
IFS=$nl
set -f
for exe in $(printf '%s\n' "$interactive" "$login" | sed -n -e 's/^CONDA_EXE //p' -e 's/^conda \//\//p'); do
    set +f
    add_base "${exe%/*/*}"
done
set +f
# shellcheck disable=SC2043 # it becomes many
for dir in @conda_places@; do
    add_base "$dir"
done
grep -q '>>> conda initialize >>>' "$home/.bashrc" 2>/dev/null && tell conda-init 1

count=0 seen=$nl
torch_in() {
    echo "site $1"
    for dist in "$1"/torch-[0-9]*.dist-info; do
        [ ! -d "$dist" ] || echo "torch-dist ${dist##*/}"
    done
    [ ! -f "$1/torch/version.py" ] || head -c 4000 "$1/torch/version.py" 2>/dev/null | tr -d '\000' |
        grep -E '^(__version__|cuda|hip)[ :=]' | head -n 6 | sed 's/^/torch-line /'
}
is_new() { # PATH: and is one line
    case $1 in *"$nl"*) return 1 ;; esac
    case $seen in *"$nl$1$nl"*) return 1 ;; esac
    [ $count -lt $most ] || return 1
    count=$((count + 1)) seen=$seen$1$nl
}
add_env() { # KIND DIRECTORY
    case $1 in
    conda) [ -d "$2/conda-meta" ] || return 0 ;;
    venv) [ -f "$2/pyvenv.cfg" ] || return 0 ;;
    esac
    is_new "$(real "$2")" || return 0
    printf 'env %s\n' "$1"
    echo "path $2"
    [ -w "$2" ] || echo readonly
    for file in "$2"/conda-meta/python-[0-9]*.json; do
        if [ -e "$file" ]; then file=${file##*/}; echo "python ${file%.json}"; fi
    done
    [ "$1" = conda ] || sed -n -e 's/^version *= */version /p' -e 's/^version_info *= */version /p' "$2/pyvenv.cfg" | head -n 1
    [ ! -x "$2/bin/python" ] || echo "exe $2/bin/python"
    for site in "$2"/lib/python[0-9]*/site-packages; do
        [ ! -d "$site" ] || torch_in "$site"
    done
    printf '\0'
}
directories() { # of the list NAME in the condarcs
    cat "$home"/.condarc "$home"/.conda/.condarc 2>/dev/null | tr -d '\000\r' |
        awk -v name="$1:" '/^[^ #-]/ {on = $1 == name; next} on && /^ *- / {sub(/^ *- */, ""); gsub(/^["\047]|["\047] *$/, ""); print}'
}
set -f
for dir in $named_bases; do
    set +f
    add_env conda "$dir"
done
set -f
for dir in $(directories envs_dirs); do
    set +f
    # shellcheck disable=SC2088
    case $dir in '~/'*) dir=$home/${dir#'~/'} ;; esac
    tell envs-dir "$dir"
    for one in "$dir"/*; do add_env conda "$one"; done
done
set -f
for base in $named_bases; do
    set +f
    for one in "$base"/envs/*; do add_env conda "$one"; done
done
set +f
for one in "$home"/.conda/envs/*; do add_env conda "$one"; done
set -f
for one in $(head -n $most "$home/.conda/environments.txt" 2>/dev/null | tr -d '\r\000'); do
    set +f
    add_env conda "$one"
done
set -f
for one in $(printf '%s\n' "$interactive" | sed -n 's/^VIRTUAL_ENV //p'); do
    set +f
    add_env venv "$one"
done
set -f
for exe in $(printf '%s\n' "$interactive" "$login" | sed -n -e 's/^python //p' -e 's/^python3 //p'); do
    set +f
    add_env venv "${exe%/*/*}" # on the PATH without being activated, as images have it
done
set +f
for one in /venv/* /opt/venv /workspace/venv "$home"/venv "$home"/.venv "$home"/*/venv "$home"/*/.venv; do
    add_env venv "$one"
done
for exe in /usr/local/bin/python3 /usr/bin/python3; do
    [ -x "$exe" ] || continue
    version=$(limit 10 "$exe" --version 2>/dev/null </dev/null)
    version=${version#Python }
    short=${version%"${version#*.*.}"}
    short=${short%.}
    at=$(readlink -f "$exe" 2>/dev/null || echo "$exe")
    inside=''
    set -f
    for one in $seen; do
        case $at in "$one"/*) inside=1 ;; esac
    done
    set +f
    if [ -n "$inside" ] || ! is_new "$at"; then continue; fi
    printf 'env system\n'
    echo "path $exe"
    echo "exe $exe"
    [ -w "${exe%/*}" ] || echo readonly
    [ -z "$version" ] || echo "version $version"
    for site in "$home/.local/lib/python$short/site-packages" "/usr/local/lib/python$short"/dist-packages \
        "/usr/local/lib/python$short"/site-packages /usr/lib/python3/dist-packages "/usr/lib/python$short"/site-packages; do
        [ ! -d "$site" ] || torch_in "$site"
    done
    printf '\0'
done

# The later ones hold where both say something.
for file in /etc/pip.conf "$home/.pip/pip.conf" "${XDG_CONFIG_HOME:-$home/.config}/pip/pip.conf"; do tell_file pip-conf "$file"; done
for file in /etc/conda/.condarc /etc/conda/condarc; do tell_file condarc "$file"; done
set -f
for dir in $named_bases; do
    set +f
    tell_file condarc "$dir/.condarc"
    break
done
set +f
for file in "$home/.conda/.condarc" "$home/.condarc"; do tell_file condarc "$file"; done
sed -n 's/^.* # danlu: \([A-Z_]*\)$/\1/p' "$home/.bashrc" 2>/dev/null | while read -r name; do tell managed "$name"; done
printf 'end\0'
