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
  const partial = `${file}.${process.pid}.partial`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(partial, content, { mode });
    await rename(partial, file);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw failed('failed.write', { file, reason: reasonOf(thrown) });
  }
}
