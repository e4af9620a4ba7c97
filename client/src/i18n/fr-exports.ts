import type { Dictionary } from "./en.ts";

export const exports: Dictionary["exports"] = {
  title: "Exporter",
};
