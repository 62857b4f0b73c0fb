// Search in the reader's own browser, in what Pagefind has made of the articles' pages.
const place = document.getElementById("sok");

const made = (name, told = {}, ...within) => {
  const element = Object.assign(document.createElement(name), told);
  element.append(...within);
  return element;
};

const choice = (id, words, counts) => {
  const names = Object.keys(counts).sort((one, other) => one.localeCompare(other, "sv"));
  const select = made("select", { id }, made("option", { value: "", textContent: "Alla" }));
  select.append(...names.map((name) => made("option", { value: name, textContent: name })));
  return [select, made("p", {}, made("label", { htmlFor: id, textContent: words }), select)];
};

try {
  const pagefind = await import("./sok/pagefind/pagefind.js");
  await pagefind.options({ baseUrl: new URL("../", location.href).pathname, excerptLength: 25 });
  const filters = await pagefind.filters();
  const field = made("input", { id: "ord", type: "search", autocomplete: "off" });
  const [county, countyRow] = choice("lan", "Län", filters.lan ?? {});
  const [town, townRow] = choice("kommun", "Kommun", filters.kommun ?? {});
  const [kind, kindRow] = choice("slag", "Slag", filters.slag ?? {});
  const order = made("select", { id: "ordning" },
    made("option", { value: "", textContent: "Det som passar bäst först" }),
    made("option", { value: "desc", textContent: "Nyast först" }));
  const told = made("p", { role: "status" });
  const results = made("ol", { className: "results" });
  const more = made("button", { type: "button", textContent: "Visa fler", hidden: true });
  place.replaceChildren(
    made("p", {}, made("label", { htmlFor: "ord", textContent: "Sök efter" }), field),
    made("div", { className: "choices" }, countyRow, townRow, kindRow,
      made("p", {}, made("label", { htmlFor: "ordning", textContent: "Ordning" }), order)),
    told, results, more,
  );

  let found = [];
  let shown = 0;

  const show = async () => {
    const next = await Promise.all(found.slice(shown, shown + 10).map((result) => result.data()));
    shown += next.length;
    more.hidden = shown >= found.length;
    results.append(...next.map((page) => {
      const excerpt = made("p", {});
      excerpt.innerHTML = page.excerpt;
      return made("li", {}, made("a", { href: page.url, textContent: page.meta.title }), excerpt);
    }));
  };

  const search = async () => {
    const filtered = Object.fromEntries([["lan", county], ["kommun", town], ["slag", kind]]
      .filter(([, select]) => select.value).map(([name, select]) => [name, select.value]));
    const answer = await pagefind.debouncedSearch(field.value.trim() || null, {
      filters: filtered, sort: order.value ? { datum: order.value } : {},
    });
    if (answer === null) return;
    found = field.value.trim() || Object.keys(filtered).length ? answer.results : [];
    shown = 0;
    results.replaceChildren();
    told.textContent = found.length ? `${found.length} ${found.length === 1 ? "nyhet" : "nyheter"}`
      : field.value.trim() ? "Inget hittades. Prova ett annat ord, eller färre val." : "";
    await show();
  };

  for (const control of [field, county, town, kind, order]) control.addEventListener("input", search);
  more.addEventListener("click", show);

  // sok/?q=cykel searches at once.
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value.trim()) await search();
} catch {
  place.firstElementChild.textContent =
    "Sökningen går inte att använda just nu. Allt finns också i länens arkiv, månad för månad.";
}
