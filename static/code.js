// A page that bears a code is emptied when it is left, so no memory of the browser brings it back.
addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(document.documentElement.dataset.place);
});
