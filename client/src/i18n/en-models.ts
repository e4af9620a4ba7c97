/** The models by name, and each in a sentence or two. */
export const models = {
  first: "First touch",
  last: "Last touch",
  "last-non-direct": "Last non-direct",
  linear: "Linear",
  "time-decay": "Time decay",
  "position-based": "Position-based",
  "w-shaped": "W-shaped",
  "first-paid": "First paid",
  "last-paid": "Last paid",
  "last-click": "Last click",
  markov: "Markov",
  shapley: "Shapley",
  "shapley-ordered": "Ordered Shapley",
  logistic: "Logistic regression",
  incremental: "Incremental",
};

export const modelWhy: Record<keyof typeof models, string> = {
  first: "All credit goes to the touch that opened the journey. It favours what makes people discover you.",
  last: "All credit goes to the touch just before the conversion. It favours what closes: brand search, retargeting, email.",
  "last-non-direct":
    "Last touch, direct visits left aside wherever there is anything else: what web analytics tools report by habit.",
  linear: "Every touch of the journey gets the same share.",
  "time-decay":
    "The closer a touch is to the conversion, the more it gets: its share halves with every week in between.",
  "position-based": "40 % to the first touch, 40 % to the last one, the rest spread evenly over those in between.",
  "w-shaped": "30 % each to the first touch, the middle one and the last one, the rest spread over the others.",
  "first-paid": "All credit goes to the first touch of a channel that money is spent on.",
  "last-paid": "All credit goes to the last touch of a channel that money is spent on.",
  "last-click":
    "All credit goes to the last touch at which somebody did something; what was only seen counts where nothing else happened.",
  markov:
    "Journeys are read as steps from touch to touch. A channel gets credit in proportion to the share of conversions that would be lost if every path through it ended there. What would have come anyway is credited all the same.",
  shapley:
    "Each channel gets what it adds, on average, to every set of other channels: how much more often journeys convert that also touch it. Channels that meet people about to buy look strong.",
  "shapley-ordered":
    "On every journey its channels share equally, however often each was there, and a channel splits its part over its touches.",
  logistic:
    "A regression tells which channels go along with converting, averaged over many random parts of the journeys. That is correlation, not cause.",
  incremental:
    "Estimates what each channel caused: the excess of conversions after a touch over what the same people do anyway; the rest is the baseline. It can still be fooled where touches follow an intent that rises by itself, so it gives intervals and says what to test. Plans are made on it.",
};

/** How the models are arranged where one is chosen. */
export const modelGroups = {
  incremental: "What marketing caused",
  "data-driven": "Data-driven credit",
  rules: "Rules",
};
