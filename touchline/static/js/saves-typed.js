// <saves-typed> around a form sends each field as it is typed, a moment after the last letter.
// What could not be sent is kept in this browser, said plainly, and sent once it can be. Without
// this script the form has a button that saves.
const PAUSE = 1000;
const AGAIN = [3000, 8000, 20000, 60000];
const PATIENCE = 20000;
const NAMES = "answer:";

class SavesTyped extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.place = `typed:${this.dataset.key}`;
    this.numbers = this.dataset.numbers.split(" ");
    this.unsent = new Map();
    this.tries = 0;
    for (const one of document.querySelectorAll("[data-off]")) one.hidden = true;
    for (const one of document.querySelectorAll("[data-on]")) one.hidden = false;
    this.form.addEventListener("input", (event) => this.note(event.target));
    this.form.addEventListener("change", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.send(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.send(true));
    addEventListener("beforeunload", (event) => { if (this.unsent.size && !this.kept) event.preventDefault(); });
    this.restore();
  }

  // What is typed: noted here at once, sent when the typing rests.
  note(field) {
    if (!field.name?.startsWith(NAMES)) return;
    if (field.hasAttribute("data-old")) {
      const asked = field.parentElement.querySelector(".yours__again");
      asked.textContent = "Noted.";
      asked.className = "quiet";
      field.removeAttribute("data-old");
    }
    this.unsent.set(field.name, field.value);
    this.keep();
    this.count();
    this.later(PAUSE);
  }

  changed(field) {
    if (field.type === "file" && field.files.length) this.picture(field);
    else if (field.name === "no_photo" && field.checked) this.leaveOut(field);
    else if (this.unsent.has(field.name)) this.send();
  }

  keep() {
    const fields = [...this.unsent].map(([name, text]) => [name, text, this.form.elements[name]?.defaultValue ?? ""]);
    try {
      if (fields.length) localStorage.setItem(this.place, JSON.stringify(fields));
      else localStorage.removeItem(this.place);
      this.kept = true;
    } catch { this.kept = false; }
  }

  restore() {
    let fields = [];
    try { fields = JSON.parse(localStorage.getItem(this.place) ?? "[]"); } catch { /* forbidden, or not ours */ }
    for (const [name, text, stood] of fields) {
      const field = this.form.elements[name];
      if (!field || (field.value === text && !field.hasAttribute("data-old"))) continue;
      // Answered elsewhere meanwhile: both stand, nobody's words are lost.
      const other = field.defaultValue;
      field.value = other && other !== stood && !text.includes(other) ? `${other}\n${text}` : text;
      this.note(field);
    }
    this.keep();
    this.count();
    if (this.unsent.size) this.send();
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  // Sends what is not sent yet; one request at a time. Says whether all of it is stored.
  async send(leaving = false) {
    clearTimeout(this.timer);
    if (this.closed) return false;
    if (this.sending && !leaving) { await this.sending; }
    if (!this.unsent.size) return true;
    const given = new Map(this.unsent);
    this.sending = this.post(new URLSearchParams([...given]), { keepalive: leaving });
    const stored = await this.sending;
    this.sending = null;
    if (!stored) return false;
    for (const [name, text] of given) if (this.unsent.get(name) === text) this.unsent.delete(name);
    this.keep();
    // Typed on meanwhile.
    if (this.unsent.size) { this.later(PAUSE); return false; }
    this.say("Saved.");
    return true;
  }

  // Posts, and says what became of it. A redirect is the server's word that it is stored.
  async post(body, { url = this.form.action, keepalive = false } = {}) {
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body, redirect: "manual", keepalive, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      this.wait(this.kept === false
        ? "No connection. Keep this page open: it is saved once there is one."
        : "No connection. What you typed is kept on this device, and saved once there is one.");
      return null;
    }
    if (answer.type === "opaqueredirect") { this.tries = 0; return answer; }
    if (answer.status === 404) {
      this.closed = true;
      this.say("Not saved: this link is closed. What you typed still stands here. Ask for another link.", true);
    } else if (answer.status === 422) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = page.querySelector(".yours__field .error, #photo-error:not([hidden])");
      this.say(`Not saved. ${said?.textContent ?? ""}`, true);
    } else if (answer.status === 409) {
      this.say("Not saved: the questions have changed. Load the page again; what you typed is kept.", true);
    } else {
      this.wait("Not saved yet: too busy just now. What you typed is kept on this device, and sent again in a moment.");
    }
    return null;
  }

  wait(words) {
    this.say(words, true);
    if (this.unsent.size) this.later(AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
  }

  say(words, heavy = false) {
    const state = this.querySelector("[data-state]");
    if (state.textContent !== words) state.textContent = words;
    state.toggleAttribute("data-heavy", heavy);
  }

  count() {
    const fields = [...this.querySelectorAll(".yours__part textarea")];
    const answered = fields.filter((field) => field.value.trim() && !field.hasAttribute("data-old")).length;
    const say = (many) => this.numbers[many] ?? String(many);
    const some = say(answered);
    let words = `${some[0].toUpperCase()}${some.slice(1)} of ${say(fields.length)} answered.`;
    if (!answered) words = this.dataset.none;
    else if (answered >= fields.length) words = fields.length > 1 ? "All answered." : "Answered.";
    this.querySelector("[data-progress]").textContent = words;
  }

  async picture(field) {
    const error = this.querySelector("#photo-error");
    error.hidden = true;
    const body = new FormData();
    body.append("photo", field.files[0]);
    this.say("Sending the picture.");
    if (!await this.post(body)) {
      error.textContent = `${this.querySelector("[data-state]").textContent} Choose the picture again then.`;
      error.hidden = false;
      return;
    }
    field.value = "";
    const shown = this.querySelector(".yours__photo");
    shown.src = `${shown.dataset.src}?${Date.now()}`;
    shown.hidden = false;
    this.say("Saved.");
  }

  async leaveOut(field) {
    if (!await this.post(new URLSearchParams({ no_photo: "1" }))) { field.checked = false; return; }
    this.querySelector(".yours__photo").hidden = true;
    field.closest("label").hidden = true;
    field.checked = false;
    this.say("Saved.");
  }

  async submitted(event) {
    event.preventDefault();
    const by = event.submitter;
    if (this.busy) return;
    this.busy = true;
    if (by?.name === "still") {
      // The same words, said today.
      const field = by.closest(".yours__field").querySelector("textarea");
      this.note(field);
      field.focus();
      await this.send();
    } else if (by?.hasAttribute("data-hand-over")) await this.handOver(by);
    else await this.send();
    this.busy = false;
  }

  async handOver(button) {
    if (!await this.send()) {
      this.say(`Not handed over. ${this.querySelector("[data-state]").textContent}`, true);
      return;
    }
    const once = this.form.elements.once?.value ?? "";
    const url = button.formAction;
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body: new URLSearchParams({ once }), redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      this.say("Not handed over: no connection. Nothing is lost. Try again in a moment.", true);
      return;
    }
    if (answer.type === "opaqueredirect") location.assign(`${location.pathname}?said=handed`);
    else if (answer.status === 409) this.say("There is nothing to hand over yet. Answer whichever question you like.", true);
    else if (answer.status === 404) this.say("Not handed over: this link is closed. What you typed still stands here. Ask for another link.", true);
    else this.say("Not handed over yet: too busy just now. Try again in a moment.", true);
  }
}

customElements.define("saves-typed", SavesTyped);
