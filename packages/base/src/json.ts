/** What a JSON text says; `undefined`, which JSON cannot say, for a text that is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
