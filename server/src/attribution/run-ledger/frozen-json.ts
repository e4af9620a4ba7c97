/** Typed arrays are written as their bytes, so that every digit comes back; everything else is JSON as usual. */
const ARRAYS = { Float64Array, Uint32Array, Int32Array, Uint16Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

const isArrayName = (name: unknown): name is ArrayName => typeof name === "string" && Object.hasOwn(ARRAYS, name);

export function writeFrozen(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (!ArrayBuffer.isView(item) || !isArrayName(item.constructor.name)) return item;
    const { buffer, byteOffset, byteLength } = item;
    return { typed: item.constructor.name, bytes: Buffer.from(buffer, byteOffset, byteLength).toString("base64") };
  });
}

export function readFrozen(text: string): unknown {
  return JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== "object" || item === null || !("typed" in item) || !("bytes" in item)) return item;
    if (!isArrayName(item.typed) || typeof item.bytes !== "string") return item;
    // A copy, because the bytes of a small buffer may begin where no number may.
    const bytes = Uint8Array.from(Buffer.from(item.bytes, "base64"));
    return new ARRAYS[item.typed](bytes.buffer);
  });
}
