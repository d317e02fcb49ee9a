// Scripts improve markup that already works; one module a behaviour.
import "./keep-draft.js";
import "./keys.js";
import "./fold.js";
import "./known-pass.js";
import "./keep-briefs.js";
import "./outbox.js";
import "./letter-frame.js";
import "./copy-words.js";
