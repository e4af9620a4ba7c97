/**
 * What somebody pastes of a spreadsheet: amounts of one column, or names and amounts of two.
 * @returns null where it is a single value, which the field takes by itself
 */
export function readColumn(text: string): { readonly name: string | null; readonly amount: string }[] | null {
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  if (lines.length < 2 && !text.includes("\t")) return null;
  return lines.map((line) => {
    const cells = line.split("\t").map((cell) => cell.trim());
    return { name: cells.length > 1 ? (cells[0] ?? null) : null, amount: cells.at(-1) ?? "" };
  });
}

/** Puts a pasted column into the fields: by name where it has names, otherwise from the field on that it was pasted into. */
export function fillColumn(
  channels: readonly string[],
  at: string,
  rows: NonNullable<ReturnType<typeof readColumn>>,
): Record<string, string> {
  const known = new Map(channels.map((channel) => [channel.toLocaleLowerCase(), channel]));
  const start = channels.indexOf(at);
  return Object.fromEntries(
    rows.flatMap(({ name, amount }, i) => {
      const channel = name === null ? channels[start + i] : known.get(name.toLocaleLowerCase());
      return channel === undefined ? [] : [[channel, amount]];
    }),
  );
}
