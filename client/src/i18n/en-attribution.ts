/** The words of the page of attribution, in English. */
export const attribution = {
  title: "Attribution",
  headlineGain: "Against last touch, {{model}} gives {{channel}} {{gain}} more.",
  headlineBoth: "Against last touch, {{model}} gives {{winner}} {{gain}} more and {{loser}} {{loss}} less.",
  headlineSame: "{{model}} and last touch agree on every channel.",
  headlineLast: "Last touch gives {{channel}} most: {{revenue}}, {{share}} of all revenue.",
  headlineNone: "No channel was credited on these days.",
  headlineBase: "{{base}} of the {{booked}} booked would have come without marketing. {{rest}}",
  notIncremental:
    "Rules, Markov and Shapley share out what was booked between touches: a sale that would have come anyway is credited all the same. Only the incremental model leaves those out. It estimates from observation, so read it with its intervals.",
  slopeTitle: "Credit by model",
  slopeSentence: "The models disagree most about {{channel}}: from {{low}} ({{lowModel}}) to {{high}} ({{highModel}}).",
  slopeSentenceOne: "All models agree.",
  slopeCaptionRevenue: "Credited revenue of each channel under each model, {{range}}.",
  slopeCaptionConversions: "Credited conversions of each channel under each model, {{range}}.",
  slopeSome: "This width shows {{shown}} of {{all}} models; the table has all of them.",
  tableTitle: "Channel by channel",
  tableSentence: "Each cell: the credit, its share of the total, and what it moves in money against last touch.",
  measure: "Measure",
  lookback:
    "Rules and path models count touches up to {{days}} days before a conversion; the incremental model fits how long each channel acts.",
  footerOk: "Every model adds up to what was booked: {{revenue}} and {{conversions}} conversions.",
  footerOff:
    "{{models}} does not add up to what was booked ({{revenue}}, {{conversions}} conversions): please report this.",
  whyTitle: "What each model does",
  noteTitle: "Notes of the run",
  reference: "reference",
  claims: "Platforms say",
  claimsNote: "What platforms claim counts by windows of their own: it does not add up to what was booked.",
  slopeGuide:
    "Bars at the right: {{level}} intervals; an arrow goes on beyond the chart. Hatched: what no channel is credited with. Signed: the difference in money from last touch.",
  noTouchRow: "No touch, baseline",
  interval: "{{level}} interval",
  intervalWhy:
    "Intervals in money take the channel’s average order. They hold what the model can know from these data, not what it assumes.",
  range: "{{low}} to {{high}}",
  marks: "To know",
  flagsWhy: {
    owned: "People come by themselves: nobody bought these visits, so there is nothing to credit.",
    "demand-capture":
      "Nearly all that follows these touches follows within hours: people who are about to buy look for the shop. No credit until a lift test says otherwise; up to 30% of what follows may be its own.",
    "not-identified":
      "The data leave almost anything open between no effect and a large one: test it before money moves.",
    calibrated: "A lift test moved the effect.",
    "series-fitted":
      "Its credit comes from the daily figures, jointly with the channels that are seen, and is taken out of the baseline. Look at the interval.",
    "low-coverage":
      "Only {{coverage}} of what was delivered is seen as touches: do not judge the channel by the touches that happen to be seen.",
  },
  lagTitle: "Effect by lag",
  lagOf: "Effect by lag of {{channel}}",
  lagHint: "A channel’s name opens its effect by lag, with the days before the touch shaded.",
  lagHalfLife: "Half of the effect is over after",
  lagBefore: "In the three days before a touch, against the usual",
  lagMore: "All channels, and how far to trust the model",
  lagWait: "Counting conversions around every touch; the first time after an import this takes a while.",
  lagNone: "No touch of {{channel}} on these days: there is nothing to measure around.",
  others: "Other channels",
  narrowed: "Shown by the filter; the other channels stand together, so that every column still adds up.",
  testIt: "Test it",
} as const;
