export { keepReportMails } from "./keep-report-mails.ts";
export { addSchedule, listSchedules, removeSchedule } from "./schedules.ts";
export { sendNow } from "./send-now.ts";
