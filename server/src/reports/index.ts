export { reportExportRouter, reportsByKeyRouter } from "./files/index.ts";
export { keepReportMails } from "./mail/index.ts";
