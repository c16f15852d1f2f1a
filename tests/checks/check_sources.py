# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules a compiler does not check. usage: check_sources.py SOURCE_DIR"""
import pathlib
import re
import subprocess
import sys

source = pathlib.Path(sys.argv[1])
try:
    listed = subprocess.run(["git", "-C", str(source), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            check=True, capture_output=True).stdout.decode().split("\0")
except (OSError, subprocess.CalledProcessError):  # an exported tree without git
    listed = [str(p.relative_to(source)) for p in source.rglob("*") if "build" not in p.parts]
files = [source / name for name in listed if name and (source / name).is_file()]

FORBIDDEN = [
    (r"\bprocessEvents\s*\(", ("core", "ui", "app"), "processEvents(): no nested event loops"),
    (r"\bQEventLoop\b", ("core", "ui", "app"), "QEventLoop: no nested event loops"),
    (r"(\.|->)waitFor(Connected|ReadyRead|BytesWritten|Disconnected|Finished|Started)\s*\(",
     ("core", "ui"), "waitFor...() blocks"),
    (r"[dD]ialog\w*(\.|->)exec\s*\(|QMessageBox::(question|warning|critical|information)\s*\(", ("ui", "app"),
     "a dialog's exec(): use open()"),
    (r"\bSIGNAL\s*\(|\bSLOT\s*\(", ("core", "ui", "app"), "string connects"),
    (r"\bsender\s*\(\s*\)", ("core", "ui", "app"), "sender()"),
    (r"using namespace (?!std::chrono_literals|std::literals|Qt::StringLiterals)", ("*.h",), "using namespace in a header"),
    (r"std::(format|jthread|stop_token|expected)\b", ("core", "ui", "app"), "not in g++ 12's C++20"),
]
LIMIT = 500

problems = []
for path in files:
    rel = path.relative_to(source)
    if re.search(r"(^#.*#$|^\.#|~$|\.sw[a-p]$|\.(orig|rej)$|^\.new$)", path.name):
        problems.append(f"{rel}: an editor left it")
    if path.suffix not in (".h", ".cpp", ".mm"):
        continue
    text = path.read_text(encoding="utf-8")
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in text.split("\n", 1)[0]:
        problems.append(f"{rel}: the first line is not the SPDX line")
    if path.suffix == ".h" and "#pragma once" not in text:
        problems.append(f"{rel}: no #pragma once")
    lines = text.count("\n")
    if lines > LIMIT and "check_sources: long because" not in text and rel.parts[0] != "tests":
        problems.append(f"{rel}: {lines} lines; split it or say why ('check_sources: long because ...')")
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)
    for pattern, where, why in FORBIDDEN:
        if "*.h" in where and path.suffix != ".h" or "*.h" not in where and rel.parts[0] not in where:
            continue
        for match in re.finditer(pattern, code):
            problems.append(f"{rel}: {why}: {match.group(0)!r}")

print(f"{len(files)} files checked")
for problem in problems:
    print("problem:", problem)
sys.exit(1 if problems or not files else 0)
