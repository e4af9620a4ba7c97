import { type Curve, parseCurve } from "@touchline/solver";
import { channelOfPoints, type GivenPoint } from "./channel-of-points.ts";
import { type CsvRow, type CsvTable, optionalCell, requireCell } from "./csv-table.ts";
import { type GivenChannel, type GivenModel, meanOf, refuseFile, thinned } from "./given-model.ts";

/** Rows of a table by channel, in the order of their first appearance. */
export function rowsByChannel(file: string, { rows }: CsvTable): ReadonlyMap<string, readonly CsvRow[]> {
  const byChannel = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const name = row.cells.channel ?? "";
    if (name === "") refuseFile(file, `line ${row.line}: names no channel`);
    byChannel.set(name, [...(byChannel.get(name) ?? []), row]);
  }
  if (byChannel.size === 0) refuseFile(file, "has no rows");
  return byChannel;
}

/** The first amount of a channel's column that stands in any of its rows. */
export function firstCell(file: string, rows: readonly CsvRow[], column: string): number | null {
  for (const row of rows) {
    const value = optionalCell(file, row, column);
    if (value !== null) return value;
  }
  return null;
}

/** `channel,spend,response[,low,high][,current]`: points along each channel's curve. */
export function readPointsCsv(file: string, table: CsvTable, level = 0.9): GivenModel {
  const notes: string[] = [];
  const channels = [...rowsByChannel(file, table)].map(([name, rows], i): GivenChannel => {
    const points = rows.map(
      (row): GivenPoint => ({
        spend: requireCell(file, row, "spend"),
        response: requireCell(file, row, "response"),
        low: optionalCell(file, row, "low"),
        high: optionalCell(file, row, "high"),
      }),
    );
    const { channel, note } = channelOfPoints({ file, name, level }, points, i);
    if (note !== null) notes.push(note);
    return { ...channel, current: firstCell(file, rows, "current"), flags: [] };
  });
  return { currency: null, days: null, channels, notes };
}

const PARAMETERS = ["beta", "k", "s", "a", "b", "p", "lam"];

/** `channel,family,beta,k,s,…[,draw][,current]`: parameters of each channel's curve; several rows of a channel are its draws. */
export function readParametersCsv(file: string, table: CsvTable): GivenModel {
  const channels = [...rowsByChannel(file, table)].map(([name, rows]): GivenChannel => {
    const curves = rows.map((row) => readParameters(file, row));
    const draws = curves.length > 1 ? thinned(curves) : [];
    return {
      name,
      curve: draws.length > 0 ? meanOf(draws) : curves[0]!,
      draws,
      current: firstCell(file, rows, "current"),
      largestSpendSeen: firstCell(file, rows, "largest_spend_seen"),
      flags: [],
    };
  });
  return { currency: null, days: null, channels, notes: [] };
}

function readParameters(file: string, row: CsvRow): Curve {
  const given = PARAMETERS.flatMap((parameter) => {
    const value = optionalCell(file, row, parameter);
    return value === null ? [] : [[parameter, value]];
  });
  const read = parseCurve(`line ${row.line}`, { type: row.cells.family, ...Object.fromEntries(given) });
  return read.kind === "ok" ? read.curve : refuseFile(file, read.reason.replace(".type:", ": family:"));
}
