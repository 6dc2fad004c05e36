// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// client.cjs CLIENT URL APPID SECRET IMAGE VIDEO: uses a simulator at URL through CLIENT, a package that we did not
// write, and checks what that reads. The last line is `N passed, N failed`.
"use strict";
const { isDeepStrictEqual, promisify } = require("node:util");
const fs = require("node:fs");
const path = require("node:path");

const [name_of_client, url, appid, secret, image, video] = process.argv.slice(2);
const API = require(name_of_client);
let passed = 0, failed = 0;

function check(what, found, expected = true) {
  if (isDeepStrictEqual(found, expected)) return void ++passed;
  ++failed;
  console.log(`FAIL ${what}\n  found    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`);
}

// How each client is told of another host, how a method of it is called for plain JSON or bytes, and whether it gets
// itself a new token when the one that it has is refused.
const CLIENTS = {
  "wechat-api": {
    renews: false,
    redirect(api) { api.endpoint = url; }, // setEndpoint() makes it https
    async ask(api, name, args) {
      const data = await promisify(api[name].bind(api))(...args);
      // It gives out JSON as bytes unless the content type is `application/json` and no more.
      return Buffer.isBuffer(data) && data[0] === "{".charCodeAt(0) ? JSON.parse(data) : data;
    },
  },
  "co-wechat-api": {
    renews: true,
    redirect(api) { api.prefix = `${url}/cgi-bin/`; },
    async ask(api, name, args) {
      const data = await api[name](...args);
      return Buffer.isBuffer(data) ? data : JSON.parse(JSON.stringify(data)); // its objects have no prototype
    },
  },
};
const { renews, redirect, ask: ask_of } = CLIENTS[name_of_client];

function client(secret) {
  const api = new API(appid, secret);
  redirect(api);
  return api;
}

const api = client(secret);
const ask = (name, ...args) => ask_of(api, name, args);
const code_of = (name, ...args) => ask(name, ...args).then((data) => data.errcode, (error) => error.code);
const kinds = (o) => Object.fromEntries(Object.entries(o).map(([name, value]) => [name, typeof value]));
const counts = (n) => ({ voice_count: 0, video_count: n, image_count: n, news_count: n });
const bytes = fs.readFileSync(image);

async function token() {
  const refused = await ask_of(client("another"), "getAccessToken", []).catch((e) => e);
  check("a wrong secret", [refused.name, refused.code], ["WeChatAPIError", 40125]);
  const { accessToken, expireTime } = await ask("getAccessToken");
  check("a token", typeof accessToken, "string");
  check("it lives for two hours", Math.abs(expireTime - Date.now() - 7190e3) < 60e3);
}

async function renewal() {
  const former = api.store.accessToken;
  await ask_of(client(secret), "getAccessToken", []); // ends the former at once
  check("a token that was replaced", await ask("getMaterialCount").catch((e) => e.code), renews ? counts(0) : 40001);
  if (!renews) await ask("getAccessToken");
  check("its successor", api.store.accessToken !== former);
}

async function temporary() {
  const stored = await ask("uploadMedia", image, "image");
  check("a temporary image", kinds(stored), { type: "string", media_id: "string", created_at: "number" });
  check("its kind", stored.type, "image");
  check("its bytes come back", bytes.equals(await ask("getMedia", stored.media_id)));
  const film = await ask("uploadMedia", video, "video");
  check("a temporary video", kinds(await ask("getMedia", film.media_id)), { video_url: "string" });
  check("an unknown medium", await code_of("getMedia", "unknown"), 40007);
  check("an unknown kind", await code_of("uploadMedia", image, "sculpture"), 40004);
  check("a picture for an article", kinds(await ask("uploadImage", image)), { url: "string" });
}

async function permanent() {
  const picture = await ask("uploadImageMaterial", image);
  check("an image", kinds(picture), { media_id: "string", url: "string" });
  check("its bytes come back", bytes.equals(await ask("getMaterial", picture.media_id)));

  const description = { title: '标题 "x"', introduction: "a;b=c\n" };
  const film = await ask("uploadVideoMaterial", video, description);
  const told = await ask("getMaterial", film.media_id);
  check("a video", kinds(told), { title: "string", description: "string", down_url: "string" });
  check("its title", told.title, description.title);
  check("its introduction", told.description, description.introduction);

  const article = {
    title: "标题", thumb_media_id: picture.media_id, author: "作者", digest: "摘要", show_cover_pic: 1,
    content: `<p>正文 &amp;</p><img src="${picture.url}">`, content_source_url: "https://example.com/?a=1&b=2",
  };
  const news = await ask("uploadNewsMaterial", { articles: [article, { ...article, title: "二" }] });
  check("a news", typeof news.media_id, "string");
  const change = { media_id: news.media_id, index: 1, articles: { ...article, title: "三" } };
  const changed = await ask("updateNewsMaterial", change);
  check("changing it", changed.errcode, 0);
  const { news_item } = await ask("getMaterial", news.media_id);
  check("its titles", news_item.map((a) => a.title), ["标题", "三"]);
  const kept = Object.fromEntries(Object.keys(article).map((name) => [name, news_item[0][name]]));
  check("its first article", kept, article);
  return { picture, film, news };
}

async function lists({ picture, film, news }) {
  check("the counts", await ask("getMaterialCount"), counts(1));
  const expected = { image: picture, video: film, news };
  for (const [kind, { media_id }] of Object.entries(expected)) {
    const list = await ask("getMaterials", kind, 0, 20);
    check(`the ${kind} list`, [list.total_count, list.item_count, list.item.map((i) => i.media_id)], [1, 1, [media_id]]);
  }
  const images = await ask("getMaterials", "image", 0, 1);
  check("the name of an image", images.item[0].name, path.basename(image));
  check("past the end", (await ask("getMaterials", "image", 1, 20)).item_count, 0);
  check("too many at once", (await code_of("getMaterials", "image", 0, 21)) > 0);
}

async function removal({ picture, film, news }) {
  for (const { media_id } of [news, film, picture]) {
    check("deleting", (await ask("removeMaterial", media_id)).errcode, 0);
    check("it is gone", await code_of("getMaterial", media_id), 40007);
  }
  check("nothing is left", await ask("getMaterialCount"), counts(0));
}

async function main() {
  for (const step of [token, renewal, temporary, () => permanent().then((stored) => lists(stored).then(() => removal(stored)))])
    await step().catch((error) => check("no step breaks off", String(error.stack), ""));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

main();
