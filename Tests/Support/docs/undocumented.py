"""The public symbols that have no documentation.

Members that the compiler makes, and those whose documentation comes from the protocol they fulfil, need none.
"""

import pathlib

from modules import ROOT


def undocumented(graph: dict) -> list[str]:
    inherited = {each["source"] for each in graph["relationships"] if "sourceOrigin" in each}
    found = []
    for symbol in graph["symbols"]:
        written_by_us = "location" in symbol and symbol["kind"]["identifier"] != "swift.extension"
        if written_by_us and "docComment" not in symbol and symbol["identifier"]["precise"] not in inherited:
            file = pathlib.Path(symbol["location"]["uri"].removeprefix("file://"))
            line = symbol["location"]["position"]["line"] + 1
            found.append(f"{file.relative_to(ROOT)}:{line}: {'.'.join(symbol['pathComponents'])}")
    return found
