export { changeSettings, readSettings } from "./change-settings.ts";
export { changeCurrency, requireCurrency, requireTimeZone } from "./currency-and-zone.ts";
