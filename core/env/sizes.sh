#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How much disk the folders take that are given as arguments: records "size KIB PATH" that end with NUL, "-"
# for one that can't be measured; the last one is "end". POSIX sh; changes nothing.
for path; do
    size=''
    [ ! -e "$path" ] || size=$(du -skx -- "$path" 2>/dev/null | awk 'END {print $1}')
    printf 'size %s %s\0' "${size:--}" "$path"
done
printf 'end\0'
