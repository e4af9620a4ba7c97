export { buildRoiReport } from "./build-report.ts";
