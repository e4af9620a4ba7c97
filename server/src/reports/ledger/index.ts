export { addEntries, listEntries, removeEntry } from "./entries.ts";
export { changeFinance, readFinance } from "./finance.ts";
export { planActual } from "./plan-actual.ts";
export { readEntries } from "./read-entries.ts";
export { exportLedger } from "./write-journal.ts";
