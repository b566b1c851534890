// A page that bears a code leaves no copy behind: not what was sent for it, which browsers write down to restore
// tabs with, and not the page itself when it is left. Who comes back is asked for the number.
(() => {
  const { place, sent } = document.documentElement.dataset;
  if (sent !== undefined) history.replaceState(null, "", place);
  addEventListener("pagehide", () => document.body.replaceChildren());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(place);
  });
})();
