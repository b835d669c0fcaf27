/** A labelled slider; `view(slider(…))` makes its value one that other cells follow. */
export interface Slider {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly value: number;
  /** How the value is shown; plainly unless given. */
  readonly format?: (value: number) => string;
  /** Tells of a change only when it is let go: for cells that take their time. */
  readonly settled?: boolean;
}

export function slider(options: Slider): HTMLElement & { value: number } {
  const { label, min, max, step = 1, value, format = String, settled = false } = options;
  const control = document.createElement("div");
  control.className = "control";
  const name = control.appendChild(document.createElement("label"));
  const input = control.appendChild(document.createElement("input"));
  const output = control.appendChild(document.createElement("output"));
  name.textContent = label;
  name.htmlFor = input.id = `slider-${label.toLowerCase().replace(/\W+/g, "-")}`;
  Object.assign(input, { type: "range", min, max, step, value });
  output.htmlFor.add(input.id);

  const element = Object.assign(control, { value });
  const show = () => {
    output.textContent = format(input.valueAsNumber);
  };
  input.addEventListener("input", (event) => {
    show();
    if (settled) event.stopPropagation();
    else element.value = input.valueAsNumber;
  });
  input.addEventListener("change", () => {
    element.value = input.valueAsNumber;
    if (settled) element.dispatchEvent(new Event("input"));
  });
  show();
  return element;
}

/** A choice among a few words, as buttons of which one is pressed in. */
export function choice<const Option extends string>(options: {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: Option;
}): HTMLElement & { value: Option } {
  const control = document.createElement("fieldset");
  control.className = "control";
  control.appendChild(document.createElement("legend")).textContent = options.label;
  const element = Object.assign(control, { value: options.value });
  const group = `choice-${options.label.toLowerCase().replace(/\W+/g, "-")}`;
  for (const option of options.options) {
    const label = control.appendChild(document.createElement("label"));
    const input = label.appendChild(document.createElement("input"));
    Object.assign(input, { type: "radio", name: group, checked: option === options.value });
    label.append(option);
    input.addEventListener("input", () => {
      element.value = option;
    });
  }
  return element;
}
