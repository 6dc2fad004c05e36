# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""parse.py TYPE IN...: prints each form as a line of JSON, contents in hex: first the fields, then the files."""
import json
import pathlib
import sys

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def part(name, filename, content_type, content):
    return {"name": name, "filename": filename, "type": content_type, "content": content.hex()}


def parts_of(content_type, path):
    body = pathlib.Path(path).read_bytes()
    request = Request(EnvironBuilder(method="POST", data=body, content_type=content_type).get_environ())
    fields = [part(name, None, "", value.encode()) for name, value in request.form.items(multi=True)]
    files = [part(name, f.filename, f.content_type, f.read()) for name, f in request.files.items(multi=True)]
    return fields + files


for form in zip(sys.argv[1::2], sys.argv[2::2]):
    print(json.dumps(parts_of(*form)))
