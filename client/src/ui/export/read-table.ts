import type { TableModel } from "../table-model.ts";

/** What can be read of a part of a cell: what is chosen in a list counts, what is only there to be pressed does not. */
function textOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || node.matches("button.button, input, svg")) return "";
  if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.text ?? "";
  return [...node.childNodes].map(textOf).join(" ");
}

const tidy = (cell: Element): string => textOf(cell).replace(/\s+/g, " ").trim();

/** The table of a card as it stands on the page, as text: for lists of names and states, which have no figures to keep exact. */
export function readTable(card: Element | null | undefined): TableModel {
  const rows = [...(card?.querySelectorAll("table tr") ?? [])].map((row) => [...row.querySelectorAll("th, td")]);
  const [head = [], ...body] = rows;
  return {
    columns: head.map((cell) => ({ label: tidy(cell), isNumeric: cell.classList.contains("numeric") })),
    rows: body.map((cells, index) => ({ id: String(index), cells: cells.map(tidy) })),
  };
}
