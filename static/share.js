// Adds to the share panel what needs a script: buttons that copy a field, and one that prints.
(() => {
  const said = document.querySelector("[data-copied]");
  for (const field of document.querySelectorAll("[data-copy]")) {
    const label = field.labels[0].textContent;
    const button = document.createElement("button");
    button.type = "button";
    const which = document.createElement("span");
    which.className = "unseen";
    which.textContent = ` ${label}`;
    button.append("Copy", which);
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        button.firstChild.data = "Copied";
        said.textContent = `Copied: ${label}`;
      } catch {
        said.textContent = "This browser does not let the page copy. The text is selected: copy it yourself.";
        said.classList.remove("unseen");
      }
    });
    field.after(button);
  }
  for (const place of document.querySelectorAll("[data-print]")) {
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => window.print());
  }
})();
