export { fetchOverview, fetchWorkspaceStatus } from "./performance.ts";
