# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Turns declarations and doc comments into HTML, with links to the names in them."""
import html
import os
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CppLexer

KEYWORDS = set("""auto bool class concept const consteval constexpr default delete double enum explicit false friend inline
int namespace noexcept nullptr operator requires signed static struct template true typename unsigned using virtual
void""".split())
# An identifier with its scopes, an arrow, or any other character.
TOKEN = re.compile(r"~?[A-Za-z_]\w*(?:::~?[A-Za-z_]\w*)*|->|\s+|.", re.DOTALL)
LINKED = {"concept", "class", "class template", "struct", "enumeration", "type", "function", "macro", "variable"}


class Names:
    """Where each public name is explained."""

    def __init__(self):
        self.places = {}   # path: (kind, page, anchor)
        self.named = {}    # path: the Name
        self.aliases = {}  # path: that of the template it is
        self.unknown = []  # what was referred to, and is not there

    def add(self, name, page, anchor):
        self.places.setdefault(name.path, (name.kind, page, anchor))
        self.named.setdefault(name.path, name)
        if match := re.fullmatch(r"using (\w+) = (\w+)<>", name.signatures[0]):
            self.aliases[name.path] = match[2]

    def find(self, word, scope):
        """The path of the name that this word means in that scope, or None."""
        word = word.removeprefix("wxmp::").removesuffix("()")
        while True:
            path = f"{scope}::{word}" if scope else word
            if path in self.places:
                return path
            first, _, rest = path.partition("::")
            if first in self.aliases and f"{self.aliases[first]}::{rest}" in self.places:
                return f"{self.aliases[first]}::{rest}"
            if not scope:
                return None
            scope = scope.rpartition("::")[0]

    def address(self, path, page):
        _, other, anchor = self.places[path]
        relative = os.path.relpath(f"{other}.html", os.path.dirname(page) or ".") if other != page else ""
        return f"{relative}#{anchor}" if anchor else relative

    def link(self, path, text, page):
        return f'<a class="reference internal" href="{self.address(path, page)}">{text}</a>'


def escaped(text):
    return html.escape(text, quote=False)


class Writer:
    """Writes HTML for one page; `say` is what puts its own words into a language."""

    def __init__(self, names, page, say):
        self.names, self.page, self.say = names, page, say

    # ---- Declarations

    def declaration(self, text, scope, own=""):
        """The declaration of a name, with a link from each other public name in it."""
        out, before = [], ""
        for token in TOKEN.findall(text):
            is_declared = before not in KEYWORDS and re.match(r"\w|[&*>]$", before) is not None
            out.append(self.token(token, scope, own, is_declared))
            if token.strip():
                before = token
        return "".join(out)

    def token(self, token, scope, own, is_declared):
        if token in KEYWORDS:
            return f'<span class="k">{token}</span>'
        path = self.names.find(token, scope) if re.match(r"[A-Za-z_]", token) and not is_declared else None
        if path and path != own and ("::" in token or self.names.places[path][0] in LINKED):
            return self.names.link(path, escaped(token), self.page)
        return escaped(token)

    def block(self, text, scope, own=""):
        return f'<div class="highlight"><pre>{self.declaration(text, scope, own)}</pre></div>'

    # ---- Comments

    def inline(self, text, scope, of=""):
        """A paragraph: code between backticks, and @ref."""
        out = []
        for code, reference, plain in re.findall(r"`([^`]+)`|@ref ([\w:~]*\w)|((?:(?!`|@ref ).)+|`)", text, re.DOTALL):
            if code:
                out.append(self.code(code, scope))
            elif reference:
                out.append(self.reference(reference, scope, of))
            else:
                out.append(escaped(plain))
        return "".join(out)

    def code(self, code, scope):
        path = self.names.find(code, scope) if re.fullmatch(r"[\w:~]+(\(\))?", code) else None
        text = f'<code class="docutils literal">{escaped(code)}</code>'
        if path and ("::" in code or self.names.places[path][0] in LINKED):
            return self.names.link(path, text, self.page)
        return text

    def reference(self, word, scope, of):
        path = self.names.find(word, scope)
        if path is None:
            self.names.unknown.append(f"{of}: @ref {word}")
            return escaped(word)
        return self.names.link(path, f'<code class="docutils literal">{escaped(word)}</code>', self.page)

    def comment(self, text, scope, of=""):
        """A doc comment: paragraphs, lists, @code, @param, @return and @see."""
        parts = re.split(r"@code\n(.*?)@endcode", text, flags=re.DOTALL)
        out = []
        for prose, code in zip(parts[::2], [*parts[1::2], ""]):
            for paragraph in re.split(r"\n\s*\n", prose.strip()):
                if paragraph.strip():
                    out.append(self.paragraph(paragraph, scope, of))
            if code:
                out.append(highlight(code.strip("\n"), CppLexer(), HtmlFormatter()))
        return "".join(out)

    def paragraph(self, text, scope, of):
        """One paragraph, in which lines may begin a list or a command."""
        out, items, parameters = [], [], []
        for piece in re.split(r"\n\s*(?=- |@(?:param|return|see)\b)", "\n" + text.lstrip()):
            words = " ".join(piece.split())
            if words.startswith("- "):
                items.append(f"<li>{self.inline(words[2:], scope, of)}</li>")
            elif match := re.match(r"@param (\w+) (.*)", words):
                parameters.append((f"<code>{match[1]}</code>", self.inline(match[2], scope, of)))
            elif words.startswith("@return "):
                parameters.append((self.say("returns"), self.inline(words.removeprefix("@return "), scope, of)))
            elif words.startswith("@see "):
                code = f"<code>{escaped(words.removeprefix('@see '))}</code>"
                out.append(f"<p>{self.say('On the wire: {}').format(code)}</p>")
            elif words:
                out.append(f"<p>{self.inline(words, scope, of)}</p>")
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
        if parameters:
            rows = "".join(f"<dt>{name}</dt><dd>{what}</dd>" for name, what in parameters)
            out.append(f'<dl class="parameters">{rows}</dl>')
        return "".join(out)
