// Quick exit: blank first, then leave in place of this page; three times Shift does the same.
// Runs before the page is drawn, so that Back after leaving shows nothing for an instant either.
(() => {
  const out = document.documentElement.dataset.leave;
  const [movement] = performance.getEntriesByType("navigation");

  // The mark lives as long as the tab: whoever presses Back after leaving is sent on again.
  const mark = (left) => {
    try {
      sessionStorage.clear();
      if (left) sessionStorage.setItem("left", "1");
    } catch {} // storage is switched off
  };
  const marked = () => {
    try {
      return sessionStorage.getItem("left") !== null;
    } catch {
      return false;
    }
  };
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "";
    mark(true);
    location.replace(out);
  };

  if (marked()) {
    if (movement?.type === "back_forward") leave();
    else mark(false); // came back on purpose
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted && marked()) leave();
  });

  addEventListener("click", (event) => {
    if (!event.target.closest?.("#leave")) return;
    event.preventDefault();
    leave();
  });
  let presses = [];
  let alone = false; // a Shift that helped to write a capital does not count
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
})();
