// Keeps what a page shows up to date. The server tells what changed, never how it looks: the region is fetched anew, so that
// language, rights and escaping stay in one place. A page without this shows the truth of when it was opened.
(() => {
  "use strict";
  const main = document.querySelector("[data-live]");
  if (!main || !window.EventSource) return;
  const address = new URL(main.dataset.live, location.href);

  const SILENCE = 40000;
  const POLL = 10000;
  const BETWEEN = 700;
  const TABS = 4;

  // ── Regions ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
  const due = new Map();
  const regions = () => [...document.querySelectorAll("[data-live-on]")];
  const hears = (region, topic) => region.dataset.liveOn.split(" ")
    .some((on) => topic === on || topic.startsWith(on + ".") || on.startsWith(topic + "."));
  // Many changes at once are one fetch; what the reader is just pressing is left alone until they are done.
  const refresh = (id) => {
    if (due.has(id)) return;
    due.set(id, setTimeout(() => {
      due.delete(id);
      const region = document.getElementById(id);
      if (!region || document.hidden) return;
      if (region.querySelector("[aria-disabled=true]")) return;
      htmx.trigger(region, "live");
    }, BETWEEN));
  };
  const refreshAll = () => regions().forEach((region) => refresh(region.id));

  // ── The stream ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  let source = null;
  let watchdog = 0;
  let again = 0;
  let poller = 0;
  let failures = 0;
  let lost = false;

  const say = (word) => {
    const strip = document.getElementById("live-strip");
    if (!strip) return;
    strip.hidden = !word;
    strip.textContent = word ? strip.dataset[word] : "";
  };
  const poll = (on) => {
    clearInterval(poller);
    poller = on ? setInterval(refreshAll, POLL) : 0;
  };
  const heard = (event) => {
    if (event && event.lastEventId) address.searchParams.set("cursor", event.lastEventId);
    clearTimeout(watchdog);
    watchdog = setTimeout(fail, SILENCE);
    failures = 0;
    if (!lost) return;
    lost = false;
    poll(false);
    say(null);
    refreshAll();
  };
  const close = () => {
    clearTimeout(watchdog);
    clearTimeout(again);
    if (source) source.close();
    source = null;
  };
  // The browser's own way to open a stream anew forgets where it was, and gives up for good on an answer that is not 200.
  const fail = () => {
    close();
    failures += 1;
    if (failures > 1) {
      lost = true;
      say(failures > 3 ? "polling" : "lost");
      if (failures > 3 && !poller) poll(true);
    }
    const wait = Math.min(30000, 1000 * 2 ** (failures - 1));
    again = setTimeout(open, wait / 2 + Math.random() * wait / 2);
  };
  const open = () => {
    close();
    if (document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("open", () => heard(null));
    source.addEventListener("beat", heard);
    source.addEventListener("resync", (event) => {
      heard(event);
      refreshAll();
    });
    source.addEventListener("fact", (event) => {
      heard(event);
      const { topic } = JSON.parse(event.data);
      regions().filter((region) => hears(region, topic)).forEach((region) => refresh(region.id));
    });
    source.addEventListener("error", fail);
    watchdog = setTimeout(fail, SILENCE);
  };

  // ── Tabs: over HTTP/1.1 six open streams would block every other request to this site ──────────────────────────────────
  const channel = window.BroadcastChannel ? new BroadcastChannel("temper-live") : null;
  let others = 0;
  if (channel) {
    channel.onmessage = (event) => {
      if (event.data === "who" && source) channel.postMessage("here");
      if (event.data === "here") others += 1;
    };
  }
  const begin = () => {
    others = 0;
    if (!channel) return open();
    channel.postMessage("who");
    setTimeout(() => (others < TABS ? open() : poll(true)), 150);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      poll(false);
    } else {
      begin();
    }
  });
  addEventListener("pagehide", close);
  if (!document.hidden) begin();
})();
