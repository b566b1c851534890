// When the network fails, the filters ask again plainly: the browser then says itself what is wrong.
document.getElementById("filters").addEventListener("htmx:error", (event) => event.currentTarget.submit());
