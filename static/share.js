// Adds to the ways to share a quote what needs a script: buttons that copy a field, and one that prints.
(() => {
  const said = (words) => {
    const status = document.querySelector("[data-copied]");
    status.textContent = words;
    return status;
  };
  const addCopying = (field) => {
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
        said(`Copied: ${label}`);
      } catch {
        const why = said("This browser does not let the page copy. The text is selected: copy it yourself.");
        why.classList.remove("unseen");
      }
    });
    field.after(button);
  };
  const add = () => {
    document.querySelectorAll("[data-copy]:not(:has(+ button))").forEach(addCopying);
    for (const place of document.querySelectorAll("[data-print][hidden]")) {
      place.hidden = false;
      place.querySelector("button").addEventListener("click", () => window.print());
    }
  };
  add();
  document.addEventListener("htmx:after:swap", add); // they come into the page of a quote when a reader opens them
})();
