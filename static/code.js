// A page that bears a code, or answers a form, leaves no copy behind: not what was sent for it, which browsers write
// down to restore tabs with, and not the page itself when it is left. Who comes back begins afresh.
(() => {
  const { afresh, sent } = document.documentElement.dataset;
  if (sent !== undefined) history.replaceState(null, "", afresh);
  addEventListener("pagehide", () => document.body.replaceChildren());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(afresh);
  });
})();
