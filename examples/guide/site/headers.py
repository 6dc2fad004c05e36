# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Reads the public names of include/ and their doc comments, as clang's parser finds them."""
import dataclasses
import re
import sys

from clang.cindex import AccessSpecifier, CursorKind, Index, TranslationUnit

from languages import ROOT

INCLUDE = ROOT / "include"

# In the order of the layers, as tests/system/headers_follow_the_rules has it.
LAYERS = ["version.hpp", "data", "api", "error", "codec", "operation", "flow", "transport", "client.hpp", "testing"]
UMBRELLAS = ["wxmp/wxmp.hpp", "wxmp/testing.hpp", "wxmp/src.hpp", "wxmp/testing/src.hpp"]

CursorKind.CONCEPT_DECL = CursorKind(604)  # which the bindings have no name for
KINDS = {
    "CONCEPT_DECL": "concept", "NAMESPACE": "namespace",
    "STRUCT_DECL": "struct", "CLASS_DECL": "class", "CLASS_TEMPLATE": "class template",
    "CLASS_TEMPLATE_PARTIAL_SPECIALIZATION": "specialization", "ENUM_DECL": "enumeration",
    "ENUM_CONSTANT_DECL": "enumerator", "FUNCTION_DECL": "function", "FUNCTION_TEMPLATE": "function",
    "CXX_METHOD": "function", "CONSTRUCTOR": "constructor", "CONVERSION_FUNCTION": "function", "FIELD_DECL": "member",
    "VAR_DECL": "variable", "TYPE_ALIAS_DECL": "type", "TYPE_ALIAS_TEMPLATE_DECL": "type", "USING_DECLARATION": "type",
    "FRIEND_DECL": "function",
}
TYPES = {"struct", "class", "class template", "specialization", "enumeration"}
CALLABLE = {"function", "constructor"}
# What is no name of its own, or does what it always does.
NO_NAME = re.compile(r"=\s*(default|delete)\s*$|^friend (class|struct)\b|^friend detail::|^static constexpr endpoint at\b"
                     r"|^using (T|json_cursor|std::optional<T>)::")
# A member that a concept asks for may have no comment: the concept's says what it does.
ASKED_FOR = {"next": "flow", "on": "flow", "cancel": "flow", "value_type": "flow", "load": "token_store",
             "lease": "token_store", "commit": "token_store", "release": "token_store", "invalidate": "token_store",
             "read_at": "byte_source", "lend": "lending_source", "size": "byte_source", "read": "codec", "write": "codec"}


@dataclasses.dataclass
class Name:
    """A declaration, or several that share a comment."""
    kind: str
    path: str        # without wxmp::, as `draft::add::articles`
    header: str      # as `wxmp/api/draft/add.hpp`
    line: int
    signatures: list
    doc: str         # without its marks; empty: it has none
    members: list = dataclasses.field(default_factory=list)

    @property
    def short(self):
        return self.path.rpartition("::")[2]

    @property
    def scope(self):
        return self.path.rpartition("::")[0]

    def all(self):
        yield self
        for member in self.members:
            yield from member.all()


def layer(header):
    return header.split("/")[1]


def public_headers():
    """Those that a user may include, in the order of the layers."""
    names = (p.relative_to(INCLUDE).as_posix() for p in INCLUDE.rglob("*.hpp"))
    own = [n for n in names if "/detail/" not in n and n not in UMBRELLAS]
    return sorted(own, key=lambda n: (LAYERS.index(layer(n)), n))


def header_of(cursor):
    file = cursor.location.file
    return file.name.removeprefix(f"{INCLUDE}/") if file else None


# ---- Text

def without_marks(comment):
    """The text of a doc comment."""
    lines = re.sub(r"^/\*\*|\*/$", "", comment.strip()).split("\n")
    lines = [re.sub(r"^\s*///<? ?", "", line) for line in lines]
    least = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].strip(), *(line[least:].rstrip() for line in lines[1:])]).strip()


def trailing_comment(lines, last):
    """What stands behind a declaration that ends in this line, and below it: clang sees that of members only."""
    match = re.search(r"///<.*", lines[last - 1])
    if not match:
        return ""
    more = []
    for line in lines[last:]:
        if not line.lstrip().startswith("///<"):
            break
        more.append(line)
    return "\n".join([match[0], *more])


def without_body(text):
    """A function's declaration: neither its body nor what a constructor initializes."""
    depth = 0
    for at, c in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(c, 0)
        if depth == 0 and (c in "{;" or c == ":" and ":" not in (text[at - 1], text[at + 1:at + 2])):
            return text[:at].strip()
    return text.strip()


def at_the_margin(text, column):
    """A declaration that begins in this column, moved to the first."""
    return re.sub(rf"\n {{0,{column - 1}}}", "\n", text)


# ---- Declarations

class Reader:
    def __init__(self, headers):
        self.bytes = {h: (INCLUDE / h).read_bytes() for h in headers}
        self.lines = {h: text.decode().split("\n") for h, text in self.bytes.items()}

    def declared(self, cursor):
        """The text of a declaration, with `= delete` and the like, which clang leaves out."""
        content, extent = self.bytes[header_of(cursor)], cursor.extent
        rest = re.match(rb"\s*=\s*(default|delete)", content[extent.end.offset:extent.end.offset + 40])
        return (content[extent.start.offset:extent.end.offset] + (rest[0] if rest else b"")).decode()

    def signature(self, kind, cursor):
        text = self.declared(cursor)
        if kind in CALLABLE and not NO_NAME.search(text):
            text = without_body(text)
        elif kind in TYPES or kind == "namespace":
            text = re.match(r"[^;{]*", text)[0].strip()
        elif kind in ("member", "variable"):
            text = re.sub(r"\s*\{\}$", "", text)
            if text.count("\n") > 1:  # a table
                text = re.split(r"\s*=|\{", text)[0]
        return at_the_margin(text, cursor.extent.start.column)

    def comment(self, cursor):
        return without_marks(cursor.raw_comment
                             or trailing_comment(self.lines[header_of(cursor)], cursor.extent.end.line))

    def read(self, cursor, scope):
        """The name that this declares, or None."""
        kind = KINDS.get(cursor.kind.name)
        if kind is None or kind in TYPES and not cursor.is_definition() and cursor.get_definition():
            return None
        declared = self.declared(cursor)
        if cursor.kind.name == "FRIEND_DECL":
            spelling = next((c.spelling for c in cursor.get_children()), "")
        elif cursor.kind.name == "USING_DECLARATION":
            spelling = declared.rpartition("::")[2]
        else:
            spelling = cursor.spelling
        if spelling.startswith("<deduction guide"):
            kind, spelling = "constructor", re.search(r"for (\w+)", spelling)[1]
        if kind == "constructor" or kind == "function" and spelling.startswith(f"{scope.rpartition('::')[2]}<"):
            kind, spelling = "constructor", spelling.split("<")[0]
        if kind in TYPES and declared.startswith("template <>"):
            kind = "specialization"
        if spelling.startswith("operator "):  # a conversion, which clang names by numbers
            spelling = "operator " + re.search(r"operator ([^(]*)\(\)", declared)[1]
        # Without a name, or of a macro of Boost.Describe.
        if not spelling or spelling.startswith(("boost_", "(")) or NO_NAME.search(declared):
            return None
        return Name(kind, f"{scope}::{spelling}" if scope else spelling, header_of(cursor), cursor.extent.start.line,
                    [self.signature(kind, cursor)], self.comment(cursor))

    def is_public(self, cursor):
        return (header_of(cursor) in self.bytes and cursor.spelling != "detail"
                and cursor.access_specifier not in (AccessSpecifier.PRIVATE, AccessSpecifier.PROTECTED))

    def join(self, found, name):
        """Adds a name. Functions of one name without a blank line between them share the comment of the first."""
        before = found[-1] if found else None
        if not name.doc and before and before.path == name.path and name.kind in CALLABLE \
                and "" not in self.lines[name.header][before.line:name.line]:
            before.signatures += name.signatures
        elif not (before and before.path == name.path and before.signatures == name.signatures):  # declared before
            found.append(name)

    def names(self, cursor, scope):
        found = []
        for child in filter(self.is_public, cursor.get_children()):
            if child.kind.name == "NAMESPACE" and child.spelling.startswith("v0_"):
                found += self.names(child, scope)
            elif name := self.read(child, scope):
                if name.kind in TYPES or name.kind == "namespace":
                    name.members = self.names(child, name.path)
                if name.doc or not name.kind == "specialization":
                    self.join(found, name)
        return found


def lacks_words(name, around=None):
    """Whether this public name has no comment, and needs one."""
    if name.doc or name.kind == "namespace" or not around:
        return not name.doc and name.kind != "namespace"
    is_asked_for = name.kind in ("function", "type") and name.short in ASKED_FOR
    is_response = name.kind in ("struct", "type") and name.short == "response"  # of a call, which says what it does
    is_in_a_list = name.kind == "enumerator" and name.line == around.line
    return not (is_asked_for or is_response or is_in_a_list or around.kind == "specialization")


def undocumented(names, around=None):
    for name in names:
        if lacks_words(name, around):
            yield name
        yield from undocumented(name.members, name)


# ---- All of it

def macros(header):
    """The macros of a header that a program may use."""
    text = (INCLUDE / header).read_text()
    for match in re.finditer(r"^#define (WXMP_(?!\w*_HPP\b)\w+)(?:[^\n]*?///< (.*))?$", text, re.MULTILINE):
        line = text.count("\n", 0, match.start()) + 1
        yield Name("macro", match[1], header, line, [f"#define {match[1]}"], match[2] or "")


def file_comment(header):
    """What a header says of itself."""
    match = re.search(r"/\*\* @file\n.*?\*/", (INCLUDE / header).read_text(), re.DOTALL)
    return without_marks(match[0]).removeprefix("@file\n") if match else ""


def parse(headers):
    source = "".join(f"#include <{h}>\n" for h in headers)
    unit = Index.create().parse("all.cpp", args=["-std=c++20", f"-I{INCLUDE}"], unsaved_files=[("all.cpp", source)],
                                options=TranslationUnit.PARSE_SKIP_FUNCTION_BODIES)
    if unit.diagnostics:
        sys.exit("\n".join(map(str, unit.diagnostics)))
    return unit


def read():
    """The public names of each public header, in the order of the layers."""
    headers = public_headers()
    found = {header: list(macros(header)) for header in headers}
    reader = Reader(headers)
    unit = parse(headers)
    for top in unit.cursor.get_children():
        if top.spelling == "wxmp" and reader.is_public(top):
            for name in reader.names(top, ""):
                found[name.header].append(name)
    return found
