import { err, type Result } from '@lamplight/base';
import type { Refusal, RefusalCode } from './refusals.js';

/** A refusal as a result: the code says why, the subject says about what. */
export const refuse = (code: RefusalCode, subject: string): Result<never, Refusal> => err({ code, subject });
