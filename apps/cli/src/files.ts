import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failed, findErrorCode, reasonOf, refused } from './failure.js';

/** The bytes of an input file. Throws a `Failure` that names the file and says why it cannot be read. */
export async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (thrown) {
    switch (findErrorCode(thrown)) {
      case 'ENOENT':
        throw refused('refused.file-missing', { file });
      case 'EISDIR':
        throw refused('refused.file-is-folder', { file });
      default:
        throw refused('refused.file-unreadable', { file, reason: reasonOf(thrown) });
    }
  }
}

/** Writes a file whole or not at all: under another name first, then renamed. Makes the folder when it is absent. */
export async function writeWhole(file: string, content: Uint8Array | string, mode = 0o666): Promise<void> {
  await writeTogether([{ file, content }], mode);
}

export interface FileContent {
  readonly file: string;
  readonly content: Uint8Array | string;
}

/** Writes files that belong together: the first is renamed when all are on the disk. */
export async function writeTogether(files: readonly FileContent[], mode = 0o666): Promise<void> {
  const partialOf = (file: string): string => `${file}.${process.pid}.partial`;
  let current = '';
  try {
    for (const { file, content } of files) {
      current = file;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(partialOf(file), content, { mode });
    }
    for (const { file } of files) {
      current = file;
      await rename(partialOf(file), file);
    }
  } catch (thrown) {
    for (const { file } of files) await rm(partialOf(file), { force: true });
    throw failed('failed.write', { file: current, reason: reasonOf(thrown) });
  }
}
