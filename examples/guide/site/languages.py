# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""The languages of the guide: which pages are in each, and how the generator says in it what stands in no page."""
import dataclasses
import importlib.util
import pathlib
import typing

ROOT = pathlib.Path(__file__).resolve().parents[3]
GUIDE = ROOT / "examples/guide"
GENERATE = ROOT / "tests/generate"


def load(name):
    """A script of tests/generate as a module: what it reads is read in one place."""
    spec = importlib.util.spec_from_file_location(f"generate_{name}", GENERATE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclasses.dataclass
class Language:
    code: str                              # as Sphinx has it; the folder of what the site is built from, too
    readme: str                            # its name
    column: str                            # how its columns of errcodes.tsv end
    pages: typing.Callable[[], dict]       # {name: text}, the name without an ending, as `how_to/qt`
    say: typing.Callable[[str], str]       # in this language, what is given in English


def between(text, begin, end):
    return text.partition(begin)[2].partition(end)[0]


def written(ending):
    """The pages of examples/guide whose files end so."""
    files = (path.relative_to(GUIDE).as_posix() for path in sorted(GUIDE.rglob(f"*{ending}")))
    return {file.removesuffix(ending): (GUIDE / file).read_text() for file in files}


def english_pages():
    """Two stand in a document of the repository."""
    own = {name: text for name, text in written(".md").items() if not name.endswith(".zh")}
    words = between((ROOT / "CONTRIBUTING.md").read_text(), "\n## Words\n", "\n## ")
    return own | {"security": (ROOT / "SECURITY.md").read_text(), "words": f"# Words\n{words}"}


def chinese_pages():
    """A link to a page in Chinese leads to the page of that name, as the languages are apart in the site."""
    return {name: text.replace(".zh.md)", ".md)") for name, text in written(".zh.md").items()}


CHINESE_TEXTS = load("chinese").Texts()
ENGLISH = Language("en", "README.md", "", english_pages, lambda english: english)
CHINESE = Language("zh_CN", "README.zh-CN.md", "_zh", chinese_pages, CHINESE_TEXTS)
