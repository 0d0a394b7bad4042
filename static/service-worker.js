// Keeps the files of one release, so that the page works without a network after the first visit. `cargo xtask dist` writes the release
// and its files into the first two lines.
//
// A release is kept whole or not at all, and is answered from whole: the page never mixes two. A newer one waits until the visitor
// takes it or every tab is closed. Nothing but the listed files is kept, and nothing else is answered.
"use strict";
const RELEASE = "@release";
const FILES = ["@files"];

// Several copies of the page may live under different paths of one host.
const FAMILY = `loudou ${registration.scope} `;
const HERE = FAMILY + RELEASE;
const PAGE = new URL("./", registration.scope).href;
const OWN = new Set(FILES.map((file) => new URL(file, registration.scope).href));
// Named by its contents: a file of this release or of an earlier one that is still kept.
const NAMED = /-[0-9a-f]{16}\.\w+$/;

async function keep() {
  try {
    const cache = await caches.open(HERE);
    // What is named by its contents may come out of the browser's own cache; the pages may not.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: NAMED.test(file) ? "default" : "reload" })));
  } catch (error) {
    await caches.delete(HERE);
    throw error;
  }
}

const family = async () => (await caches.keys()).filter((name) => name.startsWith(FAMILY));

// Tabs of an earlier release may still ask for its parts; once there are none, it goes. What another release keeps that waits to take
// over stays.
async function tidy() {
  if (registration.installing || registration.waiting) return;
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.length > 1) return;
  await Promise.all((await family()).filter((name) => name !== HERE).map((name) => caches.delete(name)));
}

async function kept(address, request) {
  const names = [HERE, ...(await family()).filter((name) => name !== HERE)];
  for (const name of names) {
    const found = await (await caches.open(name)).match(address);
    if (found) return found;
  }
  return fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(skipWaiting());
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const page = address === `${PAGE}index.html` ? PAGE : address;
    if (!OWN.has(page)) return;
    event.respondWith(kept(page, request));
    event.waitUntil(tidy());
  } else if (OWN.has(address) || (address.startsWith(PAGE) && NAMED.test(pathname))) {
    event.respondWith(kept(address, request));
  }
});
