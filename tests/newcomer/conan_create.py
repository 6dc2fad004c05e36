"""conan_create.py RECIPES FOLDER: what `conan create RECIPES` does, in FOLDER, with stand-ins of Conan's classes.

Each does what Conan documents of what the recipes use of it. CMakeDeps writes the package for CMake from package_info, so
that the program of test_package is built with what that says.
"""
import collections
import fnmatch
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import types

PRESENT = ["boost::headers"]  # of other recipes


def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)


class Component:
    def __init__(self):
        self.requires, self.properties = [], {}
        self.libs, self.libdirs, self.includedirs = [], ["lib"], ["include"]

    def set_property(self, name, value):
        self.properties[name] = value


class CppInfo(Component):
    def __init__(self):
        super().__init__()
        self.components = collections.defaultdict(Component)


class ConanFile:
    def __init__(self, folder):
        self.recipe_folder = folder
        self.required, self.cpp_info = [], CppInfo()

    def requires(self, reference, transitive_headers=False):
        self.required.append(reference)

    def run(self, command, env=None):
        subprocess.run(command, shell=True, check=True)


class CMakeToolchain:
    def __init__(self, recipe):
        self.recipe, self.cache_variables = recipe, {}

    def generate(self):
        self.recipe.cache_variables = self.cache_variables


class CMakeDeps:
    """Boost is what CMake finds."""

    def __init__(self, recipe):
        self.recipe = recipe

    def generate(self):
        for package in getattr(self.recipe, "packages", []):
            text = "find_package(Boost 1.81 REQUIRED)\n"
            for component in package.cpp_info.components.values():
                text += self.target(package, component)
            name = package.cpp_info.properties["cmake_file_name"]
            self.recipe.cache_variables = {f"{name}_DIR": self.recipe.build_folder}
            os.makedirs(self.recipe.build_folder)
            pathlib.Path(self.recipe.build_folder, f"{name}-config.cmake").write_text(text)

    @staticmethod
    def target(package, component):
        names = {name: c.properties["cmake_target_name"] for name, c in package.cpp_info.components.items()}
        linked = [names.get(needed, needed) for needed in component.requires]
        if unknown := [name for name in linked if name not in [*names.values(), *PRESENT, "Boost::headers"]]:
            sys.exit(f"no component is {unknown}")
        linked = [name.replace("boost::", "Boost::") for name in linked]
        linked = [f"{package.package_folder}/{folder}/lib{library}.a"
                  for library in component.libs for folder in component.libdirs] + linked
        target = component.properties["cmake_target_name"]
        return (f"add_library({target} INTERFACE IMPORTED)\n"
                f"target_include_directories({target} INTERFACE {package.package_folder}/{component.includedirs[0]})\n"
                f"target_link_libraries({target} INTERFACE {' '.join(linked)})\n")


class CMake:
    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self):
        # The standard is that of Conan's profile.
        options = ["-DCMAKE_CXX_STANDARD=20"]
        options += [f"-D{name}={value}" for name, value in self.recipe.cache_variables.items()]
        subprocess.run(["cmake", "-S", self.recipe.source_folder, "-B", self.recipe.build_folder,
                        f"-DCMAKE_INSTALL_PREFIX={self.recipe.package_folder}", "-DCMAKE_INSTALL_LIBDIR=lib",
                        *options], check=True)

    def build(self):
        subprocess.run(["cmake", "--build", self.recipe.build_folder], check=True)

    def install(self):
        subprocess.run(["cmake", "--install", self.recipe.build_folder], check=True)


def cmake_layout(recipe):
    recipe.cpp = types.SimpleNamespace(build=types.SimpleNamespace(bindir=recipe.build_folder))


def copy(recipe, pattern, src, dst):
    for path in sorted(pathlib.Path(src).rglob("*")):
        name = path.relative_to(src)
        if path.is_file() and fnmatch.fnmatch(str(name), pattern):
            (pathlib.Path(dst) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, pathlib.Path(dst) / name)


module("conan", ConanFile=ConanFile)
module("conan.tools")
module("conan.tools.build", check_min_cppstd=lambda recipe, standard: None, can_run=lambda recipe: True)
module("conan.tools.cmake", CMake=CMake, CMakeDeps=CMakeDeps, CMakeToolchain=CMakeToolchain, cmake_layout=cmake_layout)
module("conan.tools.files", copy=copy, load=lambda recipe, path: pathlib.Path(path).read_text(),
       rmdir=lambda recipe, path: shutil.rmtree(path, ignore_errors=True))


def recipe_in(folder, place):
    spec = importlib.util.spec_from_file_location("recipe", folder / "conanfile.py")
    spec.loader.exec_module(read := importlib.util.module_from_spec(spec))
    recipe = next(c for c in vars(read).values() if isinstance(c, type) and c.__base__ is ConanFile)(str(folder))
    for kind in ("source", "build", "package"):
        setattr(recipe, f"{kind}_folder", str(place / kind))
    recipe.export_sources_folder = recipe.source_folder
    return recipe


def main(recipes, place):
    package = recipe_in(recipes, place / "package_of")
    for step in ("set_version", "export_sources", "requirements", "validate", "layout", "generate", "build", "package",
                 "package_info"):
        getattr(package, step)()
    for file in ("licenses/LICENSE", "include/wxmp/wxmp.hpp", "lib/libwxmp_compiled.a"):
        if not pathlib.Path(package.package_folder, file).exists():
            sys.exit(f"{file} is not packaged")

    user = recipe_in(recipes / "test_package", place / "test_package")
    user.source_folder, user.packages = str(recipes / "test_package"), [package]
    user.tested_reference_str = f"wxmp/{package.version}"
    user.requirements()
    user.layout()
    CMakeDeps(user).generate()
    user.build()
    user.test()


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
