"""Links between modules.

A comment names a symbol of a module that its own re-exports as its code does, without the module: ``SQJobsError``. DocC
wants ``/SQJobsCore/SQJobsError`` there. Whatever is found nowhere is left as it is, for DocC to complain about.
"""

import re

LINK = re.compile(r"(?<!`)``([^`/]+(?:/[^`]+)?)``(?!`)")


def paths(graphs: list[dict]) -> set[str]:
    """What the module's symbols are called: their paths, and every end of one."""
    found = set()
    for graph in graphs:
        for symbol in graph["symbols"]:
            parts = symbol["pathComponents"]
            found.update("/".join(parts[start:]) for start in range(len(parts)))
    return found


def roots(graphs: list[dict]) -> set[str]:
    """The full paths of the module's symbols."""
    return {"/".join(symbol["pathComponents"]) for graph in graphs for symbol in graph["symbols"]}


def qualify(graph: dict, own: set[str], imported: dict[str, set[str]]) -> None:
    """Names the module in each link to a symbol of an imported one."""

    def qualified(match: re.Match) -> str:
        path = match.group(1)
        if path not in own:
            for module, known in imported.items():
                if path in known:
                    return f"``/{module}/{path}``"
        return match.group(0)

    for symbol in graph["symbols"]:
        for line in symbol.get("docComment", {}).get("lines", []):
            line["text"] = LINK.sub(qualified, line["text"])
