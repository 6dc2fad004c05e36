# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""The pages of the reference: one for each header, with the public names in it."""
import re

from docutils.nodes import make_id

import headers
from markup import Writer, escaped

ABOUT = {  # a folder of headers
    "data": ("Data", "Plain values: requests, responses and bodies as data, secrets, limits, digests. No JSON and no errors."),
    "api": ("Types of the calls",
            "What several calls have in common. Each call itself has [a page of its own](../../calls/index.md)."),
    "error": ("Errors", "Codes, conditions and the [catalogue of return codes](../../errors.md)."),
    "codec": ("Codecs", "How a type becomes JSON, a form or a URL, and comes back."),
    "operation": ("Operations", "From a call to a request, from a response to a result, and the same for a server."),
    "flow": ("Flows", "Algorithms of several steps without I/O: an upload, a publication, pages, retries."),
    "transport": ("Transports and drivers",
                  "What a program brings to send requests and to keep tokens, and what drives a flow by them."),
    "testing": ("For tests",
                "A simulator of the service, transports for tests, and suites that check your own transport, store or types."),
}
PLAIN = {"member", "enumerator", "variable", "type", "function", "constructor"}


def page_of(header):
    """The page of a header, without an ending."""
    return "reference/" + header.removeprefix("wxmp/").removesuffix(".hpp")


def anchor_of(path):
    return re.sub(r"[^\w.~-]+", "-", path.replace("::", ".")).strip("-")


def place(names, tops, page):
    """Gives each name of a page its anchor."""
    taken = {}
    for top in tops:
        for name in top.all():
            anchor = anchor_of(name.path)
            count = taken[anchor] = taken.get(anchor, 0) + 1
            name.anchor = anchor if count == 1 else f"{anchor}-{count}"
            if name.doc or name.kind != "namespace":
                names.add(name, page, name.anchor)


def heading(name, title, level):
    """A heading, with the anchor of the name before it where it has another one by itself; a specialization has, as its title
    is in a language."""
    has_it = make_id(title) == name.anchor and name.kind != "specialization"
    anchor = "" if has_it else raw(f'<span id="{name.anchor}"></span>')
    return f"{anchor}\n{'#' * level} {title}\n"


def raw(text):
    return f"``````{{raw}} html\n{text}\n``````\n"


def with_concept(name, say):
    """The comment of a name; where a concept asks for the name, what that says."""
    if not name.doc and name.short in headers.ASKED_FOR:
        return say("As {} says.").format(f"@ref {headers.ASKED_FOR[name.short]}")
    return name.doc


def entry(writer, name):
    """One member: its declaration, and what it does."""
    codes = "".join(f"<code>{writer.declaration(s, name.scope, name.path)}</code>" for s in name.signatures)
    link = f'<a class="headerlink" href="#{name.anchor}" title="{writer.say("Link to this")}">#</a>'
    return (f'<dt id="{name.anchor}">{link}{codes}</dt>'
            f"<dd>{writer.comment(with_concept(name, writer.say), name.scope, name.path)}</dd>")


def entries(writer, names):
    plain = [entry(writer, n) for n in names if n.kind in PLAIN]
    return f'<dl class="members">{"".join(plain)}</dl>' if plain else ""


def section(writer, name, level=2):
    """A type, a concept or a function: a heading, its declaration, its comment and its members."""
    blocks = "".join(writer.block(s, name.scope, name.path) for s in name.signatures)
    comment = writer.comment(name.doc, name.path, name.path)
    title = name.path if name.kind != "specialization" else writer.say("{} (specialization)").format(name.path)
    yield heading(name, title, level)
    yield raw(blocks + comment + entries(writer, name.members))
    for member in name.members:
        if member.kind not in PLAIN:
            yield from section(writer, member, level + 1)


def sections(writer, tops):
    """The names of a header; those of a namespace stand for themselves."""
    for top in tops:
        if top.kind != "namespace":
            yield from section(writer, top)
            continue
        if top.doc:
            yield raw(f'<span id="{top.anchor}"></span><p><code>namespace {escaped(top.path)}</code></p>'
                      f"{writer.comment(top.doc, top.path, top.path)}")
        yield from sections(writer, top.members)


def header_page(names, header, tops, say):
    writer = Writer(names, page_of(header), say)
    scope = "testing" if headers.layer(header) == "testing" else ""
    about = writer.comment(headers.file_comment(header), scope, header)
    include = f'<div class="highlight"><pre><span class="cp">#include &lt;{header}&gt;</span></pre></div>'
    return "\n".join([f"# {header.removeprefix('wxmp/')}\n", raw(include + about), *sections(writer, tops)])


def listed(pages, folder):
    names = [page.removeprefix(folder) for page in pages]
    return "\n".join(["```{toctree}", ":maxdepth: 1", *names, "```"]) + "\n"


def index_pages(found, is_listed, say):
    """The headers in the order of the layers: a page for all, and one for each folder, with its name."""
    about = say("Every public name, by header, in the order of the layers: a header includes its own layer and "
                "those before it. What is in `detail` may change at any time.")
    out = [f"# {say('Reference')}\n", f"{about}\n"]
    contents = []
    for layer in headers.LAYERS:
        pages = [page_of(h) for h in found if headers.layer(h) == layer and is_listed(h)]
        if layer in ABOUT:
            title, about = map(say, ABOUT[layer])
            contents.append(f"reference/{layer}/index")
            yield contents[-1], f"# {title}\n\n{about}\n\n{listed(pages, f'reference/{layer}/')}"
        else:
            contents += pages
    yield "reference/index", "\n".join([*out, listed(contents, "reference/")])
