// A button that copies what stands in a field: the one it names, or else the one right before it. Without scripts it is
// not there.
function offer() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copies][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copies]");
  const before = button?.closest(".verbs").previousElementSibling?.querySelector("textarea");
  const field = button && (button.dataset.copies ? document.getElementById(button.dataset.copies) : before);
  if (!field) return;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    // Forbidden by the browser: what is selected is copied with its own keys.
    field.select();
    button.textContent = "Selected: copy it with your keys";
  }
  setTimeout(() => { button.textContent = label; }, 3000);
});
document.addEventListener("htmx:afterSwap", offer);
offer();
