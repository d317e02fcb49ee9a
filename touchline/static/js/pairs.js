// j and k, or the arrows, go from pair to pair; the keys of the verbs go with them (keys.js).
const pairs = [...document.querySelectorAll(".pair")];
const keys = { same: "y", apart: "n" };
const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
let at = 0;

const stand = (next) => {
  for (const [number, pair] of pairs.entries()) {
    pair.toggleAttribute("aria-current", number === next);
    if (number === next) pair.setAttribute("aria-current", "true");
    for (const [is, key] of Object.entries(keys)) {
      const verb = pair.querySelector(`[data-is="${is}"]`);
      if (!verb) continue;
      if (number === next) verb.dataset.key = key;
      else delete verb.dataset.key;
    }
  }
  at = next;
};

document.documentElement.classList.add("js-pairs");
stand(0);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const next = at + (steps[event.key] ?? NaN);
  if (!pairs[next]) return;
  event.preventDefault();
  stand(next);
  pairs[next].focus({ preventScroll: true });
  pairs[next].scrollIntoView({ block: "center" });
});
