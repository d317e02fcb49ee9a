// The board and the list: *Move* opens a menu where it stands, instead of the referral's own page, which has the same
// and more. From the keyboard arrows go from card to card, `m` opens the menu of the one in hand, Shift and the right
// arrow take the step that is next.
const CARD = ".card, .listed tbody tr";
const COLUMN = ".column, .listed tbody";
const visible = (node) => node.offsetParent !== null;
const cardsOf = (column) => [...column.querySelectorAll(CARD)].filter(visible);
const hold = (card) => {
  const link = card?.querySelector(".card__who, .listed__who a");
  link?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const beside = (card, way) => {
  const filled = [...document.querySelectorAll(COLUMN)].filter((one) => cardsOf(one).length);
  const here = card.closest(COLUMN);
  const next = filled[filled.indexOf(here) + way];
  if (!next) return null;
  const place = cardsOf(here).indexOf(card);
  const cards = cardsOf(next);
  return cards[Math.min(place, cards.length - 1)];
};

const within = (card, way) => {
  const cards = cardsOf(card.closest(COLUMN));
  return cards[cards.indexOf(card) + way];
};

const places = {
  ArrowDown: (card) => within(card, 1),
  ArrowUp: (card) => within(card, -1),
  ArrowRight: (card) => beside(card, 1),
  ArrowLeft: (card) => beside(card, -1),
};

// A page has each menu once, however many lines have it: a link says which one it opens, and where it lands.
const copyOf = (id) => document.getElementById(id).content.cloneNode(true);
const menuOf = (card) => card.querySelector(".card__menu");
const entriesOf = (menu) => [...menu.querySelectorAll("button, a")];

const shut = () => {
  for (const menu of document.querySelectorAll(".card__menu")) {
    menu.previousElementSibling.setAttribute("aria-expanded", "false");
    menu.remove();
  }
};

const open = (card) => {
  const link = card.querySelector(".card__move");
  shut();
  if (!link) return null;
  link.after(copyOf("menu"));
  const menu = menuOf(card);
  menu.append(copyOf(`menu-${link.dataset.menu}`));
  const home = new URL(link.href);
  menu.action = new URL("steps/", home);
  menu.elements.seen.value = link.dataset.seen;
  menu.elements.back.value = home.searchParams.get("back");
  for (const entry of menu.querySelectorAll("a")) entry.href = new URL(entry.getAttribute("href"), home);
  link.setAttribute("aria-expanded", "true");
  return menu;
};

const inMenu = (menu, event) => {
  const entries = entriesOf(menu);
  const at = entries.indexOf(event.target);
  if (event.key === "Escape") {
    const card = menu.closest(CARD);
    shut();
    hold(card);
    return true;
  }
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way) {
    entries[(at + way + entries.length) % entries.length].focus();
    return true;
  }
  if (event.key.length !== 1 || event.key === " ") return false;
  // A letter goes to the next entry that begins with it.
  const turned = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  const found = turned.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
  found?.focus();
  return Boolean(found);
};

const onCard = (card, event) => {
  if (event.key === "ArrowRight" && event.shiftKey) {
    open(card)?.querySelector("[data-next]")?.click();
    return true;
  }
  if (event.shiftKey) return false;
  if (event.key === "m") {
    const menu = open(card);
    if (menu) entriesOf(menu)[0].focus();
    return Boolean(menu);
  }
  const next = places[event.key]?.(card);
  if (next) hold(next);
  return Boolean(places[event.key]);
};

// Before keys.js, whose letters go elsewhere.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const card = event.target.closest?.(CARD);
  if (!card) return;
  const menu = event.target.closest(".card__menu") ?? (event.key === "Escape" ? menuOf(card) : null);
  if (menu ? inMenu(menu, event) : onCard(card, event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, { capture: true });

addEventListener("click", (event) => {
  const link = event.target.closest?.(".card__move");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-expanded") === "true") shut();
  else open(link.closest(CARD));
});

// The one that was just moved is in hand again; after the browser has gone to its place.
const again = () => {
  if (location.hash.startsWith("#c-")) hold(document.getElementById(location.hash.slice(1)));
};
if (document.readyState === "complete") again();
else addEventListener("load", () => setTimeout(again));
