// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// parse.mjs PARSER TYPE IN...    prints the parts of each form as a line of JSON, their content in hex
// parse.mjs write OUT             writes a form that Node makes to OUT, prints its content type
import { Buffer, File } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";

const part = (name, filename, type, chunks) =>
  ({ name, filename: filename ?? null, type: type ?? "", content: Buffer.concat(chunks).toString("hex") });

async function busboy(type, body) {
  const { default: busboy } = await import("busboy");
  const parts = [];
  const parser = busboy({ headers: { "content-type": type }, defParamCharset: "utf8" });
  parser.on("file", (name, stream, { filename, mimeType }) => {
    const chunks = [];
    const place = parts.push(null) - 1; // a file ends after the field behind it
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => { parts[place] = part(name, filename, mimeType, chunks); });
  });
  parser.on("field", (name, value) => parts.push(part(name, null, null, [Buffer.from(value)])));
  await new Promise((done, fail) => parser.on("close", done).on("error", fail).end(body));
  return parts;
}

async function formidable(type, body) {
  const { formidable } = await import("formidable");
  const parts = [];
  const parser = formidable();
  parser.onPart = (p) => {
    const chunks = [];
    const place = parts.push(null) - 1;
    const filename = p.originalFilename;
    p.on("data", (chunk) => chunks.push(Buffer.from(chunk)));
    p.on("end", () => { parts[place] = part(p.name, filename, filename ? p.mimetype : "", chunks); });
  };
  const request = Readable.from([body]);
  request.headers = { "content-type": type, "content-length": String(body.length) };
  await parser.parse(request);
  return parts;
}

async function node(type, body) {
  const form = await new Response(body, { headers: { "content-type": type } }).formData();
  const parts = [];
  for (const [name, value] of form) {
    const isFile = typeof value !== "string";
    const content = Buffer.from(isFile ? await value.arrayBuffer() : value);
    parts.push(part(name, isFile ? value.name : null, isFile ? value.type : "", [content]));
  }
  return parts;
}

async function write(out) {
  const form = new FormData();
  form.append('na"me', "text\nline");
  const bytes = Buffer.from("\r\n--\xff\0\r\n", "latin1");
  form.append("media", new File([bytes], '照"片.jpg', { type: "image/jpeg" }));
  form.append("empty", new File([], "a.bin"));
  const encoded = new Response(form);
  writeFileSync(out, Buffer.from(await encoded.arrayBuffer()));
  return encoded.headers.get("content-type");
}

const [command, ...args] = process.argv.slice(2);
if (command === "write") console.log(await write(args[0]));
else for (let i = 0; i < args.length; i += 2)
  console.log(JSON.stringify(await { busboy, formidable, node }[command](args[i], readFileSync(args[i + 1]))));
