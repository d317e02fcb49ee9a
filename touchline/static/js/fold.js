// On a phone, <details data-fold> starts folded; on paper it is always open.
if (matchMedia("(width < 60rem)").matches) {
  for (const part of document.querySelectorAll("details[data-fold]")) part.open = false;
}
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
