// Beside each address of a newsfeed: a button that copies it.
for (const address of document.querySelectorAll(".address")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Kopiera";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.querySelector("code").textContent);
      button.textContent = "Kopierad";
    } catch {
      getSelection().selectAllChildren(address.querySelector("code"));
      button.textContent = "Markerad";
    }
    setTimeout(() => { button.textContent = "Kopiera"; }, 3000);
  });
  address.append(button);
}
