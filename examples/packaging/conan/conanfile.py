"""Conan 2 recipe of wxmp. It packages the sources that it is a part of."""
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir


class WxmpConan(ConanFile):
    name = "wxmp"
    description = "Header-only C++20 protocol library for the WeChat Official Account HTTP API"
    license = "BSL-1.0"
    topics = ("wechat", "http-api", "header-only")
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"fPIC": [True, False]}
    default_options = {"fPIC": True, "boost/*:header_only": True}
    implements = ["auto_shared_fpic"]

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._root, "include", "wxmp", "version.hpp"))
        self.version = re.search(r'WXMP_VERSION_STRING "([^"]+)"', header)[1]

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "include/*"):
            copy(self, pattern, self._root, self.export_sources_folder)

    def requirements(self):
        self.requires("boost/[>=1.81 <2]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["BUILD_TESTING"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        # Conan writes these itself, from package_info.
        rmdir(self, os.path.join(self.package_folder, "share"))
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "wxmp")
        needs = {"wxmp": ["boost::headers"], "compiled": ["wxmp"], "testing": ["compiled"]}
        for name, requires in needs.items():
            component = self.cpp_info.components[name]
            component.requires = requires
            component.set_property("cmake_target_name", f"wxmp::{name}")
            component.set_property("pkg_config_name", "wxmp" if name == "wxmp" else f"wxmp-{name}")
            component.libs = [] if name == "wxmp" else [f"wxmp_{name}"]
            component.libdirs = ["lib"] if component.libs else []
            component.bindirs = []
