import { hash, type Options, verify } from '@node-rs/argon2';
import { createSecret } from './secrets.js';

/**
 * Argon2id with 19 MiB, two passes, one lane: the minimum of the OWASP Password Storage Cheat Sheet. The algorithm
 * is the library's default, Argon2id.
 */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a password in PHC string format, with its parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), OPTIONS);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. For `undefined`, an account that does not exist, it is not, but
 * finding that out takes as long, so that the time of an answer tells nobody which accounts there are.
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword(createSecret());
  const fits = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'));
  return fits && passwordHash !== undefined;
}
