/** What this browser keeps for the console. A browser that keeps nothing (private mode, full) is no reason to fail. */

const PREFIX = 'lamplight.';

/** The name under which the browser itself knows what is kept, as in its `storage` events. */
export const storedKey = (name: string): string => PREFIX + name;

/** The fields kept under a name; empty when there is nothing that can be read. */
export function readStored(name: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? '{}');
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

export function writeStored(name: string, content: object): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(content));
  } catch {
    return;
  }
}

export function removeStored(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
