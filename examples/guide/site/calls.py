# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""The pages of the calls: what a call takes and returns, its exchange, and its return codes."""
import csv
import functools
import html
import json
import re
import sys

import headers
from languages import GENERATE, ROOT, load
from markup import Writer, escaped
from reference import PLAIN, entries, heading, raw, section

GOLDEN = ROOT / "tests/golden"
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

def catalogue(language):
    """The rows of errcodes.tsv by their codes, with what they say in this language."""
    with open(GENERATE / "errcodes.tsv", encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {int(row["code"]): {**row, **{c: row[c + language.column] for c in ("meaning", "advice")}}
                for row in sorted(rows, key=lambda r: int(r["code"]))}


def with_code(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped(text))


def described(row, say, address="", here="", more=""):
    """What a return code means, and what to do."""
    code = f"<b>{row['code']}</b>"
    link = f'<a href="{address}">{code}</a>' if address else code
    name = f" <code>{escaped(row['errmsg'])}</code>" if row["errmsg"] else ""
    conditions = (f"<code>condition::{c}</code>" for c in row["conditions"].split())
    facts = say("; ").join([say(RETRY[row["retry"]]), *conditions])
    retry = f'<p class="facts">{facts}</p>' if row["code"] != "0" else ""
    words = say("{}. {}").format(with_code(row["meaning"]), with_code(row["advice"]))
    return f'<dt id="code{row["code"]}">{link}{name}{here}</dt><dd><p>{words}</p>{retry}{more}</dd>'


def errors_page(rows, calls, say):
    """All return codes, and the calls that name them."""
    about = say("The {} return codes that the library knows, as `wxmp explain CODE` tells them. Any other number is kept as "
                "it comes. `wxmp::find_known_error` looks one up; a test against a `wxmp::condition` spares you the numbers.")
    out = [f"# {say('Return codes')}\n", f"{about.format(len(rows))}\n", '```{raw} html\n<dl class="codes">']
    for code, row in rows.items():
        users = [f'<a href="{call.page}.html">{call.path}</a>' for call in calls if code in call.codes]
        by = f'<p class="facts">{say("Named by {}").format(say(", ").join(users))}</p>' if users else ""
        out.append(described(row, say, more=by))
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


def part(p, say):
    kind = say(" ({})").format(p["content_type"]) if "content_type" in p else ""
    file = say(", file `{}`{}").format(p["filename"], kind) if "filename" in p else ""
    data = p["data"] if isinstance(p["data"], str) else compact(p["data"])
    return say("- part `{}`{}: `{}`").format(p["name"], file, data)


def fenced(text, language="json"):
    return f"```{language}\n{text}\n```\n"


def bytes_of(text):
    return fenced(json.dumps(text)[1:-1], "text")


def exchange(call, say):
    """What goes over the wire, from the recorded exchange that the call is tested with."""
    golden = json.loads((GOLDEN / call.family / f"{call.short}.json").read_text())
    request = golden["request"]
    out = [f"## {say('On the wire')}\n", f"{say('The request:')}\n", fenced(request["line"], "text")]
    if "body" in request:
        out.append(fenced(compact(request["body"])))
    if "form" in request:
        out += [f"{say('A form (`multipart/form-data`) of:')}\n", *(part(p, say) for p in request["form"]), ""]
    if "octets" in request:
        out += [f"{say('The body is the bytes:')}\n", bytes_of(request["octets"])]
    responses = golden.get("responses") or [golden["response"]]
    for number, response in enumerate(responses):
        out.append(say("Or:" if number else "The response:") + "\n")
        for name, value in response.get("headers", {}).items():
            out.append(fenced(f"{name}: {value}", "text"))
        out.append(fenced(compact(response["body"])) if "body" in response else bytes_of(response["bytes"]))
    return out


# ---- A page

def facts(call, say):
    token = "an access token, which the client adds" if call.needs_token else "no access token"
    repeat = ("yes: a <code>retry_policy</code> may send it again" if call.is_repeatable else "no: after an error that matches "
              "<code>condition::outcome_unknown</code> it may have been carried out, so look before you send it again")
    rows = {"On the wire": f"<code>{html.escape(call.target)}</code>", "Needs": say(token), "Safe to repeat": say(repeat),
            "Header": f"<code>&lt;{call.header}&gt;</code>"}
    return '<dl class="parameters">' + "".join(f"<dt>{say(k)}</dt><dd>{v}</dd>" for k, v in rows.items()) + "</dl>"


@functools.cache
def bodies_called():
    """What a check calls that has limits of its own, by its name."""
    read = {name: (headers.INCLUDE / "wxmp/api" / name).read_text() for name in ("article.hpp", "media_type.hpp")}
    article = re.search(r"^struct article {\n(.*?)^};", read["article.hpp"], re.MULTILINE | re.DOTALL)[1]
    functions = re.findall(r"^inline media_limits (\w+)\(.*?{\n(.*?)^}", read["media_type.hpp"], re.MULTILINE | re.DOTALL)
    return {"each": article, "inside": article, **dict(functions)}


def limits_in(code):
    """The members of `limits` that this code uses, itself or by what it calls."""
    used = set(re.findall(r"\b(?:limit|l)\.(\w+)", code))
    for name, body in bodies_called().items():
        if re.search(rf"\b{name}\(", code):
            used |= limits_in(body)
    # Of temporary material the extensions are others.
    return used - {name.removeprefix("temporary_") for name in used if name.startswith("temporary_")}


def default_of(member):
    """The number, or the text, that a member of `limits` has."""
    value = member.signatures[0].partition(" = ")[2]
    if value.startswith('"'):
        return value.strip('"')
    number = eval(re.sub(r"u\b|'", "", value))  # shifts are the same in both languages
    return f"{number:,}"


def numbers(code, writer):
    """The limits in this code, with what they are by default."""
    used = limits_in(code)
    rows = [m for m in writer.names.named["limits"].members if m.short in used]
    return "".join(f"<dt>{writer.code(m.path, '')}</dt><dd>{escaped(default_of(m))}</dd>" for m in rows)


def checks(call, writer):
    """What is refused before it is sent, as the code says it, and the numbers."""
    match = re.search(rf"struct {call.short} {{.*?\n    void check\(checker& c\) const {{(?: (.*?) |\n(.*?)\n    )}}\n",
                      call.text, re.DOTALL)
    if not match:
        return []
    lines = match[1] or re.sub(r"^ {8}", "", match[2], flags=re.MULTILINE)
    anchor = next(m.anchor for m in call.name.members if m.short == "check")
    about = writer.say("This is checked before anything is sent; a number can be changed in `wxmp::options::limits`:")
    rows = numbers(lines, writer)
    return [f"## {writer.say('Limits')}\n", f"{about}\n",
            raw(f'<span id="{anchor}"></span>' + writer.block(lines, "checker") +
                (f'<dl class="parameters limits">{rows}</dl>' if rows else ""))]


def members(writer, fields):
    return raw(entries(writer, fields)) if fields else writer.say("No members.") + "\n"


def request(call, writer):
    fields = [m for m in call.name.members if m.kind in PLAIN and m.short not in ("check", "response")]
    return [f"## {writer.say('Request')}\n", members(writer, fields)]


def response(call, writer, names):
    """The members of the response, also where it is a type that several calls share."""
    own = next(m for m in call.name.members if m.short == "response")
    alias = writer.block(own.signatures[0], own.scope) if own.kind == "type" else ""
    shared = names.named[names.find(own.signatures[0].rpartition(" ")[2], own.scope)] if alias else own
    fields = [m for m in shared.members if m.kind in PLAIN]
    about = f'<span id="{own.anchor}"></span>{alias}{writer.comment(shared.doc, shared.path, shared.path)}'
    return [f"## {writer.say('Response')}\n", raw(about), members(writer, fields)]


def types(call, writer):
    """The types that are declared beside a call, or in it."""
    nested = [m for m in call.name.members if m.short != "response"]
    nested += [m for r in call.name.members if r.short == "response" for m in r.members]
    beside = [n for top in call.tops for n in (top.members if top.kind == "namespace" else [top]) if n is not call.name]
    some = [n for n in beside if n.kind != "namespace"] + [n for n in nested if n.kind in headers.TYPES]
    return [f"## {writer.say('Types')}\n" if some else "", *(text for name in some for text in section(writer, name, 3))]


def return_codes(call, rows, say):
    title = f"## {say('Return codes')}\n"
    if not call.codes:
        none = say("The service's documents name none for this call; any call may bring [some](../../errors.md).")
        return [title, f"{none}\n"]
    about = say("Those that the service's documents name for this call; any call may bring [others](../../errors.md).")
    out = [title, f"{about}\n", '```{raw} html\n<dl class="codes">']
    for code in call.codes:
        if code not in rows:
            sys.exit(f"{call.header}: {code} is not in the catalogue")
        cause = call.cause(code)
        here = say(" ({})").format(escaped(say(cause))) if cause else ""
        out.append(described(rows[code], say, address=f"../../errors.html#code{code}", here=here))
    return [*out, "</dl>\n```\n"]


def call_page(names, call, rows, say):
    """The comment stays English; in another language its first sentence is told before it."""
    writer = Writer(names, call.page, say)
    comment = re.sub(r"\n\s*(@see .*|Errors: .*?(?=\n\s*\n|$))", "", call.name.doc, flags=re.DOTALL)
    summary = say(call.summary)
    out = [heading(call.name, call.path, 1), "" if summary == call.summary else say("{}.").format(summary) + "\n",
           raw(writer.comment(comment, call.path, call.path) + facts(call, say)),
           *request(call, writer), *checks(call, writer), *response(call, writer, names), *types(call, writer),
           *exchange(call, say), *return_codes(call, rows, say)]
    return "\n".join(out)


def index_page(calls, say):
    about = say("The {} calls, by family. A call is a value with named members: `{}` makes it, and what comes back is a "
                "`wxmp::result` of its response.")
    out = [f"# {say('Calls')}\n", about.format(len(calls), "client(wxmp::draft::count{})") + "\n"]
    for family, title in FAMILIES.items():
        some = [c for c in calls if c.family == family]
        out += [f"## {say(title)}\n", *(say("- [{}]({}): {}").format(c.path, f"{family}/{c.short}.md", plain(say(c.summary)))
                                         for c in some), "",
                "```{toctree}\n:hidden:\n", *(f"{family}/{c.short}" for c in some), "```\n"]
    return "\n".join(out)


def plain(text):
    return text[0].lower() + text[1:]
