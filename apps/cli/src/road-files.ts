import {
  type BuildReport,
  buildNetwork,
  describeRoadsError,
  openNetwork,
  type RoadNetwork,
  type RoadsError,
  serializeNetwork,
} from '@lamplight/roads';
import { EXIT } from './exit-codes.js';
import { Failure } from './failure.js';
import { readInput, writeWhole } from './files.js';
import type { Terminal } from './terminal.js';

/** The failure of a command for what the road engine refused, in the language of the terminal. */
export function roadsFailure(terminal: Terminal, error: RoadsError, file: string): Failure {
  const values = { file, reason: describeRoadsError(error, terminal.language) };
  return new Failure({
    exit: EXIT.refused,
    code: error.code,
    message: { key: 'refused.roads', values },
    detail: { file, reason: error.message },
  });
}

/** Opens a network file. Throws a `Failure` when it is missing, damaged or of another version. */
export async function openNetworkFile(terminal: Terminal, file: string): Promise<RoadNetwork> {
  const opened = openNetwork(await readInput(file));
  if (!opened.ok) throw roadsFailure(terminal, opened.error, file);
  return opened.value;
}

/** Builds the network of an extract and writes it to `out`, showing a bar. `source` names the extract in messages. */
export async function buildNetworkFile(
  terminal: Terminal,
  extract: Uint8Array,
  source: string,
  out: string,
): Promise<{ readonly network: RoadNetwork; readonly report: BuildReport; readonly bytes: number }> {
  const bar = terminal.progress(terminal.translate({ key: 'roads.phase.ways' }));
  try {
    const built = buildNetwork(extract, {
      onProgress: (phase, fraction) =>
        bar.update(fraction, terminal.translate({ key: `roads.phase.${phase}` })),
    });
    if (!built.ok) throw roadsFailure(terminal, built.error, source);
    const bytes = serializeNetwork(built.value.network);
    await writeWhole(out, bytes);
    return { ...built.value, bytes: bytes.length };
  } finally {
    bar.stop();
  }
}

/**
 * Opens a network file, or builds the network in memory when the file is an extract, told by its first bytes.
 */
export async function openRoads(
  terminal: Terminal,
  file: string,
): Promise<{ network: RoadNetwork; built: boolean }> {
  const bytes = await readInput(file);
  const opened = openNetwork(bytes);
  if (opened.ok) return { network: opened.value, built: false };
  if (opened.error.code !== 'not-a-network') throw roadsFailure(terminal, opened.error, file);
  const bar = terminal.progress(terminal.translate({ key: 'roads.phase.ways' }));
  try {
    const built = buildNetwork(bytes, {
      onProgress: (phase, fraction) =>
        bar.update(fraction, terminal.translate({ key: `roads.phase.${phase}` })),
    });
    if (!built.ok) throw roadsFailure(terminal, built.error, file);
    return { network: built.value.network, built: true };
  } finally {
    bar.stop();
  }
}
