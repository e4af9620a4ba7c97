import type { Dictionary } from "./en.ts";

export const today: Dictionary["today"] = {
  title: "Aujourd’hui",
};
