import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CommandIo } from "../../io.ts";
import { readJson, readText } from "../read-json.ts";
import { readParametersCsv, readPointsCsv } from "./csv-curves.ts";
import { readCsv } from "./csv-table.ts";
import { type GivenModel, refuseFile } from "./given-model.ts";
import { isMeridian, readMeridian } from "./meridian.ts";
import { readOwnJson } from "./own-json.ts";
import { isPymcJson, isPymcTable, readPymcJson, readPymcTable } from "./pymc-marketing.ts";
import { isRobyn, readRobyn } from "./robyn.ts";

/** Reads a file with curves in any of the layouts of docs/curves-file.md; which one, its content says. @throws UserError */
export function readGivenCurves(file: string, io: CommandIo): GivenModel {
  if (/\.json$/i.test(file)) {
    const json = readJson(file, io);
    if (isRobyn(json)) return readRobyn(file, json, () => rawDataBeside(file, io));
    return isPymcJson(json) ? readPymcJson(file, json) : readOwnJson(file, json);
  }
  const table = readCsv(file, readText(file, io));
  const has = (...columns: string[]) => columns.every((column) => table.columns.includes(column));
  if (!has("channel")) refuseFile(file, `has no column channel; its columns are ${table.columns.join(", ")}`);
  if (isMeridian(table)) return readMeridian(file, table);
  if (isPymcTable(table)) return readPymcTable(file, table);
  if (has("family")) return readParametersCsv(file, table);
  if (has("spend", "response")) return readPointsCsv(file, table);
  return refuseFile(
    file,
    `has neither spend and response, nor family and parameters; its columns are ${table.columns.join(", ")}`,
  );
}

/** Robyn writes the data of a model into the folder of its export. */
function rawDataBeside(file: string, io: CommandIo): readonly Readonly<Record<string, string>>[] | null {
  const path = join(dirname(resolve(io.cwd, file)), "raw_data.csv");
  if (!existsSync(path)) return null;
  const { rows } = readCsv(path, readText(path, io), (heading) => heading);
  return rows.map(({ cells }) => cells);
}
