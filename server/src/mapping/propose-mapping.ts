import { IMPORT_KINDS, type ImportKind, LAYOUTS, type LayoutColumn } from "@touchline/sql";
import type { FieldOrigin, FileMapping } from "../contract/index.ts";
import { nameScore } from "./column-synonyms.ts";
import { datesOf, numbersOf, valueShare } from "./judge-values.ts";

interface FileColumnValues {
  readonly name: string;
  readonly values: readonly string[];
}

export interface ProposalFacts {
  readonly fileName: string;
  readonly columns: readonly FileColumnValues[];
  /** Of the workspace; empty where it has none yet. */
  readonly currency: string;
  readonly encoding: string;
}

/** Below it a name or a value says too little. */
const SURE_ENOUGH = 0.35;

interface Match {
  readonly target: LayoutColumn;
  readonly column: string;
  readonly score: number;
}

/** Every target with every column of the file, the surest first. */
function matchesOf(kind: ImportKind, columns: readonly FileColumnValues[]): Match[] {
  return LAYOUTS[kind]
    .flatMap((target) =>
      columns.map((column): Match => {
        const name = nameScore(target.name, kind, column.name);
        const share = valueShare(target.parsing, column.values);
        // Dates show what they are by their values alone.
        const own = name === 0 && target.required && /^(day|instant)$/.test(target.parsing) && share === 1 ? 0.4 : name;
        return { target, column: column.name, score: own * share };
      }),
    )
    .filter(({ score }) => score >= SURE_ENOUGH)
    .sort((a, b) => b.score - a.score);
}

/** Each column is proposed once, for what it most likely is. */
function assign(kind: ImportKind, columns: readonly FileColumnValues[]): Map<string, Match> {
  const chosen = new Map<string, Match>();
  const used = new Set<string>();
  for (const match of matchesOf(kind, columns)) {
    if (chosen.has(match.target.name) || used.has(match.column)) continue;
    chosen.set(match.target.name, match);
    used.add(match.column);
  }
  return chosen;
}

const IN_HEADER = /(?:^|[^A-Z])(EUR|USD|GBP|CHF|CAD|SEK|NOK|DKK|PLN)(?:[^A-Z]|$)/;

function currencyText({ columns, currency }: ProposalFacts): string {
  for (const { name } of columns) {
    const code = IN_HEADER.exec(name)?.[1];
    if (code !== undefined) return code;
    if (name.includes("€")) return "EUR";
  }
  return currency;
}

/** What stands for a column that the file does not have. */
function textFor(name: string, kind: ImportKind, facts: ProposalFacts): string | null {
  if (name === "currency") return currencyText(facts) || null;
  if (name === "campaign") return "";
  if (name === "interaction") return "click";
  if (name === "conversion_type") return "purchase";
  return kind === "experiments" && name === "method" ? "geo" : null;
}

/** The words of a file's name that would stand in that of the next one too. */
export function sourceNameOf(fileName: string): string {
  const words = fileName
    .replace(/(\.(csv|tsv|txt|ndjson|jsonl|json|parquet|gz))+$/i, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1 && !/^(export|report|rapport|final|copy|copie|data|file)$/.test(word));
  return words.join("-").slice(0, 63).replace(/-+$/, "") || "my-source";
}

function mappingOf(kind: ImportKind, chosen: ReadonlyMap<string, Match>, facts: ProposalFacts): FileMapping {
  const columns: Record<string, FieldOrigin> = {};
  for (const { name, required } of LAYOUTS[kind]) {
    const match = chosen.get(name);
    const text = required ? textFor(name, kind, facts) : null;
    if (match !== undefined) columns[name] = { column: match.column };
    else if (name === "channel" && kind === "touchpoints" && chosen.has("source") && chosen.has("medium")) {
      columns[name] = { rules: rulesFrom(chosen) };
    } else if (text !== null) columns[name] = { text };
  }
  const valuesOf = (parsings: readonly string[]) =>
    [...chosen.values()]
      .filter(({ target }) => parsings.includes(target.parsing))
      .flatMap(({ column }) => facts.columns.find(({ name }) => name === column)!.values);
  return {
    ...{ source: sourceNameOf(facts.fileName), kind, columns },
    numbers: numbersOf(valuesOf(["amount", "cost", "number", "count"])),
    dates: datesOf(valuesOf(["day", "instant"])),
    encoding:
      facts.encoding === "windows-1252" || /^utf-16[lb]e$/.test(facts.encoding)
        ? (facts.encoding as FileMapping["encoding"])
        : null,
    ...{ timeZone: null, legalBasis: null, taxPercent: saysGross(chosen) ? FRENCH_TAX : null, only: [] },
    replaces: kind === "context" || kind === "rates" || kind === "experiments" ? "rows" : null,
  };
}

/** The rate of most things in France, whose exports name amounts with tax TTC. Whoever imports sees it and can change it. */
const FRENCH_TAX = 20;

function saysGross(chosen: ReadonlyMap<string, Match>): boolean {
  return ["cost", "revenue", "amount"].some((name) => /\bttc\b/i.test(chosen.get(name)?.column ?? ""));
}

function rulesFrom(chosen: ReadonlyMap<string, Match>) {
  const column = (name: string) => chosen.get(name)?.column;
  const [source, medium, campaign] = [column("source"), column("medium"), column("campaign")];
  return { ...(source && { source }), ...(medium && { medium }), ...(campaign && { campaign }) };
}

/** How well a kind explains a file: its required columns, found by name, and how many of the file's columns it has a use for. */
function likelihood(kind: ImportKind, chosen: ReadonlyMap<string, Match>, facts: ProposalFacts): number {
  const required = LAYOUTS[kind].filter(({ required: isRequired }) => isRequired);
  const found = required.reduce(
    (sum, { name }) => sum + (chosen.get(name)?.score ?? (textFor(name, kind, facts) === null ? 0 : 0.15)),
    0,
  );
  return found / required.length + (0.5 * chosen.size) / Math.max(4, facts.columns.length);
}

/** A mapping for each kind, the likeliest first. Nothing of it is taken for granted: whoever imports sees and changes it. */
export function proposeMappings(facts: ProposalFacts): FileMapping[] {
  return IMPORT_KINDS.map((kind) => {
    const chosen = assign(kind, facts.columns);
    return { mapping: mappingOf(kind, chosen, facts), score: likelihood(kind, chosen, facts) };
  })
    .sort((a, b) => b.score - a.score)
    .map(({ mapping }) => mapping);
}
