import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { misused } from './failure.js';
import type { Terminal } from './terminal.js';

/** Asks for a new password twice without showing it. Throws a `Failure` when standard input is no terminal. */
export async function askNewPassword(terminal: Terminal): Promise<string> {
  if (terminal.streams.stdin.isTTY !== true) throw misused('usage.password-no-terminal');
  const first = await askHidden(terminal, terminal.translate({ key: 'user.password' }));
  const second = await askHidden(terminal, terminal.translate({ key: 'user.password-again' }));
  if (first !== second) throw misused('usage.password-differs');
  return first;
}

/** The first line of standard input. */
export async function readPasswordLine(terminal: Terminal): Promise<string> {
  for await (const line of createInterface({ input: terminal.streams.stdin, terminal: false })) return line;
  return '';
}

async function askHidden(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr, interrupted } = terminal.streams;
  stderr.write(question);
  // readline echoes to its output; an output that swallows everything hides the typing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(misused('usage.password-none')));
      lines.once('close', () => reject(misused('usage.password-none')));
      interrupted.addEventListener('abort', () => reject(misused('usage.password-none')), { once: true });
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
