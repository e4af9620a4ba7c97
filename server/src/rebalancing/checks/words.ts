import type { GUARD_NUMBERS, GuardNumbers, GuardRule, RebalancingCheck } from "../../contract/index.ts";

type Said = Readonly<Record<string, string | number | undefined>>;
interface Sentence {
  readonly text: (said: Said, channel: string) => string;
  readonly lift?: string | ((said: Said) => string);
}

const percent = (value: unknown) =>
  `${new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 }).format(100 * Number(value))} %`;
const plain = (value: unknown) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(Number(value));
const money = (value: unknown, said: Said) =>
  `${new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(value))} ${said.currency ?? ""}`.trim();
const days = (value: unknown) => `${plain(value)} ${Number(value) === 1 ? "day" : "days"}`;
const hours = (value: unknown) => `${plain(Math.floor(Number(value)))} hours`;
const named = (value: unknown) => (value === "" || value === undefined ? "an unnamed source" : `"${value}"`);
const span = ({ from, to }: Said) => (from === to ? `on ${from}` : `from ${from} to ${to}`);

const UNKNOWN = (what: string): Sentence => ({ text: () => `There is too little history to judge ${what}.` });

function drift(of: (said: Said) => string): Readonly<Record<string, Sentence>> {
  return {
    fine: {
      text: (said) =>
        `${of(said)} is what the model knows: its stability index is ${plain(said.index)}, where the limit is ${plain(said.limit)}.`,
    },
    drifted: {
      text: (said) =>
        `${of(said)} has drifted ${span(said)}: the stability index is ${plain(said.index)} beyond the ${plain(said.byChance)} that chance makes of it, where the limit is ${plain(said.limit)}; most of it is "${said.largest}", from ${percent(said.before)} to ${percent(said.after)}.`,
      lift: "Check that these days are complete and mapped as before. If the change is real, raise the limit on drift for this run.",
    },
    planned: {
      text: (said) =>
        `${of(said)} has moved (index ${plain(said.index)}, limit ${plain(said.limit)}), and ${plain(said.plans)} approved plans of these weeks moved the budget: that is no drift.`,
    },
    first: {
      text: () => "No earlier run has fitted a model: there is nothing that these days could have drifted from.",
    },
    unknown: UNKNOWN("drift"),
  };
}

const IMPORT_AGAIN = "Import these days again, complete; if they are right, the check passes once they are a week old.";

/** What each rule says in English, by `numbers.says`. The page has its own words for the same keys. */
const WORDS: Readonly<Record<GuardRule, Readonly<Record<string, Sentence>>>> = {
  "stale-source": {
    fine: {
      text: (said) =>
        `All ${plain(said.sources)} sources are fresh: the oldest, ${named(said.source)} (${said.kind}), is ${hours(said.hours)} old, where the limit is ${hours(said.limitHours)}.`,
    },
    ended: { text: () => "No source has delivered in the last 90 days: nothing can be stale." },
    stale: {
      text: (said) =>
        `Stale source: ${named(said.source)} (${said.kind}) has said nothing for ${hours(said.hours)}, where the limit is ${hours(said.limitHours)}; its newest day is ${said.newest}.`,
      lift: "Import its newest days. A source that was replaced or has ended stops counting 90 days after its last row; the limit can be raised in the settings.",
    },
    "spend-missing": {
      text: (said, channel) =>
        `Stale source: touches of ${channel} go on, but its spend from ${named(said.source)} has been missing for ${hours(said.hours)} (limit ${hours(said.limitHours)}); the newest day is ${said.newest}.`,
      lift: "Import the missing days of spend; if the channel was paused, import its days with a cost of 0.",
    },
  },
  "incomplete-days": {
    fine: {
      text: (said) =>
        `The last ${days(said.days)} are complete: every source has about as many rows as on the same weekdays before.`,
    },
    short: {
      text: (said) =>
        `Incomplete day: ${said.day} has ${plain(said.rows)} rows of ${said.kind} from ${named(said.source)}, ${percent(said.share)} of the ${plain(said.usual)} that this weekday usually has.`,
      lift: IMPORT_AGAIN,
    },
    unknown: UNKNOWN("whether days are complete"),
  },
  "conversions-dropped": {
    fine: {
      text: (said) => `Conversions of the last ${days(said.days)} are what the same weekdays before lead to expect.`,
    },
    zero: {
      text: (said) =>
        `Conversion tracking looks broken: not one conversion of the type "${said.type}" ${span(said)}, where ${plain(said.expected)} were to be expected.`,
      lift: "Repair the tracking or import the missing conversions. If there really were none, wait until the shop sells again.",
    },
    fallen: {
      text: (said) =>
        `Conversions of the type "${said.type}" have dropped ${span(said)}: ${plain(said.seen)}, which is ${percent(said.share)} of the ${plain(said.expected)} to be expected. Tracking may be broken in part.`,
      lift: "Repair the tracking or import the missing conversions. If sales really fell, the check passes once these weeks are what is usual.",
    },
    revenue: {
      text: (said) =>
        `Conversions of the type "${said.type}" come in, but their revenue has dropped ${span(said)} to ${percent(said.share)} of what was to be expected.`,
      lift: "Check the field that carries the revenue and import these conversions again.",
    },
    unknown: UNKNOWN("conversions"),
  },
  "spend-jumped": {
    fine: {
      text: (said) =>
        `Spend of the last ${days(said.days)} is in line with the weeks before, and no rows stand there twice.`,
    },
    twice: {
      text: (said) =>
        `Spend looks imported twice: ${plain(said.rows)} rows ${span(said)} coincide exactly between ${named(said.source)} and ${named(said.other)}; ${money(said.amount, said)} count double.`,
      lift: "Take one of the two imports back, or leave one of the sources out.",
    },
    jumped: {
      text: (said, channel) =>
        `Spend${channel === "" ? "" : ` of ${channel}`} has jumped ${span(said)}: ${money(said.seen, said)}, ${plain(said.factor)} times what was to be expected, while touches are at ${percent(said.touches)} of theirs. It may have been imported twice.`,
      lift: IMPORT_AGAIN,
    },
    unknown: UNKNOWN("spend"),
  },
  "channel-silent": {
    fine: { text: (said) => `All ${plain(said.channels)} channels that were paid for lately still spend.` },
    silent: {
      text: (said, channel) =>
        `${channel} is paused: it has spent nothing for ${days(said.days)}, since ${said.since}, after ${money(said.daily, said)} a day before (${percent(said.share)} of the budget). It is held, and the run goes on without it.`,
      lift: "Nothing to do if it was paused on purpose; it is planned again once it has spent for a week.",
    },
    most: {
      text: (said) =>
        `${plain(said.channels)} paused channels had ${percent(said.share)} of the budget: what is left is not the account that the model was fitted on.`,
      lift: "Import the missing spend, or wait four weeks: what has not spent for so long is no part of the budget any more.",
    },
  },
  "spend-drift": drift(() => "The split of spend over channels"),
  "journey-drift": drift(({ of }) =>
    of === "lengths" ? "The number of touches that visitors have a day" : "The mix of channels in journeys",
  ),
  "conversion-drift": drift(({ of }) =>
    of === "rate" ? "The rate at which touched visitors convert" : "The mix of conversions",
  ),
  "model-health": {
    fine: {
      text: (said) =>
        `The model agrees with the last run's: the credit of all ${plain(said.channels)} channels lies within both intervals.`,
    },
    jumped: {
      text: (said, channel) =>
        `The credit of ${channel} jumped from ${percent(said.before)} to ${percent(said.after)} of all conversions since the last run, beyond both intervals (${percent(said.lowBefore)} to ${percent(said.highBefore)}, now ${percent(said.low)} to ${percent(said.high)}): it is held.`,
      lift: "Look at its touches and conversions of the last weeks. It is moved again as soon as two runs agree.",
    },
    most: {
      text: (said) =>
        `${plain(said.channels)} channels with ${percent(said.share)} of the budget are credited otherwise than in the last run, beyond both intervals: the model is not steady enough to move money on.`,
      lift: "Look at what came into the data since the last run; the next run compares with this one.",
    },
    unidentified: {
      text: (_, channel) =>
        `The data can no longer tell what ${channel} causes, as they could in the last run: it is held.`,
      lift: "A lift test tells; import it as an experiment.",
    },
    first: { text: () => "No earlier run has fitted a model: there is nothing to compare with." },
  },
  blackout: {
    fine: { text: (said) => `${said.day} lies in no blackout.` },
    blackout: {
      text: (said) =>
        `${said.day} lies in the blackout from ${said.from} to ${said.to}${said.reason ? ` (${said.reason})` : ""}: nothing is moved.`,
      lift: (said) => `It ends after ${said.to}, or when the blackout is removed from the settings.`,
    },
  },
  "standing-proposal": {
    fine: { text: () => "No proposal of a person waits for a decision." },
    waits: {
      text: (said) =>
        `${plain(said.proposals)} ${said.proposals === 1 ? "proposal" : "proposals"} of people still wait for a decision, the newest "${said.name}" by ${said.by} since ${said.since}: the run goes on, and its own stands beside ${said.proposals === 1 ? "it" : "them"}.`,
    },
  },
  "channel-change": {
    fine: { text: (said) => `No channel moves by more than ${percent(said.limit)}.` },
    "at-limit": {
      text: (said, channel) =>
        `${channel} would move further than ${percent(said.limit)}: it goes from ${money(said.from, said)} to ${money(said.to, said)} a week.`,
      lift: "The next run moves it on if its figures stay; the limit can be raised in the settings.",
    },
    impossible: {
      text: () => "No split of the budget keeps all limits.",
      lift: "Loosen one of the limits in the settings.",
    },
  },
  "total-moved": {
    fine: {
      text: (said) =>
        `${percent(said.moved)} of the budget changes its channel, where at most ${percent(said.limit)} may.`,
    },
    limited: {
      text: (said) =>
        `The best plan would move ${percent(said.wanted)} of the budget, where at most ${percent(said.limit)} may: this is the best one that moves ${percent(said.moved)}, and keeps ${money(said.gain, said)} of ${money(said.gainWanted, said)} a week to be gained.`,
      lift: "The next runs move the rest; the limit can be raised in the settings.",
    },
  },
  "cool-down": {
    fine: { text: () => "No channel rests after a change." },
    rests: {
      text: (said, channel) =>
        `${channel} rests: its budget was changed on ${said.changed}, and ${days(said.daysLeft)} of ${plain(said.days)} are left.`,
      lift: (said) =>
        `It is moved again in ${days(said.daysLeft)}, or sooner with a shorter cool-down in the settings.`,
    },
  },
  extrapolation: {
    fine: { text: () => "No channel is given more a day than it was ever seen to spend on a day." },
    capped: {
      text: (said, channel) =>
        `${channel} stops at ${money(said.largest, said)} a week: on no three days did it ever spend more than a seventh of that, and beyond it the curve is not backed by data.`,
      lift: "Raise its budget by hand for some days to learn more, or allow extrapolation in the settings.",
    },
    off: { text: () => "Spend beyond the largest ever seen is allowed by the settings." },
  },
  "within-noise": {
    fine: {
      text: (said) =>
        `${percent(said.probability)} of the draws of the curves gain by the plan, where at least ${percent(said.limit)} have to.`,
    },
    noise: {
      text: (said) =>
        `The best split gains in only ${percent(said.probability)} of the draws of the curves, where at least ${percent(said.limit)} have to: today's split stays.`,
      lift: "More data, or a lift test of the channels that would move, narrows the draws.",
    },
    best: {
      text: () => "No split within the limits is better than today's: it stays.",
      lift: "Nothing to do: the next run looks again.",
    },
    "no-draws": {
      text: () => "No channel has a curve with draws, so nobody can tell a gain from noise: today's split stays.",
      lift: "Curves need some weeks of spend and conversions.",
    },
    dropped: {
      text: (_, channel) => `The move of ${channel} is within noise, and the plan is as good without it: it stays.`,
      lift: "More data, or a lift test of the channel, narrows its interval.",
    },
  },
  protected: {
    fine: { text: () => "No channel is protected." },
    protected: {
      text: (_, channel) => `${channel} is protected: no run moves it.`,
      lift: "Take it off the protected channels in the settings.",
    },
  },
  "not-identified": {
    fine: { text: () => "The data can tell of every channel what more of it would bring." },
    held: {
      text: (said, channel) =>
        `${channel} keeps its spend: ${WHY_HELD[String(said.why)] ?? "nobody can tell what more of it would bring"}.`,
      lift: "A lift test, or spend that varies on purpose, tells.",
    },
  },
  exploration: {
    fine: {
      text: (said) =>
        `Every channel's weekly spend has varied by at least ${percent(said.least)} in the last ${plain(said.weeks)} weeks.`,
    },
    off: { text: () => "No variation is asked for." },
    nudged: {
      text: (said, channel) =>
        `${channel}'s weekly spend has varied by only ${percent(said.varied)} in ${plain(said.weeks)} weeks, and nothing can be learnt from a constant: it is varied on purpose, from ${money(said.from, said)} to ${money(said.to, said)} a week.`,
      lift: "Set the exploration to 0 in the settings to leave such channels alone.",
    },
    later: {
      text: (said, channel) =>
        `${channel}'s weekly spend has varied by only ${percent(said.varied)} in ${plain(said.weeks)} weeks, so nothing can be learnt from it; varying it did not fit into this plan.`,
    },
  },
};

const WHY_HELD: Readonly<Record<string, string>> = {
  unidentified: "it hardly varied, so the data cannot tell what more or less of it would bring",
  uncertain: "what it causes is too uncertain to move money on",
  "no-curve": "it has no response curve yet",
  "demand-capture": "it captures demand that is there anyway",
  "low-coverage": "too few of its touches are seen to judge it by them",
};

/** A check with its words. What `numbers` may hold is of its rule. */
export function checkOf<R extends GuardRule>(
  rule: R & keyof typeof GUARD_NUMBERS,
  outcome: RebalancingCheck["outcome"],
  numbers: GuardNumbers<R>,
  channel: string | null = null,
): RebalancingCheck {
  const said: Said = numbers;
  const sentence = WORDS[rule][numbers.says];
  if (sentence === undefined) throw new Error(`the rule ${rule} has no sentence ${numbers.says}`);
  const lift = typeof sentence.lift === "function" ? sentence.lift(said) : (sentence.lift ?? "");
  const known = Object.entries(said).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return {
    ...{ rule, channel, outcome, numbers: Object.fromEntries(known) },
    ...{ text: sentence.text(said, channel ?? ""), lift: outcome === "passed" ? "" : lift },
  };
}
