// Quick exit: blank first, then leave in place of this page; three times Shift does the same.
(() => {
  const link = document.getElementById("leave");
  const go = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(link.href);
  };
  link.addEventListener("click", go);
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
    if (presses.length >= 3) go();
  });
})();
