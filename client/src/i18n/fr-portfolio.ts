import type { Dictionary } from "./en.ts";

export const portfolio: Dictionary["portfolio"] = {
  title: "Tous les espaces",
};
