import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A secret of 256 random bits as it is handed out, once. What is kept is its SHA-256: a slow password hash adds
 * nothing for a secret that nobody can guess.
 */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a secret. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in the same time whether or not there is a hash to compare with. */
export function isSecret(secret: string, hash: Buffer | null | undefined): boolean {
  const expected = hash ?? NEVER;
  return timingSafeEqual(hashSecret(secret), expected) && expected !== NEVER;
}

const NEVER = randomBytes(32);
