import { stat } from 'node:fs/promises';
import {
  buildNetwork,
  describeRoadsError,
  openNetwork,
  type RoadNetwork,
  type RoadsError,
} from '@lamplight/roads';
import { EXIT } from './exit-codes.js';
import { Failure } from './failure.js';
import { readInput } from './files.js';
import type { Terminal } from './terminal.js';

/** The failure of a command for what the road engine refused, in the language of the terminal. */
export function roadsFailure(terminal: Terminal, error: RoadsError, file: string): Failure {
  return fileFailure(file, error.code, describeRoadsError(error, terminal.language), error.message);
}

/** A file that is there and cannot be used: `told` is for the person, `message` for the log. */
export function fileFailure(file: string, code: string, told: string, message: string): Failure {
  return new Failure({
    exit: EXIT.refused,
    code,
    message: { key: 'refused.roads', values: { file, reason: told } },
    detail: { file, reason: message },
  });
}

/** Opens a network file. Throws a `Failure` when it is missing, damaged or of another version. */
export async function openNetworkFile(terminal: Terminal, file: string): Promise<RoadNetwork> {
  const opened = openNetwork(await readInput(file));
  if (!opened.ok) throw roadsFailure(terminal, opened.error, file);
  return opened.value;
}

/** Size of a file in bytes, `undefined` when there is none. */
export const findSize = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  );

/** A network file that was opened, or an extract from which to build one. */
export type RoadsInput =
  | { readonly kind: 'network'; readonly network: RoadNetwork }
  | { readonly kind: 'extract'; readonly bytes: Uint8Array };

/** Reads a file that is either, told by its first bytes. Throws a `Failure` for a network that cannot be opened. */
export async function readRoads(terminal: Terminal, file: string): Promise<RoadsInput> {
  const bytes = await readInput(file);
  const opened = openNetwork(bytes);
  if (opened.ok) return { kind: 'network', network: opened.value };
  if (opened.error.code !== 'not-a-network') throw roadsFailure(terminal, opened.error, file);
  return { kind: 'extract', bytes };
}

/** Opens a network file, or builds the network in memory when the file is an extract. */
export async function openRoads(
  terminal: Terminal,
  file: string,
): Promise<{ network: RoadNetwork; built: boolean }> {
  const input = await readRoads(terminal, file);
  if (input.kind === 'network') return { network: input.network, built: false };
  const bar = terminal.progress(terminal.translate({ key: 'roads.phase.ways' }));
  try {
    const built = buildNetwork(input.bytes, {
      onProgress: (phase, fraction) =>
        bar.update(fraction, terminal.translate({ key: `roads.phase.${phase}` })),
    });
    if (!built.ok) throw roadsFailure(terminal, built.error, file);
    return { network: built.value.network, built: true };
  } finally {
    bar.stop();
  }
}
