"""Finds what can be changed in headers, and writes them so that one change at a time can be switched on.

A change is only looked for in the bodies of functions, and where its place can be told exactly: not in what a macro
makes, nor in what has to be constant.
"""
import bisect
import collections
import dataclasses
import random
import re

import clang.cindex
from clang.cindex import CursorKind, TypeKind

COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
LOGIC = {"&&": "||", "||": "&&"}
ARITHMETIC = {"+": "-", "-": "+"}
FUNCTIONS = {CursorKind.FUNCTION_DECL, CursorKind.CXX_METHOD, CursorKind.CONSTRUCTOR, CursorKind.DESTRUCTOR,
             CursorKind.CONVERSION_FUNCTION, CursorKind.FUNCTION_TEMPLATE, CursorKind.LAMBDA_EXPR}
SKIPPED = {CursorKind.STATIC_ASSERT, CursorKind.CXX_UNARY_EXPR, CursorKind.ENUM_DECL}
REFERENCES = {CursorKind.DECL_REF_EXPR, CursorKind.TYPE_REF, CursorKind.TEMPLATE_REF}
NUMBER = "@"  # stands for it until all are chosen
IS = f"::wxmp_mutant::is({NUMBER})"


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A change of the bytes from begin to end of a file."""

    file: str  # in include/wxmp
    line: int
    kind: str
    begin: int
    end: int
    original: str
    mutated: str
    text: str  # of the line
    before: str  # what is written before the original, with a place for the number
    after: str

    @property
    def change(self):
        return f"{self.original} -> {self.mutated}"

    @property
    def key(self):
        return self.file, self.kind, self.change, self.text

    def __str__(self):
        return f"{self.file}:{self.line}: {self.kind}: {self.change}"


def flat(text):
    return re.sub(r"\s+", " ", text.decode()).strip()


def shortened(text):
    return text if len(text) <= 90 else f"{text[:60]} ... {text[-25:]}"


class Finder:
    """Collects the mutants of one header."""

    def __init__(self, name, content, macros):
        self.name, self.content, self.macros = name, content, macros
        self.line_starts = [0, *(m.end() for m in re.finditer(b"\n", content))]
        self.found = {}

    # ---- Places

    def span(self, cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    def text(self, begin, end):
        return self.content[begin:end]

    def is_plain(self, begin, end):
        text = self.text(begin, end)
        return (begin < end and b"//" not in text and b"/*" not in text and not re.search(rb"^\s*#", text, re.M)
                and not any(first < end and begin < last for first, last in self.macros))

    def add(self, kind, begin, end, mutated, before, after):
        if not self.is_plain(begin, end) or (begin, end, kind) in self.found:
            return
        number = bisect.bisect(self.line_starts, begin)
        line = self.text(self.line_starts[number - 1], self.content.find(b"\n", begin))
        self.found[begin, end, kind] = Mutant(
            self.name, number, kind, begin, end, shortened(flat(self.text(begin, end))), shortened(mutated), flat(line),
            before, after)

    def add_choice(self, kind, begin, end, mutated):
        self.add(kind, begin, end, mutated, f"({IS} ? {mutated} : ", ")")

    def add_negation(self, kind, begin, end):
        self.add(kind, begin, end, f"!({flat(self.text(begin, end))})", f"({IS} != static_cast<bool>((", ")))")

    # ---- Kinds

    def operator(self, cursor, children):
        """Changes an operator between two operands, whether it is built in, overloaded or not known yet."""
        if len(children) < 2:
            return
        (begin, left_end), (right, end) = self.span(children[0]), self.span(children[-1])
        if (begin, end) != self.span(cursor) or left_end > right:
            return
        sign = self.text(left_end, right).decode().strip()
        for kind, table in (("comparison", COMPARISONS), ("logic", LOGIC), ("arithmetic", ARITHMETIC)):
            if sign in table and (kind != "arithmetic" or all(map(is_number, children))):
                mutated = f"{flat(self.text(begin, left_end))} {table[sign]} {flat(self.text(right, end))}"
                self.add_choice(kind, begin, end, mutated)

    def condition(self, cursor, children):
        """Negates the condition of an `if` or `while`, unless it declares something."""
        begin, end = self.span(cursor)
        head = re.match(rb"(if|while)\s*\(", self.text(begin, end))
        if not head:
            return
        close = closing(self.content, begin + head.end() - 1)
        inside = [child for child in children if self.span(child)[1] <= close]
        if not inside or not inside[-1].kind.is_expression():
            return
        first, last = self.span(inside[-1])
        if not self.text(last, close).strip() and self.text(begin, first).rstrip()[-1:] in (b"(", b";"):
            self.add_negation("condition", first, last)

    def choice(self, children):
        if len(children) == 3:
            self.add_negation("condition", *self.span(children[0]))

    def answer(self, children, function):
        if len(children) == 1 and returns_bool(function, children[0]):
            self.add_negation("return", *self.span(children[0]))

    def number(self, cursor):
        begin, end = self.span(cursor)
        end = begin + len(re.match(rb"[0-9a-zA-Z']*", self.content[begin:]).group())
        text = self.text(begin, end).decode()
        if re.fullmatch(r"(0[xX][0-9a-fA-F']+|[0-9][0-9']*)[uUlLzZ]*", text):
            self.add("constant", begin, end, f"{text} + 1", "(", f" + {IS})")

    def statement(self, cursor):
        begin, end = self.span(cursor)
        ends_one = self.text(0, begin).rstrip()[-1:] in b"{};):" or self.text(0, begin).rstrip().endswith(b"else")
        if cursor.kind.is_expression() and ends_one and self.content[end:].lstrip()[:1] == b";":
            if not self.text(begin, end).startswith((b"co_", b"void(")):
                self.add("dropped", begin, end, "nothing", f"({IS} ? void() : (void)(", "))")

    # ---- The tree

    def walk(self, cursor, function=None, in_body=False):
        if cursor.kind in SKIPPED or self.is_constant(cursor):
            return
        if cursor.kind in FUNCTIONS:
            function, in_body = cursor, False
        children = list(filter(is_known, cursor.get_children()))
        if in_body:
            self.look_at(cursor, children, function)
        skipped = self.skipped(cursor, children)
        for child in children:
            if child not in skipped:
                self.walk(child, function, in_body or (function is cursor and child.kind == CursorKind.COMPOUND_STMT))

    def is_constant(self, cursor):
        begin, end = self.span(cursor)
        text = self.text(begin, end)
        if cursor.kind in (CursorKind.VAR_DECL, CursorKind.DECL_STMT):
            return re.match(rb"[^={(]*\bconstexpr\b", text) is not None
        if cursor.kind in FUNCTIONS and cursor.kind != CursorKind.LAMBDA_EXPR:
            return re.match(rb"[^{]*\bconsteval\b", text) is not None
        return text.startswith(b"requires")

    def skipped(self, cursor, children):
        text = self.text(*self.span(cursor))
        if cursor.kind == CursorKind.CASE_STMT:
            return children[:1]
        if cursor.kind == CursorKind.IF_STMT and re.match(rb"if\s+constexpr\b", text):
            close = closing(self.content, self.span(cursor)[0] + text.index(b"("))
            return [child for child in children if self.span(child)[1] <= close]
        return children if cursor.kind in REFERENCES else []

    def look_at(self, cursor, children, function):
        kind = cursor.kind
        if kind == CursorKind.INTEGER_LITERAL:
            self.number(cursor)
        elif kind in (CursorKind.IF_STMT, CursorKind.WHILE_STMT):
            self.condition(cursor, children)
        elif kind == CursorKind.CONDITIONAL_OPERATOR:
            self.choice(children)
        elif kind == CursorKind.RETURN_STMT:
            self.answer(children, function)
        elif kind.is_expression():
            self.operator(cursor, children)
        if kind in (CursorKind.COMPOUND_STMT, CursorKind.IF_STMT, CursorKind.CASE_STMT):
            for child in children:
                self.statement(child)
        elif kind in (CursorKind.FOR_STMT, CursorKind.WHILE_STMT, CursorKind.CXX_FOR_RANGE_STMT) and children:
            self.statement(children[-1])


def is_known(cursor):
    """Some kinds, as that of concepts, are unknown to the bindings."""
    try:
        return cursor.kind is not None
    except ValueError:
        return False


def is_number(cursor):
    type = cursor.type.get_canonical()
    return type.kind not in (TypeKind.DEPENDENT, TypeKind.UNEXPOSED, TypeKind.INVALID) and (
        type.kind not in (TypeKind.RECORD, TypeKind.ELABORATED, TypeKind.CONSTANTARRAY) or "chrono" in type.spelling)


def returns_bool(function, value):
    if function.kind == CursorKind.LAMBDA_EXPR:
        return value.type.get_canonical().kind == TypeKind.BOOL
    return function.result_type.get_canonical().kind == TypeKind.BOOL


def closing(content, opening):
    """Where the bracket closes that opens here, with no regard for those in literals."""
    depth = 0
    for at in range(opening, len(content)):
        depth += {b"(": 1, b")": -1}.get(content[at:at + 1], 0)
        if depth == 0:
            return at
    return len(content)


def find(source, include, is_chosen, arguments):
    """All mutants of the chosen headers that this source includes, by file."""
    unit = clang.cindex.Index.create().parse(
        str(source), args=arguments, options=clang.cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    finders, macros, top = {}, collections.defaultdict(list), []
    for cursor in filter(is_known, unit.cursor.get_children()):
        path = cursor.location.file and cursor.location.file.name
        if not path or not path.startswith(f"{include}/wxmp/") or not is_chosen(path[len(f"{include}/wxmp/"):]):
            continue
        name = path[len(f"{include}/wxmp/"):]
        if cursor.kind == CursorKind.MACRO_INSTANTIATION:
            macros[name].append((cursor.extent.start.offset, cursor.extent.end.offset))
        elif cursor.kind.is_declaration():
            top.append((name, cursor))
    for name, cursor in top:
        if name not in finders:
            finders[name] = Finder(name, (include / "wxmp" / name).read_bytes(), macros[name])
        finders[name].walk(cursor)
    return {name: list(finder.found.values()) for name, finder in sorted(finders.items())}


def sample(candidates, dropped, lines, count, seed):
    """As many of them as asked for, the same ones for a seed, spread over the files as their lines are."""
    pools = {}
    for name, mutants in candidates.items():
        pools[name] = [mutant for mutant in mutants if mutant not in dropped]
        random.Random(f"{seed} {name}").shuffle(pools[name])
    chosen, taken = [], collections.Counter()
    while len(chosen) < count and (open_ := [name for name in pools if taken[name] < len(pools[name])]):
        name = min(open_, key=lambda name: ((taken[name] + 1) / lines[name], name))
        chosen.append(pools[name][taken[name]])
        taken[name] += 1
    return sorted(chosen, key=lambda m: (m.file, m.begin, -m.end, m.kind))


def written(content, mutants):
    """The header with these (number, mutant) pairs in it, line for line where they were."""
    marks = []
    for order, (number, m) in enumerate(mutants):  # sorted: an outer one comes before those in it
        marks.append(((m.begin, 1, order), m.before.replace(IS, IS.replace(NUMBER, str(number)))))
        marks.append(((m.end, 0, -order), m.after.replace(IS, IS.replace(NUMBER, str(number)))))
    out, at = [], 0
    for (offset, *_), text in sorted(marks):
        out += [content[at:offset], text.encode()]
        at = offset
    whole = b"".join([*out, content[at:]])
    return re.sub(rb"(#define \w+_HPP\n)\n", rb'\1#include "wxmp_mutant.hpp"\n', whole, count=1)
