import { HEALTH_WORDS } from "@touchline/server/contract";
import { account, rights } from "./en-account.ts";
import { annotations } from "./en-annotations.ts";
import { attribution } from "./en-attribution.ts";
import { audit } from "./en-audit.ts";
import { choices } from "./en-choices.ts";
import { curves, missingCurve } from "./en-curves.ts";
import { data } from "./en-data.ts";
import { entry } from "./en-entry.ts";
import { experiments } from "./en-experiments.ts";
import { exports } from "./en-exports.ts";
import { guide } from "./en-guide.ts";
import { journeys } from "./en-journeys.ts";
import { limit, note } from "./en-limits.ts";
import { mapping } from "./en-mapping.ts";
import { modelGroups, models, modelWhy } from "./en-models.ts";
import { origin } from "./en-origin.ts";
import { pacing } from "./en-pacing.ts";
import { palette } from "./en-palette.ts";
import { performance } from "./en-performance.ts";
import { planner } from "./en-planner.ts";
import { portfolio } from "./en-portfolio.ts";
import { privacy } from "./en-privacy.ts";
import { proposals } from "./en-proposals.ts";
import { provenance } from "./en-provenance.ts";
import { quality } from "./en-quality.ts";
import { scenarios } from "./en-scenarios.ts";
import { settings } from "./en-settings.ts";
import { studies } from "./en-studies.ts";
import { today } from "./en-today.ts";
import { views } from "./en-views.ts";

/** Every word of the page, in English. The French dictionary must have the same keys: a missing one is a type error. */
export const en = {
  app: {
    name: "Touchline",
    skip: "Skip to the page",
    navigation: "Pages",
    simulated: "Simulated data",
    simulatedWhy: "This workspace holds a simulated shop: none of its figures come from a real one.",
    imported: "Data imported {{ago}}",
    dataUntil: "Data up to {{day}}",
    workspace: "Workspace",
    language: "Language",
    demo: "No sign-in needed",
    demoWhy: "This is the simulated shop on this machine, so nobody had to sign in.",
    cancel: "Cancel",
    copied: "Copied.",
    copyByHand: "The browser did not allow it: select and copy by hand.",
    theme: { label: "Theme", auto: "Auto", light: "Light", dark: "Dark" },
    model: "Credit by",
    modelCompare: "Compare with last touch",
  },
  pages: {
    today: "Today",
    performance: "Performance",
    pacing: "Pacing",
    portfolio: "All workspaces",
    attribution: "Attribution",
    journeys: "Journeys",
    curves: "Curves",
    planner: "Planner",
    proposals: "Proposals",
    experiments: "Tests",
    data: "Data",
    settings: "Settings",
  },
  range: {
    label: "Days shown",
    from: "From",
    to: "To",
    apply: "Show these days",
    available: "Data from {{from}} to {{to}}.",
    order: "The first day lies after the last one.",
    outside: "There is no data on these days.",
    incomplete: "Choose both days.",
    last7: "Last 7 days",
    last28: "Last 28 days",
    last90: "Last 90 days",
    thisMonth: "Current month",
    previousMonth: "Previous month",
    all: "All days",
  },
  today,
  performance,
  pacing,
  portfolio,
  views,
  annotations,
  palette,
  origin,
  exports,
  mapping,
  guide,
  choices,
  models,
  modelWhy,
  modelGroups,
  quality,
  words: {
    channel: "Channel",
    spend: "Spend",
    revenue: "Revenue",
    creditedRevenue: "Credited revenue",
    conversions: "Conversions",
    roas: "ROAS",
    share: "Share",
    date: "Day",
    total: "Total",
    noTouch: "No touch",
    noTouchWhy:
      "Conversions without a touch since the visitor’s previous conversion, inside the lookback window of {{days}} days.",
    noTouchShort: "Conversions without any recorded touch before them.",
    baseline: "Baseline",
    baselineWhy: "Purchases that would have come anyway, without any marketing.",
    none: "none",
    titled: "{{title}}: {{text}}",
    today: "Today",
    recommended: "Recommended",
    difference: "Difference",
    currency: "in {{symbol}}",
  },
  chart: {
    showTable: "Show table",
    showChart: "Show chart",
    keyboard: "Use the left and right arrow keys to read the values one by one.",
    stale: "Updating…",
    keptAfterError: "These are the last figures received: the update failed.",
    missing: "no data",
    empty: "Nothing to draw for these days.",
  },
  state: {
    loading: "Loading",
    errorTitle: "This could not be loaded",
    errorOffline: "The server does not answer. It may have stopped: start it again with the command below, then retry.",
    errorServer: "The server could not answer this question. Your data is untouched; the cause is in the server's log.",
    errorRefused: "The server refused the question: {{reason}}",
    errorReason: "What it said: {{reason}}",
    retry: "Try again",
    emptyTitle: "Nothing imported yet",
    emptyText: "Load a year of a simulated shop to look around, or import your own files.",
    emptyDemo: "Look around with a simulated shop",
    emptyImport: "Import your own touchpoints, then spend and conversions",
    emptyAfter: "This page fills itself as soon as the first rows are in.",
    notFoundTitle: "There is no page here",
    notFoundText: "The address may be old or mistyped.",
    notFoundLink: "Go to the overview",
    crashTitle: "The page stopped",
    crashText: "This is an error of the page, not of your data. Reloading usually helps.",
    reload: "Reload",
  },
  change: {
    up: "higher",
    down: "lower",
    same: "unchanged",
    versus: "vs {{range}}",
    noPrevious: "nothing to compare with before these days",
  },
  account,
  rights,
  entry,
  settings,
  overview: {
    title: "Overview",
    headlineMore: "{{revenue}} of revenue, {{change}} more than {{before}}.",
    headlineLess: "{{revenue}} of revenue, {{change}} less than {{before}}.",
    headlineSame: "{{revenue}} of revenue, as much as {{before}}.",
    headlineAlone: "{{revenue}} of revenue in {{days}} days.",
    headlineOneDay: "{{revenue}} of revenue on this day.",
    beforeDay: "on the day before",
    beforeDays: "in the {{days}} days before",
    headlineNothing: "No revenue was booked on these days.",
    subMore:
      "Spend rose by {{change}} to {{spend}}; every {{unit}} spent stood against {{roas}} of revenue, {{before}} before.",
    subLess:
      "Spend fell by {{change}} to {{spend}}; every {{unit}} spent stood against {{roas}} of revenue, {{before}} before.",
    subAlone: "{{spend}} was spent; every {{unit}} spent stood against {{roas}} of revenue.",
    dailyTitle: "Revenue and spend by day",
    dailySentence: "{{revenue}} of revenue a day on average; the best day was {{day}} with {{best}}.",
    dailyCaption: "Booked revenue above, spend below, {{range}}. {{gaps}}",
    gapsNone: "Every day has revenue and spend.",
    gapsOne: "One day lacks revenue or spend; what is missing is left open.",
    gapsMany: "{{days}} days lack revenue or spend; what is missing is left open.",
    channelsTitle: "By channel",
    channelsSentence: "{{channel}} is credited with most: {{revenue}}, {{share}} of all revenue ({{model}}).",
    channelsSentenceBaseline:
      "{{channel}} caused most: {{revenue}}. {{base}} of the revenue, {{share}}, would have come anyway ({{model}}).",
    channelsNone: "No channel was credited on these days.",
    channelsAddUp: "Credited revenue and the revenue without a touch add up to the {{booked}} booked.",
    channelsAddUpBaseline:
      "Credited revenue and the baseline, which would have come anyway, add up to the {{booked}} booked.",
    channelsOff: "The rows add up to {{sum}}, the books say {{booked}}: please report this.",
    roasInterval: "{{low}} to {{high}}",
    roasIntervalNote: "Under the ROAS: its {{level}} interval.",
    channelsSpendNote: "“{{none}}” means that no spend was imported for the channel, not that it cost nothing.",
    smallTitle: "Channels by day",
    smallSentence: "{{up}} gained most between the first and the last week shown; {{down}} lost most.",
    smallSentenceShort: "Credited revenue of each channel beside its spend, on one scale.",
    smallCaption: "Credited revenue (filled) and spend (line) by day, all on one scale.",
    smallOf: "Top {{shown}} of {{all}}; the table has all of them.",
    legendRevenue: "credited revenue",
    legendSpend: "spend",
  },
  attribution,
  curves,
  planner,
  provenance,
  studies,
  scenarios,
  proposals,
  audit,
  privacy,
  data,
  health: { rules: HEALTH_WORDS },
  journeys,
  experiments,
  limit,
  note,
  missingCurve,
  input: {
    notANumber: "Write an amount, such as {{example}}.",
    negative: "An amount cannot be negative.",
    tooManyDecimals: "Write two decimals at most.",
    tooLarge: "This is too large.",
  },
  unit: { EUR: "euro", USD: "dollar", CAD: "dollar", CHF: "franc" },
} as const;

type Spelled<T> = { readonly [K in keyof T]: T[K] extends string ? string : Spelled<T[K]> };

/** The shape that every language must fill. */
export type Dictionary = Spelled<typeof en>;
