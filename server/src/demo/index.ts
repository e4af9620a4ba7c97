export { isShopLoaded, loadSimulatedShop } from "./load-simulated-shop.ts";
export { type SimulatedShopFiles, type SimulatedShopOptions, writeSimulatedShop } from "./simulated-shop.ts";
export { type ShopTruth, trueDailyIncrementalRevenue } from "./truth.ts";
