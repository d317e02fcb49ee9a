// What is posted without leaving the page is put here first, in this browser, and goes once the
// server has it: a lost connection, a reload or a closed lid in between lose nothing. Each entry
// carries its form's token, so that one that arrives twice changes things once. Kept per user.
const prefix = `outbox:${document.body.dataset.user ?? ""}:`;
const tell = (detail) => dispatchEvent(new CustomEvent("outbox", { detail }));
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).sort();

export const token = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Entries in the order in which they were put: {key, url, fields, label, at, page, refused?}.
export const entries = () => keys().map((key) => ({ ...JSON.parse(localStorage.getItem(key)), key }));

// Throws where the browser keeps nothing; the form is then posted as it is.
export function put(entry) {
  const key = `${prefix}${String(Date.now()).padStart(15, "0")}:${token()}`;
  localStorage.setItem(key, JSON.stringify(entry));
  tell({});
}

export function drop(key) {
  localStorage.removeItem(key);
  tell({});
}

let running = null;
let again = 0;
export let state = "there";

// Send what waits, oldest first, one page of this browser at a time.
export function flush() {
  clearTimeout(again);
  const lock = navigator.locks ? (work) => navigator.locks.request(prefix, work) : (work) => work();
  running ??= lock(send).finally(() => {
    running = null;
    tell({});
    // Signed out, or too old a page: trying again would only be turned down again.
    if (state === "away" || (state === "there" && next())) again = setTimeout(flush, state === "there" ? 0 : 5000);
  });
  return running;
}

const next = () => entries().find((entry) => !entry.refused);

async function send() {
  state = "there";
  for (let entry = next(); entry; entry = next()) {
    const csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    // A page without a form has nothing to prove itself by; another one will send it.
    if (!csrf) { state = "stale"; return; }
    let answer, text;
    try {
      answer = await fetch(entry.url, { method: "POST", body: new URLSearchParams([...entry.fields, ["csrfmiddlewaretoken", csrf]]) });
      text = await answer.text();
    } catch { state = "away"; return; }
    if (new URL(answer.url).pathname.startsWith("/accounts/")) { state = "out"; return; }
    if (answer.status === 403) { state = "stale"; return; }
    if (answer.status >= 500 || answer.status === 429) { state = "away"; return; }
    const html = new DOMParser().parseFromString(text, "text/html");
    if (answer.ok) localStorage.removeItem(entry.key);
    else localStorage.setItem(entry.key, JSON.stringify({ ...entry, refused: why(html) }));
    tell({ entry, html, answer });
  }
}

const why = (html) => (html.querySelector(".error:not([hidden])") ?? html.querySelector(".message--refused"))?.textContent.trim() || "This could not be stored. What it belongs to may be gone.";

addEventListener("online", flush);
if (next()) flush();
