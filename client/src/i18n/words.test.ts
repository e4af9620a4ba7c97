import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { preferredLanguage } from "./language.ts";
import { wordsIn } from "./words.fixture.ts";
import { plainText, splitSentence, strong, unitName } from "./words.ts";

type Entry = readonly [key: string, text: string];

function listTexts(words: object, prefix = ""): Entry[] {
  return Object.entries(words).flatMap(([key, value]): Entry[] =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : listTexts(value as object, `${prefix}${key}.`),
  );
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").sort();
}

describe("the two dictionaries", () => {
  const french = new Map(listTexts(fr));
  const english = listTexts(en);

  it("fill in the same figures in every sentence", () => {
    expect(english.length).toBeGreaterThan(200);
    for (const [key, text] of english) {
      expect([key, placeholdersOf(french.get(key) ?? "")]).toEqual([key, placeholdersOf(text)]);
    }
  });

  it("leave no sentence empty", () => {
    for (const [key, text] of [...english, ...french]) expect([key, text.trim()]).not.toEqual([key, ""]);
  });
});

describe("French typography", () => {
  it("sets a space that does not break before double punctuation", () => {
    const { t } = wordsIn("fr");
    expect(t("words.titled", { title: "Preuve", text: "0" })).toBe("Preuve\u00a0: 0");
    expect(t("planner.leaveWhy")).not.toContain("\u00a0");
    expect(t("modelWhy.last")).toContain("conclut\u00a0: search");
    expect(t("performance.subAlone", { spend: "1", unit: "euro", back: "2" })).toContain("\u202f; chaque");
  });
});

describe("a sentence with emphasised figures", () => {
  it("is cut into its parts in order", () => {
    expect(splitSentence(`Up ${strong("6 %")} on ${strong("Search")}.`)).toEqual([
      { text: "Up ", isStrong: false },
      { text: "6 %", isStrong: true },
      { text: " on ", isStrong: false },
      { text: "Search", isStrong: true },
      { text: ".", isStrong: false },
    ]);
  });

  it("reads the same without its marks", () => {
    expect(plainText(`Up ${strong("6 %")}.`)).toBe("Up 6 %.");
  });
});

describe("the unit of money in a sentence", () => {
  it("has a name in both languages, or is the amount of one", () => {
    expect(unitName(wordsIn("en", "EUR"))).toBe("euro");
    expect(unitName(wordsIn("fr", "EUR"))).toBe("euro");
    expect(unitName(wordsIn("en", "GBP"))).toBe("£1");
  });
});

describe("the first visit", () => {
  it("speaks the first of the browser's languages that the page knows", () => {
    expect(preferredLanguage(["de-DE", "fr-CA", "en-US"])).toBe("fr");
    expect(preferredLanguage(["ja-JP"])).toBe("en");
    expect(preferredLanguage([])).toBe("en");
  });
});
