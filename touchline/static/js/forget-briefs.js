// On the page that a sign-out leads to: whatever the worker kept goes, even where it did not
// see the sign-out.
for (const name of (await globalThis.caches?.keys()) ?? []) {
  if (name.startsWith("briefs:")) await caches.delete(name);
}
