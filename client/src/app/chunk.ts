import type { Section } from "../i18n/sections.ts";
import { needWords } from "../i18n/vocabulary.ts";

/** Code that is fetched when it is first needed, and the words that it says beside those of every page. */
export function chunk<Code>(fetchCode: () => Promise<Code>, ...sections: Section[]): () => Promise<Code> {
  return async () => {
    const [code] = await Promise.all([fetchCode(), needWords(...sections)]);
    return code;
  };
}
