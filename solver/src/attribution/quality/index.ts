export { effectAuc } from "./effect-auc.ts";
export { effectsByDay } from "./effects-by-day.ts";
export { type ForetoldDay, forecastWeek } from "./forecast-week.ts";
export { aucErrorWithoutSignal, gainOverConstant } from "./gain-over-constant.ts";
export { type ChannelLags, lagEvidence } from "./lag-evidence.ts";
export { peopleOfBuckets, statisticsOfBuckets } from "./part-of-people.ts";
export { scoreRates } from "./score-rates.ts";
