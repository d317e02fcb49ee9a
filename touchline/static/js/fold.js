// On a phone, <details data-fold> starts folded, and elsewhere the one marked "fit" does
// where it would not fit the screen; on paper all are open. A link to something inside a
// folded part opens it first; one that holds what was typed before stays open.
const small = matchMedia("(width < 60rem)").matches;
const typed = (part) => [...part.querySelectorAll("input, textarea, select")].some((field) =>
  field.checked !== field.defaultChecked || (field.defaultValue ?? field.value) !== field.value);
for (const part of [...document.querySelectorAll("details[data-fold]")].reverse()) {
  const over = part.dataset.fold === "fit" && part.getBoundingClientRect().bottom > innerHeight;
  if ((small || over) && !typed(part)) part.open = false;
}
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
addEventListener("click", (event) => {
  const hash = event.target.closest("a[href^='#']")?.hash;
  const target = hash ? document.getElementById(hash.slice(1)) : null;
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
  target.querySelector("textarea, input:not([type=hidden])")?.focus();
  event.preventDefault();
});
