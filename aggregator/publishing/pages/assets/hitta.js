// Where there is a way to the list of towns: a field that finds one's municipality by postal code or town.
for (const find of document.querySelectorAll(".find")) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  label.textContent = "Postnummer eller ort";
  label.htmlFor = field.id = "ort";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.enterKeyHint = "go";
  list.className = "found";
  told.className = "unseen";
  told.setAttribute("role", "status");
  let table = null;

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/-/g, " ").trim();

  const load = async () => {
    table ??= fetch(find.dataset.table).then((answer) => answer.json());
    return table;
  };

  const matches = ({ kommuner, orter, postnummer }, words) => {
    const digits = words.replace(/\s/g, "");
    if (/^\d{3,5}$/.test(digits)) {
      const [first, last] = [digits.padEnd(5, "0"), digits.padEnd(5, "9")];
      const codes = postnummer.filter((run) => run[0] <= last && run[1] >= first).map((run) => run[2]);
      return [...new Set(codes)].map((code) => [kommuner[code][0], code]);
    }
    const asked = plain(words);
    if (asked.length < 2) return [];
    const begin = orter.filter(([name]) => plain(name).startsWith(asked));
    const exact = begin.filter(([name]) => plain(name) === asked);
    return [...exact, ...begin.filter((town) => !exact.includes(town))];
  };

  const show = async () => {
    const words = field.value.trim();
    try {
      const { kommuner, ...others } = await load();
      if (words !== field.value.trim()) return;
      const found = matches({ kommuner, ...others }, words).slice(0, 8);
      list.replaceChildren(...found.map(([name, code]) => {
        const [municipality, path] = kommuner[code];
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `${find.dataset.root}${path}index.html`;
        link.textContent = name === municipality ? name : `${name}, ${municipality}`;
        item.append(link);
        return item;
      }));
      const digits = words.replace(/\s/g, "");
      const asked = /^\d/.test(digits) ? digits.length >= 5 : words.length >= 2;
      told.textContent = found.length ? `${found.length} förslag` : asked ? "Ingen ort med det namnet eller numret" : "";
      told.className = found.length || !asked ? "unseen" : "";
    } catch {
      location.assign(`${find.dataset.root}hitta/index.html`);
    }
  };

  field.addEventListener("focus", () => { load().catch(() => {}); });
  field.addEventListener("input", show);
  field.addEventListener("keydown", (pressed) => {
    const first = list.querySelector("a");
    if (pressed.key === "Enter" && first) first.click();
  });
  find.prepend(label, field, list, told);
}
