import {
  type ChannelRules,
  channelExpression,
  type NumberStyle,
  type RowFilter,
  type SourceColumn,
  type ValueSource,
} from "@touchline/sql";
import { findColumn } from "./column-names.ts";
import type { Condition, Value } from "./connector.ts";

/** What the values of one column of a table are read with. */
export interface Scope {
  readonly columns: readonly SourceColumn[];
  readonly nulls: readonly string[];
  /** Null where the text is no number. */
  readonly numbers: NumberStyle | null;
  /** Null where the text is no date, or has its year first. */
  readonly dates: "day-first" | "month-first" | null;
  /** How amounts inside a calculation are written. */
  readonly amounts: NumberStyle;
  readonly channelRules: ChannelRules;
}

const listed = (names: string | readonly string[]): readonly string[] => (typeof names === "string" ? [names] : names);

/** Where a declared value comes from in this file; null where the file has no such column. */
export function resolveValue(value: Value, scope: Scope): ValueSource | null {
  const origin = originOf(value, scope);
  if (origin === null) return value.default === undefined ? null : { kind: "constant", text: value.default };
  let source = origin;
  if (value.url_parameter !== undefined) source = { kind: "url-parameter", of: source, name: value.url_parameter };
  if (value.host === true) source = { kind: "host", of: source };
  if (value.extract !== undefined) source = { kind: "extracted", of: source, pattern: value.extract };
  if (value.lower === true) source = { kind: "lower", of: source };
  if (value.scale !== undefined) source = { kind: "scaled", of: source, by: value.scale };
  if (value.only_if !== undefined) {
    const by = resolveCondition(value.only_if, { ...scope, numbers: null, dates: null }, false);
    if (by === null) return null;
    source = { kind: "guarded", of: source, by };
  }
  if (value.map !== undefined) {
    const texts = Object.entries(value.map);
    source = { kind: "translated", of: source, texts, otherwise: value.otherwise ?? null };
  }
  if (value.default !== undefined) {
    source = { kind: "first", of: [source, { kind: "constant", text: value.default }] };
  }
  return source;
}

function originOf(value: Value, scope: Scope): ValueSource | null {
  if (value.text !== undefined) return { kind: "constant", text: value.text };
  if (value.header !== undefined) return headerText(value.header, scope.columns);
  if (value.first !== undefined) return firstOf(value.first, scope);
  if (value.join !== undefined) {
    const parts = all(value.join, scope);
    return parts === null ? null : { kind: "joined", of: parts, between: value.with ?? "" };
  }
  if (value.sum !== undefined) return sumOf(value.sum, value.less ?? [], scope);
  if (value.net_of_tax !== undefined) {
    const { amount, total, tax } = value.net_of_tax;
    const parts = all([amount, total, tax], inAmounts(scope));
    return parts === null ? null : { kind: "net-of-tax", amount: parts[0]!, total: parts[1]!, tax: parts[2]! };
  }
  if (value.channel !== undefined) return channelOf(value.channel, scope);
  const leaf = leafOf(value, scope.columns);
  return leaf === null ? null : cleaned(leaf, scope);
}

/** A condition in this file; null where the file has no such column. */
export function resolveCondition(condition: Condition, scope: Scope, negated: boolean): RowFilter | null {
  const { is, starts_with: starts, matches, same_as: same, above } = condition;
  const value = resolveValue(condition.value, above === undefined ? scope : inAmounts(scope));
  if (value === null) return null;
  if (is !== undefined) return { value, holds: "is", texts: is, negated };
  if (starts !== undefined) return { value, holds: "starts", texts: starts, negated };
  if (matches !== undefined) return { value, holds: "matches", texts: matches, negated };
  if (above !== undefined) return { value, holds: "above", texts: [above], negated };
  if (same === undefined) return { value, holds: "is", texts: [""], negated };
  const other = resolveValue(same, scope);
  return other === null ? null : { value, other, negated };
}

function headerText(pattern: string, columns: readonly SourceColumn[]): ValueSource | null {
  const matcher = new RegExp(pattern, "iu");
  for (const { name } of columns) {
    const text = matcher.exec(name)?.[1];
    if (text !== undefined) return { kind: "constant", text };
  }
  return null;
}

/** A value as it stands in the file. */
function leafOf(value: Value, columns: readonly SourceColumn[]): ValueSource | null {
  const named = (names: readonly string[]): ValueSource | null => {
    const column = findColumn(columns, names);
    return column === undefined ? null : { kind: "column", column };
  };
  const nested = ([first, ...path]: readonly string[]): ValueSource | null => {
    const of = named([first!]);
    return of === null || path.length === 0 ? of : { kind: "path", of, path };
  };
  if (value.column !== undefined) return named(listed(value.column));
  if (value.path !== undefined) return nested(value.path);
  if (value.cell !== undefined) {
    const column = columns[value.cell - 1];
    return column === undefined ? null : { kind: "column", column };
  }
  if (value.item !== undefined)
    return value.item.length === 0 ? { kind: "item" } : { kind: "path", of: { kind: "item" }, path: value.item };
  if (value.entry !== undefined) {
    const of = nested(value.entry.list);
    if (of === null) return null;
    return { kind: "entry", of, key: value.entry.key, keyName: value.entry.key_name, valuePaths: value.entry.values };
  }
  return null;
}

/** Without what stands for nothing; numbers and dates as they are written everywhere. */
function cleaned(leaf: ValueSource, { nulls, numbers, dates }: Scope): ValueSource {
  let source = leaf;
  if (nulls.length > 0) source = { kind: "blanked", of: source, texts: nulls };
  if (numbers !== null) source = { kind: "number", of: source, style: numbers };
  if (dates !== null) source = { kind: "date", of: source, order: dates };
  return source;
}

function all(values: readonly Value[], scope: Scope): ValueSource[] | null {
  const sources = values.map((value) => resolveValue(value, scope));
  return sources.includes(null) ? null : (sources as ValueSource[]);
}

function firstOf(values: readonly Value[], scope: Scope): ValueSource | null {
  const sources = values.map((value) => resolveValue(value, scope)).filter((source) => source !== null);
  return sources.length === 0 ? null : { kind: "first", of: sources };
}

const inAmounts = (scope: Scope): Scope => ({ ...scope, numbers: scope.amounts, dates: null });

function sumOf(plus: readonly Value[], minus: readonly Value[], scope: Scope): ValueSource | null {
  const [added, taken] = [all(plus, inAmounts(scope)), all(minus, inAmounts(scope))];
  return added === null || taken === null ? null : { kind: "sum", plus: added, minus: taken };
}

function channelOf(parts: NonNullable<Value["channel"]>, scope: Scope): ValueSource {
  const absent: ValueSource = { kind: "absent" };
  const part = (value: Value | undefined) => (value === undefined ? absent : (resolveValue(value, scope) ?? absent));
  const { source, medium, campaign, click_id: clickId, referrer } = parts;
  return {
    kind: "computed",
    rules: scope.channelRules,
    parts: {
      source: part(source),
      medium: part(medium),
      campaign: part(campaign),
      clickId: part(clickId),
      referrer: part(referrer),
    },
    sql: (texts) =>
      channelExpression(scope.channelRules, {
        source: texts.source!,
        medium: texts.medium!,
        campaign: texts.campaign!,
        clickId: texts.clickId!,
        referrer: texts.referrer!,
      }),
  };
}
