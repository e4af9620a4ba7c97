import type { Dictionary } from "./en.ts";

export const performance: Dictionary["performance"] = {
  title: "Performance",
};
