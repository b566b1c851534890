// Lets the phone work while many people ask at once, and sends what it found along with the form.
(() => {
  const form = document.querySelector("form[data-challenge]");
  const challenge = JSON.parse(form.dataset.challenge);
  const button = form.querySelector("button");
  const count = Math.min(navigator.hardwareConcurrency || 1, 4);
  const workers = [];
  let pressed = false;

  const say = (what) => {
    for (const each of document.querySelectorAll("#busy [data-say]")) each.hidden = each.dataset.say !== what;
  };
  const hold = (event) => {
    event.preventDefault();
    pressed = true;
    button.setAttribute("aria-busy", "true");
  };
  const end = (what) => {
    for (const worker of workers) worker.terminate();
    form.removeEventListener("submit", hold);
    button.removeAttribute("aria-busy");
    say(what);
  };
  const found = ({ data }) => {
    if (!data || data.error) return end("wait"); // too slow, or an old browser: waiting does as well
    const solution = { counter: data.counter, derivedKey: data.derivedKey };
    form.elements.work.value = btoa(JSON.stringify({ challenge, solution }));
    end("ready");
    if (pressed) form.submit();
  };

  say("work");
  form.addEventListener("submit", hold);
  try {
    for (let start = 0; start < count; start++) {
      const worker = new Worker(form.dataset.worker);
      workers.push(worker);
      worker.addEventListener("message", found);
      worker.addEventListener("error", () => end("wait"));
      worker.postMessage({ type: "work", challenge, counterStart: start, counterStep: count });
    }
  } catch {
    end("wait");
  }
})();
