"""The ways to get the library, each tried as examples/packaging/README.md has it: the files and the commands of a section,
in a folder of their own, without a network. Used by run beside this, and by tests/system/installs_and_is_found.
"""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGING = ROOT / "examples/packaging"
PAGE = PACKAGING / "README.md"
MARKS = "<!-- doors:begin -->\n", "<!-- doors:end -->"
REPOSITORY = "https://example.com/wxmp.git"

sys.path.insert(0, str(ROOT / "single_include"))
import amalgamate  # noqa: E402

VERSION = amalgamate.version()


def nothing(place):
    """What most ways need before or after their commands."""


@dataclasses.dataclass
class Way:
    """A section of the page."""
    title: str
    tools: str  # whose versions the table tells
    before: object = nothing  # called with the folder
    after: object = nothing
    quick: str = None  # what to run in place of its commands where there is little time; none: leave it out
    but: str = ""  # what was not tried


# ---- The page

def sections():
    """{title: ({file: text}, commands)} of the page; the files of the introduction are those of every section."""
    parts = re.split(r"^## (.*)\n", PAGE.read_text(), flags=re.MULTILINE)
    blocks = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    common = {name: text for _, name, text in blocks.findall(parts[0])}
    found = {}
    for title, body in zip(parts[1::2], parts[2::2]):
        files = {name: text for language, name, text in blocks.findall(body) if language != "sh"}
        commands = "".join(text for language, name, text in blocks.findall(body) if (language, name) == ("sh", ""))
        found[title] = {**common, **files}, commands
    return found


def install_commands():
    return re.search(r"^```sh install\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)[1]


# ---- Trying

class Workshop:
    """A folder for all ways, with a home that they install to, and a repository under the address on the page."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.home.mkdir()
        self.environment = {
            **os.environ, "HOME": str(self.home), "CMAKE_GENERATOR": "Ninja", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": f"url.file://{self.folder}/repository.insteadOf",
            "GIT_CONFIG_VALUE_0": REPOSITORY, "GIT_CONFIG_KEY_1": "advice.detachedHead", "GIT_CONFIG_VALUE_1": "false"}

    def run(self, commands, place):
        done = subprocess.run(["bash", "-euc", commands], cwd=place, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode:
            raise RuntimeError(f"{commands}{done.stdout}")
        return done.stdout

    def copy_sources(self, to):
        shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".git", "build", "__pycache__", "node_modules"))

    def make_repository(self):
        self.copy_sources(self.folder / "repository")
        self.run(f"git init -q . && git add -A && git -c user.name=n -c user.email=e commit -q -m m && git tag v{VERSION}",
                 self.folder / "repository")

    def place(self, name, files):
        """A folder with these files, and with the sources beside them."""
        place = self.folder / re.sub(r"\W+", "_", name)
        for file, text in files.items():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_text(text)
        place.mkdir(exist_ok=True)
        (place / "wxmp").symlink_to(ROOT)
        return place

    def try_way(self, way, quick=False):
        files, commands = sections()[way.title]
        place = self.place(way.title, files)
        way.before(place)
        self.run(way.quick or commands if quick else commands, place)
        if not quick:
            way.after(place)


def find_package_in(prefix):
    """Builds the program of the page with what is installed there."""
    def build(shop, name):
        files, _ = sections()["CMake: find_package"]
        shop.run(f"cmake -S . -B build -DCMAKE_PREFIX_PATH={prefix} && cmake --build build && build/app",
                 shop.place(name, files))
    return build


# ---- The ways

def ways(shop):
    """All of them, the fast ones first."""
    def install_package(place):
        """What `apt-get install` does, into another folder, and without its root."""
        shop.run("dpkg-deb -x libwxmp-dev_*.deb installed", place)
        find_package_in(place / "installed/usr")(shop, "user of Debian's package")

    def unpack_sources(place):
        """A copy in place of the link, as what is written beside them is not to come here."""
        (place / "wxmp").unlink()
        shop.copy_sources(place / "wxmp")

    def use_drafts(place):
        shop.run("cmake -S . -B build -DCMAKE_PREFIX_PATH=$HOME/.local && cmake --build build && build/user",
                 shop.place("user of drafts", {
                     "CMakeLists.txt": "cmake_minimum_required(VERSION 3.23)\nproject(user LANGUAGES CXX)\n"
                                       "find_package(drafts REQUIRED)\nadd_executable(user user.cpp)\n"
                                       "target_link_libraries(user drafts)\n",
                     "user.cpp": "#include <string_view>\nint number_of_drafts(std::string_view);\n"
                                 "int main() { return number_of_drafts(R\"({\"total_count\":3})\") - 3; }\n"}))

    def install_port(place):
        shop.run(f"cmake -DPLACE={place} -P {HERE}/vcpkg.cmake", place)
        find_package_in(place / "packages")(shop, "user of the port")

    def create_package(place):
        shop.run(f"python3 {HERE}/conan_create.py {PACKAGING}/conan {place}", place)

    def add_cpm(place):
        (place / "cmake").mkdir()
        shutil.copy(HERE / "CPM.cmake", place / "cmake")

    # The headers are without the warnings that the page asks for, so they are hidden from one that they would cause.
    configure = "cmake -S . -B build"
    parse = "cp wxmp/single_include/wxmp.hpp . && ${CXX:-c++} -std=c++20 -fsyntax-only main.cpp"
    return [
        Way("CMake: find_package", "cmake c++", quick=""),
        Way("CMake: add_subdirectory", "cmake c++",
            quick=f"CXXFLAGS=-Wpadded {configure} && cmake --build build --target CMakeFiles/app.dir/main.cpp.o"),
        Way("CMake: FetchContent", "cmake c++ git", quick=configure),
        Way("CMake: CPM", "cmake c++ git", add_cpm,
            but="not with CPM itself: `CPMAddPackage` was a stand-in"),
        Way("CMake: in a library of your own", "cmake c++", after=use_drafts, quick=configure),
        Way("pkg-config", "pkg-config g++", quick=""),
        Way("One header", "g++", quick=parse),
        Way("Meson", "meson c++ git"),
        Way("Module", "clang++-19"),
        Way("Debian", "dpkg-buildpackage lintian", unpack_sources, after=install_package),
        Way("vcpkg", "cmake c++", after=install_port,
            but="not with vcpkg itself: the port was run with stand-ins of vcpkg's functions"),
        Way("Conan 2", "cmake c++", after=create_package,
            but="not with Conan itself: the recipes were run with stand-ins of Conan's classes"),
    ]


# ---- What has to agree

def check_versions():
    """What has to hold the version, as nothing can read it from the header."""
    minor = VERSION.rpartition(".")[0]
    told = [("debian/changelog", re.search(r"\((.*?)\)", (PACKAGING / "debian/changelog").read_text())[1]),
            ("vcpkg.json", json.loads((PACKAGING / "vcpkg/wxmp/vcpkg.json").read_text())["version"])]
    page = PAGE.read_text()
    told += [("the page", found) for found in re.findall(r"(?:[ /-]v|wxmp VERSION |wxmp[ /-])(\d+\.\d+\.\d+)", page)]
    of_page = [("the page", found.replace("_", ".")) for found in
               re.findall(r"(?:wxmp |>=|::v)(\d+[._]\d+)\b(?!\.)", page)]
    wrong = [f"{where} has {found}" for where, found in told if found != VERSION]
    wrong += [f"{where} has {found}" for where, found in of_page if found != minor]
    if wrong or len(told) < 7 or len(of_page) < 5:
        raise RuntimeError(f"it is {VERSION}, but {', '.join(wrong)}; {told} {of_page}")


# ---- The table

PROGRAMS = {"cmake": "CMake", "c++": "GCC", "g++": "GCC", "git": "Git", "meson": "Meson", "pkg-config": "pkgconf",
            "clang++-19": "Clang", "dpkg-buildpackage": "dpkg", "lintian": "Lintian"}


def version_of(tool):
    said = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    return re.search(r"\d+(\.\d+)+", said.splitlines()[0])[0]


def table(shop):
    rows = "| way | tried with |\n| --- | --- |\n"
    for way in ways(shop):
        anchor = re.sub(r"[^\w -]", "", way.title.lower()).replace(" ", "-")
        tools = ", ".join(f"{PROGRAMS[tool]} {version_of(tool)}" for tool in way.tools.split())
        rows += f"| [{way.title}](#{anchor}) | {tools}{'; ' * bool(way.but)}{way.but} |\n"
    return f"Debian {pathlib.Path('/etc/debian_version').read_text().strip().split('.')[0]}, {os.uname().machine}.\n\n{rows}"


def table_of_page():
    return PAGE.read_text().split(MARKS[0])[1].split(MARKS[1])[0]


def write_table(text):
    before, rest = PAGE.read_text().split(MARKS[0])
    PAGE.write_text(before + MARKS[0] + text + MARKS[1] + rest.split(MARKS[1])[1])


def check_titles(shop):
    """That the page has these ways, and its table too, in this order."""
    titles = [way.title for way in ways(shop)]
    if unknown := [title for title in titles if title not in sections()]:
        raise RuntimeError(f"the page has no {unknown}")
    if re.findall(r"^\| \[(.*?)\]", table_of_page(), re.MULTILINE) != titles:
        raise RuntimeError(f"the table of the page has other ways; run tests/newcomer/run --write")
