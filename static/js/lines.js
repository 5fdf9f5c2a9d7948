// Adds and removes lines of a transfer without a round trip.
//
//   <div data-lines="items"> … <template data-line> … __prefix__ … </template>
//   <button data-add-line>, <button data-remove-line>
//
// Without this module the same buttons post the form and the server does it.

import { enhance } from "./combobox.js";

for (const holder of document.querySelectorAll("[data-lines]")) {
  const total = document.getElementById(`id_${holder.dataset.lines}-TOTAL_FORMS`);
  const pattern = holder.querySelector("template[data-line]");
  const add = document.querySelector("[data-add-line]");

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const place = Number(total.value);
    pattern.insertAdjacentHTML(
      "beforebegin",
      pattern.innerHTML.replaceAll("__prefix__", String(place)).replaceAll("__number__", String(place + 1)),
    );
    total.value = String(place + 1);
    enhance(holder);
    pattern.previousElementSibling.querySelector("input").focus();
  });

  // A removed line stays in the form, empty: the server skips empty lines.
  holder.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-line]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest(".line-item");
    for (const input of line.querySelectorAll("input")) input.value = "";
    line.hidden = true;
    add.focus();
    holder.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
