/** What the page and the files of an ROI report both say, in English. `{{name}}` is filled in. */
export const REPORT_WORDS_EN = {
  lines: {
    revenue: "Attributed revenue",
    "incremental-revenue": "Incremental revenue",
    conversions: "Conversions",
    refunds: "Refunds",
    spend: "Spend",
    "closed-periods": "Revenue of closed months",
    "closed-spend": "Spend of closed months",
  },
  /** Codes of the parts that a line is made of. */
  items: {
    attributed: "Credited to channels",
    unattributed: "Credited to no channel",
    incremental: "Caused by channels",
    baseline: "Baseline: caused by no channel",
    gross: "Before refunds",
    refunds: "Refunds",
    report: "In this report",
    frozen: "Frozen when it was closed",
    late: "Came after closing",
  },
  reconciled: {
    total: "Total of the report",
    booked: "In the books",
    difference: "Difference",
    adds: "Adds up",
    off: "Does not add up",
  },
  kinds: { revenue: "Revenue", refund: "Refund", spend: "Spend", conversions: "Conversions" },
  noAdjustments: "Nothing came after a closed month that had to be counted here.",
  allChannels: "all channels",
  notes: {
    "period-not-over": "The period is not over: its figures go to {{until}}.",
    "recent-days":
      "Conversions of the days from {{from}} on are still being credited: a touch may bring more for {{days}} days.",
    "no-incremental": "There are no incremental figures: {{reason}}",
    "rows-without-interval": "{{rows}} rows have no interval: the model gives none for them.",
    "campaigns-without-interval":
      "Campaigns have no interval of their own: the model estimates the effect of each channel and divides it by touches; how uncertain that division is, it cannot say.",
    "months-without-interval":
      "Months have no interval of their own: the model estimates one effect for all of its days; how far it changes from month to month, it cannot say.",
    "channels-flagged": "{{flag}}: {{channels}}.",
    "closed-months":
      "These months of the period are closed: {{months}}. What came later for them is listed as adjustments.",
    warning: "{{text}}",
    "margin-share": "Margin is counted as {{share}} of revenue where conversions carry none of their own.",
    "payments-over-time": "Payments over time are discounted at {{rate}} a year.",
  },
  flags: {
    owned: "Owned channels, which get no incremental credit",
    "demand-capture": "Channels that meet demand which is there already",
    "not-identified": "Channels whose effect the data cannot tell; a test would",
    calibrated: "Channels set right by a lift test",
    "low-coverage": "Channels with few touches that can be seen",
    "series-fitted": "Channels judged from the course of days, not from touches",
  },
};

type Spelled<T> = T extends string ? string : { readonly [Key in keyof T]: Spelled<T[Key]> };

/** The shape that every language must fill. */
export type ReportWords = Spelled<typeof REPORT_WORDS_EN>;
