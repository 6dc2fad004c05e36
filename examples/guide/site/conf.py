# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""How Sphinx builds the site, from what make_pages.py has laid out."""
import html
import json
import pathlib
import re

from docutils import nodes
from sphinx.domains import Domain
from sphinx.locale import _
from sphinx.search.en import SearchEnglish
from sphinx.transforms import SphinxTransform
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
templates_path = [str(pathlib.Path(__file__).with_name("templates"))]
html_static_path = [str(pathlib.Path(__file__).with_name("static"))]
html_css_files = ["guide.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_sidebars = {"**": ["sidebar/brand.html", "sidebar/language.html", "sidebar/search.html", "sidebar/scroll-start.html",
                        "sidebar/navigation.html", "sidebar/scroll-end.html"]}
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
        for code, (_, page, anchor) in env.get_domain("wxmp").places.items() if page == "errors"]
    return []


class Navigation:
    """The tree of pages in the sidebar, of which only the branch of the page is open. Sphinx makes the whole of it anew for
    each page, which would take most of the time, and the theme would read all of that to put the switches in."""
    SWITCH = ('<input checked="" class="toctree-checkbox" id="{0}" name="{0}" role="switch" type="checkbox"/><label for="{0}">'
              '<div class="visually-hidden">Toggle child pages in navigation</div>'
              '<i class="icon"><svg><use href="#svg-arrow-right"></use></svg></i></label>')

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
        address = "#" if page == self.page else self.app.builder.get_relative_uri(self.page, page)
        below = self.items(page, level + 1) if page in self.open else ""
        if below:
            below = f"{self.SWITCH.format(f'toctree-checkbox-{level}')}<ul>{below}</ul>"
        kinds = " current" * (page in self.open) + " has-children" * bool(below) + " current-page" * (page == self.page)
        kind = "current " if page == self.page else ""
        return (f'<li class="toctree-l{level}{kinds}"><a class="{kind}reference internal" href="{address}">'
                f"{html.escape(self.app.env.titles[page].astext())}</a>{below}</li>")


def put_navigation(app, page, template, context, doctree):
    context["furo_navigation_tree"] = f"<ul>{Navigation(app, page).items(app.config.root_doc, 1)}</ul>"


def leave_out_navigation(app, page, template, context, doctree):
    context["toctree"] = lambda **kwargs: ""


class EnglishAnchors(SphinxTransform):
    """Gives the headings of a page in another language the anchors of the English ones, so that an address holds in both."""
    default_priority = 400

    def apply(self, **kwargs):
        anchors = json.loads((pathlib.Path(self.env.srcdir) / "anchors.json").read_text())[self.env.docname]
        for section, anchor in zip(self.document.findall(nodes.section), anchors, strict=True):
            if anchor and anchor not in self.document.ids:
                section["ids"] = [anchor]
                self.document.ids[anchor] = section


class SearchChinese(SearchEnglish):
    """Chinese has no spaces between words: each character is a word of the search, and each pair of neighbours."""
    lang = "zh"
    language_name = "Chinese"
    words = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
    # Of what is looked for, only the pairs, or a character that is alone. How many pages were found, Sphinx looks up with the
    # number in the text.
    js_splitter_code = r"""
for (let n = 1; n < 10000; ++n) {
  const found = `Search finished, found ${n} page(s) matching the search query.`;
  Documentation.TRANSLATIONS[found] = `搜索完成，找到 ${n} 个页面。`;
}
var splitQuery = (query) =>
  (query.match(/[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{Letter}\p{Number}_])+/gu) || []).flatMap((word) =>
    /^[\u3400-\u9fff]{2}/.test(word) ? [...word.slice(1)].map((c, i) => word[i] + c) : [word]);
"""

    def split(self, text):
        return [part for word in self.words.findall(text) for part in self.parts(word)]

    @staticmethod
    def parts(word):
        is_chinese = "\u3400" <= word[0] <= "\u9fff"
        return [*word, *map("".join, zip(word, word[1:]))] if is_chinese else [word]


def put_languages(app, page, template, context, doctree):
    """The language of a page, and its address in the other one; and the labels of the theme's icons and switches, which it
    says in English only."""
    is_english = app.config.language == "en"
    up = "../" * (page.count("/") + (not is_english))
    context["other_page"] = f"{up}{'zh/' * is_english}{page}.html"
    context["other_language"] = ("zh-CN", "中文") if is_english else ("en", "English")
    context["language"] = app.config.language.replace("_", "-")
    link = f'<link rel="alternate" hreflang="{context["other_language"][0]}" href="{context["other_page"]}">'
    context["metatags"] = (context.get("metatags") or "") + link
    context["translated_labels"] = lambda body: re.sub(
        r'(<div class="visually-hidden">|<title>)([^<]+)', lambda m: m[1] + str(_(m[2])), body)


def setup(app):
    app.add_domain(Names)
    app.connect("html-page-context", leave_out_navigation, priority=400)  # before the theme takes it
    app.connect("html-page-context", put_navigation, priority=600)
    app.connect("html-page-context", put_languages)
    app.connect("env-updated", index_codes)
    app.add_post_transform(LinkNames)
    app.add_search_language(SearchChinese)
    if app.config.language != "en":
        app.add_transform(EnglishAnchors)
