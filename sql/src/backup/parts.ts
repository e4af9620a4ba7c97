import type { Readable } from "node:stream";
import type { Engine } from "../engine.ts";
import { quoteIdentifier, quoteText } from "../imports/quoting.ts";
import type { Warehouse } from "../warehouse.ts";
import type { SnapshotPart, TableSnapshot } from "./snapshot.ts";

/** How many rows there are and what they add up to, each one hashed byte by byte: the same rows in any order give the same. */
export interface RowSum {
  readonly rows: number;
  readonly checksum: string;
}

const listed = (columns: readonly string[]) => columns.map(quoteIdentifier).join(", ");

/** @returns of the rows of a part in a snapshot */
export function sumPart({ engine }: Warehouse, { held, columns }: TableSnapshot, part: SnapshotPart): Promise<RowSum> {
  return sumRows(engine, held, columns, `WHERE _part = ${quoteText(part.name)}`);
}

export async function sumRows(engine: Engine, table: string, columns: readonly string[], where = ""): Promise<RowSum> {
  const [row] = (await engine.rows(
    "sum-rows",
    `SELECT toString(count()) AS rows, toString(sum(cityHash64(formatRow('RowBinary', ${listed(columns)})))) AS checksum
     FROM ${quoteIdentifier(table)} ${where}`,
  )) as { rows: string; checksum: string }[];
  return { rows: Number(row!.rows), checksum: row!.checksum };
}

/** What the rows of parts add up to together. */
export function addSums(sums: readonly RowSum[]): RowSum {
  const checksum = sums.reduce((sum, each) => BigInt.asUintN(64, sum + BigInt(each.checksum)), 0n);
  return { rows: sums.reduce((sum, { rows }) => sum + rows, 0), checksum: String(checksum) };
}

const rowsOfPart = ({ held, columns }: TableSnapshot, part: SnapshotPart) =>
  `SELECT ${listed(columns)} FROM ${quoteIdentifier(held)} WHERE _part = ${quoteText(part.name)}`;

/** Writes a part to a new file of this machine, gzipped; for the engine in the folder. @param path ends in .gz */
export function writePart({ engine }: Warehouse, snapshot: TableSnapshot, part: SnapshotPart, path: string) {
  return engine.run(
    "write-part",
    `INSERT INTO FUNCTION file(${quoteText(path)}, 'Native') ${rowsOfPart(snapshot, part)}`,
  );
}

/** The bytes of a part, as a server sends them. */
export function streamPart({ engine }: Warehouse, snapshot: TableSnapshot, part: SnapshotPart): Promise<Readable> {
  return engine.nativeStream("stream-part", rowsOfPart(snapshot, part));
}
