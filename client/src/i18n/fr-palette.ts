import type { Dictionary } from "./en.ts";

export const palette: Dictionary["palette"] = {
  title: "Aller partout",
};
