export { createApp } from "./app.ts";
export { listen } from "./listen.ts";
export { ensurePage, openBrowser } from "./page.ts";
