export { createApp } from "./app.ts";
export { openDoors } from "./doors.ts";
export type { IntakeDoors } from "./intake-router.ts";
export { listen } from "./listen.ts";
export { ensurePage, openBrowser } from "./page.ts";
