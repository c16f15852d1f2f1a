# SPDX-License-Identifier: GPL-3.0-or-later
"""The dependency rule: docs/architecture.md's table says what a module may link; the link lines and
the #include lines must agree. usage: check_dependencies.py SOURCE_DIR MODULE_LINKS_FILE"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
problems = []


def allowed_table():
    """Rows like: | `core_metrics` | what it is | core_base, core_probe |"""
    table = {}
    for line in (source / "docs/architecture.md").read_text(encoding="utf-8").splitlines():
        row = re.match(r"\|\s*`((?:core|ui)_\w+)`\s*\|.*\|([^|]*)\|\s*$", line)
        if row:
            table[row.group(1)] = {w.strip() for w in row.group(2).split(",") if w.strip()}
    return table


def spelling(link):
    return link.removeprefix("danlu::").replace("Qt6::", "Qt ").replace("OpenSSL::Crypto", "OpenSSL") \
        .replace("Qt6Keychain::Qt6Keychain", "QtKeychain").replace("LibArchive::LibArchive", "libarchive")


allowed = allowed_table()
linked = {}
for line in pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
    name, _, links = line.partition(": ")
    linked[name] = {spelling(link) for link in re.split(r"[;\s]+", links) if link}

for name, links in linked.items():
    if name not in allowed:
        problems.append(f"{name} is not in the table of docs/architecture.md")
        continue
    for link in sorted(links - allowed[name]):
        problems.append(f"{name} links {link}, which docs/architecture.md does not allow")
for name in sorted(set(allowed) - set(linked)):
    problems.append(f"docs/architecture.md lists {name}, which is not built")
for name, links in linked.items():
    if name.startswith("core_") and links & {"Qt Gui", "Qt Widgets", "Qt Charts", "Qt Svg"}:
        problems.append(f"{name} links a window library")

include = re.compile(r'^\s*#\s*include\s+"((?:core|ui)/(\w+))/', re.M)
for path in sorted([*source.glob("core/*/*"), *source.glob("ui/*/*")]):
    if path.suffix not in (".h", ".cpp", ".mm"):
        continue
    module = f"{path.parts[-3]}_{path.parts[-2]}"
    for folder, _ in include.findall(path.read_text(encoding="utf-8")):
        target = folder.replace("/", "_")
        if target != module and target not in linked.get(module, set()):
            problems.append(f"{path.relative_to(source)} includes {folder}, which {module} does not link")

print(f"{len(linked)} modules checked")
for problem in problems:
    print("problem:", problem)
sys.exit(1 if problems or not linked else 0)
