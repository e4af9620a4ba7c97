export { rebalanceByKeyRouter } from "./machine-router.ts";
export {
  type CommandRun,
  cancelByCommand,
  rebalanceByCommand,
  rehearseByCommand,
  statusByCommand,
} from "./runs/by-command.ts";
export { lastDue } from "./schedule/due-times.ts";
export { keepSchedule } from "./schedule/keep-schedule.ts";
export { changeRebalancing, readRebalancing } from "./settings.ts";
