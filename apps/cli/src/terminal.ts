import { SingleBar } from 'cli-progress';
import type { Language } from './language.js';
import { type Message, type MessageKey, type MessageValues, translate } from './messages.js';

/** Where a command writes to and reads from; a test gives its own. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the process is asked to stop. */
  readonly interrupted: AbortSignal;
}

export interface ProgressBar {
  /** Done so far, in [0, 1]. */
  update(fraction: number, label?: string): void;
  stop(): void;
}

/**
 * How a command talks: results on stdout, everything else on stderr. With `--json` stdout carries JSON and nothing
 * else.
 */
export interface Terminal {
  readonly language: Language;
  readonly json: boolean;
  readonly streams: Streams;
  translate(message: Message): string;
  /** A sentence for the person who watches, on stderr. */
  say(key: MessageKey, values?: MessageValues): void;
  /** Prepared text on stderr. */
  note(text: string): void;
  /** A line of the result on stdout. */
  print(text: string): void;
  /** The result for machines: one JSON value on stdout. */
  printJson(value: unknown): void;
  /** A bar on stderr when that is a terminal, and nothing otherwise. */
  progress(label: string): ProgressBar;
}

export function createTerminal(
  streams: Streams,
  { language, json }: { language: Language; json: boolean },
): Terminal {
  const note = (text: string): void => {
    streams.stderr.write(`${text}\n`);
  };
  const print = (text: string): void => {
    streams.stdout.write(`${text}\n`);
  };
  const told = (message: Message): string => translate(language, message);
  return {
    language,
    json,
    streams,
    translate: told,
    say: (key, values = {}) => note(told({ key, values })),
    note,
    print,
    printJson: (value) => print(JSON.stringify(value)),
    progress: (label) => (streams.stderr.isTTY === true ? drawnBar(streams.stderr, label) : silentBar),
  };
}

const silentBar: ProgressBar = { update: () => {}, stop: () => {} };

function drawnBar(stream: NodeJS.WritableStream, label: string): ProgressBar {
  const bar = new SingleBar({
    stream,
    format: '{label} {bar} {percentage} %',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: false,
  });
  bar.start(1000, 0, { label });
  return {
    update: (fraction, next = label) => bar.update(Math.round(fraction * 1000), { label: next }),
    stop: () => bar.stop(),
  };
}
