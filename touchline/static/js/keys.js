// Keys: `/` finds, `g` then a letter goes, `?` lists them. Links carry data-key themselves.
const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
const places = { t: "/", p: "/people/", r: "/partners/", f: "/referrals/", b: "/playbook/", s: "/settings/" };
let waiting = false;

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && event.target.matches?.("textarea")) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (waiting && places[event.key]) {
    waiting = false;
    location.assign(places[event.key]);
    return;
  }
  waiting = event.key === "g";
  if (waiting) setTimeout(() => { waiting = false; }, 1500);
  if (event.key === "/") {
    const field = document.querySelector("input[type=search]");
    event.preventDefault();
    if (field) field.focus();
    else location.assign("/people/?find=1");
  } else if (event.key === "?") {
    event.preventDefault();
    location.assign("/keys/");
  } else {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) {
      event.preventDefault();
      if (target.matches("input, textarea")) target.focus();
      else target.click();
    }
  }
});
