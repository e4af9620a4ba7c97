import { readFileSync } from "node:fs";
import { IsoDate } from "../contract/index.ts";
import { delimiterOf, splitHeader } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import { type DatedPanel, panelOf, type RegionDay } from "./panel.ts";

const COLUMNS = ["date", "region", "value"] as const;

function readLines(path: string, name: string): string[] {
  try {
    return readFileSync(path, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
  } catch (error) {
    throw new UserError(`${name} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * A panel from a CSV file with the columns date, region and value, in any order among others: one row a region and day, rows of one day and
 * region add up.
 * @throws UserError that names the line
 */
export function readPanelFile(path: string, name: string): DatedPanel {
  const [header = "", ...lines] = readLines(path, name);
  const delimiter = delimiterOf(header);
  const heads = splitHeader(header, delimiter).map((head) => head.toLowerCase());
  const [dateAt, regionAt, valueAt] = COLUMNS.map((column) => {
    const at = heads.indexOf(column);
    if (at < 0) throw new UserError(`${name} has no column ${column}; a panel has the columns ${COLUMNS.join(", ")}`);
    return at;
  }) as [number, number, number];
  const rows = lines.flatMap((line, i): RegionDay[] => {
    if (line.trim() === "") return [];
    const cells = splitHeader(line, delimiter);
    const [date = "", region = "", text = ""] = [cells[dateAt], cells[regionAt], cells[valueAt]];
    const value = Number(delimiter === ";" ? text.replace(",", ".") : text);
    const where = `${name}, line ${i + 2}`;
    if (!IsoDate.safeParse(date).success)
      throw new UserError(`${where}: date "${date}" is not a day such as 2026-03-31`);
    if (region === "") throw new UserError(`${where}: region is empty`);
    if (text.trim() === "" || !Number.isFinite(value)) throw new UserError(`${where}: value "${text}" is not a number`);
    return [{ date, region, value }];
  });
  if (rows.length === 0) throw new UserError(`${name} has a header and no rows`);
  const days = rows.map(({ date }) => date).sort();
  return panelOf(rows, { from: days[0]!, to: days.at(-1)! });
}
