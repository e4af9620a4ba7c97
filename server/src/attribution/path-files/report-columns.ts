export type PathField = "path" | "conversions" | "value" | "nulls";

/**
 * Names that tools give the columns, in small letters, without what stands in brackets. English and French: of Google Analytics 4, of
 * Universal Analytics (multi-channel funnels), and of our own layout, which is that of the R package ChannelAttribution.
 */
const NAMES: Readonly<Record<PathField, readonly RegExp[]>> = {
  path: [
    /^path$/,
    /\b(channel group(ing)?|channel|source ?\/ ?medium|source|medium|campaign) path$/,
    /^(session |primary |default )*(channel group|channel grouping)$/,
    /^(source ?\/ ?medium|source|medium|campaign)$/,
    /^(chemin|parcours)\b/,
    /^groupe? de canaux\b/,
    /^groupes? de canaux\b/,
    /^canal\b/,
    /^(source ?\/ ?support|support|campagne)$/,
  ],
  conversions: [
    /^total_conversions$/,
    /^(all )?conversions$/,
    /^key events$/,
    /^conversion$/,
    /^(événements|evenements) (clés|cles)$/,
    /^(nombre de |total des )?conversions$/,
  ],
  value: [
    /^total_conversion_value$/,
    /^(purchase|total|event)? ?revenue$/,
    /^conversion value$/,
    /^(total )?value$/,
    /^(revenus?|chiffre d['’]affaires) ?(d['’]achat|des achats|totaux|total|générés? par les achats)?$/,
    /^valeur (de|des) conversions?$/,
  ],
  nulls: [/^total_null$/, /^null(s|_con)?$/, /^(non[- ]converting|unconverted)( paths| journeys)?$/],
};

const FRENCH = /[éèàç’]|^(chemin|parcours|canal|groupe|revenu|valeur|jours|points de contact)/i;

/** `Key events (purchase)` is `key events`; a no-break space is a space. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*?\)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

export interface PathColumns {
  readonly places: Readonly<Partial<Record<PathField, number>>>;
  /** True where the report speaks a language that writes 1,5 for one and a half. */
  readonly hasDecimalComma: boolean;
}

/** Which column holds what. A field that several columns could hold is the one whose name comes first in the list above. */
export function findPathColumns(header: readonly string[]): PathColumns {
  const names = header.map(plainName);
  const places: Partial<Record<PathField, number>> = {};
  for (const field of Object.keys(NAMES) as PathField[]) {
    for (const pattern of NAMES[field]) {
      const place = names.findIndex((name) => pattern.test(name));
      if (place < 0) continue;
      places[field] = place;
      break;
    }
  }
  return { places, hasDecimalComma: header.some((name) => FRENCH.test(name)) };
}
