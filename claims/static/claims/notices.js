// What went wrong in a request made by htmx, said in the live region #notices. Refusals carry HX-Retarget and are
// swapped in as they are; anything else gets a sentence of its own.
function say(message) {
  const region = document.getElementById("notices");
  if (!region) return;
  const notice = document.createElement("p");
  notice.className = "notice notice-error";
  notice.textContent = message;
  region.replaceChildren(notice);
}

export function setUpNotices() {
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status >= 400 && detail.xhr.getResponseHeader("HX-Retarget")) detail.shouldSwap = true;
  });
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    // A fragment that polls has no event of a person's behind it, and must not wipe what they are reading.
    if (detail.requestConfig.triggeringEvent) document.getElementById("notices")?.replaceChildren();
  });
  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.getResponseHeader("HX-Retarget")) return;
    say(`This part of the page could not be updated (error ${detail.xhr.status}). Reload the page and try again.`);
  });
  document.body.addEventListener("htmx:sendError", () => {
    say("The server could not be reached. What you typed is still here: check the connection and try again.");
  });
}
