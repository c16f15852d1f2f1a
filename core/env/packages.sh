#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The packages of one environment by the names of files, as core/env/Packages reads them. Set before: META
# (its conda-meta, or ""), and the folders of its packages as arguments. Records "WORD NAME" that end with
# NUL: conda (a package of conda's), dist (.dist-info or .egg-info), by-conda (a .dist-info that conda has
# installed); the last one is "end". POSIX sh; changes nothing.
if [ -n "$META" ]; then
    for file in "$META"/*.json; do
        [ ! -e "$file" ] || printf 'conda %s\0' "${file##*/}"
    done
fi
for site; do
    for dir in "$site"/*.dist-info "$site"/*.egg-info; do
        [ ! -e "$dir" ] || printf 'dist %s\0' "${dir##*/}"
    done
    # xargs: a line of some hundred names may be too long for one command.
    for dir in "$site"/*.dist-info; do
        [ ! -f "$dir/INSTALLER" ] || printf '%s\n' "$dir/INSTALLER"
    done | sed 's/[^A-Za-z0-9_./+-]/\\&/g' | xargs grep -l '^conda' 2>/dev/null | while read -r file; do
        file=${file%/INSTALLER}
        printf 'by-conda %s\0' "${file##*/}"
    done
done
printf 'end\0'
