import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeSimulatedShop } from "@touchline/server/demo";
import type { ClickHouseNode } from "../support/clickhouse/node.ts";

/** Files of a small shop, the same at every run: conversions in three formats, with rows that must be refused. */
export interface SampleFiles {
  readonly touchpoints: string;
  readonly spend: string;
  readonly conversions: readonly string[];
  /** Rows of the files that are good. */
  readonly counts: { readonly touchpoints: number; readonly spend: number; readonly conversions: number };
  /** The touchpoints again, in two files that share no row. */
  readonly halves: readonly { readonly path: string; readonly rows: number }[];
}

/** Lines of the CSV and the NDJSON file that are refused. */
export const BAD_CSV_LINES = { revenue: 7, columns: 20, time: 21 } as const;
export const BAD_NDJSON_LINES = { currency: 5, json: 12 } as const;

/** Puts a text so that it becomes line `line` of the file, counted from 1. */
function insertLines(lines: readonly string[], inserted: readonly (readonly [number, string])[]): string[] {
  const result = [...lines];
  for (const [line, text] of inserted) result.splice(line - 1, 0, text);
  return result;
}

const readLines = (path: string): string[] => readFileSync(path, "utf8").trimEnd().split("\n");

/** Writes the files into a folder that exists. The server makes the Parquet file. */
export async function writeSampleFiles(folder: string, server: ClickHouseNode): Promise<SampleFiles> {
  const shop = await writeSimulatedShop(folder, { people: 2_000, days: 120 });
  const file = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join("\n")}\n`);
    return path;
  };

  const [header, ...rows] = readLines(shop.conversions) as [string, ...string[]];
  const third = Math.ceil(rows.length / 3);
  const csv = file(
    "conversions-1.csv",
    insertLines(
      [header, ...rows.slice(0, third)],
      [
        [BAD_CSV_LINES.revenue, "bad1,2026-09-01T10:00:00Z,v000001,purchase,twelve,EUR,1,o1,Kids,new"],
        [BAD_CSV_LINES.columns, "bad2,2026-09-01T10:00:00Z,v000001"],
        [BAD_CSV_LINES.time, "bad3,yesterday,v000001,purchase,12,EUR,1,o3,Kids,new"],
      ],
    ),
  );

  const names = header.split(",");
  const objects = rows
    .slice(third, 2 * third)
    .map((row) => JSON.stringify(Object.fromEntries(row.split(",").map((text, i) => [names[i]!, text]))));
  const ndjson = join(folder, "conversions-2.ndjson.gz");
  const bad = JSON.stringify({ ...(JSON.parse(objects[0]!) as object), conversion_id: "bad4", currency: "euro" });
  const lines = insertLines(objects, [
    [BAD_NDJSON_LINES.currency, bad],
    [BAD_NDJSON_LINES.json, '{"conversion_id": "bad5"'],
  ]);
  writeFileSync(ndjson, gzipSync(`${lines.join("\n")}\n`));

  const rest = file("conversions-3.csv", [header, ...rows.slice(2 * third)]);
  const parquet = join(folder, "conversions-3.parquet");
  writeFileSync(
    parquet,
    await server.query(`
      SELECT * REPLACE (parseDateTime64BestEffort(occurred_at, 3, 'UTC') AS occurred_at,
        toDecimal64(revenue, 2) AS revenue, toDecimal64(margin, 2) AS margin)
      FROM file('${rest}', 'CSVWithNames', '${names.map((name) => `${name} String`).join(", ")}') FORMAT Parquet`),
  );

  const [touchHeader, ...touches] = readLines(shop.touchpoints) as [string, ...string[]];
  const middle = Math.floor(touches.length / 2);
  const halves = [touches.slice(0, middle), touches.slice(middle)].map((half, i) => ({
    path: file(`touchpoints-${i + 1}.csv`, [touchHeader, ...half, `bad,never,v${i + 1},Search,none,click,phone,FR,x`]),
    rows: half.length,
  }));

  const { people: _people, ...counts } = shop.counts;
  return { touchpoints: shop.touchpoints, spend: shop.spend, conversions: [csv, ndjson, parquet], counts, halves };
}
