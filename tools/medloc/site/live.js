// Loads the page anew when what it was made from has changed. Only `medloc serve` sends this.
const { version } = document.currentScript.dataset;
const events = new EventSource(`/~live/events?${version}`);
events.onmessage = () => location.reload();
addEventListener("pagehide", () => events.close());
