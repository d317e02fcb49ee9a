"""How what somebody brought in, a picture or a card, is sent back: as what it is, never run."""

# Over the headers of the page that it stands on: opened by itself it is no page of ours.
NEVER_RUN = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
# A picture, to be looked at in its place.
IN_PLACE = {**NEVER_RUN, "Content-Disposition": "inline"}
