// Sends a large file in parts, two at a time. What has come is kept by the server, so nothing here is worth keeping: after a
// reload the same file goes on where it stopped. Without this script the form sends the file as a whole.
(() => {
  "use strict";
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const AT_ONCE = 2;
  const LONGEST_WAIT = 30;
  const WINDOW = 10_000;
  const MIB = 1 << 20;
  const { file: field, upload: made, _csrf: csrf } = form.elements;
  const size = Number(form.dataset.part);
  const panel = form.querySelector("[data-panel]");
  const show = (name) => panel.querySelector(`[data-${name}]`);
  const words = (name, ...values) => panel.dataset[name].replace(/\{(\d)}/g, (_, at) => values[at]);
  const number = (value, digits = 0) =>
    value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  let now = null;

  // ── One request, with its progress; a failure carries its status, 0 where the connection broke ───────────────────────
  const call = (method, path, body, moved = () => {}) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, "/api/v1/uploads" + path);
    request.setRequestHeader("X-CSRF-TOKEN", csrf.value);
    request.setRequestHeader("X-Temper-Tenant", form.dataset.tenant);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    if (body) request.setRequestHeader("Content-Type", body instanceof Blob ? "application/octet-stream" : "application/json");
    request.upload.onprogress = (event) => moved(event.loaded);
    const answer = () => (request.responseText ? JSON.parse(request.responseText) : null);
    const end = (settle) => {
      now?.requests.delete(request);
      settle();
    };
    request.onload = () => end(() => {
      if (request.status < 300) return resolve(answer());
      const wait = Number(request.getResponseHeader("Retry-After")) || 0;
      reject({ status: request.status, wait, detail: request.status < 500 ? answer().detail : "" });
    });
    request.onerror = () => end(() => reject({ status: 0, wait: 0, detail: "" }));
    request.onabort = request.onerror;
    now?.requests.add(request);
    request.send(body instanceof Blob || !body ? body : JSON.stringify(body));
  });

  // ── What is seen ─────────────────────────────────────────────────────────────────────────────────────────────────────
  const say = (text) => {
    if (show("status").textContent !== text) show("status").textContent = text;
  };
  const left = (seconds) => {
    if (!Number.isFinite(seconds)) return "–";
    if (seconds < 60) return words("seconds", number(Math.ceil(seconds)));
    return seconds < 3600
      ? words("minutes", number(Math.ceil(seconds / 60)))
      : words("hours", number(seconds / 3600, 1));
  };
  const draw = () => {
    if (!now) return;
    const sent = now.kept + [...now.sending.values()].reduce((sum, bytes) => sum + bytes, 0);
    now.marks.push([performance.now(), sent]);
    while (now.marks.length > 2 && now.marks[1][0] < performance.now() - WINDOW) now.marks.shift();
    const [since, before] = now.marks[0];
    const rate = Math.max(0, (sent - before) / ((performance.now() - since) / 1000)) || 0;
    show("bar").value = sent / now.file.size;
    const of = now.sent.length + now.rest.length ? now.file.name + " · " : "";
    show("figures").textContent = of + (now.going
      ? words("moving", number(Math.floor(sent / MIB)), number(Math.ceil(now.file.size / MIB)), number(rate / MIB, 1), left((now.file.size - sent) / rate))
      : words("resting", number(Math.floor(now.kept / MIB)), number(Math.ceil(now.file.size / MIB))));
  };
  const dress = () => {
    panel.hidden = !now;
    field.disabled = Boolean(now);
    form.querySelector("[data-submit]").hidden = Boolean(now);
    show("pause").hidden = !now?.going;
    show("resume").hidden = !now || now.going;
    draw();
  };

  // ── Several files, one after the other ───────────────────────────────────────────────────────────────────────────────
  const begin = ([file, ...rest], sent) => {
    const known = [...document.querySelectorAll("[data-kept]")]
      .find((row) => row.dataset.kept === file.name && Number(row.dataset.size) === file.size);
    return { file, rest, sent, id: known?.dataset.id, compared: !known, kept: 0 };
  };
  const hand = (sent) => {
    form.querySelectorAll("[data-more]").forEach((more) => more.remove());
    made.disabled = !sent.length;
    made.value = sent[0] ?? "";
    sent.slice(1).forEach((id) => {
      const more = made.cloneNode();
      more.value = id;
      more.dataset.more = "";
      made.after(more);
    });
  };

  // ── The way of one file ──────────────────────────────────────────────────────────────────────────────────────────────
  const length = (run, part) => Math.min(size, run.file.size - part * size);
  const put = async (run, part) => {
    run.sending.set(part, 0);
    try {
      const bytes = run.file.slice(part * size, part * size + length(run, part));
      await call("PUT", `/${run.id}/parts/${part}`, bytes, (loaded) => run.sending.set(part, Math.min(loaded, bytes.size)));
    } finally {
      run.sending.delete(part);
    }
  };
  const pass = (failure) => [0, 408, 429].includes(failure.status) || failure.status >= 500;
  const patiently = async (run, work) => {
    for (let wait = 1; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        const result = await work();
        if (run.going) say(words("sending"));
        return result;
      } catch (failure) {
        if (!run.going || !pass(failure)) throw failure;
        for (let seconds = Math.max(wait, failure.wait); seconds > 0 && run.going; seconds--) {
          say(words("interrupted", number(seconds)));
          await new Promise((done) => setTimeout(done, 1000));
        }
        if (!run.going) throw failure;
      }
    }
  };
  const sender = async (run) => {
    while (run.going && run.missing.length) {
      const part = run.missing.shift();
      await patiently(run, () => put(run, part));
      run.kept += length(run, part);
    }
  };
  // Each going on is a run of its own, so that nothing of one that was paused can wake up in it.
  const go = async (before) => {
    const run = { ...before, going: true, missing: [], marks: [], sending: new Map(), requests: new Set() };
    now = run;
    say(words("sending"));
    dress();
    try {
      run.id ??= (await patiently(run, () => call("POST", "", { name: run.file.name, size: run.file.size }))).id;
      const state = await patiently(run, () => call("GET", "/" + run.id));
      run.missing = state.missing;
      run.kept = state.received;
      // A part that is kept is sent again, so that the server can tell whether this is the file it began with.
      const missing = new Set(state.missing);
      let last = Math.ceil(run.file.size / size) - 1;
      while (last >= 0 && missing.has(last)) last--;
      if (!run.compared && last >= 0) await patiently(run, () => put(run, last));
      run.compared = true;
      await Promise.all(Array.from({ length: AT_ONCE }, () => sender(run)));
      if (!run.going) return;
      say(words("finishing"));
      draw();
      const sent = [...run.sent, run.id];
      if (run.rest.length) return go(begin(run.rest, sent));
      hand(sent);
      form.requestSubmit(form.querySelector("[data-submit]"));
    } catch (failure) {
      if (!run.going) return;
      halt(run);
      if (failure.status === 401) return location.reload();
      say(failure.detail || String(failure));
      // What can't go on with this file may begin with another.
      now = null;
      dress();
      panel.hidden = false;
    }
  };
  const halt = (run) => {
    run.going = false;
    [...run.requests].forEach((request) => request.abort());
    run.sending.clear();
  };

  form.addEventListener("submit", (event) => {
    const files = [...field.files];
    if (!made.disabled || files.every((file) => file.size <= size)) return;
    event.preventDefault();
    go(begin(files, []));
  });
  show("pause").addEventListener("click", () => {
    halt(now);
    say(words("paused"));
    dress();
    show("resume").focus();
  });
  show("resume").addEventListener("click", () => {
    go(now);
    show("pause").focus();
  });
  show("stop").addEventListener("click", async () => {
    const run = now;
    if (run) {
      halt(run);
      if (run.id) await call("DELETE", "/" + run.id).catch(() => {});
    }
    location.assign(location.pathname);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    hand([]);
    now = null;
    dress();
  });
  setInterval(draw, 500);
})();
