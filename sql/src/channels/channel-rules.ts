import { quoteText } from "../imports/quoting.ts";
import { SITE_LISTS, type SiteList } from "./site-lists.ts";

export const CHANNEL_PARTS = ["source", "medium", "campaign", "click_id", "referrer"] as const;
export type ChannelPart = (typeof CHANNEL_PARTS)[number];

/**
 * What must hold of one part. Case never matters.
 * `is`: the part is one of these texts. `matches`: an RE2 expression is found in it. `list`: it is a site of that kind. `empty`: it says
 * nothing, or something (false); `(not set)`, `(none)` and `(direct)` say nothing.
 *
 * Of a referrer the host without `www.` is looked at; of a click id, written `gclid=value` or `gclid`, the name of the parameter.
 */
export type ChannelCondition = { readonly part: ChannelPart } & (
  | { readonly is: readonly string[] }
  | { readonly matches: string }
  | { readonly list: SiteList }
  | { readonly empty: boolean }
);

export interface ChannelRule {
  readonly channel: string;
  /** All of them must hold. */
  readonly all: readonly ChannelCondition[];
}

/** The first rule that holds names the channel. */
export type ChannelRules = readonly ChannelRule[];

/** The channel of what no rule speaks of. */
export const UNASSIGNED = "Unassigned";

/** Where the parts come from: SQL texts of type String that are never NULL. */
export interface ChannelParts {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly clickId: string;
  readonly referrer: string;
}

/**
 * Subdomains that change the form of a site and not what it is: languages, mobile pages, link counters. Two letters are a language or a
 * country. `mail.google.com` is another site than `google.com`.
 */
const SAME_SITE = "^(?:(?:www|m|l|lm|web|mobile|search|out|old|new|amp|go|r|[a-z]{2}(?:-[a-z]{2})?)\\.)*$";

const NOTHING = ["", "(not set)", "(none)", "(direct)"];

const listOf = (texts: readonly string[]): string => texts.map(quoteText).join(", ");

/** What conditions look at. */
function lookedAt(parts: ChannelParts): Record<ChannelPart, string> {
  const small = (text: string) => `lower(trimBoth(${text}))`;
  const referrer = small(parts.referrer);
  return {
    source: small(parts.source),
    medium: small(parts.medium),
    campaign: small(parts.campaign),
    click_id: small(`substringIndex(${parts.clickId}, '=', 1)`),
    // Bare words have no domain in the engine's eyes.
    referrer: `if(domainWithoutWWW(${referrer}) = '', ${referrer}, domainWithoutWWW(${referrer}))`,
  };
}

/** `google` of `www.google.fr`; nothing where a subdomain makes it another site, and nothing of a bare word. */
function siteName(text: string): string {
  const registered = `cutToFirstSignificantSubdomain(${text})`;
  const subdomain = `substring(${text}, 1, length(${text}) - length(${registered}))`;
  return `if(match(${subdomain}, ${quoteText(SAME_SITE)}), firstSignificantSubdomain(${text}), '')`;
}

function listExpression(text: string, list: SiteList): string {
  const entries: readonly string[] = SITE_LISTS[list];
  const everywhere = entries.filter((entry) => entry.endsWith(".")).map((entry) => entry.slice(0, -1));
  const exactly = entries.filter((entry) => !entry.endsWith("."));
  return `bitOr(${text} IN (${listOf([...everywhere, ...exactly])}), ${siteName(text)} IN (${listOf(everywhere)}))`;
}

/** Texts are in small letters by then, so only an expression that has capitals needs to be told. */
function patternText(pattern: string): string {
  return quoteText(/(?<!\\)[A-Z]/.test(pattern) ? `(?i)${pattern}` : pattern);
}

/**
 * The parts go by their names here: they are bound around the rules. Sources repeat, so a condition is worked out once for each
 * different text of a block and not once a row.
 */
function conditionExpression(condition: ChannelCondition): string {
  const text = `toLowCardinality(${condition.part})`;
  if ("is" in condition) return `${text} IN (${listOf(condition.is.map((each) => each.trim().toLowerCase()))})`;
  if ("matches" in condition) return `match(${text}, ${patternText(condition.matches)})`;
  if ("list" in condition) return listExpression(text, condition.list);
  return `${text} ${condition.empty ? "IN" : "NOT IN"} (${listOf(NOTHING)})`;
}

/**
 * When a rule holds, as 0 or 1. bitAnd and not AND: the engine would evaluate what stands behind an AND, or behind the conditions of a
 * multiIf, for the remaining rows only, and the picking of rows costs four times what it saves.
 */
function ruleExpression(rule: ChannelRule): string {
  return rule.all
    .map((condition) => `(${conditionExpression(condition)})`)
    .reduce((all, one) => `bitAnd(${all}, ${one})`);
}

/**
 * The place of the first rule that holds, counted from 1; 0 where none does. The lambda binds the parts: they may be long expressions,
 * and rules name them a hundred times.
 */
export function firstRuleExpression(rules: ChannelRules, parts: ChannelParts): string {
  if (rules.length === 0) return "0";
  const ranks = rules.map((rule, i) => `${ruleExpression(rule)} * ${rules.length - i}`);
  const rank = `toUInt16(greatest(0, ${ranks.join(", ")}))`;
  const looked = lookedAt(parts);
  const names = CHANNEL_PARTS.join(", ");
  const texts = CHANNEL_PARTS.map((part) => `[${looked[part]}]`).join(", ");
  return `(${rules.length + 1} - arrayMap((${names}) -> ${rank}, ${texts})[1]) % ${rules.length + 1}`;
}

/** The channel that the rules give, as SQL: every row gets one. */
export function channelExpression(rules: ChannelRules, parts: ChannelParts): string {
  const channels = [UNASSIGNED, ...rules.map(({ channel }) => channel)];
  return `[${listOf(channels)}][1 + ${firstRuleExpression(rules, parts)}]`;
}
