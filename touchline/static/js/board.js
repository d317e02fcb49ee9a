// The board and the list from the keyboard: arrows go from card to card, `m` opens the menu of the one in hand,
// Shift and the right arrow take the step that is next. Without this the menus work all the same.
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

const entriesOf = (menu) => [...menu.querySelectorAll("button[name=step], form a")];

const inMenu = (menu, event) => {
  const entries = entriesOf(menu);
  const at = entries.indexOf(event.target);
  if (event.key === "Escape") {
    menu.open = false;
    hold(menu.closest(CARD));
    return true;
  }
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way) {
    entries[(at + way + entries.length) % entries.length]?.focus();
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
  const menu = card.querySelector(".card__menu");
  if (event.key === "ArrowRight" && event.shiftKey) {
    menu?.querySelector("[data-next]")?.click();
    return true;
  }
  if (event.shiftKey) return false;
  if (event.key === "m" && menu) {
    menu.open = true;
    entriesOf(menu)[0]?.focus();
    return true;
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
  const menu = event.target.closest(".card__menu[open]");
  if (menu ? inMenu(menu, event) : onCard(card, event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, { capture: true });

// One menu open at a time.
addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".card__menu") || !event.target.open) return;
  for (const other of document.querySelectorAll(".card__menu[open]")) {
    if (other !== event.target) other.open = false;
  }
}, { capture: true });

// The one that was just moved is in hand again; after the browser has gone to its place.
const again = () => {
  if (location.hash.startsWith("#c-")) hold(document.getElementById(location.hash.slice(1)));
};
if (document.readyState === "complete") again();
else addEventListener("load", () => setTimeout(again));
