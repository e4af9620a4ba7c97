export { performanceRouter } from "./router.ts";
export { fetchWorkspaceStatus } from "./workspace-status.ts";
