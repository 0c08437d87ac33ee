#!/usr/bin/env python3
"""Checks that every public symbol of the libraries is documented, and makes their documentation, without a warning.

    Tests/Support/docs/docs.py

It reads what the debug build left (`make test-build`), and writes an archive of all modules to `.build/documentation`, for
any web server: `python3 -m http.server -d .build/documentation`.
"""

import json
import pathlib
import shutil
import subprocess
import sys

from links import paths, qualify, roots
from modules import ROOT, Failure, Modules, run
from undocumented import undocumented

WORK = ROOT / ".build" / "docs"
OUTPUT = ROOT / ".build" / "documentation"


def read(folder: pathlib.Path) -> dict[pathlib.Path, dict]:
    return {path: json.loads(path.read_text()) for path in sorted(folder.glob("*.symbols.json"))}


def convert(module: str, catalogue: pathlib.Path, graphs: pathlib.Path, archives: list[pathlib.Path]) -> str:
    """Makes a module's archive. Returns what DocC complains about; nothing if all is well."""
    if not catalogue.exists():
        return f"{module} has no catalogue: {catalogue.relative_to(ROOT)}\n"
    command = [
        "docc", "convert", str(catalogue), "--additional-symbol-graph-dir", str(graphs),
        "--fallback-display-name", module, "--fallback-bundle-identifier", f"sqjobs.{module}",
        "--output-path", str(WORK / f"{module}.doccarchive"), "--enable-experimental-external-link-support",
        "--warnings-as-errors", *(word for archive in archives for word in ("--dependency", str(archive))),
    ]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return "" if done.returncode == 0 else done.stdout


def main() -> int:
    modules = Modules()
    shutil.rmtree(WORK, ignore_errors=True)
    folders = modules.extract(WORK / "symbols")
    graphs = {module: read(folder) for module, folder in folders.items()}

    missing = sorted({line for files in graphs.values() for graph in files.values() for line in undocumented(graph)})
    print(*missing, sep="\n", end="\n" if missing else "")
    print(f"{len(missing)} public symbols of {len(modules)} libraries have no documentation")

    full = {module: roots(list(files.values())) for module, files in graphs.items()}
    archives: dict[str, pathlib.Path] = {}
    complaints = ""
    for module, imported in modules.imports.items():
        own = paths(list(graphs[module].values()))
        for path, graph in graphs[module].items():
            qualify(graph, own, {each: full[each] for each in imported})
            path.write_text(json.dumps(graph))
        catalogue = modules.folders[module] / f"{module}.docc"
        known = [archives[each] for each in imported if each in archives]
        complaint = convert(module, catalogue, folders[module], known)
        complaints += complaint
        if not complaint:
            archives[module] = WORK / f"{module}.doccarchive"
    print(complaints, end="")
    if missing or complaints:
        return 1

    shutil.rmtree(OUTPUT, ignore_errors=True)
    run("docc", "merge", *archives.values(), "--output-path", OUTPUT, "--synthesized-landing-page-name", "SQJobs")
    print(f"{OUTPUT.relative_to(ROOT)} holds the documentation of {len(archives)} libraries")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"docs: {failure}")
