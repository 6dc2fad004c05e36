# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""How Sphinx builds the site, from what make_pages.py has laid out."""
import html
import json
import pathlib
import re

from docutils import nodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

ROOT = pathlib.Path(__file__).resolve().parents[3]
VERSION = re.search(r'WXMP_VERSION_STRING "(.*)"', (ROOT / "include/wxmp/version.hpp").read_text())[1]

project = "wxmp"
copyright = "2026 the wxmp authors"
version = release = VERSION
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["**/*.txt"]
highlight_language = "cpp"
nitpicky = True

html_theme = "furo"
html_title = f"wxmp {VERSION}"
html_static_path = [str(pathlib.Path(__file__).with_name("static"))]
html_css_files = ["guide.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_theme_options = {"footer_icons": []}


class Names(Domain):
    """The public names, as make_pages.py has placed them: for the search, and for the links below."""
    name = "wxmp"
    label = "wxmp"
    object_types = {}

    @property
    def places(self):
        if not hasattr(self, "read"):
            self.read = json.loads((pathlib.Path(self.env.srcdir) / "names.json").read_text())
        return self.read

    def get_objects(self):
        for path, (kind, page, anchor) in self.places.items():
            yield path, path, kind, page, anchor, 1

    def get_type_name(self, type, primary=False):
        return type

    def resolve_any_xref(self, *arguments):
        return []

    def merge_domaindata(self, docnames, otherdata):
        pass


BUILD_TARGETS = {"wxmp::wxmp", "wxmp::compiled"}  # of CMake


class LinkNames(SphinxPostTransform):
    """Makes a link of each public name that stands as code in a page, as `wxmp::client`."""
    default_priority = 5

    def run(self, **kwargs):
        places = self.env.get_domain("wxmp").places
        for code in list(self.document.findall(nodes.literal)):
            match = re.fullmatch(r"wxmp::((?:\w|::)+)", code.astext())
            if not match or isinstance(code.parent, nodes.reference) or code.astext() in BUILD_TARGETS:
                continue
            place = places.get(match[1])
            if not place:
                logging.getLogger("wxmp").warning("no public name: %s", code.astext(), location=code)
                continue
            code.replace_self(make_refnode(self.app.builder, self.env.docname, place[1], place[2], [code.deepcopy()]))


def index_codes(app, env):
    """Return codes are entries of the index: the search passes over numbers that stand only in a text."""
    env.domaindata["index"]["entries"]["errors"] = [
        ("single", code, anchor, "", None)
        for code, (kind, _, anchor) in env.get_domain("wxmp").places.items() if kind == "return code"]
    return []


class Navigation:
    """The tree of pages in the sidebar, of which only the branch of the page is open. Sphinx makes the whole of it anew for
    each page, which would take most of the time."""

    def __init__(self, app, page):
        self.app, self.page, self.children = app, page, app.env.toctree_includes
        self.open = set(self.ancestors(page))

    def ancestors(self, page):
        parents = {child: parent for parent, children in self.children.items() for child in children}
        while page:
            yield page
            page = parents.get(page)

    def items(self, parent, level):
        return "".join(self.item(child, level) for child in self.children.get(parent, []))

    def item(self, page, level):
        current = " current" if page in self.open else ""
        address = "#" if page == self.page else self.app.builder.get_relative_uri(self.page, page)
        below = f"<ul>{self.items(page, level + 1)}</ul>" if page in self.open and self.children.get(page) else ""
        kind = "current " if page == self.page else ""
        return (f'<li class="toctree-l{level}{current}"><a class="{kind}reference internal" href="{address}">'
                f"{html.escape(self.app.env.titles[page].astext())}</a>{below}</li>")


def put_navigation(app, page, template, context, doctree):
    context["toctree"] = lambda **kwargs: f"<ul>{Navigation(app, page).items(app.config.root_doc, 1)}</ul>"


def setup(app):
    app.add_domain(Names)
    app.connect("html-page-context", put_navigation, priority=400)  # before the theme takes it
    app.connect("env-updated", index_codes)
    app.add_post_transform(LinkNames)
