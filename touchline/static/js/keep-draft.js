// <keep-draft> around a form keeps what is typed in this browser until it is stored: a
// reload, the back button, a lost connection or a sign-out in between lose nothing.
// Drafts are kept per user; one goes when the server says, by a cookie holding the form's
// token, that this very posting changed something.
const user = document.body.dataset.user ?? "";
const prefix = `draft:${user}:`;
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const saved = () => document.cookie.match(/(?:^|; )saved=([^;]*)/)?.[1];

function forgetStored() {
  const token = saved();
  if (!token) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix) && JSON.parse(localStorage.getItem(key)).once === token) localStorage.removeItem(key);
  }
}

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.key = prefix + (this.dataset.key || this.form.getAttribute("action") || location.pathname);
    forgetStored();
    this.restore();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.keep());
    this.form.addEventListener("submit", () => this.keep());
  }

  fields() {
    return [...this.form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type));
  }

  keep() {
    const field = this.form.querySelector("input[name=once]");
    // Back on a page whose form is stored already: what is typed now is another posting.
    if (field && field.value === saved()) field.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const once = field?.value;
    const values = this.fields().map((field) => [field.name, field.value, ticks(field) ? field.checked : null]);
    try { localStorage.setItem(this.key, JSON.stringify({ once, values })); } catch { /* full or forbidden: the form still works */ }
  }

  restore() {
    const text = localStorage.getItem(this.key);
    if (!text) return;
    const { values } = JSON.parse(text);
    for (const field of this.fields()) {
      const found = values.find(([name, value]) => name === field.name && (!ticks(field) || value === field.value));
      if (!found) continue;
      if (ticks(field)) field.checked = found[2];
      else field.value = found[1];
    }
    // The next posting carries this page's own token; keep the draft under it.
    this.keep();
    this.toggleAttribute("restored", true);
  }
}

customElements.define("keep-draft", KeepDraft);
document.addEventListener("htmx:afterSwap", forgetStored);
