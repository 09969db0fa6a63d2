import { REFUSAL_CODES, type RefusalCode } from '@lamplight/domain';
import { z } from 'zod';

/** Everything that a request can fail with, and the HTTP status it is told by. The error page is made from this. */
export const PROBLEMS = {
  'request-invalid': 400,
  'not-signed-in': 401,
  'credentials-wrong': 401,
  'not-allowed': 403,
  'cross-site': 403,
  'not-found': 404,
  'idempotency-key-missing': 400,
  'idempotency-key-reused': 422,
  'locked-out': 429,
  'too-many-requests': 429,
  'payload-too-large': 413,
  'media-type-unsupported': 415,
  'setup-link-spent': 410,
  'username-taken': 409,
  'last-administrator': 409,
  'own-account': 409,
  'station-in-use': 409,
  'rows-invalid': 422,
  'city-build-running': 409,
  'disk-full': 507,
  'password-weak': 400,
  'premises-changed': 409,
  'configuration-changed': 409,
  'configuration-invalid': 422,
  'store-unavailable': 503,
  'network-unavailable': 503,
  'places-unavailable': 503,
  'basemap-damaged': 500,
  'off-network': 422,
  unreachable: 422,
  internal: 500,
} as const;
export type ProblemCode = keyof typeof PROBLEMS | RefusalCode;

const NOT_FOUND: ReadonlySet<string> = new Set<RefusalCode>([
  'call-unknown',
  'incident-unknown',
  'assignment-unknown',
  'unit-unknown',
  'condition-unknown',
]);
const UNFIT: ReadonlySet<string> = new Set<RefusalCode>([
  'incident-type-unknown',
  'disposition-unknown',
  'status-unknown',
  'alarm-level-unknown',
  'condition-factor-invalid',
  'condition-period-empty',
  'condition-period-too-long',
  'place-points-missing',
  'place-too-large',
  'place-crosses-itself',
  'place-width-invalid',
  'place-matches-nothing',
  'street-unknown',
]);

/**
 * Refusals conflict with the state of things (409), except where they name what does not exist (404) or say what would
 * fit at no time: a code that is in no catalogue, a shape that is none (422).
 */
export function statusOfRefusal(code: RefusalCode): 404 | 409 | 422 {
  if (NOT_FOUND.has(code)) return 404;
  return UNFIT.has(code) ? 422 : 409;
}

const problemCodes: ProblemCode[] = [...REFUSAL_CODES];
for (const code in PROBLEMS) if (isGeneralProblem(code)) problemCodes.push(code);

function isGeneralProblem(code: string): code is keyof typeof PROBLEMS {
  return code in PROBLEMS;
}

/** All codes, refusals first. */
export const PROBLEM_CODES: readonly ProblemCode[] = problemCodes;

/** Problem Details (RFC 9457) with a stable `code`; `type` is a link to the page that explains it. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    /** What the problem is about, such as the identifier of a unit. */
    subject: z.string().optional(),
    /** For invalid requests: each field that does not fit, and why. */
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problemSchema>;
