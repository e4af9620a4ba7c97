export { changeSettings, readSettings } from "./change-settings.ts";
