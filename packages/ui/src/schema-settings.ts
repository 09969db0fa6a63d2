import { config } from 'zod';

/**
 * Zod compiles schemas with `new Function` where it may. A page under a Content-Security-Policy without
 * `unsafe-eval` may not, and each attempt is reported as a violation; so it is told not to try.
 */
config({ jitless: true });
