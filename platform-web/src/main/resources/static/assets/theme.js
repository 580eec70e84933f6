// Runs before the first paint where the account says "system": the server can't know what the device prefers.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = () => {
    document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  draw();
  dark.addEventListener("change", draw);
})();
