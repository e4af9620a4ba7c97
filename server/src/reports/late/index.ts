export { canonicalJson, closedNow, findClosed, frozenReport, printOf } from "./closed-periods.ts";
export { countedIn, readLateData } from "./late-data.ts";
