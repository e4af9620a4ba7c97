import {
  type ChannelRules,
  LAYOUTS,
  type NumberStyle,
  type RowFilter,
  type SourceFile,
  type StagePlan,
  type ValueSource,
} from "@touchline/sql";
import type { LegalBasis } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import { findColumn } from "./column-names.ts";
import type { Connector, ConnectorTable, Value } from "./connector.ts";
import { resolveCondition, resolveValue, type Scope } from "./resolve-value.ts";

/** How a file is imported that a declaration describes. */
export interface ResolvedTable extends Pick<StagePlan, "sources" | "replacements" | "filters" | "extras"> {
  readonly options: {
    readonly timeZone?: string | undefined;
    /** Always false: numbers come in one style by the time they are parsed. */
    readonly decimalComma: false;
    readonly legalBasis?: LegalBasis | undefined;
    readonly source: string;
    readonly restates: "never" | "row" | "days";
  };
}

/** The file lacks what a table needs; where the table is optional, that is no mistake. */
export class TableNotInFile extends UserError {}

/** The parsings whose texts are numbers, and whether only whole ones are. */
const NUMBERS: Readonly<Record<string, "amount" | "whole">> = {
  amount: "amount",
  cost: "amount",
  number: "amount",
  count: "whole",
};
const DATES: readonly string[] = ["day", "instant"];

/**
 * Decides where each column of a table comes from in this file.
 * @throws TableNotInFile with a sentence that names the column which is missing and those that the file has
 */
export function resolveConnector(
  declaration: Connector,
  table: ConnectorTable,
  file: { readonly name: string; readonly source: SourceFile },
  channelRules: ChannelRules,
): ResolvedTable {
  const { columns, items } = file.source;
  const locale = declaration.locales.find(({ when }) => when.some((name) => findColumn(columns, [name]) !== undefined));
  const marks = locale?.numbers ?? declaration.numbers;
  const order = locale?.dates ?? declaration.dates;
  const styles: Record<"amount" | "whole", NumberStyle> = { amount: marks, whole: `whole-${marks}` };
  const scope: Scope = {
    columns,
    nulls: declaration.nulls,
    numbers: null,
    dates: null,
    amounts: styles.amount,
    channelRules,
  };
  const missing = (what: string, value: Value) => {
    const found = `its columns are ${columns.map(({ name }) => name).join(", ")}`;
    return new TableNotInFile(
      `${file.name} has no ${wantedOf(value)}, which ${declaration.name} reads for ${what}; ${found}: add it to the export, unless this is the export of another tool`,
    );
  };
  const sources = new Map<string, ValueSource>();
  for (const { name, parsing, required } of LAYOUTS[table.kind]) {
    const value = table.columns[name];
    if (value === undefined) {
      if (name === "source") sources.set(name, { kind: "constant", text: declaration.name });
      continue;
    }
    const numeric = NUMBERS[parsing];
    const isDate = DATES.includes(parsing) && order !== "year-first";
    const source = resolveValue(value, {
      ...scope,
      numbers: numeric === undefined ? null : styles[numeric],
      dates: isDate ? order : null,
    });
    if (source !== null) sources.set(name, source);
    else if (required) throw missing(name, value);
  }
  const take = table.take.map((condition) => {
    const filter = resolveCondition(condition, scope, false);
    if (filter === null) throw missing("its choice of rows", condition.value);
    return filter;
  });
  const drop = table.drop
    .map((condition) => resolveCondition(condition, scope, true))
    .filter((filter) => filter !== null);
  return {
    sources,
    replacements: new Map(),
    filters: [...(items === undefined ? [] : [HAS_ITEM]), ...take, ...drop],
    extras: table.keep.map((name) => findColumn(columns, [name])).filter((column) => column !== undefined),
    options: {
      timeZone: declaration.time_zone,
      decimalComma: false,
      legalBasis: declaration.legal_basis,
      source: declaration.name,
      restates: table.replaces === undefined ? "never" : table.replaces === "days" ? "days" : "row",
    },
  };
}

const HAS_ITEM: RowFilter = { value: { kind: "item" }, holds: "is", texts: [""], negated: true };

/** What a declared value looks for, in words. */
function wantedOf(value: Value): string {
  const names = wantedNames(value);
  return names.length === 0 ? "such value" : `column ${names.map((name) => `"${name}"`).join(" or ")}`;
}

function wantedNames(value: Value): string[] {
  const own = value.column ?? value.path?.slice(0, 1) ?? value.entry?.list.slice(0, 1) ?? [];
  const { amount, total, tax } = value.net_of_tax ?? {};
  const parts = [...(value.first ?? value.join ?? value.sum ?? []), ...(value.less ?? []), amount, total, tax];
  const nested = parts.flatMap((part) => (part === undefined ? [] : wantedNames(part)));
  return [...new Set([...(typeof own === "string" ? [own] : own), ...nested])];
}
