// Today names the briefs of the next two days; the worker fetches and keeps them, quietly.
// Over plain http from another machine browsers have no workers, and nothing happens.
const list = document.querySelector("[data-keep-briefs]");
async function keep({ worker, as, keepBriefs }) {
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ as, keep: keepBriefs.split(" ").filter(Boolean) });
}
if (list && "serviceWorker" in navigator) {
  const soon = window.requestIdleCallback ?? setTimeout;
  soon(() => keep(list.dataset).catch(() => {}));
}
