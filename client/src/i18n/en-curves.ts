/** The page of response curves, in English. */
export const curves = {
  title: "Response curves",
  headlineBoth: "{{best}} brings {{bestValue}} for its next {{unit}} a day, {{worst}} {{worstValue}}.",
  headlineOne: "{{best}} brings {{bestValue}} for its next {{unit}} a day.",
  headlineNone: "No curve could be fitted yet.",
  sub: "Credited revenue ({{model}}) against spend by day, {{range}}, cleaned of the season. Bands hold 90 %.",
  next: "The next {{unit}} a day brings {{value}}.",
  todayIs: "Today {{spend}} a day, {{revenue}} of credited revenue.",
  caption: "Shaded: beyond {{largest}} a day, the largest spend seen.",
  guide:
    "How to read it: each point is a day. The line is the fitted curve with its 90 % band, the ring is today, the diamond what the planner recommends, the shaded part lies beyond the largest spend seen. Below it, what one more {{unit}} a day brings; the dashed line is where it pays for itself.",
  label: "{{channel}}: {{sentence}} The curve explains {{r2}} of the daily variance.",
  axisSpend: "Spend a day",
  axisMarginal: "Next {{unit}}",
  today: "today",
  recommended: "plan",
  fromNothing: "from nothing",
  recommendedIs: "The plan says {{spend}} a day, {{change}}.",
  beyond: "never seen",
  breakEven: "pays for itself: 1.00",
  fit: "Explains {{r2}} of the daily variance",
  sameAxes: "Same axes",
  sameAxesWhy: "Draw all channels on one scale",
  without: "Channels without a curve",
  withoutSentence: "The plan leaves their spend as it is.",
  reason: "Reason",
  low: "Low",
  high: "High",
  marginal: "Marginal ROAS",
  curve: "Curve",
  flags: {
    extrapolated: "Beyond the largest spend ever seen",
    "little-variation": "Spend hardly varied: the shape is uncertain",
    "few-days": "Few days of data",
    "nearly-linear": "Nearly a straight line: saturation not seen yet",
    "follows-demand": "Spend followed demand",
    "wears-out": "Touches wear out with volume",
    pulled: "Return hardly known: drawn towards the other channels",
    "series-fitted": "From the daily series, not from touches",
    "not-identified": "Not identified: test it",
  },
  flagsWhy: {
    extrapolated: "Today’s spend or the curve’s end lies beyond the largest daily spend in the data.",
    "little-variation": "Spend was almost the same every day, so the data cannot tell saturation well.",
    "few-days": "Fewer days with spend than a curve needs to be trusted.",
    "nearly-linear": "Within the spend seen, every unit brings about as much as the one before.",
    "follows-demand": "Spend rose when people bought anyway, so the curve is told apart from demand less surely.",
    "wears-out": "Each further touch brings less: the same people see more of the same.",
    pulled:
      "What its touches cause is so uncertain that the curve stands between its own credit and what money returns in the other channels. A lift test would tell.",
    "series-fitted": "Too few touches are seen, so the curve comes from spend and sales by day.",
    "not-identified": "The data say hardly more than was assumed before looking at them.",
  },
  source: {
    touches: "Stands on {{days}} days and the touches of people",
    series: "Stands on {{days}} days of spend and sales",
    given: "Given by you",
  },
  families: "Shape: {{list}}",
  family: { hill: "Hill", log: "logarithm", power: "power", exp: "exponential", logistic: "S-shape" },
  familyPart: "{{family}} {{share}}",
  familiesWhy:
    "Several shapes fit the past about equally well and differ beyond it: they are averaged by how well each foretold days that it had not seen.",
  delivery:
    "A touch costs {{now}} today, {{more}} beyond today’s spend up to half more; it brings {{revenue}} on average.",
} as const;

/** Why a channel has none. */
export const missingCurve = {
  noDays: "No day with spend is old enough for its conversions to have come; a curve needs at least {{needed}}.",
  oneDay: "Only one day with spend is old enough for its conversions to have come; a curve needs at least {{needed}}.",
  fewDays:
    "Only {{days}} days with spend are old enough for their conversions to have come; a curve needs at least {{needed}}.",
  noRevenue: "The days with spend brought no revenue.",
  demandCapture:
    "Demand capture: nearly all that follows its touches follows within hours, so the model gives it no credit. A lift test would say what it causes.",
  lowCoverage:
    "Low coverage: only clicks are seen, a small part of what it shows, so its credit says little of what it causes. A lift test would.",
  falling: "Revenue fell where spend rose; no rising curve fits.",
} as const;
