export { createApp } from "./app.ts";
export { trustsProxy } from "./client-address.ts";
export type { Desk } from "./desk.ts";
export { openDoors } from "./doors.ts";
export { fairShare } from "./fair-share.ts";
export type { IntakeDoors } from "./intake-router.ts";
export { listen, usualPatience } from "./listen.ts";
export { ensurePage, openBrowser } from "./page.ts";
export { type PublicAddress, publicAddress } from "./public-address.ts";
