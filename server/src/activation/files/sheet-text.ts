/** Rows as text: cells in quotes where they hold what would end them; lines end as spreadsheets end them. */
export function csvText(rows: readonly (readonly string[])[], separator: "," | "\t"): string {
  const cell = (text: string) =>
    text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join("");
}

/** With the byte order mark by which programs tell the encoding. */
export function withMark(encoding: "utf-8" | "utf-16le", text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, encoding === "utf-8" ? "utf8" : "utf16le");
}
