"""What each fuzzer begins with, as bytes of its own form: see the comment of each."""
import json
import pathlib
import random
import re

FUZZ = pathlib.Path(__file__).resolve().parent
TESTS = FUZZ.parent

HEADERS = [
    'attachment; filename="a.jpg"', "attachment; filename=a.jpg", "inline", "attachment; filename*=UTF-8''%e6%a0%87.png",
    'form-data; name="media"; filename="C:\\folder\\a.png"', 'form-data; name="a\\"b"; filename="\\\\"', "", ";", "=",
    'attachment; filename="标题.mp4"; filename*=utf-8\'\'x.mp4', "multipart/form-data; boundary=B",
    'multipart/form-data; charset=utf-8; boundary="a b"', "form-data; name=a; name=b", 'attachment; filename="a%22b.jpg"',
    "attachment;filename=../../etc/passwd", "ATTACHMENT ; FILENAME = x", "attachment; filename*=iso-8859-1''%E4.txt"]
URLS = [
    "https://api.weixin.qq.com/cgi-bin/draft/add?access_token=T", "/p?a=1;access_token=T#secret=S", "//u:p@h/p?code=1",
    "/p?to=https%3A%2F%2Fh%2F%3Faccess_token%3DT&x=%", "a=b&&c", "https://h/p;ticket=1/q?a=?b=/c", "?Access%255fToken=T", "%",
    "/p?q=%E6%A0%87+%20", "#access_token=1&b", "https://u:a@b@h:80/", "/cgi-bin/token?grant_type=g&appid=a&secret=s"]
MARKDOWN = [
    "# Title\n\ntext", "![a](b.png)\n\n![c](d.mp4)", "> ![x](y \"z\")\n", "- a\n  - b\n\n1. c", "```cpp\nint x;\n```", "<p><img src=a></p>",
    "[l](http://h) <http://h> `code` **b** *i*", "Title\n=====\n\n&amp; &copy; \\*", "\t code\n\n***\n", "![](", "[a]: b\n\n![a]\n", "#\n"]


def recorded():
    """The recorded exchanges: the name of the call, and the body of each request and response."""
    for path in sorted((TESTS / "golden").rglob("*.json")):
        exchange = json.loads(path.read_text())
        bodies = {"request": [], "response": []}
        for key, part in (("request", exchange.get("request")), ("response", exchange.get("response")),
                          *(("response", r) for r in exchange.get("responses", []))):
            if isinstance(part, dict) and "body" in part:
                bodies[key].append(json.dumps(part["body"], ensure_ascii=False).encode())
        yield f"{path.parent.name}::{path.stem}", bodies


def numbers_of_calls():
    names = re.findall(r"\w+::\w+", re.search(r"all_calls =\s*calls<(.*?)>;", (FUZZ / "calls.hpp").read_text(), re.S)[1])
    return {name: number for number, name in enumerate(names)}


def json_texts():
    texts = [path.read_bytes() for path in sorted((TESTS / "vectors/JSONTestSuite").glob("*/*.json"))]
    for _, bodies in recorded():
        texts += bodies["request"] + bodies["response"]
    return [text for text in texts if len(text) < 4000]


def in_each_form(body):
    """As it is, with each character that is not ASCII as an escape, and with each short number as an integer in another form."""
    yield body
    yield json.dumps(json.loads(body)).encode()
    yield re.sub(rb"(?<=[ \[])\d{1,6}(?=[,}\]])", b"1.50e2", body)


def with_call(kind, before=b""):
    numbers = numbers_of_calls()
    for name, bodies in recorded():
        for body in bodies[kind] or [b"{}"]:
            for text in in_each_form(body):
                yield bytes([numbers[name]]) + before + text


def pieces(*texts):
    return b"".join(bytes([len(t)]) + t for t in (text.encode()[:255] for text in texts))


def forms():
    for name, filename in (("a", None), ("media", "a.png"), ("标", 'x";y.jpg')):
        disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
        part = f"--B\r\nContent-Disposition: {disposition}\r\nContent-Type: image/png\r\n\r\n\r\n--Bx\r\n"
        for end in ("--B--\r\n", "--B\r\n", "--B--", "--B \t\r\n"):
            yield b"\x05\x00" + ("before\r\n" + part + part + end).encode()


def requests_to_the_simulator():
    numbers = numbers_of_calls()
    calls = []
    for name, bodies in recorded():
        for body in bodies["request"] or [b"{}"]:
            chunks = [body[i:i + 255] for i in range(0, len(body), 255)][:7]
            calls.append(b"\x01" + bytes([numbers[name]]) + bytes([0] * (5 if name.startswith("media") else 4)) + bytes([len(chunks)]) +
                         b"".join(bytes([len(c)]) + c for c in chunks))
    yield from calls
    for first, second in zip(calls, calls[1:]):
        yield first + second


def by_chance(count, most, seed):
    numbers = random.Random(seed)
    return [bytes([n % 10]) + numbers.randbytes(numbers.randrange(most)) for n in range(count)]


def of(name):
    if name == "json":
        return [bytes([kind]) + text for text in json_texts() for kind in range(8)]
    if name == "requests":
        return list(with_call("request"))
    if name == "responses":
        return list(with_call("response", b"\x00\x00\x00"))
    if name == "multipart_reader":
        return list(forms()) + [b"\x05\x00" + header.encode() for header in HEADERS]
    if name == "multipart_writer":
        return [b"\x01" + pieces("a") + b"\x00" + pieces("text"), b"\x01" + pieces("media") + b"\x01" + pieces("f/标.png", "\r\n--B")]
    if name == "url":
        return [url.encode() for url in URLS] + [pieces("98_AbCd-Ef+Gh", "s", "got ") + b"\x0a" + text.encode() for text in ("", "%39%38_aBcD-eF+gH", "98_AbCd")]
    if name == "upload_record":
        record = {"format": "wxmp upload", "version": 1, "filename": "v.mp4", "filesize": 300, "block_size": 100,
                  "video": {"title": "t", "video_desc": "d", "declare_ori": 0}, "part_shas": "", "arrived": "", "finished": False,
                  "unanswered": "none"}
        full = record | {"filesha": "0" * 40, "part_shas": "A" * 80, "vid": "v", "opened": 1, "arrived": "101"}
        return [json.dumps(r).encode() for r in (record, full, full | {"finished": True, "media_id": "m"})]
    if name == "serve":
        return list(requests_to_the_simulator())
    if name == "markdown":
        articles = [path.read_bytes() for path in sorted((TESTS / "markdown").glob("*.md"))]
        return [text.encode() for text in MARKDOWN] + articles + [(TESTS.parent / "README.md").read_bytes()[i:i + 2000] for i in range(0, 20000, 2000)]
    return by_chance(400, 400, name)
