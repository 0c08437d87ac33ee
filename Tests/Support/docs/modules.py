"""The library products' modules, as the debug build left them, and their symbol graphs."""

import json
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent


class Failure(Exception):
    """A step did not work; the text says why."""


def run(*command: str | pathlib.Path) -> str:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failure(f"{command[0]} {command[1]}: {done.stdout}{done.stderr}")
    return done.stdout


class Modules:
    """The modules in an order in which each comes after those that it imports."""

    def __init__(self) -> None:
        package = json.loads(run("swift", "package", "describe", "--type", "json"))
        targets = {target["name"]: target for target in package["targets"]}
        public = {name for product in package["products"] if "library" in product["type"] for name in product["targets"]}
        self.folders = {name: ROOT / targets[name]["path"] for name in public}
        self.imports: dict[str, list[str]] = {}
        for name in sorted(public):
            self._visit(name, targets, public)
        self._build = pathlib.Path(run("swift", "build", "--show-bin-path").strip())

    def __iter__(self):
        return iter(self.imports)

    def __len__(self) -> int:
        return len(self.imports)

    def _visit(self, name: str, targets: dict, public: set[str]) -> None:
        if name in self.imports:
            return
        direct = [each for each in targets[name].get("target_dependencies", []) if each in public]
        for each in direct:
            self._visit(each, targets, public)
        found = dict.fromkeys(direct)
        for each in direct:
            found.update(dict.fromkeys(self.imports[each]))
        self.imports[name] = list(found)

    def extract(self, folder: pathlib.Path) -> dict[str, pathlib.Path]:
        """Writes each module's symbol graphs, those of its extensions of other modules' types among them.

        Returns the folder of each. Nothing is compiled: the modules are read as the last debug build left them.
        """
        plan = self._build.parent.parent / "debug.yaml"
        if not plan.exists():
            raise Failure("nothing is built: run make test-build first")
        flags = ["-I", str(self._build / "Modules"), "-module-cache-path", str(self._build / "ModuleCache")]
        # The C modules that ours import, as the plan of the build names them.
        for path in sorted(set(re.findall(r'-fmodule-map-file=([^"]+)"', plan.read_text()))):
            flags += ["-Xcc", f"-fmodule-map-file={path}"]
        info = json.loads(run("swiftc", "-print-target-info"))
        flags += ["-target", info["target"]["triple"]]
        shutil.rmtree(folder, ignore_errors=True)
        graphs = {}
        for module in self:
            graphs[module] = folder / module
            graphs[module].mkdir(parents=True)
            run(
                "swift", "symbolgraph-extract", "-module-name", module, "-minimum-access-level", "public",
                "-skip-synthesized-members", "-emit-extension-block-symbols", "-output-dir", graphs[module], *flags,
            )
        return graphs
