// The preview of a letter is as high as the letter: no second scroll within the page.
function fit(frame) {
  const letter = frame.contentDocument?.documentElement;
  if (letter) {
    frame.style.blockSize = "0";
    frame.style.blockSize = `${letter.scrollHeight + 2}px`;
  }
}

const frames = () => document.querySelectorAll("iframe.letter-frame");

// A frame's load does not bubble, so it is caught on its way down.
document.addEventListener("load", (event) => {
  if (event.target instanceof HTMLIFrameElement && event.target.matches(".letter-frame")) fit(event.target);
}, true);
addEventListener("resize", () => frames().forEach(fit));
frames().forEach(fit);
