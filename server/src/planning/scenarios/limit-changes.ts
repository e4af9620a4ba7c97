import type { LimitChange, ProposeInput } from "../../contract/index.ts";
import { amount } from "../limit-words.ts";

type Figure = number | string | null;

/** What is asked for otherwise than before, limit by limit. */
export function limitChanges(before: ProposeInput, after: ProposeInput): LimitChange[] {
  const scalars = SCALARS.flatMap(({ code, label, of }) => changed(code, null, label, of(before), of(after)));
  const lists = LISTS.flatMap(({ code, label, of }) => {
    const [then, now] = [of(before), of(after)];
    const names = [...new Set([...then.keys(), ...now.keys()])].sort();
    return names.flatMap((name) => changed(code, name, label(name), then.get(name) ?? null, now.get(name) ?? null));
  });
  return [...scalars, ...lists];
}

function changed(
  code: LimitChange["code"],
  of: string | null,
  label: string,
  before: Figure,
  after: Figure,
): LimitChange[] {
  if (before === after) return [];
  return [{ code, of, before, after, text: `${label}: ${inWords(before)}, now ${inWords(after)}` }];
}

function inWords(figure: Figure): string {
  if (figure === null) return "none";
  return typeof figure === "number" ? amount(figure) : figure;
}

const SCALARS: readonly { code: LimitChange["code"]; label: string; of(input: ProposeInput): Figure }[] = [
  { code: "period", label: "period", of: ({ period }) => period },
  { code: "budget", label: "budget", of: ({ budget }) => budget ?? "what is spent today" },
  { code: "exact", label: "the budget", of: ({ exact }) => (exact ? "to be spent exactly" : "at most") },
  {
    code: "max-change",
    label: "largest change in %",
    of: ({ maxChange }) => (maxChange === null ? null : 100 * maxChange),
  },
  { code: "goal", label: "goal", of: ({ goal = "revenue" }) => goal },
  { code: "target", label: "target", of: ({ target = null }) => target },
  { code: "caution", label: "caution", of: ({ caution = 0 }) => caution },
  { code: "min-roas", label: "lowest ROAS", of: ({ minRoas = null }) => minRoas },
  { code: "max-cpa", label: "highest cost per conversion", of: ({ maxCpa = null }) => maxCpa },
];

const LISTS: readonly {
  code: LimitChange["code"];
  label(name: string): string;
  of(input: ProposeInput): ReadonlyMap<string, Figure>;
}[] = [
  {
    code: "product-weights",
    label: (name) => `weight of ${name}`,
    of: ({ productWeights = [] }) => new Map(productWeights.map(({ productGroup, weight }) => [productGroup, weight])),
  },
  {
    code: "bounds",
    label: (name) => name,
    of: ({ bounds }) =>
      new Map(
        bounds.map((each) => [
          each.channel,
          listed([
            [each.locked, "locked", null],
            [isGiven(each.fixed), "fixed at", each.fixed],
            [isGiven(each.lower), "at least", each.lower],
            [isGiven(each.upper), "at most", each.upper],
            [isGiven(each.minimumIfOn), "nothing or at least", each.minimumIfOn],
            [isGiven(each.step), "in steps of", each.step],
            [isGiven(each.minRoas), "ROAS at least", each.minRoas],
            [isGiven(each.maxCpa), "per conversion at most", each.maxCpa],
          ]),
        ]),
      ),
  },
  {
    code: "group",
    label: (name) => name,
    of: ({ groups = [] }) =>
      new Map(
        groups.map((each) => [
          each.name,
          `${[...each.members].sort().join(" and ")} ${listed([
            [isGiven(each.min), "at least", each.min],
            [isGiven(each.max), "at most", each.max],
            [isGiven(each.minRoas), "ROAS at least", each.minRoas],
            [isGiven(each.maxCpa), "per conversion at most", each.maxCpa],
          ])}`,
        ]),
      ),
  },
  {
    code: "capacity",
    label: (name) => name,
    of: ({ capacities = [] }) => new Map(capacities.map(({ name, value }) => [name, value])),
  },
  {
    code: "contacts",
    label: (name) => name,
    of: ({ contacts = [] }) =>
      new Map(
        contacts.map(({ name, people, perPersonAndWeek }) => [
          name,
          `${amount(perPersonAndWeek)} a week to ${amount(people)} people`,
        ]),
      ),
  },
];

function isGiven(value: number | null | undefined): boolean {
  return typeof value === "number";
}

function listed(
  parts: readonly (readonly [isGiven: boolean, word: string, value: number | null | undefined])[],
): string {
  const given = parts.filter(([isSet]) => isSet);
  if (given.length === 0) return "free";
  return given.map(([, word, value]) => (typeof value === "number" ? `${word} ${amount(value)}` : word)).join(", ");
}
