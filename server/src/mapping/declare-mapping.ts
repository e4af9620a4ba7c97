import { LAYOUTS } from "@touchline/sql";
import { Connector } from "../connectors/index.ts";
import type { FieldOrigin, FileMapping } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import { columnsOf } from "./columns-of.ts";

/** A name as declarations look for it: one between slashes would be a pattern there. */
function wanted(column: string): string {
  if (!/^\/.+\/$/.test(column)) return column;
  return `/^${column.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$/`;
}

const AMOUNTS = ["revenue", "margin", "predicted_value", "amount", "cost", "platform_value"];

/**
 * The amount without a tax of so many per cent, to the cent. Percents may have three decimals.
 * Law: with a tax of 20 per cent, 120.00 becomes 100.00.
 */
function withoutTax(column: string, percent: number) {
  const tax = Math.round(percent * 1_000);
  return {
    net_of_tax: {
      amount: { column: wanted(column) },
      total: { text: String(100_000 + tax) },
      tax: { text: String(tax) },
    },
  };
}

function declareField(name: string, origin: FieldOrigin, { taxPercent }: FileMapping) {
  if ("text" in origin) return { text: origin.text };
  if ("rules" in origin) {
    const parts = Object.entries(origin.rules).flatMap(([part, column]) =>
      column === undefined ? [] : [[part, { column: wanted(column) }]],
    );
    return { channel: Object.fromEntries(parts) as Record<string, unknown> };
  }
  if (taxPercent !== null && AMOUNTS.includes(name)) return withoutTax(origin.column, taxPercent);
  const replace = Object.entries(origin.replace ?? {});
  // Written without a prototype: a text may be called like anything.
  return { column: wanted(origin.column), ...(replace.length === 0 ? {} : { map: Object.fromEntries(replace) }) };
}

/** Columns that the file itself names; those that were given a name, or a second one, are found by their place. */
function headerGroups(mapping: FileMapping): string[][] {
  return columnsOf(mapping)
    .filter((name) => !/^column \d+$/.test(name) && name !== "")
    .map((name) => [...new Set([name, name.replace(/ \(\d+\)$/, "")])]);
}

/**
 * A mapping as a declaration: from here on a file of a member's own is read like the export of any tool.
 * @throws UserError that names the columns which are missing
 */
export function declareMapping(mapping: FileMapping): Connector {
  const layout = LAYOUTS[mapping.kind];
  const missing = layout.filter(({ name, required }) => required && mapping.columns[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    throw new UserError(`say where to find ${names}: ${mapping.kind} cannot be without`);
  }
  const known = new Set(layout.map(({ name }) => name));
  const columns = Object.entries(mapping.columns)
    .filter(([name]) => known.has(name))
    .map(([name, origin]) => [name, declareField(name, origin, mapping)]);
  const groups = headerGroups(mapping);
  const declared = Connector.safeParse({
    ...{ name: mapping.source, title: mapping.source, numbers: mapping.numbers, dates: mapping.dates },
    ...(mapping.legalBasis === null ? {} : { legal_basis: mapping.legalBasis }),
    ...(mapping.timeZone === null ? {} : { time_zone: mapping.timeZone }),
    ...(mapping.encoding === null ? {} : { encoding: mapping.encoding }),
    ...(groups.length === 0 ? {} : { header: groups }),
    tables: [
      {
        kind: mapping.kind,
        columns: Object.fromEntries(columns),
        take: mapping.only.map(({ column, is }) => ({ value: { column: wanted(column) }, is })),
        ...(mapping.replaces === null ? {} : { replaces: mapping.replaces }),
      },
    ],
  });
  if (declared.success) return declared.data;
  const [issue] = declared.error.issues;
  throw new UserError(`the mapping cannot be used: ${issue!.path.join(".")}: ${issue!.message}`);
}
