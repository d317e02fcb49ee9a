// <known-pass> around a list of people: 1, 2 and 3 say how well one knows the first of them, z
// takes the last one back. Each is posted while the next one is looked at already; a row counts
// as said only once the answer says so, and one that got lost is named and stands there again.
const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
const FEW = 5;

class KnownPass extends HTMLElement {
  connectedCallback() {
    this.done = [];
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("htmx:beforeRequest", (event) => this.leave(event.target));
    this.addEventListener("htmx:afterRequest", (event) => this.arrive(event));
    this.addEventListener("htmx:afterSettle", () => this.look());
    this.look();
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.onKey); }

  // Those just fetched have the class until htmx knows them; pressed before, they would leave the page.
  get waiting() { return this.querySelectorAll(".known:not(.is-said, .is-going, .htmx-added)"); }

  // Mark the one whose turn it is, and fetch more before the list runs out.
  look() {
    this.querySelector(".is-now")?.classList.remove("is-now");
    const waiting = this.waiting;
    waiting[0]?.classList.add("is-now");
    const more = this.querySelector("#known-more:not(.htmx-added) a");
    if (more && !more.dataset.asked && waiting.length < FEW) { more.dataset.asked = "1"; more.click(); }
    return waiting[0];
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (event.key === "z") {
      const last = this.done.findLast((id) => document.querySelector(`#${id}.is-said`));
      document.querySelector(`#${last} [value=not_said]`)?.click();
    } else if ("123".includes(event.key)) {
      this.querySelector(".is-now")?.querySelectorAll(".known__marks button")[event.key - 1]?.click();
    }
  }

  leave(form) {
    const row = form.closest(".known");
    if (!row) return;
    const button = row.querySelector("button:focus") ?? document.activeElement;
    const before = row.getBoundingClientRect().top;
    const first = row.classList.contains("is-now");
    row.classList.add("is-going");
    row.classList.remove("is-lost");
    this.done = this.done.filter((id) => id !== row.id);
    if (!row.classList.contains("is-said")) this.done.push(row.id);
    const next = this.look();
    // The next one comes to stand under the thumb.
    if (first && next) scrollBy(0, next.getBoundingClientRect().top - before);
    if (button?.closest(".known") === row) next?.querySelector("button")?.focus({ preventScroll: true });
  }

  arrive(event) {
    const row = event.target.closest?.(".known");
    const alert = this.querySelector("[role=alert]");
    if (event.detail.successful) {
      if (!this.querySelector(".is-lost")) alert.hidden = true;
      return;
    }
    const more = this.querySelector("#known-more a");
    if (!row) { if (more) delete more.dataset.asked; }
    else {
      row.classList.remove("is-going");
      row.classList.add("is-lost");
    }
    const names = [...this.querySelectorAll(".is-lost .known__name")].map((name) => name.textContent);
    alert.textContent = names.length
      ? `Not stored: ${names.join(", ")}. The connection was lost; say it again when it is back.`
      : "The next ten could not be fetched. The connection was lost; follow the link when it is back.";
    alert.hidden = false;
    this.look();
  }
}

customElements.define("known-pass", KnownPass);
