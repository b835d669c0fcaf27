/** A text as a block of code. */
export function code(text: string): HTMLElement {
  const block = document.createElement("pre");
  block.appendChild(document.createElement("code")).textContent = text.trimEnd();
  return block;
}
