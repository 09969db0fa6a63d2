import {
  callSchema,
  describeCallerBody,
  endCallBody,
  identifierSchema,
  linkCallBody,
  locateBody,
  reasonBody,
  receiveCallBody,
} from '@lamplight/contracts';
import type { Location } from '@lamplight/domain';
import { z } from 'zod';
import type { App } from './app-type.js';
import { type CommandDependencies, commandRoute, emptyBody } from './command-route.js';
import { principalOf } from './guard.js';
import type { Reads } from './reads.js';

interface CallDependencies extends CommandDependencies {
  readonly reads: Reads;
  readonly label: (location: Location) => Location;
}

export function callRoutes(app: App, dependencies: CallDependencies): void {
  const { reads, label } = dependencies;

  commandRoute(app, dependencies, '/api/v1/calls', receiveCallBody, (body, { newId }) => {
    const callId = body.callId ?? newId();
    const location = body.location && label(body.location);
    return { command: { ...body, type: 'ReceiveCall', callId, location }, made: { callId } };
  });
  commandRoute(app, dependencies, '/api/v1/calls/:callId/answer', emptyBody, (_, { id }) => ({
    command: { type: 'AnswerCall', callId: id },
  }));
  commandRoute(app, dependencies, '/api/v1/calls/:callId/describe', describeCallerBody, (body, { id }) => ({
    command: { type: 'DescribeCaller', callId: id, ...body },
  }));
  commandRoute(app, dependencies, '/api/v1/calls/:callId/locate', locateBody, (body, { id }) => ({
    command: { type: 'LocateCaller', callId: id, location: label(body.location) },
  }));
  commandRoute(app, dependencies, '/api/v1/calls/:callId/link', linkCallBody, (body, { id }) => ({
    command: { type: 'LinkCall', callId: id, ...body },
  }));
  commandRoute(app, dependencies, '/api/v1/calls/:callId/unlink', reasonBody, (body, { id }) => ({
    command: { type: 'UnlinkCall', callId: id, ...body },
  }));
  commandRoute(app, dependencies, '/api/v1/calls/:callId/end', endCallBody, (body, { id }) => ({
    command: { type: 'EndCall', callId: id, ...body },
  }));

  const params = z.object({ callId: identifierSchema });
  app.get('/api/v1/calls/:callId', { schema: { params, response: { 200: callSchema } } }, async (request) => {
    const { callId } = request.params;
    return reads.getCall(callId, principalOf(request));
  });
}
