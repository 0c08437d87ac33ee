#!/usr/bin/env python3
"""Lists the public symbols of the library products that have no documentation, and fails if there is one.

Members that the compiler makes, and those whose documentation comes from the protocol they fulfil, need none.
"""

import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LOG = ROOT / ".build" / "symbolgraph.log"


def swift(*arguments: str) -> str:
    run = subprocess.run(["swift", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        print(run.stdout, file=sys.stderr)
        raise SystemExit(run.returncode)
    return run.stdout


def library_modules() -> set[str]:
    package = json.loads(swift("package", "describe", "--type", "json"))
    return {target for product in package["products"] if "library" in product["type"] for target in product["targets"]}


def dump_symbol_graphs() -> pathlib.Path:
    """Returns the folder that holds them. The command's status says nothing: it always fails for the test modules."""
    folder = pathlib.Path(swift("build", "--show-bin-path").strip()).parent / "symbolgraph"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["swift", "package", "dump-symbol-graph", "--minimum-access-level", "public", "--skip-synthesized-members"]
    (ROOT / ".build").mkdir(exist_ok=True)
    with open(LOG, "w") as log:
        subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    return folder


def symbol_graphs(module: str, folder: pathlib.Path) -> list[dict]:
    """The module's own graph, and those of its extensions of other modules' types."""
    own = folder / f"{module}.symbols.json"
    if not own.exists():
        raise SystemExit(f"undocumented: there is no symbol graph of {module}; {LOG} says why")
    return [json.loads(path.read_text()) for path in [own, *sorted(folder.glob(f"{module}@*.symbols.json"))]]


def undocumented(graph: dict) -> list[str]:
    inherited = {each["source"] for each in graph["relationships"] if "sourceOrigin" in each}
    found = []
    for symbol in graph["symbols"]:
        written_by_us = "location" in symbol
        if written_by_us and "docComment" not in symbol and symbol["identifier"]["precise"] not in inherited:
            file = symbol["location"]["uri"].removeprefix(f"file://{ROOT}/")
            line = symbol["location"]["position"]["line"] + 1
            found.append(f"{file}:{line}: {'.'.join(symbol['pathComponents'])}")
    return found


def main() -> int:
    folder = dump_symbol_graphs()
    modules = library_modules()
    found = sorted(
        {line for module in modules for graph in symbol_graphs(module, folder) for line in undocumented(graph)}
    )
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} public symbols of {len(modules)} libraries have no documentation")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
