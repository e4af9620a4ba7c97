export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, (character) => `\\${character}`)}\``;
}

/** How a column of the file is called inside a query: its own name could be that of a column which the query makes. */
export function fileColumn(name: string): string {
  return quoteIdentifier(`file: ${name}`);
}

/** How the item is called inside a query that takes the items of a list one by one; no column of a file is called so. */
export const ITEM = quoteIdentifier("item of the row");

export function quoteText(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
