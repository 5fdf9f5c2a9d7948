// Search-as-you-type on a plain text input (WAI-ARIA combobox with a list).
//
//   <input data-search="/search/forces/" data-search-with="state:id_recipient">
//
// The address answers with <li role="option" data-value="…"> rows. Without this module
// the input is a text field, with its datalist, that the server resolves.

const WAIT = 160;

class Combobox {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${input.id}-list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.said = document.createElement("span");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    const holder = document.createElement("div");
    holder.className = "combobox";
    input.after(holder);
    holder.append(input, this.list, this.said);
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("autocomplete", "off");
    input.addEventListener("input", (event) => this.typed(event));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Before blur, which would close the list under the pointer.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  typed(event) {
    if (event.detail === "chosen") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.input.value.trim();
    if (!text) {
      this.close();
      return;
    }
    this.pending?.abort();
    this.pending = new AbortController();
    const address = new URL(this.input.dataset.search, location.href);
    address.searchParams.set("q", text);
    const [name, from] = (this.input.dataset.searchWith ?? "").split(":");
    const other = from && document.getElementById(from);
    if (other) address.searchParams.set(name, other.value);
    try {
      const answer = await fetch(address, { signal: this.pending.signal });
      if (answer.ok) this.show(await answer.text());
    } catch (problem) {
      if (problem.name !== "AbortError") this.close();
    }
  }

  show(html) {
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = html;
    this.options.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("aria-selected", "false");
    });
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    const n = this.options.length;
    this.list.hidden = n === 0;
    this.input.setAttribute("aria-expanded", String(n > 0));
    this.said.textContent = n === 1 ? "1 suggestion" : `${n} suggestions`;
  }

  close() {
    clearTimeout(this.timer);
    this.pending?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const options = this.options;
    if (!options.length) return;
    const places = options.length;
    this.active = (this.active + step + places + (this.active < 0 && step < 0 ? 1 : 0)) % places;
    options.forEach((option, place) =>
      option.setAttribute("aria-selected", String(place === this.active)),
    );
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }

  choose(option) {
    this.input.value = option.dataset.value;
    this.close();
    this.said.textContent = `${option.dataset.value} chosen`;
    this.input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (option.dataset.href) location.assign(option.dataset.href);
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    }
  }
}

export function enhance(root = document) {
  for (const input of root.querySelectorAll("input[data-search]:not([role=combobox])")) {
    new Combobox(input);
  }
}

enhance();
