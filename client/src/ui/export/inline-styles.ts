/** What a mark is drawn with. As attributes, not as a style: a picture stands on its own, and no policy for styles can take it away. */
const PRESENTATION = [
  ...["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...["stroke-linecap", "stroke-linejoin", "opacity", "visibility", "paint-order", "clip-path", "mask"],
  ...["marker-start", "marker-end", "stop-color", "stop-opacity", "vector-effect"],
] as const;
const OF_TEXT = [
  ...["font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "letter-spacing"],
] as const;

/** What every viewer assumes by itself. */
const USUAL = new Set(["none", "normal", "auto", "visible", "1", "baseline", "start", "nonzero", "0px"]);
/** These mean something where they are "none", or differ from what a viewer assumes. */
const ALWAYS = new Set(["fill", "stroke"]);

const TEXTS = new Set(["text", "tspan"]);

function inlineOne(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  const names = TEXTS.has(original.localName) ? [...PRESENTATION, ...OF_TEXT] : PRESENTATION;
  for (const name of names) {
    const value = style.getPropertyValue(name);
    if (value === "" || (USUAL.has(value) && !ALWAYS.has(name))) copy.removeAttribute(name);
    else copy.setAttribute(name, value.replaceAll('"', "'"));
  }
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  copy.removeAttribute("tabindex");
}

/** A copy of a drawing with everything in it that the page's style sheets say of it. Hidden parts are left out. */
export function copyDrawing(drawing: SVGSVGElement): SVGSVGElement | null {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return null;
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  const hidden: Element[] = [];
  originals.forEach((original, index) => {
    const twin = copies[index];
    if (twin === undefined) return;
    if (getComputedStyle(original).display === "none" && original.closest("defs") === null) hidden.push(twin);
    inlineOne(original, twin);
  });
  for (const element of hidden) element.remove();
  return copy;
}
