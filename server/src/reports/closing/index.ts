export { closeMonth, reopenMonth } from "./close-month.ts";
export { closedMonths, closedReport, listClosed } from "./list-closed.ts";
