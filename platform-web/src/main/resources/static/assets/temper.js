// Everything here only improves pages that work without it. No state is kept but what a form has typed into it.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ── Menus: one open at a time, closed by a click elsewhere and by Escape ──────────────────────────────────────────
  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = one("details[data-menu][open]");
    if (!open) return;
    open.open = false;
    one("summary", open).focus();
    event.preventDefault();
  });

  // ── Command palette ───────────────────────────────────────────────────────────────────────────────────────────────
  const palette = one("#palette");
  const query = one("#palette-query");
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  all("[data-shortcut]").forEach((key) => (key.textContent = apple ? "⌘K" : "Ctrl K"));

  const options = () => all("[role=option]", palette);
  const choose = (index) => {
    const found = options();
    found.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = found[index];
    if (!chosen) return query.removeAttribute("aria-activedescendant");
    query.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const openPalette = () => {
    if (!palette || palette.open) return;
    closeMenus();
    palette.showModal();
    query.select();
    query.dispatchEvent(new Event("palette-open"));
  };
  if (palette) {
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openPalette();
      }
    });
    all("[data-palette-open]").forEach((opener) => opener.addEventListener("mousedown", (event) => {
      event.preventDefault();
      openPalette();
    }));
    all("a[data-palette-open]").forEach((opener) => opener.addEventListener("click", (event) => {
      event.preventDefault();
      openPalette();
    }));
    palette.addEventListener("click", (event) => {
      if (event.target === palette) palette.close();
    });
    palette.addEventListener("htmx:afterSwap", () => choose(0));
    query.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const found = options();
      const now = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (found.length) choose((now + step + found.length) % found.length);
      } else if (event.key === "Enter" && found[now]) {
        event.preventDefault();
        found[now].click();
      }
    });
  }

  // ── Copying: also on plain HTTP, where the clipboard API is not offered ───────────────────────────────────────────
  const copy = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden-text";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) throw new Error("copy refused");
  };
  const dressCopies = (root) => all("[data-copy]", root).forEach((button) => (button.hidden = false));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const label = one("span", button);
    const before = label.textContent;
    try {
      await copy(source.textContent.trim());
    } catch {
      getSelection().selectAllChildren(source);
      return;
    }
    document.dispatchEvent(new CustomEvent("copied", { detail: button.dataset.copy }));
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = before), 2000);
  });

  // ── Forms ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  // A second press while the first is on its way does nothing; the server would lead it to the first's result anyway.
  const sent = new WeakSet();
  const posts = (form) => form.method === "post";
  const keep = "typed:";
  const typed = (form) => all("[name]", form)
    .filter((field) => !["hidden", "password", "file"].includes(field.type) && field.autocomplete !== "one-time-code")
    .map((field) => [field.name, field.value, field.checked === true]);

  let leaving = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!posts(form) || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    leaving = true;
    all("button:not([type=button])", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    // If the session has ended meanwhile, signing in leads back here and the values are put back.
    if (form.hasAttribute("data-keep")) {
      sessionStorage.setItem(keep + location.pathname, JSON.stringify(typed(form)));
    }
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    all("form").forEach((form) => sent.delete(form));
    all("[aria-disabled=true]").forEach((button) => button.removeAttribute("aria-disabled"));
  });

  const kept = sessionStorage.getItem(keep + location.pathname);
  const keeper = one("form[data-keep]");
  if (kept && keeper) {
    sessionStorage.removeItem(keep + location.pathname);
    if (/\/login(\/|$|\?)/.test(document.referrer)) {
      for (const [name, value, checked] of JSON.parse(kept)) {
        all("[name]", keeper).filter((field) => field.name === name).forEach((field) => {
          if (["checkbox", "radio"].includes(field.type)) {
            if (field.value === value) field.checked = checked;
          } else {
            field.value = value;
          }
        });
      }
    }
  } else if (!keeper && !location.pathname.startsWith("/login")) {
    Object.keys(sessionStorage).filter((name) => name.startsWith(keep)).forEach((name) => sessionStorage.removeItem(name));
  }

  // Leaving with unsaved text, or with a secret that is shown only once and was not copied, asks.
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-keep]")) changed = true;
  });
  let secret = one("[data-secret]");
  document.addEventListener("copied", (event) => {
    if (secret && event.detail === secret.id) secret = null;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-secret-kept]")) secret = null;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (changed || secret)) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const form = field.form || field.closest?.("form");
    // The Enter that picks a word in an input method sends nothing.
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) return event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && posts(form)) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "?" && !event.isComposing && !field.closest("input, textarea, select, [contenteditable]")) {
      const help = one("[data-help]");
      if (help) location.assign(help.href + "#shortcuts");
    }
  }, true);

  // A choice that stands alone in its form is sent when it is made.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form) form.requestSubmit();
  });

  // ── Show as API call: the text follows the form ──────────────────────────────────────────────────────────────────
  const call = one("#api-call-text");
  const body = one("form[data-api-body]");
  if (call && body) {
    const before = call.textContent;
    const value = (name) => {
      const fields = all("[data-json]", body).filter((field) => field.dataset.json === name);
      if (fields.some((field) => field.type === "checkbox")) {
        return fields.filter((field) => field.checked).map((field) => field.value);
      }
      const field = fields.find((each) => each.type !== "radio" || each.checked);
      return field ? field.value : null;
    };
    const names = [...new Set(all("[data-json]", body).map((field) => field.dataset.json))];
    const draw = () => {
      const json = Object.fromEntries(names.map((name) => [name, value(name)]).filter(([, given]) => given !== "" && given !== null));
      const text = JSON.stringify(json, null, 2).replaceAll("'", "'\\''");
      call.textContent = before.replace(/-d '[\s\S]*'/, () => "-d '" + text + "'");
    };
    body.addEventListener("input", draw);
    draw();
  }

  // ── htmx ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("htmx:confirm", (event) => {
    const cause = event.detail.triggeringEvent;
    if (cause && cause.isComposing) event.preventDefault();
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.closest("[hx-get]")) event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) location.reload();
  });
  // What was typed while a form was being judged stands; only the rest of the answer is taken over.
  const filledIn = (form) => new URLSearchParams(new FormData(form)).toString();
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("form[data-judged]")) event.target.dataset.sent = filledIn(event.target);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig.elt;
    if (form.matches("form[data-judged]") && form.dataset.sent !== filledIn(form)) event.detail.swapOverride = "none";
  });
  document.addEventListener("htmx:afterSettle", (event) => dressCopies(event.target));

  dressCopies(document);
  one("[data-focus]")?.focus();
})();
