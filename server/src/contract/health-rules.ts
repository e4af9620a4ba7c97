import { z } from "zod";

/** `act`: figures that people decide by are wrong until somebody does something. `watch`: they may be. */
export const Severity = z.enum(["act", "watch", "ok"]);
export type Severity = z.infer<typeof Severity>;

export const HealthUnit = z.enum(["%", "rows", "days", "hours", "touches a day", "links", "sources"]);

interface RuleShape {
  /** One sentence: what is counted, against what. */
  readonly meaning: string;
  readonly threshold: number;
  readonly unit: z.infer<typeof HealthUnit>;
  /** What a figure beyond the threshold is: above it, unless `isFloor`. */
  readonly severity: Exclude<Severity, "ok">;
  readonly isFloor?: true;
  /** The question to the data that it stands on. */
  readonly question: string;
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** What a finding says, by variant. */
  readonly says: { readonly found: string; readonly fine: string } & Readonly<Record<string, string>>;
}

/**
 * Every rule of data health. Thresholds are defaults: the setting `health` of a workspace overrides them by name. A figure on its
 * threshold is fine. {{Names}} in sentences are filled by the facts of a finding.
 */
export const HEALTH_RULES = {
  "rejected-rows": {
    meaning: "Refused rows that nobody has dealt with, of all rows that a source delivered.",
    threshold: 2,
    unit: "%",
    severity: "act",
    question: "health-refused",
    title: "Refused rows",
    remedy: "Correct the rows at the source or in the mapping, then replay them; discard those that should not come.",
    says: {
      found:
        "{{share}} of the rows of {{feed}} were refused and wait: {{rows}} of {{received}}. Most often: {{reason}}",
      fine: "No source has more than {{threshold}} of its rows refused.",
    },
  },
  duplicates: {
    meaning: "Rows of the last 30 days that were there already, of all rows that a source delivered.",
    threshold: 20,
    unit: "%",
    severity: "watch",
    question: "health-ledger",
    title: "Duplicates",
    remedy: "Nothing is counted twice. Look for an export that overlaps the one before, or a tag that fires twice.",
    says: {
      found: "{{share}} of what {{feed}} delivered was there already: {{rows}} of {{received}} rows.",
      fine: "No source repeats more than {{threshold}} of its rows.",
    },
  },
  "late-events": {
    meaning:
      "Rows of the last 30 days that came by HTTP, collector or watched folder more than `late-hours` after they had happened.",
    threshold: 10,
    unit: "%",
    severity: "watch",
    question: "health-late-events",
    title: "Late events",
    remedy: "Credit of past days changes when they come. Send batches more often, or look for a queue that is stuck.",
    says: {
      found:
        "{{share}} of the rows of {{feed}} came more than {{hours}} after they had happened, the latest after {{latest}}.",
      fine: "What comes by itself comes within {{hours}}.",
    },
  },
  "future-events": {
    meaning: "Rows refused because they lie in the future, not dealt with yet.",
    threshold: 0,
    unit: "rows",
    severity: "act",
    question: "health-refused",
    title: "Events in the future",
    remedy: "Look at the clock, the time zone and the order of day and month of the source, then replay the rows.",
    says: {
      found: "{{feed}} sent rows that lie in the future; refused: {{rows}}.",
      fine: "No row lies in the future.",
    },
  },
  "negative-values": {
    meaning: "Rows refused because an amount is negative, not dealt with yet.",
    threshold: 0,
    unit: "rows",
    severity: "act",
    question: "health-refused",
    title: "Negative amounts",
    remedy: "Refunds come as adjustments: import them with adjustment_id, adjusts_conversion_id and a negative amount.",
    says: {
      found: "{{feed}} sent negative amounts; rows refused: {{rows}}.",
      fine: "No row was refused for a negative amount.",
    },
  },
  "unknown-currency": {
    meaning: "Rows refused because there is no exchange rate for their currency, not dealt with yet.",
    threshold: 0,
    unit: "rows",
    severity: "act",
    question: "health-refused",
    title: "Unknown currency",
    remedy: "Import the missing rates (touchline import rates FILE), then replay the rows.",
    says: {
      found: "{{feed}} sent amounts in a currency without a rate; rows refused: {{rows}}.",
      fine: "Every amount has a rate.",
    },
  },
  bots: {
    meaning: "The most touches that one visitor has on one day.",
    threshold: 200,
    unit: "touches a day",
    severity: "watch",
    question: "health-busy-visitors",
    title: "Bots",
    remedy:
      "No person is reached that often. Filter the bot at the source, or find the tag that gives everybody one id.",
    says: {
      found:
        "Visitors with more than {{threshold}} touches on one day: {{visitors}}. They have {{touches}} touches on such days, up to {{most}} on one; on {{channels}}.",
      fine: "No visitor has more than {{threshold}} touches on one day.",
      refused: "{{feed}} sent rows of bots; refused: {{rows}}.",
    },
  },
  "zero-values": {
    meaning:
      "Conversions of the last 90 days of bookings that are worth 0, of those of their type; a type without any value is left out.",
    threshold: 20,
    unit: "%",
    severity: "watch",
    question: "health-conversion-types",
    title: "Conversions worth nothing",
    remedy: "Look at the column that revenue is read from; revenue comes net of tax.",
    says: {
      found: "{{share}} of the conversions of type {{type}} are worth nothing: {{rows}} of {{all}}.",
      fine: "No type that has values has more than {{threshold}} without one.",
    },
  },
  "spend-without-touches": {
    meaning: "Days on which a channel has spend and no touch.",
    threshold: 2,
    unit: "days",
    severity: "watch",
    question: "health-channel-days",
    title: "Spend without touches",
    remedy:
      "Look for a tag or link that lost its parameters on these days; until then the channel is credited too little.",
    says: {
      found: "{{channel}} has spend and no touch on {{days}} of {{all}} between {{from}} and {{to}}: {{cost}}.",
      never:
        "{{channel}} has {{cost}} of spend and no touch at all. Is it called otherwise among the touchpoints, or can its touches not be seen?",
      fine: "No channel has spend without touches on more than {{threshold}}.",
    },
  },
  "touches-without-spend": {
    meaning: "Days on which a channel that has spend before and after has touches and no row of spend.",
    threshold: 2,
    unit: "days",
    severity: "act",
    question: "health-channel-days",
    title: "Touches without spend",
    remedy:
      "Import the missing days of cost: without them the channel looks cheaper than it is. A day that cost nothing has a row of 0.",
    says: {
      found: "{{channel}} has {{touches}} touches and no row of spend on {{days}} between {{from}} and {{to}}.",
      fine: "No channel with spend misses it on more than {{threshold}} with touches.",
    },
  },
  gaps: {
    meaning: "Days without any row of a source and kind, between its first and its last day.",
    threshold: 2,
    unit: "days",
    severity: "watch",
    question: "health-feeds",
    title: "Gaps",
    remedy: "Export the missing days again and import them: what is there already is recognised.",
    says: {
      found: "{{feed}} has no row on {{days}}; the longest gap is {{longest}}, {{from}} to {{to}}.",
      fine: "No source misses more than {{threshold}} between its first and its last.",
    },
  },
  freshness: {
    meaning: "Age of the newest row of a source and kind; a source that has said nothing for 90 days has ended.",
    threshold: 72,
    unit: "hours",
    severity: "act",
    question: "health-feeds",
    title: "Freshness",
    remedy: "Look at the export, the connector or the tag of this source; nothing has come since.",
    says: {
      found: "{{feed}} has sent nothing newer than {{newest}}: {{age}} ago.",
      fine: "Every source that still delivers has rows younger than {{threshold}}.",
      ended: "No source has delivered in the last 90 days.",
    },
  },
  "no-visitor": {
    meaning: "Conversions of the last 90 days of bookings without an identifier, of those of their source.",
    threshold: 20,
    unit: "%",
    severity: "watch",
    question: "health-feeds",
    title: "Conversions without a visitor",
    remedy: "They are booked and credited to no touch. Send a visitor id or a customer id with every conversion.",
    says: {
      found: "{{share}} of the conversions of {{feed}} have no identifier: {{rows}} of {{all}}.",
      fine: "No source has more than {{threshold}} of its conversions without an identifier.",
    },
  },
  "no-consent": {
    meaning:
      "Rows of the last 90 days of bookings without an identifier for want of consent, of those of their source and kind.",
    threshold: 40,
    unit: "%",
    severity: "watch",
    question: "health-feeds",
    title: "Without consent",
    remedy:
      "These rows count in totals only. Look at the consent banner if the share changed at once; plan with tests where it stays high.",
    says: {
      found:
        "{{share}} of the rows of {{feed}} have no identifier for want of consent (95 % interval {{low}} to {{high}}).",
      fine: "No source lacks consent for more than {{threshold}} of its rows.",
    },
  },
  "touched-share": {
    meaning:
      "Conversions of the last 90 days of bookings with a touch in the 30 days before, corrected for identifiers that are missing at random.",
    threshold: 30,
    unit: "%",
    severity: "watch",
    isFloor: true,
    question: "health-touched-conversions",
    title: "Conversions with a touch",
    remedy:
      "What no touch precedes is credited to nobody: add the sources that are missing, link identities, or plan with tests.",
    says: {
      found:
        "Only {{corrected}} of the conversions have a touch before them (95 % interval {{low}} to {{high}}); {{observed}} are seen with one.",
      fine: "{{corrected}} of the conversions have a touch before them (95 % interval {{low}} to {{high}}); {{observed}} are seen with one.",
      unknown: "Too few rows have an identifier to tell how many conversions have a touch before them.",
    },
  },
  "no-book": {
    meaning: "Sources that say conversions of one type that has no book of record.",
    threshold: 1,
    unit: "sources",
    severity: "act",
    question: "health-conversion-types",
    title: "No book of record",
    remedy: "Name the source that is right: touchline settings --set books.TYPE=SOURCE.",
    says: {
      found: "Conversions of type {{type}} come from several sources, and none is its book of record: {{sources}}.",
      fine: "Every conversion type has one source, or a book of record.",
    },
  },
  "platform-claims": {
    meaning:
      "Conversions that platforms claim for themselves, of those that were booked, on the last 28 days with a claim.",
    threshold: 150,
    unit: "%",
    severity: "watch",
    question: "health-platform-days",
    title: "Claims of platforms",
    remedy:
      "Platforms count by windows of their own, and one conversion several times. Use their figures beside the books, never in place of them.",
    says: {
      found: "Platforms claim {{claimed}} conversions from {{from}} to {{to}} where {{booked}} were booked: {{share}}.",
      fine: "Platforms claim {{claimed}} conversions from {{from}} to {{to}} where {{booked}} were booked: {{share}}.",
      none: "No platform has reported conversions of its own.",
    },
  },
  "orphan-adjustments": {
    meaning: "Refunds and corrections of conversions that never came.",
    threshold: 0,
    unit: "rows",
    severity: "watch",
    question: "health-orphan-adjustments",
    title: "Orphan adjustments",
    remedy:
      "They change nothing until their conversion is imported. Look for another spelling of the id, or days that are missing.",
    says: {
      found:
        "{{rows}} adjustments of {{feed}}, {{amount}} together, belong to conversions that never came, such as {{example}}.",
      fine: "Every adjustment belongs to a conversion.",
    },
  },
  "refused-links": {
    meaning: "Links between a visitor and a person that were refused, because the person would have too many visitors.",
    threshold: 0,
    unit: "links",
    severity: "watch",
    question: "health-identities",
    title: "Refused links",
    remedy: "Look for a person id that stands for nobody, such as a guest account: touchline identities.",
    says: {
      found: "Links refused, because a person would have more visitors than the limit: {{links}}.",
      fine: "No link between a visitor and a person was refused.",
    },
  },
  "shared-devices": {
    meaning: "Visitors that more people have used than the limit, of all linked visitors.",
    threshold: 5,
    unit: "%",
    severity: "watch",
    question: "health-identities",
    title: "Shared devices",
    remedy:
      "Their touches stay their own. A high share means an id that is not a person's: a shop's tablet, a cached page.",
    says: {
      found: "{{share}} of the linked visitors are shared devices: {{devices}} of {{all}}.",
      fine: "No more than {{threshold}} of the linked visitors are shared devices.",
    },
  },
  balance: {
    meaning:
      "Rows of an import that are not accounted for: received = stored + duplicates + replaced + rejected + filtered.",
    threshold: 0,
    unit: "rows",
    severity: "act",
    question: "health-unbalanced-imports",
    title: "Balance of imports",
    remedy: "This must never happen: keep the file, and report it with the line that touchline imports prints.",
    says: {
      found: "Import {{import}} of {{feed}} received {{received}} rows and accounts for {{accounted}}.",
      fine: "Every import accounts for all of its rows.",
    },
  },
  "stored-rows": {
    meaning:
      "Rows of a kind that stand in the tables more or less often than the imports say, erased and expired ones aside.",
    threshold: 0,
    unit: "rows",
    severity: "act",
    question: "health-stored-rows",
    title: "Rows against the ledger",
    remedy: "Do not import more before it is clear: compare a backup, or import the files again into a new folder.",
    says: {
      found: "{{kind}}: the imports stored {{stored}} rows, and {{found}} stand there.",
      explained:
        "{{kind}}: the imports stored {{stored}} rows, and {{found}} stand there; up to {{expired}} have expired, and {{erased}} persons were erased.",
      fine: "All rows that were stored stand there.",
    },
  },
} as const satisfies Record<string, RuleShape>;

export type HealthRuleName = keyof typeof HEALTH_RULES;
export const HEALTH_RULE_NAMES = Object.keys(HEALTH_RULES) as [HealthRuleName, ...HealthRuleName[]];

/** Numbers that a rule needs beside its threshold; the setting `health` overrides them by name too. */
export const HEALTH_ASIDES = {
  "late-hours": { meaning: "From how many hours on a row is late.", threshold: 48, unit: "hours" },
} as const;

/** Whether the setting `health` may name this number. */
export function isHealthThreshold(name: string): boolean {
  return Object.hasOwn(HEALTH_RULES, name) || Object.hasOwn(HEALTH_ASIDES, name);
}

type Worded = {
  readonly [Name in HealthRuleName]: Pick<(typeof HEALTH_RULES)[Name], "title" | "meaning" | "remedy" | "says">;
};

/** The English of the rules alone, for the dictionary of the page. */
export const HEALTH_WORDS = Object.fromEntries(
  Object.entries(HEALTH_RULES).map(([name, { title, meaning, remedy, says }]) => [
    name,
    { title, meaning, remedy, says },
  ]),
) as unknown as Worded;
