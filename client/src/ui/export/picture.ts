import { copyDrawing } from "./inline-styles.ts";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const NOT_DRAWN = "button, .readout, .visually-hidden, .skeleton, .icon, input, select, [data-export='no']";

type Theme = "light" | "dark";

interface Box {
  readonly left: number;
  readonly top: number;
}

interface Line {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The lines that a text was broken into on the screen, with their places. */
function linesOf(node: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const place = range.getClientRects()[0];
    if (place === undefined || place.width === 0) continue;
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.top - place.top) < 2) {
      last.text += ` ${word[0]}`;
      last.right = place.right;
    } else lines.push({ text: word[0], left: place.left, right: place.right, top: place.top, bottom: place.bottom });
  }
  return lines;
}

function drawText(node: Text, origin: Box): SVGTextElement[] {
  const parent = node.parentElement;
  if (parent === null) return [];
  const style = getComputedStyle(parent);
  const size = Number.parseFloat(style.fontSize);
  return linesOf(node).map((line) => {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", String(line.left - origin.left));
    // The baseline stands about a third of the type's size below the middle of its line.
    text.setAttribute("y", String((line.top + line.bottom) / 2 + size * 0.35 - origin.top));
    // Another program may have another cut of the type, or none with figures of one width: a line keeps its length.
    text.setAttribute("textLength", String(line.right - line.left));
    text.setAttribute("fill", style.color);
    text.setAttribute("font-family", style.fontFamily.replaceAll('"', "'"));
    text.setAttribute("font-size", style.fontSize);
    text.setAttribute("font-weight", style.fontWeight);
    text.textContent = style.textTransform === "uppercase" ? line.text.toUpperCase() : line.text;
    return text;
  });
}

/** A surface with a colour of its own: a swatch of the legend, the bar of a table. */
function drawSurface(element: Element, origin: Box): SVGRectElement | null {
  const style = getComputedStyle(element);
  if (/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor)) return null;
  const place = element.getBoundingClientRect();
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("x", String(place.left - origin.left));
  rect.setAttribute("y", String(place.top - origin.top));
  rect.setAttribute("width", String(place.width));
  rect.setAttribute("height", String(place.height));
  rect.setAttribute("rx", String(Number.parseFloat(style.borderTopLeftRadius) || 0));
  rect.setAttribute("fill", style.backgroundColor);
  return rect;
}

/** Everything that can be seen of an element, from back to front, as marks in one coordinate system. */
function draw(element: Element, origin: Box): SVGElement[] {
  if (element.matches(NOT_DRAWN)) return [];
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return [];
  if (element instanceof SVGSVGElement) {
    const copy = copyDrawing(element);
    if (copy === null) return [];
    const place = element.getBoundingClientRect();
    copy.setAttribute("x", String(place.left - origin.left));
    copy.setAttribute("y", String(place.top - origin.top));
    copy.setAttribute("width", String(place.width));
    copy.setAttribute("height", String(place.height));
    return [copy];
  }
  const surface = drawSurface(element, origin);
  const inside = [...element.childNodes].flatMap((child) => {
    if (child instanceof Text) return drawText(child, origin);
    return child instanceof Element ? draw(child, origin) : [];
  });
  return surface === null ? inside : [surface, ...inside];
}

/** Runs while the page has the colours of a theme; the browser paints nothing in between. */
function inTheme<T>(theme: Theme, work: () => T): T {
  const root = document.documentElement;
  const shown = root.dataset.theme;
  root.dataset.theme = theme;
  root.dataset.exporting = "";
  try {
    return work();
  } finally {
    delete root.dataset.exporting;
    if (shown === undefined) delete root.dataset.theme;
    else root.dataset.theme = shown;
  }
}

interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * A figure with its title above it, as one drawing that needs nothing else: colours and type are written into it.
 * @param parts from the top: title, sentence, figure
 */
export function takePicture(parts: readonly Element[], theme: Theme): Picture {
  return inTheme(theme, () => {
    const root = document.createElementNS(SVG, "svg");
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
    const width = Math.ceil(Math.max(...parts.map((part) => part.getBoundingClientRect().width))) + 2 * MARGIN;
    let height = MARGIN;
    for (const part of parts) {
      const place = part.getBoundingClientRect();
      const group = document.createElementNS(SVG, "g");
      group.append(...draw(part, { left: place.left - MARGIN, top: place.top - height }));
      root.append(group);
      height += place.height + 8;
    }
    height = Math.ceil(height - 8 + MARGIN);
    const plate = document.createElementNS(SVG, "rect");
    plate.setAttribute("width", String(width));
    plate.setAttribute("height", String(height));
    plate.setAttribute("fill", ground);
    root.prepend(plate);
    root.setAttribute("xmlns", SVG);
    root.setAttribute("width", String(width));
    root.setAttribute("height", String(height));
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return { svg: new XMLSerializer().serializeToString(root), width, height };
  });
}

/** In a `data:` address, which the policy for images allows: nothing but marks is in it, so the canvas stays readable. */
export async function rasterise({ svg, width, height }: Picture, scale: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws no pictures");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("the picture is too large for this browser");
  return blob;
}
