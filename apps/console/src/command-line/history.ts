import { z } from 'zod';
import { useAccountSetting } from '../state/account-settings.js';

const MOST = 50;
const schema = z.object({ lines: z.array(z.string().max(500)).max(MOST) });
const NONE: z.output<typeof schema> = { lines: [] };

/** The lines of this person that were carried out, the latest first; the same at every desk. */
export function useCommandHistory(): { readonly lines: readonly string[]; keep(line: string): void } {
  const [{ lines }, set] = useAccountSetting('command-line', schema, NONE);
  return {
    lines,
    keep: (line) => set({ lines: [line, ...lines.filter((each) => each !== line)].slice(0, MOST) }),
  };
}
