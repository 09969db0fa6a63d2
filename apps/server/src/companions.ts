import { readFile } from 'node:fs/promises';
import { type Companion, companionFile } from '@lamplight/roads';

/** What lies beside a network file; `null` when there is none. */
export async function readCompanion(network: string, companion: Companion): Promise<Buffer | null> {
  try {
    return await readFile(companionFile(network, companion));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
