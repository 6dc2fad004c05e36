# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""The pages of the calls: what a call takes and returns, its exchange, and its return codes."""
import csv
import html
import importlib.util
import json
import re
import sys

import headers
from markup import Writer, escaped
from reference import PLAIN, entries, heading, raw, section

GOLDEN = headers.ROOT / "tests/golden"
GENERATE = headers.ROOT / "tests/generate"
RETRY = {
    "never": "the same request fails again",
    "backoff": "retry, with growing pauses",
    "refresh_token": "retry once, with a new token",
    "next_day": "retry the next day, Beijing time",
}
FAMILIES = {
    "auth": "Access tokens", "draft": "Drafts", "freepublish": "Publishing drafts", "material": "Permanent material",
    "media": "Temporary material, and pictures of articles", "upload_video": "Videos in blocks",
    "publish": "Publishing by the Media API",
    "comment": "Comments", "openapi": "Quotas and upkeep",
}


def load(name):
    """A script of tests/generate as a module: what it reads out of the headers is read once."""
    spec = importlib.util.spec_from_file_location(f"generate_{name}", GENERATE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLE, CALL_ERRORS = load("calls"), load("call_errors")


class Call:
    def __init__(self, header, tops):
        self.header = header
        self.family, self.short = header.removeprefix("wxmp/api/").removesuffix(".hpp").split("/")
        self.path = f"{self.family}::{self.short}"
        self.tops = tops
        self.name = next(n for top in tops for n in top.all() if n.path == self.path)
        self.text = (headers.INCLUDE / header).read_text()
        self.facts = TABLE.row(headers.INCLUDE / header).strip("| \n").split(" | ")
        self.page = f"calls/{self.family}/{self.short}"
        self.codes = sorted(set(CALL_ERRORS.codes(self.text)))

    def cause(self, code):
        """What the comment says in parentheses that this code means here."""
        match = re.search(rf"(?<![\d-]){code}\s+\(([^)]*)\)", self.name.doc)
        return " ".join(match[1].split()) if match else ""

    @property
    def summary(self):
        return self.facts[1]

    @property
    def target(self):
        return self.facts[2].strip("`")

    @property
    def needs_token(self):
        return self.facts[3:4] == ["yes"]

    @property
    def is_repeatable(self):
        return self.facts[4:5] == ["yes"]


def calls_among(found):
    return [Call(header, tops) for header, tops in found.items()
            if header.startswith("wxmp/api/") and TABLE.ENDPOINT.search((headers.INCLUDE / header).read_text())]


# ---- The catalogue

def catalogue():
    with open(GENERATE / "errcodes.tsv", encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {int(row["code"]): row for row in sorted(rows, key=lambda r: int(r["code"]))}


def with_code(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped(text))


def described(row, address="", here="", more=""):
    """What a return code means, and what to do."""
    code = f"<b>{row['code']}</b>"
    link = f'<a href="{address}">{code}</a>' if address else code
    name = f" <code>{escaped(row['errmsg'])}</code>" if row["errmsg"] else ""
    conditions = "".join(f", <code>condition::{c}</code>" for c in row["conditions"].split())
    retry = f'<p class="facts">{RETRY[row["retry"]]}{conditions}</p>' if row["code"] != "0" else ""
    return (f'<dt id="code{row["code"]}">{link}{name}{here}</dt>'
            f"<dd><p>{with_code(row['meaning'])}. {with_code(row['advice'])}</p>{retry}{more}</dd>")


def errors_page(rows, calls):
    """All return codes, and the calls that name them."""
    out = ["# Return codes\n", f"The {len(rows)} return codes that the library knows, as `wxmp explain CODE` tells them. "
           "Any other number is kept as it comes. `wxmp::find_known_error` looks one up; "
           "a test against a `wxmp::condition` spares you the numbers.\n", '```{raw} html\n<dl class="codes">']
    for code, row in rows.items():
        users = [f'<a href="{call.page}.html">{call.path}</a>' for call in calls if code in call.codes]
        by = f'<p class="facts">Named by {", ".join(users)}</p>' if users else ""
        out.append(described(row, more=by))
    return "\n".join([*out, "</dl>\n```\n"])


# ---- An exchange

def compact(value, indent=0):
    """JSON that keeps short lists and objects on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= 88 or not isinstance(value, (dict, list)) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        rows = [f"{inner}{json.dumps(k, ensure_ascii=False)}: {compact(v, indent + 2)}" for k, v in value.items()]
        return "{\n" + ",\n".join(rows) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + compact(v, indent + 2) for v in value) + "\n" + " " * indent + "]"


def part(p):
    kind = f" ({p['content_type']})" if "content_type" in p else ""
    file = f", file `{p['filename']}`{kind}" if "filename" in p else ""
    data = p["data"] if isinstance(p["data"], str) else compact(p["data"])
    return f"- part `{p['name']}`{file}: `{data}`"


def fenced(text, language="json"):
    return f"```{language}\n{text}\n```\n"


def bytes_of(text):
    return fenced(json.dumps(text)[1:-1], "text")


def exchange(call):
    """What goes over the wire, from the recorded exchange that the call is tested with."""
    golden = json.loads((GOLDEN / call.family / f"{call.short}.json").read_text())
    request = golden["request"]
    out = ["## On the wire\n", "The request:\n", fenced(request["line"], "text")]
    if "body" in request:
        out.append(fenced(compact(request["body"])))
    if "form" in request:
        out += ["A form (`multipart/form-data`) of:\n", *map(part, request["form"]), ""]
    if "octets" in request:
        out += ["The body is the bytes:\n", bytes_of(request["octets"])]
    responses = golden.get("responses") or [golden["response"]]
    for number, response in enumerate(responses):
        out.append("The response:\n" if number == 0 else "Or:\n")
        for name, value in response.get("headers", {}).items():
            out.append(fenced(f"{name}: {value}", "text"))
        out.append(fenced(compact(response["body"])) if "body" in response else bytes_of(response["bytes"]))
    return out


# ---- A page

def facts(call):
    token = "an access token, which the client adds" if call.needs_token else "no access token"
    repeat = ("yes: a <code>retry_policy</code> may send it again" if call.is_repeatable else "no: after an error that matches "
              "<code>condition::outcome_unknown</code> it may have been carried out, so look before you send it again")
    rows = {"On the wire": f"<code>{html.escape(call.target)}</code>", "Needs": token, "Safe to repeat": repeat,
            "Header": f"<code>&lt;{call.header}&gt;</code>"}
    return '<dl class="parameters">' + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in rows.items()) + "</dl>"


def checks(call, writer):
    """What is refused before it is sent, as the code says it."""
    match = re.search(rf"struct {call.short} {{.*?\n    void check\(checker& c\) const {{(?: (.*?) |\n(.*?)\n    )}}\n",
                      call.text, re.DOTALL)
    if not match:
        return []
    lines = match[1] or re.sub(r"^ {8}", "", match[2], flags=re.MULTILINE)
    anchor = next(m.anchor for m in call.name.members if m.short == "check")
    return ["## Limits\n", "This is checked before anything is sent; `wxmp::limits` has the numbers, and `wxmp::options::limits` "
            "is where to change them:\n", raw(f'<span id="{anchor}"></span>' + writer.block(lines, "checker"))]


def request(call, writer):
    fields = [m for m in call.name.members if m.kind in PLAIN and m.short not in ("check", "response")]
    return ["## Request\n", raw(entries(writer, fields)) if fields else "No members.\n"]


def response(call, writer, names):
    """The members of the response, also where it is a type that several calls share."""
    own = next(m for m in call.name.members if m.short == "response")
    alias = writer.block(own.signatures[0], own.scope) if own.kind == "type" else ""
    shared = names.named[names.find(own.signatures[0].rpartition(" ")[2], own.scope)] if alias else own
    fields = [m for m in shared.members if m.kind in PLAIN]
    about = f'<span id="{own.anchor}"></span>{alias}{writer.comment(shared.doc, shared.path, shared.path)}'
    return ["## Response\n", raw(about), raw(entries(writer, fields)) if fields else "No members.\n"]


def types(call, writer):
    """The types that are declared beside a call, or in it."""
    nested = [m for m in call.name.members if m.short != "response"]
    nested += [m for r in call.name.members if r.short == "response" for m in r.members]
    beside = [n for top in call.tops for n in (top.members if top.kind == "namespace" else [top]) if n is not call.name]
    some = [n for n in beside if n.kind != "namespace"] + [n for n in nested if n.kind in headers.TYPES]
    return ["## Types\n" if some else "", *(text for name in some for text in section(writer, name, 3))]


def return_codes(call, rows):
    if not call.codes:
        return ["## Return codes\n", "The service's documents name none for this call; any call may bring "
                "[some](../../errors.md).\n"]
    out = ["## Return codes\n", "Those that the service's documents name for this call; any call may bring "
           "[others](../../errors.md).\n", '```{raw} html\n<dl class="codes">']
    for code in call.codes:
        if code not in rows:
            sys.exit(f"{call.header}: {code} is not in the catalogue")
        here = f" ({escaped(call.cause(code))})" if call.cause(code) else ""
        out.append(described(rows[code], address=f"../../errors.html#code{code}", here=here))
    return [*out, "</dl>\n```\n"]


def call_page(names, call, rows):
    writer = Writer(names, call.page)
    comment = re.sub(r"\n\s*(@see .*|Errors: .*?(?=\n\s*\n|$))", "", call.name.doc, flags=re.DOTALL)
    out = [heading(call.name, call.path, 1), raw(writer.comment(comment, call.path, call.path) + facts(call)),
           *request(call, writer), *checks(call, writer), *response(call, writer, names), *types(call, writer),
           *exchange(call), *return_codes(call, rows)]
    return "\n".join(out)


def index_page(calls):
    out = ["# Calls\n", f"The {len(calls)} calls, by family. A call is a value with named members: "
           "`client(wxmp::draft::count{})` makes it, and what comes back is a `wxmp::result` of its response.\n"]
    for family, title in FAMILIES.items():
        some = [c for c in calls if c.family == family]
        out += [f"## {title}\n", *(f"- [{c.path}]({family}/{c.short}.md): {plain(c.summary)}" for c in some), "",
                "```{toctree}\n:hidden:\n", *(f"{family}/{c.short}" for c in some), "```\n"]
    return "\n".join(out)


def plain(text):
    return text[0].lower() + text[1:]
