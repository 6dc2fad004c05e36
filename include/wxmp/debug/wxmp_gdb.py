# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Pretty printers for gdb: `source wxmp_gdb.py`, by hand or in ~/.gdbinit.

No secret is printed, nor the bytes of a body, which may hold one; `print/r` shows everything. What an optional or a string
holds is for the printers of the standard library.
"""
import re

import gdb
import gdb.printing


def member(value, *names):
    """The first of these members that there is, also of a base class."""
    for field in value.type.strip_typedefs().fields():
        if field.name in names:
            return value[field]
        if field.is_base_class and (found := member(value[field], *names)) is not None:
            return found
    return None


def text_of(string):
    """A std::string as Python has it."""
    text = gdb.default_visualizer(string).to_string()
    return text if isinstance(text, str) else text.value().string(length=text.length) if text.length else ""


def plural(number, word):
    return f"{number} {word}{'' if number == 1 else 's'}"


class Secret:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "***" if text_of(self.value["text_"]) else '""'


class Hex:
    """A digest."""
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "".join(f"{int(self.value['bytes'][i]):02x}" for i in range(20))


class Only:
    """What is one member, and shown as that."""
    def __init__(self, value):
        self.value = member(value, "value", "value_", "text")

    def to_string(self):
        return self.value


class Error:
    def __init__(self, value):
        self.value = value

    def code(self):
        code = self.value["code_"]
        if int(code["lc_flags_"]) < 2:
            return "none" if int(code["lc_flags_"]) == 0 else "std::error_code"
        number, category = code["d1_"]["val_"], str(code["d1_"]["cat_"].dynamic_type.target())
        if category.endswith("::errc_category"):
            return str(number.cast(gdb.lookup_type(category.replace("detail::errc_category", "errc"))))
        return f"{category.rpartition('::')[2].replace('_category', '')} {int(number)}"

    def to_string(self):
        said = [self.code()]
        if (texts := self.value["texts_"]["texts_"]) != 0:
            said += [text for name in ("detail", "request_member") if (text := text_of(texts[name]))]
        if status := int(self.value["http_status_"]):
            said.append(f"HTTP status {status}")
        return "error: " + ", ".join(said)


class Result:
    """The value or the error, in the storage of a boost::variant2::variant: first that of none, then these."""
    def __init__(self, value):
        variant = value["v_"]
        index = int(member(variant, "ix_"))
        storage = member(variant, "st1_", "st_")
        if (second := member(variant, "st2_")) is not None or storage.type.code == gdb.TYPE_CODE_ARRAY:
            # One that keeps its former value where a move may throw.
            storage = storage[index % 2] if second is None else second if index % 2 else storage
            index //= 2
        self.is_error = index == 2
        rest = storage["rest_"]
        self.held = rest["rest_"]["first_"] if self.is_error else rest["first_"]

    def to_string(self):
        return "error" if self.is_error else "value"

    def children(self):
        if self.is_error or "monostate" not in str(self.held.type):
            yield "error" if self.is_error else "value", self.held


class Body:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        start, finish = (self.value["pieces_"]["_M_impl"][name] for name in ("_M_start", "_M_finish"))
        return f"{plural(int(finish - start), 'piece')}, {plural(int(self.value['size_']), 'byte')}"


class Piece:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        kind = "of a source" if self.value["is_slice_"] else "borrowed" if self.value["borrowed_"]["_M_str"] else "owned"
        return f"{plural(int(self.value['size_']), 'byte')}, {kind}"


class UnknownMembers:
    """By name, as JSON text."""
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "unknown members"

    def children(self):
        vector = self.value["entries"]["_M_impl"]
        at = vector["_M_start"]
        while at != vector["_M_finish"]:
            yield text_of(at["name"]), at["json"]
            at += 1


PRINTERS = {"secret": Secret, "sha1_digest": Hex, "flag": Only, "opaque_id": Only, "index_from_0": Only, "index_from_1": Only,
            "error": Error, "http::body": Body, "http::body::piece": Piece, "unknown_members": UnknownMembers}


def printer_of(value):
    name = str(value.type.strip_typedefs().unqualified())
    if re.match(r"boost::system::result<.*, wxmp::v\d+_\d+::error>$", name):
        return Result(value)
    found = re.match(r"wxmp::v\d+_\d+::([\w:]+)(<.*)?$", name)
    if found and found[1] == "required":
        base = value.type.strip_typedefs().fields()[0]
        return gdb.default_visualizer(value[base]) if base.is_base_class else Only(value)
    return PRINTERS[found[1]](value) if found and found[1] in PRINTERS else None


printer_of.name, printer_of.enabled = "wxmp", True
gdb.printing.register_pretty_printer(gdb.current_objfile(), printer_of, replace=True)
