// Keeps the briefs of the next two days, so that each shows where there is no network.
// It keeps those that Today names and what they are drawn with, and no other page. The network
// comes first; what was kept shows where it fails, and says so. One cache a session: another
// one's, and all at sign-out, are deleted.
const PREFIX = "briefs:";
const BRIEF = /^\/one-to-ones\/\d+\/brief\/$/;
const SIGN_OUT = "/accounts/logout/";
// Whoever comes in may be somebody else: by the form, or by a link.
const SIGN_IN = /^\/(accounts\/login|sign-in|welcome)\//;
const DRAWN_WITH = ["style", "script", "image"];
const KEPT_AT = "x-kept-at";
const LINE = /<p class="kept[^>]* hidden><\/p>/;
// A connection that does not answer is none; only where there is something to show instead.
const PATIENCE = 6000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { as, keep } = event.data ?? {};
  if (as && Array.isArray(keep)) event.waitUntil(keepAll(as, keep.filter((path) => BRIEF.test(path))));
});

async function forget(but) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== but) await caches.delete(name);
  }
}

async function keepAll(as, paths) {
  const name = PREFIX + as;
  await forget(name);
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (BRIEF.test(pathname) && !paths.includes(pathname)) await cache.delete(request);
  }
  for (const path of paths) {
    try {
      await store(cache, path, await fetch(path));
    } catch {
      return; // No network: what is kept stays as it is.
    }
  }
}

async function store(cache, path, answer) {
  // In trouble, or asked too often: what is kept is better than nothing.
  if (answer.status >= 500 || answer.status === 429) return;
  // Signed out, moved or gone: then there is nothing to keep.
  if (!answer.ok || answer.redirected) return cache.delete(path);
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set(KEPT_AT, new Date().toISOString());
  const text = await answer.text();
  await cache.put(path, new Response(text, { headers }));
  const files = text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg)(?:\?[^"]*)?)"/g);
  for (const [, file] of files) {
    if (await cache.match(file)) continue;
    const found = await fetch(file);
    if (found.ok && !found.redirected) await cache.put(file, found);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode !== "navigate") {
    if (DRAWN_WITH.includes(request.destination)) event.respondWith(drawnWith(request));
  } else if (SIGN_IN.test(url.pathname) || (url.pathname === SIGN_OUT && request.method === "POST")) {
    event.waitUntil(forget());
  } else if (request.method === "GET" && BRIEF.test(url.pathname)) {
    event.respondWith(brief(event, url.pathname));
  } else if (request.method === "GET" && url.pathname === "/") {
    event.respondWith(fetch(request).catch(listOfBriefs));
  }
});

async function drawnWith(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

async function cacheOf(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    if (await cache.match(path)) return cache;
  }
  return null;
}

async function brief(event, path) {
  const cache = await cacheOf(path);
  const asked = fetch(event.request);
  if (!cache) return asked;
  const late = new Promise((resolve, reject) => setTimeout(reject, PATIENCE));
  try {
    const answer = await Promise.race([asked, late]);
    event.waitUntil(store(cache, path, answer.clone()).catch(() => {}));
    return answer;
  } catch {
    const kept = await cache.match(path);
    return kept ? withLine(kept) : asked;
  }
}

function when(kept) {
  const at = new Date(kept.headers.get(KEPT_AT));
  const clock = `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
  const today = at.toDateString() === new Date().toDateString();
  return today ? clock : `${at.toLocaleDateString("en-GB", { weekday: "long" })}, ${clock}`;
}

async function withLine(kept) {
  const line = `<p class="kept" role="status">Kept at ${when(kept)}, no connection now.</p>`;
  return new Response((await kept.text()).replace(LINE, line), { headers: kept.headers });
}

// Today itself is not kept: in its place stand the ways to the briefs that are.
async function listOfBriefs() {
  const items = [];
  let headers, styles;
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (!BRIEF.test(pathname)) continue;
      const kept = await cache.match(request);
      const text = await kept.clone().text();
      const who = text.match(/<title>Brief: ([^<]*) · Touchline<\/title>/)?.[1] ?? "Brief";
      const time = text.match(/<p class="brief-head__when"><b>([^<]*)<\/b>/)?.[1] ?? "";
      items.push(`<li><div><a class="timetable__name" href="${pathname}">${who}</a><p class="timetable__note">${time}. Kept at ${when(kept)}.</p></div></li>`);
      headers = kept.headers;
      styles = text.match(/<link rel="stylesheet"[^>]*>/)?.[0] ?? "";
    }
  }
  if (!items.length) return Response.error();
  // Who and when stand in the page as they were escaped there.
  return new Response(`<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>No connection · Touchline</title>${styles}</head><body><div class="shell"><main class="page" id="main"><h1>No connection now</h1><p>These briefs were kept for you. Everything else comes back with the network.</p><ul class="timetable timetable--untimed">${items.join("")}</ul></main></div></body></html>`, { headers });
}
