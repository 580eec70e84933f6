// Curves: the step that is looked at in one of them is looked at in all, a part drawn across is shown alone, and each can be
// taken away as a picture. The values are those that the server wrote beside the drawing.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const WIDTH = 600;
  const HEIGHT = 200;
  const SVG = "http://www.w3.org/2000/svg";
  const under = (event) => event.target.closest && event.target.closest("svg.curve");
  const share = (event, svg) => {
    const box = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };

  // ── One step in all of them ───────────────────────────────────────────────────────────────────────────────────────
  let looked = null;
  const read = new WeakMap();
  const points = (series) => {
    if (!read.has(series)) {
      read.set(series, {
        steps: series.dataset.steps.split(" ").map(Number),
        values: series.dataset.values.split(" "),
      });
    }
    return read.get(series);
  };
  // Where the last step is that is not after this one; -1 where all are.
  const until = (steps, step) => {
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const told = (svg) => [...new Set(all(".series", svg).flatMap((series) => points(series).steps))].sort((a, b) => a - b);
  const nearest = (steps, step) => {
    const at = Math.max(0, until(steps, step));
    return at + 1 < steps.length && steps[at + 1] - step < step - steps[at] ? at + 1 : at;
  };
  const words = (step) => one("[data-at]").dataset.at.replace("%", step.toLocaleString("en"));

  const draw = (svg) => {
    const figure = svg.closest("figure");
    const from = Number(svg.dataset.from);
    const inside = looked !== null && looked >= from && looked <= Number(svg.dataset.to);
    let line = one(".cursor", svg);
    if (!inside) {
      if (line) line.remove();
    } else {
      if (!line) {
        line = document.createElementNS(SVG, "line");
        line.setAttribute("class", "cursor");
        line.setAttribute("y2", HEIGHT);
        svg.append(line);
      }
      const x = (WIDTH * (looked - from)) / (Number(svg.dataset.to) - from);
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
    }
    one(".plot-at", figure).textContent = inside ? words(looked) : "";
    const values = all(".plot-legend b", figure);
    return all(".series", svg).map((series, index) => {
      const label = values[index];
      label.dataset.last ??= label.textContent;
      const { steps, values: shown } = points(series);
      const at = inside ? until(steps, looked) : -1;
      label.textContent = inside ? shown[at] ?? "–" : label.dataset.last;
      return label.parentElement.textContent.trim();
    });
  };
  const look = (step, aloud) => {
    looked = step;
    const said = all("svg.curve").flatMap(draw);
    const status = one("[data-at]");
    if (status) status.textContent = aloud && step !== null ? words(step) + ": " + said.join(", ") : "";
  };

  document.addEventListener("pointermove", (event) => {
    const svg = under(event);
    if (!svg) {
      if (looked !== null && !document.activeElement?.matches("svg.curve")) look(null);
      return;
    }
    const from = Number(svg.dataset.from);
    const steps = told(svg);
    const step = steps[nearest(steps, from + (Number(svg.dataset.to) - from) * share(event, svg))];
    if (step !== looked) look(step);
  });
  document.documentElement.addEventListener("pointerleave", () => look(null));
  document.addEventListener("focusin", (event) => {
    const svg = under(event);
    if (svg && looked === null) look(told(svg).at(-1), true);
  });
  document.addEventListener("focusout", (event) => {
    if (under(event)) look(null);
  });
  document.addEventListener("keydown", (event) => {
    const svg = under(event);
    if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = told(svg);
    const at = nearest(steps, looked ?? steps.at(-1));
    const far = event.shiftKey ? 10 : 1;
    const to = { ArrowLeft: at - far, ArrowRight: at + far, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    look(steps[Math.min(steps.length - 1, Math.max(0, to))], true);
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (looked !== null) all("svg.curve").forEach(draw);
  });

  // ── A part of the steps drawn across with the mouse is the part that is shown ─────────────────────────────────────
  document.addEventListener("pointerdown", (event) => {
    const svg = under(event);
    const form = one("#chart");
    if (!svg || !form || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    const begin = share(event, svg);
    const taken = document.createElementNS(SVG, "rect");
    taken.setAttribute("class", "taken");
    taken.setAttribute("height", HEIGHT);
    svg.append(taken);
    const ends = (at) => [Math.min(begin, share(at, svg)), Math.max(begin, share(at, svg))];
    const move = (at) => {
      const [low, high] = ends(at);
      taken.setAttribute("x", WIDTH * low);
      taken.setAttribute("width", WIDTH * (high - low));
    };
    const up = (at) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      taken.remove();
      const [low, high] = ends(at);
      if (high - low < .02) return;
      const first = Number(svg.dataset.from);
      const steps = Number(svg.dataset.to) - first;
      form.elements.from.value = Math.round(first + steps * low);
      form.elements.to.value = Math.max(Math.round(first + steps * low) + 1, Math.round(first + steps * high));
      form.requestSubmit();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
  });

  // ── Pictures: as on white, whatever the page looks like ───────────────────────────────────────────────────────────
  const COLOURS = ["#0b5fb3", "#c2570c", "#111827", "#0e8f7e", "#a3195b", "#7c6fd6"];
  const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2, 1, 2]];
  const SIZE = { width: 800, height: 420, left: 72, right: 24, top: 72, bottom: 36, scale: 2 };
  const colour = (element) => Number(/\bs(\d)\b/.exec(element.className.baseVal ?? element.className)[1]);
  const texts = (selector, figure) => all(selector, figure).map((each) => each.textContent.trim());

  const picture = (figure) => {
    const canvas = document.createElement("canvas");
    canvas.width = SIZE.width * SIZE.scale;
    canvas.height = SIZE.height * SIZE.scale;
    const pen = canvas.getContext("2d");
    pen.scale(SIZE.scale, SIZE.scale);
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, SIZE.width, SIZE.height);
    const wide = SIZE.width - SIZE.left - SIZE.right;
    const high = SIZE.height - SIZE.top - SIZE.bottom;
    const x = (at) => SIZE.left + (wide * at) / WIDTH;
    const y = (at) => SIZE.top + (high * at) / HEIGHT;
    const font = getComputedStyle(document.body).fontFamily;
    const write = (text, left, top, style, align) => {
      pen.font = style + " " + font;
      pen.textAlign = align;
      pen.textBaseline = "middle";
      pen.fillText(text, left, top);
    };
    const stroke = (places, width, dash) => {
      pen.lineWidth = width;
      pen.setLineDash(dash);
      pen.beginPath();
      places.forEach(([left, top]) => pen.lineTo(left, top));
      pen.stroke();
    };

    pen.fillStyle = "#111827";
    write(one("figcaption > span", figure).textContent, SIZE.left, 22, "600 15px", "left");
    pen.strokeStyle = "#d9dee6";
    all("svg.curve > line:not(.cursor)", figure).forEach((line) => {
      const place = (name, size) => Number(line.getAttribute(name) ?? size);
      stroke([[x(place("x1")), y(place("y1"))], [x(place("x2")), y(place("y2"))]], 1, []);
    });
    pen.fillStyle = "#4b5563";
    const heights = texts(".plot-heights li", figure);
    heights.forEach((text, index) => write(text, SIZE.left - 8, y((HEIGHT * index) / Math.max(1, heights.length - 1)), "12px", "right"));
    const steps = texts(".plot-steps li", figure);
    steps.forEach((text, index) => {
      const align = index === 0 ? "left" : index === steps.length - 1 ? "right" : "center";
      write(text, x((WIDTH * index) / Math.max(1, steps.length - 1)), SIZE.height - SIZE.bottom + 16, "12px", align);
    });
    all(".series", figure).forEach((series) => {
      const kind = colour(series);
      pen.strokeStyle = COLOURS[kind];
      pen.fillStyle = COLOURS[kind];
      pen.lineJoin = "round";
      all("polyline", series).forEach((line) => {
        const raw = line.classList.contains("raw");
        pen.globalAlpha = raw ? .35 : 1;
        const places = [...line.points].map((point) => [x(point.x), y(point.y)]);
        stroke(places, raw ? 1 : 2, DASHES[kind]);
        if (places.length === 1 && !raw) pen.fillRect(places[0][0] - 3, places[0][1] - 3, 6, 6);
      });
      pen.globalAlpha = 1;
    });
    let left = SIZE.left;
    all(".plot-legend li", figure).forEach((entry) => {
      const kind = colour(entry);
      pen.strokeStyle = COLOURS[kind];
      stroke([[left, 48], [left + 24, 48]], 3, DASHES[kind]);
      pen.fillStyle = "#111827";
      const value = one("b", entry);
      const text = entry.textContent.replace(value.textContent, value.dataset.last ?? value.textContent).replace(/\s+/g, " ").trim();
      write(text, left + 30, 48, "13px", "left");
      left += 30 + pen.measureText(text).width + 24;
    });
    return canvas;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-png]");
    if (!button) return;
    picture(button.closest("figure")).toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = location.pathname.split("/").slice(3).join("-") + "-" + button.dataset.png + ".png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  });
})();
