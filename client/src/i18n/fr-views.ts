import type { Dictionary } from "./en.ts";

export const views: Dictionary["views"] = {
  title: "Vues enregistrées",
};
