// A page that shows a code does not come back from the back-forward cache.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace("/place");
});
