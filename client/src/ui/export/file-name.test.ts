import { expect, test } from "vitest";
import { fileName } from "./file-name.ts";

test("a file is named by title, workspace and days, in letters that every system takes", () => {
  expect(fileName(["Crédit par modèle", "Ma boutique", "2026-10-01", "2026-10-31"], "csv")).toBe(
    "credit-par-modele_ma-boutique_2026-10-01_2026-10-31.csv",
  );
  expect(fileName(["../../etc/passwd", "", 'a:b*c?"<>|'], "svg")).toBe("etc-passwd_a-b-c.svg");
  expect(fileName(["«»", ""], "png")).toBe("touchline.png");
});
