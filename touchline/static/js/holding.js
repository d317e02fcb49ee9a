// <hold-meeting> around a one-to-one under way: lines go by Enter without leaving the page, what
// other devices write comes in, the dot moves on. Without it all of this is forms and links.
import * as outbox from "./outbox.js";

const EVERY = 4000;
const TOKENS = /(name="(?:once|csrfmiddlewaretoken)" value=")[^"]*/g;
const plain = (node) => node.outerHTML.replace(TOKENS, "$1");
const made = (name, text = "", kind = "") => Object.assign(document.createElement(name), { textContent: text, className: kind });
const clock = (at) => at.toTimeString().slice(0, 5).replace(/^0/, "");
const SAID = {
  away: "No connection.",
  out: "You are signed out. Sign in again and it is sent.",
  stale: "This page is too old to send it. Reload the page.",
};

class HoldMeeting extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector(".composer");
    this.merges = 0;
    this.away = false;
    this.addEventListener("submit", (event) => this.submit(event));
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("input", (event) => event.target.id === "contacts-q" && this.find());
    this.querySelector("#line")?.addEventListener("keydown", (event) => this.key(event));
    addEventListener("outbox", (event) => this.posted(event.detail));
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("online", () => this.look());
    addEventListener("offline", () => this.reach(false));
    setInterval(() => this.look(), EVERY);
    setInterval(() => this.tick(), 15000);
    this.tick();
    this.show();
    this.look();
    this.ask();
  }

  get mine() { return outbox.entries().filter((entry) => entry.page === this.dataset.one); }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  // A form of this page is posted without leaving it; those that end the meeting leave it.
  submit(event) {
    const form = event.target;
    if (form.classList.contains("at-hand-form")) { event.preventDefault(); this.find(); return; }
    if (form !== this.form && !form.closest("[data-live], [data-quiet]")) return;
    const line = form.matches(".composer, .agenda-add") ? form.elements.text : null;
    if (line && !line.value.trim()) { event.preventDefault(); return; }
    const data = new FormData(form, event.submitter);
    data.delete("csrfmiddlewaretoken");
    data.set("back", this.dataset.lines);
    const at = new Date();
    if (form === this.form) data.set("at", at.toISOString());
    const label = line ? line.value.trim() : "";
    try { outbox.put({ url: form.getAttribute("action"), fields: [...data], label, line: form === this.form, at: at.toISOString(), page: this.dataset.one }); } catch { return; }
    event.preventDefault();
    if (line) this.clear(form, line);
    else if (event.submitter?.ariaPressed) event.submitter.ariaPressed = event.submitter.ariaPressed !== "true";
    else form.closest("#questions li")?.remove();
    outbox.flush();
  }

  clear(form, line) {
    form.elements.once.value = outbox.token();
    line.value = "";
    if (form.elements.private) form.elements.private.checked = false;
    if (form === this.form) this.refuse("");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    line.focus();
  }

  refuse(sentence) {
    const error = this.querySelector("#line-error");
    error.textContent = sentence;
    error.hidden = !sentence;
    const line = this.form.elements.text;
    line.toggleAttribute("aria-invalid", Boolean(sentence));
    if (sentence) { line.setAttribute("aria-invalid", "true"); line.setAttribute("aria-describedby", "line-error"); }
  }

  posted({ entry, html, answer }) {
    if (entry?.page === this.dataset.one) {
      const kept = this.mine.find((each) => each.key === entry.key);
      // Refused at once, and nothing else begun: it goes back where it was typed.
      if (kept?.refused && entry.line && this.form && !this.form.elements.text.value) this.retype(kept);
      if (answer.ok) this.merge(html, answer, true);
      if (!entry.line) this.ask();
    }
    this.show();
  }

  retype(entry) {
    const fields = new Map(entry.fields);
    for (const field of this.form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = fields.get(field.name) === field.value;
      else if (field.name && field.type !== "hidden") field.value = fields.get(field.name) ?? "";
    }
    this.refuse(entry.refused);
    outbox.drop(entry.key);
    this.form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.elements.text.focus();
  }

  click(event) {
    const topic = event.target.closest("[data-topic]");
    const button = event.target.closest("[data-waiting]");
    if (topic && this.form?.elements.topic) {
      event.preventDefault();
      this.form.elements.topic.value = topic.dataset.topic;
      this.form.elements.topic.dispatchEvent(new Event("change", { bubbles: true }));
      this.querySelector("#side-notes").checked = true;
      this.form.elements.text.focus();
    } else if (button) {
      const entry = this.mine.find((each) => each.key === button.dataset.waiting);
      if (entry && button.value === "change" && !this.form.elements.text.value) this.retype(entry);
      else if (entry && button.value === "drop") outbox.drop(entry.key);
    }
  }

  // Show what waits: an open ring until it is stored, and why where it cannot be.
  show() {
    const place = this.querySelector("#waiting");
    if (!place) return;
    const waiting = this.mine;
    const lost = outbox.state !== "there" ? outbox.state : this.away ? "away" : "";
    const list = place.querySelector("ol");
    list.replaceChildren(...waiting.filter((entry) => entry.label).reverse().map((entry) => this.row(entry, lost)));
    const left = waiting.filter((entry) => !entry.refused).length;
    const count = left === 1 ? "One thing waits" : `${left} things wait`;
    const kept = left ? `${count} in this browser${lost === "away" ? " and will be sent when it is back" : ""}.` : lost === "away" ? "What you write is kept in this browser and sent when it is back." : "";
    const said = lost ? `${SAID[lost]} ${kept}`.trim() : "";
    const status = place.querySelector(".waiting__said");
    if (status.textContent !== said) status.textContent = said;
    place.hidden = !said && !list.children.length;
  }

  row(entry, lost) {
    const row = made("li", "", entry.refused ? "is-refused" : "is-waiting");
    const line = made("div", "", "capture__line");
    line.append(made("p", entry.label, "capture__text"));
    row.append(made("time", clock(new Date(entry.at)), "capture__time"), line);
    if (entry.refused) {
      line.append(made("p", entry.refused, "error"));
      const verbs = made("div", "", "capture__end");
      for (const [value, label] of [["change", "Change"], ["drop", "Leave it out"]]) {
        const verb = Object.assign(made("button", label, "verb"), { type: "button", value });
        verb.dataset.waiting = entry.key;
        verbs.append(verb);
      }
      row.append(verbs);
    } else {
      const saved = made("span", "", "saved is-open");
      saved.append(made("span", lost ? "kept here" : "sending"));
      row.append(saved);
    }
    return row;
  }

  reach(there) {
    if (this.away === !there) return;
    this.away = !there;
    this.show();
    if (there) outbox.flush();
  }

  // Fetch what is there by now, unless it is what is shown already.
  async look() {
    if (document.hidden || this.looking) return;
    this.looking = true;
    const before = this.merges;
    try {
      const headers = this.tag ? { "If-None-Match": this.tag } : {};
      const answer = await fetch(this.dataset.lines, { headers, cache: "no-store" });
      const text = await answer.text();
      this.reach(true);
      if (answer.ok && this.merges === before) this.merge(new DOMParser().parseFromString(text, "text/html"), answer);
    } catch { this.reach(false); }
    this.looking = false;
  }

  // Put in place what differs. Nothing typed stands in these parts, so nothing typed is lost;
  // what is folded open stays open, and the keyboard stays where it was.
  merge(html, answer, posted = false) {
    this.merges += 1;
    if (new URL(answer.url).pathname !== this.dataset.lines) {
      // Closed out, or taken back, on another device: the page itself says what it is now.
      if (!this.mine.length && !this.form?.elements.text.value && new URL(answer.url).pathname === location.pathname) location.reload();
      return;
    }
    this.tag = answer.headers.get("ETag");
    for (const old of this.querySelectorAll("[data-live]")) {
      const now = html.getElementById(old.id);
      // What was said to a posting stands until the next one.
      if (old.id === "said" && !posted) continue;
      if (now && !this.renew(old, now)) this.tag = null;
    }
  }

  // Returns false where something is being typed there; it is asked for again later.
  renew(old, now) {
    if (plain(now) === plain(old)) return true;
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    if (active?.matches("input:not([type=hidden]), textarea, select")) return false;
    const open = [...old.querySelectorAll("details[open]")].map((each) => each.textContent);
    const same = active && ((node) => node.textContent === active.textContent);
    const nth = active && [...old.querySelectorAll(active.tagName)].filter(same).indexOf(active);
    const fresh = document.adoptNode(now);
    for (const part of fresh.querySelectorAll("details")) part.open = open.includes(part.textContent);
    old.replaceWith(fresh);
    if (active) [...fresh.querySelectorAll(active.tagName)].filter(same)[nth]?.focus({ preventScroll: true });
    return true;
  }

  tick() {
    const svg = this.querySelector("svg.clock");
    if (!svg) return;
    const began = svg.dataset.began * 1000;
    // What this machine's clock is off by, seen when the page was made.
    this.off ??= svg.dataset.now * 1000 - performance.timeOrigin;
    const passed = Math.max(0, Math.floor((Date.now() + (Math.abs(this.off) > 120000 ? this.off : 0) - began) / 60000));
    const minutes = Number(svg.dataset.minutes);
    const gone = Math.min(1, passed / minutes);
    const stations = [...svg.querySelectorAll("[data-share]")];
    const here = stations.findLast((each) => gone >= Number(each.dataset.share) - 1e-4);
    for (const each of stations) each.classList.toggle("here", each === here);
    svg.querySelector(".gone").setAttribute("x2", `${100 * gone}%`);
    svg.querySelector(".now-dot").setAttribute("cx", `${100 * gone}%`);
    svg.setAttribute("aria-label", passed > minutes
      ? `${passed - minutes} minutes over the ${minutes} planned.`
      : `${passed} minutes gone of ${minutes}. Now: ${here.dataset.name}.`);
  }

  // What to ask is chosen anew where something became of a question.
  async ask() {
    const place = this.querySelector("[data-asking]");
    if (!place) return;
    try {
      const answer = await fetch(place.dataset.asking);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("questions");
      if (answer.ok && found) this.renew(place.querySelector("#questions"), found);
    } catch { /* the link to them stays */ }
  }

  // Look somebody up a moment after the last letter.
  find() {
    clearTimeout(this.finding);
    this.finding = setTimeout(async () => {
      const form = this.querySelector(".at-hand-form");
      const place = this.querySelector("#contacts-found");
      const asked = form.elements.q.value;
      try {
        const answer = await fetch(`${form.getAttribute("action")}?${new URLSearchParams({ q: asked })}`);
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("contacts-found");
        if (found && asked === form.elements.q.value) place.replaceWith(document.adoptNode(found));
      } catch { place.replaceChildren(made("p", "No connection: nobody can be looked up just now.", "quiet")); }
    }, 200);
  }
}

customElements.define("hold-meeting", HoldMeeting);
