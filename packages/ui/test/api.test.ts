import { describe, expect, it } from 'vitest';
import { createApi, ProblemError, UnreachableError } from '../src/api.js';

/** A server that answers requests in turn; `null` is a line that breaks. */
function answering(...answers: readonly (Response | null)[]) {
  const requests: { readonly url: string; readonly init: RequestInit }[] = [];
  const rest = [...answers];
  const api = createApi('/api/v1', async (url, init = {}) => {
    requests.push({ url: String(url), init });
    const answer = rest.shift();
    if (!answer) throw new TypeError('fetch failed');
    return answer;
  });
  return {
    api,
    requests,
    keys: () => requests.map(({ init }) => new Headers(init.headers).get('idempotency-key')),
  };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

describe('a command', () => {
  it('is sent again under the same key when the line breaks, and succeeds once', async () => {
    const { api, keys, requests } = answering(null, json({ position: 7, assignmentIds: ['a'] }));
    expect(await api.dispatch('key-00000001', 'i 1', ['u'], 'refuse')).toEqual({
      position: 7,
      assignmentIds: ['a'],
    });
    expect(keys()).toEqual(['key-00000001', 'key-00000001']);
    expect(requests[0]?.url).toBe('/api/v1/incidents/i%201/dispatch');
  });

  it('is not sent again when it is refused', async () => {
    const refusal = {
      type: 't',
      title: 'No',
      status: 409,
      code: 'unit-committed',
      subject: 'u',
      requestId: 'r',
    };
    const { api, requests } = answering(json(refusal, 409));
    const error = await api.dispatch('key-00000001', 'i', ['u'], 'refuse').catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'unit-committed', problem: { subject: 'u' } });
    expect(requests).toHaveLength(1);
  });

  it('that never gets an answer says that it may have been done', async () => {
    const { api, keys } = answering();
    const error = await api.resolve('key-00000002', 'i').catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ mayHaveActed: true });
    expect(new Set(keys())).toEqual(new Set(['key-00000002']));
  });
});

describe('a question', () => {
  it('whose answer does not fit its schema fails as if there were none', async () => {
    const { api } = answering(json({ account: 'nobody' }));
    const error = await api.session().catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ mayHaveActed: false });
  });
});
